"""Prints a report as Markdown with pipe tables."""

from __future__ import annotations

from assistant.printing.reports.view import Marks, build_view
from assistant.printing.templates import fill
from assistant.report import AnnualReport

__all__ = ["render"]


def render(report: AnnualReport, marks: Marks = ()) -> str:
    """Markdown; a pipe table cannot merge cells, so covered cells stay empty. Of the marks only a sign behind figures that wait
    to be confirmed is printed."""
    return fill("report.md.j2", build_view(report, marks))
