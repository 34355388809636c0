"""Measures how many reports a core checks a second, by all rules, from JSON, Word and web pages (``python -m evals.check_speed``)."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from assistant.checks import CheckInput, run_rules
from assistant.printing.reports import render
from assistant.reading import read_report
from assistant.report import AnnualReport
from evals.lawful import lawful_report
from evals.printing import as_printed

__all__ = ["CHARACTERS", "GOALS", "main", "measure", "typical"]

CHARACTERS = 2_500
"""of prose, as a usual report has"""
GOALS = {"json": 500.0, "docx": 20.0, "html": 30.0}
"""reports a second on one core, read and judged by all rules"""
_FILLER = "按照公开目录及时更新机构职能、办事指南和政策文件，规范公文公开属性认定，做好信息发布前的审核。"
_SECONDS = 2.0
_T = TypeVar("_T")


def typical(seed: int) -> AnnualReport:
    """A lawful report whose prose is as long as a usual one."""
    report = lawful_report(seed)
    need = max(0, CHARACTERS - sum(len(text) for text in report.sections.values()))
    return report.with_sections({"s5": report.sections["s5"] + "\n" + _FILLER * (need // len(_FILLER))})


def measure(reports: int = 60) -> dict[str, float]:
    """Reports a second of one core: ``rules`` alone, and each format read and judged."""
    drawn = [typical(seed) for seed in range(reports)]
    printed = [as_printed(report) for report in drawn]
    rates = {"rules": _rate(printed, lambda report: run_rules(CheckInput(report)))}
    sources = {"json": [report.model_dump_json().encode() for report in printed]}
    for fmt in ("docx", "html"):
        contents = [render(report, fmt) for report in drawn]
        sources[fmt] = [c if isinstance(c, bytes) else c.encode() for c in contents]
    for fmt, files in sources.items():
        rates[fmt] = _rate(files, partial(_check, f"a.{fmt}"))
    return rates


def _check(name: str, data: bytes) -> object:
    return run_rules(CheckInput(read_report(data, name)))


def _rate(work: Sequence[_T], do: Callable[[_T], object]) -> float:
    for one in work[:10]:
        do(one)
    done, start = 0, time.process_time()
    while time.process_time() - start < _SECONDS:
        for one in work:
            do(one)
        done += len(work)
    return done / (time.process_time() - start)


def main() -> int:
    """Print the rates beside the goals; they depend on the machine, so that nothing fails by them."""
    rates = measure()
    print(f"只核对（已读入）  {rates['rules']:7.0f} 份/秒")
    for fmt, goal in GOALS.items():
        print(f"读取并核对 {fmt:<6} {rates[fmt]:7.0f} 份/秒（目标 {goal:g}）")
    return 0


if __name__ == "__main__":
    sys.exit(main())
