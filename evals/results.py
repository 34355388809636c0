"""What a run of the evals gives: each case's verdicts with their reasons, each suite's metrics. Data only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from evals.metrics import Shortfall

__all__ = ["CaseResult", "SuiteResult", "Verdict", "seal"]


@dataclass(frozen=True)
class Verdict:
    """What one evaluator said of a case; ``reason`` names the faults."""

    name: str
    holds: bool
    reason: str = ""


@dataclass(frozen=True)
class CaseResult:
    """One case. ``shown`` are texts for a person: title and content; ``error`` when the work itself failed."""

    id: str
    style: str
    verdicts: tuple[Verdict, ...]
    scores: dict[str, float]
    notes: tuple[str, ...] = ()
    shown: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    error: str = ""

    @property
    def passed(self) -> bool:
        """Every verdict holds and the work did not fail."""
        return not self.error and all(verdict.holds for verdict in self.verdicts)

    @property
    def faults(self) -> list[str]:
        """What is wrong, one line each."""
        found = [f"{v.name}：{v.reason}" for v in self.verdicts if not v.holds]
        return [f"运行失败：{self.error}", *found] if self.error else found


def seal(case: str) -> str:
    """A case's id so that two runs can be compared and nobody reads off which case it is."""
    return hashlib.sha256(f"nianbao sealed case {case}".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class SuiteResult:
    """One suite: its cases, metrics, missed thresholds, and what changed against the baseline.

    ``newly_failing`` and ``newly_passing`` are ids; of a sealed suite they are seals, and only their number is shown.
    """

    name: str
    title: str
    sealed: bool
    cases: tuple[CaseResult, ...]
    metrics: dict[str, float]
    before: dict[str, float] = field(default_factory=dict)
    shortfalls: tuple[Shortfall, ...] = ()
    newly_failing: tuple[str, ...] = ()
    newly_passing: tuple[str, ...] = ()
    lost: int = 0
    """by how many cases the suite has become smaller than the baseline; a case taken out proves nothing any more"""
    seconds: float = 0.0

    @property
    def failing(self) -> list[str]:
        """Ids of the cases that do not pass."""
        return [case.id for case in self.cases if not case.passed]

    @property
    def dropped(self) -> int:
        """How many cases stand worse than in the baseline: newly failing, or gone."""
        return len(self.newly_failing) + self.lost

    @property
    def red(self) -> bool:
        """Whether a threshold is missed or a case stands worse than in the baseline."""
        return bool(self.shortfalls) or self.dropped > 0

    def as_json(self) -> dict[str, Any]:
        """For results.json and baseline.json; a sealed suite gives its totals, and the seals of its failing cases."""
        failing = sorted(map(seal, self.failing)) if self.sealed else self.failing
        return {"metrics": self.metrics, "cases": len(self.cases), "failing": failing}
