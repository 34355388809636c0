"""Prints a report as plain text with tab-separated tables."""

from __future__ import annotations

from assistant.printing.reports.view import Marks, build_view
from assistant.printing.templates import fill
from assistant.report import AnnualReport

__all__ = ["render"]


def render(report: AnnualReport, marks: Marks = ()) -> str:
    """Plain text, one paragraph a line, tables with the full statutory header; of the marks only a sign behind figures that
    wait to be confirmed is printed."""
    return fill("report.txt.j2", build_view(report, marks))
