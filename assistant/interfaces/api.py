"""The Python API: draft, check, read, render."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.outcome import CheckResult, Draft
from assistant.pipeline import DraftOptions, check_report, draft_texts
from assistant.report import AnnualReport, Level, Scope

__all__ = ["check", "draft", "read", "render"]


def draft(
    facts: str | Mapping[str, str], *, org: str = "", year: int | None = None, level: str | Level | None = None,
    scope: str | Scope | None = None, previous: AnnualReport | None = None, confirm_zeros: bool = False,
) -> Draft:
    """Draft a report from raw facts: one text, or several by source name.

    ``confirm_zeros`` records 其余为 0 for cells nothing speaks of. Bad facts never raise; ValueError for an unknown level
    or scope.
    """
    texts = {"input": facts} if isinstance(facts, str) else facts
    options = DraftOptions(
        org=org, year=year, level=Level(level) if level else None, scope=Scope(scope) if scope else None, previous=previous,
        confirm_zeros=confirm_zeros,
    )
    return draft_texts(texts, options)


def read(source: str | Path | bytes, name: str = "") -> AnnualReport:
    """Read a finished report (json, txt, md, html, docx, xlsx, pdf); InputError when it cannot be read."""
    from assistant.reading import read_report

    return read_report(source, name)


def check(
    report: AnnualReport | str | Path, *, previous: AnnualReport | None = None, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> CheckResult:
    """Check a finished report, or the file it is in; UsageError for an unknown rule code."""
    found = report if isinstance(report, AnnualReport) else read(report)
    return check_report(found, file="" if isinstance(report, AnnualReport) else str(report), previous=previous, select=select, ignore=ignore)


def render(report: AnnualReport, fmt: str) -> str | bytes:
    """Print a report: text for txt, md, html, json; bytes for docx, xlsx, pdf."""
    from assistant.rendering import render as print_report

    return print_report(report, fmt)
