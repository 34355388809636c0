"""What stands beside a tick, and where in its cell an answer is told."""

from __future__ import annotations

import re

from assistant.extraction.ledgers.layout import Field
from assistant.extraction.ledgers.outcomes import Outcome
from assistant.extraction.statements import Span

__all__ = ["told_place", "untick"]


def untick(text: str) -> str:
    """The note of a tick: √（不掌握）."""
    folded = text.strip()
    return re.sub(r"^[√✓✔☑■●▲★◆VvYy1是对○]+(?=$|[\s（(:：，,、-])|^[\[(（]√[\])）]", "", folded).strip(
        "（）() 、，:：-"
    )


def told_place(found: Field, told: Outcome) -> Span:
    """The words of the outcome inside their cell, where the cell's text is the source's."""
    if found.end - found.start == len(found.text) and 0 <= told.start < told.end <= len(found.text):
        closed = told.end + (found.text[told.end : told.end + 1] in (")", "）"))
        return Span(found.start + told.start, found.start + closed)
    return Span(found.start, found.end)
