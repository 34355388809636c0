"""Writes the title and the preamble of a report."""

from __future__ import annotations

from assistant.prose.phrases import phrase
from assistant.prose.slots import SlotBook, settle
from assistant.report import AnnualReport

__all__ = ["preamble_of", "title_of"]


def title_of(report: AnnualReport) -> str:
    """单位全称 + year + 政府信息公开工作年度报告; an unknown name or year is left out."""
    return settle("title", phrase("title", SlotBook(report, ()), name=report.org.name))[0]


def preamble_of(report: AnnualReport) -> str:
    """Basis, parts and period of the report (条例 and the form's own notice); the contact only as far as it is known."""
    names = {"name": report.org.name, "contact": report.org.contact}
    return settle("preamble", phrase("preamble", SlotBook(report, ()), **names))[0]
