"""Counts a batch: how many units are done, failed, without errors, and what it cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.batch.units import UnitResult, UnitState
from assistant.report.findings import Severity

__all__ = ["Summary", "summarise"]


@dataclass
class Summary:
    """Totals of a batch; ``expected`` is the number of units in the input, None when unknown."""

    expected: int | None = None
    done: int = 0
    failed: int = 0
    with_errors: int = 0
    ready: int = 0
    """done, without error, warning of any kind to settle, or open question"""
    kept: int = 0
    errors: int = 0
    warnings: int = 0
    asks: int = 0
    questions: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0

    def add(self, result: UnitResult) -> None:
        """Count one unit."""
        if result.state is UnitState.FAILED:
            self.failed += 1
            return
        self.done += 1
        self.kept += result.kept
        self.with_errors += result.has_errors
        self.errors += result.count(Severity.ERROR)
        self.warnings += result.count(Severity.WARNING)
        self.asks += result.count(Severity.ASK)
        self.questions += len(result.questions)
        self.ready += not (result.questions or any(f.severity is not Severity.INFO for f in result.findings))
        self.input_tokens += result.model.input_tokens
        self.output_tokens += result.model.output_tokens
        self.seconds += result.seconds

    @property
    def units(self) -> int:
        """Units that have a result, good or bad."""
        return self.done + self.failed

    @property
    def missing(self) -> int:
        """Units of the input that were not reached."""
        return 0 if self.expected is None else max(0, self.expected - self.units)


def summarise(results: Iterable[UnitResult], expected: int | None = None) -> Summary:
    """The totals of some results."""
    summary = Summary(expected)
    for result in results:
        summary.add(result)
    return summary
