"""Prints a report as JSON from which the same report can be built again."""

from __future__ import annotations

from assistant.printing.reports.view import Marks
from assistant.report import AnnualReport

__all__ = ["render"]


def render(report: AnnualReport, marks: Marks = ()) -> str:
    """The contract object; blank cells are null. How a source was printed is included only where it is known."""
    return report.model_dump_json(indent=2, exclude={"printed"} if report.printed is None else None) + "\n"
