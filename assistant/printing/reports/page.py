"""Prints a report as one web page that needs nothing else: no script, no network, no font to fetch."""

from __future__ import annotations

from assistant.printing.reports.view import Marks, build_view
from assistant.printing.templates import fill
from assistant.report import AnnualReport

__all__ = ["render"]


def render(report: AnnualReport, marks: Marks = ()) -> str:
    """HTML with the statutory merged cells; marks become coloured cells and underlined words with their notes."""
    return fill("report.html.j2", build_view(report, marks))
