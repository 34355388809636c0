"""What a row of a register says about its time: when the request came, when it was answered, whether it came over or goes over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.extraction.ledgers.dates import Day, parse_day
from assistant.extraction.ledgers.layout import EMPTY, Field, Line, clean
from assistant.extraction.ledgers.outcomes import Outcome, read_outcome
from assistant.extraction.ledgers.periods import Clues, mark_of
from assistant.extraction.ledgers.roles import Columns, Role
from assistant.extraction.ledgers.ticks import ticked
from assistant.extraction.ledgers.vocabulary import matches
from assistant.numerals import fold

__all__ = ["Row", "clues_of", "field_at"]


def field_at(line: Line, col: int | None) -> Field:
    """The cell of a column, empty where there is no such column."""
    return EMPTY if col is None else line.cells[col]


@dataclass
class Row:
    """One row with the roles of its columns."""

    line: Line
    columns: Columns
    year: int
    version: str

    def field(self, role: Role) -> Field:
        """The cell of a role, empty where no column has it."""
        return field_at(self.line, self.columns.at(role))


def clues_of(row: Row, outcome: Outcome, received: Day | None, sure: bool) -> Clues:
    """What the row says about its time; days of receipt that differ in their year are not certain."""
    text = row.field(Role.ANSWERED).text
    answered, answered_sure = _answered(row, text, received)
    unread = False
    status = _status(row, row.field(Role.STATUS).text)
    if answered is None and text:
        told = read_outcome((text,), row.version)
        status = told if told.open or told.closed else status
        if matches("marks.postponed", clean(text)):
            status = Outcome(open=True)
        unread = not (status.open or told.closed or matches("marks.unticked", clean(text)))
    if answered is None:
        answered = _told_day(row)
    serial = _serial_year(row)
    years = {day.year for c in row.columns.rivals if (day := parse_day(row.line.cells[c].text)) and day.year}
    years |= {serial} if serial is not None else set()
    agreed = received is None or not years or years == {received.year}
    sure = sure and agreed
    silent = not (row.columns.answers or {Role.ANSWERED, Role.STATUS} & row.columns.place.keys())
    return Clues(
        received, sure, answered, answered_sure, outcome, status, _marks(row), serial, unread, silent
    )


def _told_day(row: Row) -> Day | None:
    """2026.1.5予以公开: the day of the answer stands with the answer."""
    days = [parse_day(row.line.cells[c].text) for c in row.columns.outcomes]
    return next((day for day in days if day is not None and day.year is not None and day.day), None)


def _answered(row: Row, text: str, received: Day | None) -> tuple[Day | None, bool]:
    """The day of the answer and whether its year is certain; one without a year comes on or behind the day of receipt."""
    day = parse_day(text)
    if day is None or received is None or received.year is None:
        return (None if day is None else day._replace(year=day.year or row.year)), True
    if day.year is None:
        turned = day.before(received)
        return day._replace(year=received.year + turned), not turned or received.month >= 10
    # answered before it came: one of the two is a slip
    return day, (day.year, day.month) >= (received.year, received.month)


def _status(row: Row, text: str) -> Outcome:
    col = row.columns.at(Role.STATUS)
    if col is None or not text:
        return Outcome(empty=True)
    if fold(text).strip() in ("是", "√"):
        return Outcome(closed=True)
    if fold(text).strip() in ("否", "×"):
        return Outcome(open=True)
    return read_outcome((text,), row.version)


def _marks(row: Row) -> frozenset[str]:
    """上年结转 and the like in serial, notes, state, outcome, ticks, or the heading row above."""
    roles = (Role.SERIAL, Role.STATUS, Role.MONTH, Role.RECEIVED)
    texts = [row.field(role).text for role in roles]
    texts += [row.line.cells[c].text for c in (*row.columns.remarks, *row.columns.outcomes)]
    found = {mark_of(fold(text), row.year) for text in texts}
    found |= {t.period for t in row.columns.ticks if t.period and ticked(row.line.cells[t.col].text)}
    if not found & {"carried_over", "fresh"}:
        found.add(mark_of(row.line.part, row.year))
    return frozenset(found - {""})


def _serial_year(row: Row) -> int | None:
    """2025-001, 202501030004, 依申请〔2025〕3号: the serial begins with the year of receipt."""
    found = re.search(
        r"(?<!\d)(20[12]\d)(?:[-/年〕\]）)_第]|\d{3,10}(?!\d))", fold(row.field(Role.SERIAL).text)
    )
    if found is not None:
        return int(found.group(1))
    month = row.columns.at(Role.MONTH)
    return row.year if month is not None and row.line.cells[month].text else None
