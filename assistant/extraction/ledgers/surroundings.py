"""Accounts for what stands around the rows of a register: titles, headers, heading rows, notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.extraction.ledgers.layout import Sheet
from assistant.extraction.statements import Span
from assistant.extraction.structure import Account, Unplaced, Use
from assistant.numerals import find_numerals, fold

__all__ = ["around", "unread_notes"]


def around(sheet: Sheet) -> Iterator[Account]:
    """Title rows, header and heading rows are no figures of the form."""
    if sheet.header_span is not None:
        yield Account(sheet.header_span, Use.LEFT_OUT, "表头")
    for title in sheet.titles:
        yield Account(Span(title.start, title.end), Use.LEFT_OUT, "表的标题")
    for part in sheet.parts:
        yield Account(Span(part.start, part.end), Use.LEFT_OUT, "分段小标题")


def unread_notes(sheet: Sheet, read: Sequence[Span] = ()) -> Iterator[Unplaced]:
    """A note below the rows that gives figures may change what they say: it is shown as unread, unless part of it was read."""
    for note in sheet.notes:
        if any(span.meets(Span(note.start, note.end)) for span in read):
            continue
        if any(True for _ in find_numerals(fold(note.text))):
            yield Unplaced((Span(note.start, note.end),), note.text[:60])
