"""Turns the scores of a suite's cases into its metrics, and holds them against thresholds and the baseline."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["BASELINE", "METRICS", "Metric", "Shortfall", "baseline", "metrics_of", "shortfalls"]

_HERE = Path(__file__).parent
BASELINE = _HERE / "baseline.json"
_THRESHOLDS = _HERE / "thresholds.toml"

Sums = Mapping[str, float]


@dataclass(frozen=True)
class Metric:
    """One figure of a suite, computed from the sums of its cases' scores; ``better`` tells which way is up."""

    key: str
    label: str
    needs: tuple[str, ...]
    compute: Callable[[Sums], float | None]
    share: bool = False
    better: str = "high"


def _ratio(part: str, whole: str) -> Callable[[Sums], float | None]:
    return lambda sums: sums[part] / sums[whole] if sums[whole] else None


def _precision(sums: Sums) -> float | None:
    filled = sums["cells_right"] + sums["cells_wrong"]
    return sums["cells_right"] / filled if filled else None


def _f1(sums: Sums) -> float | None:
    whole = 2 * sums["cells_right"] + sums["cells_wrong"] + sums["cells_expected"] - sums["cells_right"]
    return 2 * sums["cells_right"] / whole if whole else None


def _covered(sums: Sums) -> float | None:
    return 1 - sums["activities_uncovered"] / sums["activities"] if sums["activities"] else None


def _kept(sums: Sums) -> float | None:
    return 1 - sums["narrative_lost"] / sums["narrative"] if sums["narrative"] else None


def _sum(name: str) -> Callable[[Sums], float | None]:
    return lambda sums: sums[name]


METRICS = (
    Metric("silent", "静默错误", ("silent",), _sum("silent"), better="low"),
    Metric("passed", "通过", ("cases", "passed"), _ratio("passed", "cases"), share=True),
    Metric("failed", "运行失败", ("failed",), _sum("failed"), better="low"),
    Metric("precision", "精确率", ("cells_right", "cells_wrong"), _precision, share=True),
    Metric("recall", "召回率", ("cells_right", "cells_expected"), _ratio("cells_right", "cells_expected"), share=True),
    Metric("f1", "F1", ("cells_right", "cells_wrong", "cells_expected"), _f1, share=True),
    Metric("macro", "宏平均 F1", ("f1", "cases"), _ratio("f1", "cases"), share=True),
    Metric("exact", "全对", ("单元格", "cases"), _ratio("单元格", "cases"), share=True),
    Metric("wrong", "错误单元格", ("cells_wrong",), _sum("cells_wrong"), better="low"),
    Metric("false_zeros", "误填 0", ("false_zeros",), _sum("false_zeros"), better="low"),
    Metric("derived", "推算正确", ("derived_right", "derived_filled"), _ratio("derived_right", "derived_filled"), share=True),
    Metric("findings", "应有发现", ("findings_caught", "findings_wanted"), _ratio("findings_caught", "findings_wanted"), share=True),
    Metric("alarms", "误报", ("alarms",), _sum("alarms"), better="low"),
    Metric("questions", "提问数", ("questions",), _sum("questions"), better="low"),
    Metric("questions_needed", "应有提问", ("questions_needed",), _sum("questions_needed")),
    Metric("needless", "多余提问", ("needless",), _sum("needless"), better="low"),
    Metric("burden", "提问负担", ("burden", "cells_right"), _ratio("burden", "cells_right"), share=True, better="low"),
    Metric("invented", "凭空数字", ("figures_invented",), _sum("figures_invented"), better="low"),
    Metric("narrative", "叙述数字保留", ("narrative", "narrative_lost"), _kept, share=True),
    Metric("activities", "工作事项覆盖", ("activities", "activities_uncovered"), _covered, share=True),
    Metric("unclean", "草稿自查问题", ("unclean",), _sum("unclean"), better="low"),
    Metric("defects", "差错查出", ("caught", "defects"), _ratio("caught", "defects"), share=True),
    Metric("false_alarms", "合规报告误报", ("false_alarms",), _sum("false_alarms"), better="low"),
    Metric("rounds", "模型轮次", ("rounds",), _sum("rounds"), better="low"),
    Metric("tokens", "词元", ("tokens",), _sum("tokens"), better="low"),
    Metric("seconds", "用时（秒）", ("seconds",), _sum("seconds"), better="low"),
)  # fmt: skip
"""All metrics in the order they are shown, the worst failure first; a suite has those whose scores its evaluators give."""


def metrics_of(scores: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The metrics of a suite, by key; ``scores`` are those of each case, with ``passed`` among them."""
    sums: dict[str, float] = {"cases": 0.0}
    for one in scores:
        sums["cases"] += 1
        for name, value in one.items():
            sums[name] = sums.get(name, 0.0) + value
    found = {m.key: m.compute(sums) for m in METRICS if all(name in sums for name in m.needs)}
    return {key: round(value, 4) for key, value in found.items() if value is not None}


@dataclass(frozen=True)
class Shortfall:
    """A metric on the wrong side of its threshold."""

    suite: str
    metric: str
    value: float | None
    limit: float

    def __str__(self) -> str:
        label = next(m.label for m in METRICS if m.key == self.metric)
        value = "没有结果" if self.value is None else f"{self.value:g}"
        return f"{self.suite} 的“{label}”为 {value}，限值 {self.limit:g}"


def shortfalls(suite: str, metrics: Mapping[str, float]) -> list[Shortfall]:
    """The thresholds of thresholds.toml that a suite misses. KeyError when a threshold names no metric."""
    written: Mapping[str, float] = tomllib.loads(_THRESHOLDS.read_text(encoding="utf-8")).get(suite, {})
    # a case whose work fails has no scores and would flatter every share
    limits = {"failed": 0.0, **written}
    by_key = {m.key: m for m in METRICS}
    missed = []
    for key, limit in limits.items():
        value = metrics.get(key)
        low = by_key[key].better == "low"
        if value is None or (value > limit if low else value < limit):
            missed.append(Shortfall(suite, key, value, limit))
    return missed


def baseline() -> dict[str, Any]:
    """The results of the accepted state: {suite: {"metrics": {…}, "cases": count, "failing": [case, …]}}; a sealed suite
    names its failing cases by their seals alone."""
    if not BASELINE.exists():
        return {}
    data: dict[str, Any] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return data
