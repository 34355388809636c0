"""Prints a draft: its report with what nobody has confirmed marked in every format."""

from __future__ import annotations

from assistant.printing.reports import Mark, render
from assistant.report.draft import Draft
from assistant.report.findings import Severity
from assistant.report.pending import PENDING_LEAD, UNCONFIRMED

__all__ = ["print_draft", "unconfirmed_marks"]


def unconfirmed_marks(draft: Draft) -> list[Mark]:
    """A mark for each cell that rests on a single unsure reading; one that a person confirmed has none."""
    return [
        Mark(f"{c.table}.{c.row}.{c.col}", Severity.ASK, f"{PENDING_LEAD}{UNCONFIRMED}", pending=True)
        for c in draft.cells
        if c.status == "unconfirmed"
    ]


def print_draft(draft: Draft, fmt: str) -> str | bytes:
    """The draft in a format, as :func:`assistant.printing.reports.render` prints a report; JSON is the whole draft, with the
    status of each cell, and is read back like a report."""
    if fmt == "json":
        return draft.model_dump_json(indent=1, exclude={"report": {"printed"}}) + "\n"
    return render(draft.report, fmt, marks=unconfirmed_marks(draft))
