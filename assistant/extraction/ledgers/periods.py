"""Decides from dates, states and marks whether a request is of this year, came over, goes over, or is not ours."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.extraction.ledgers.dates import Day
from assistant.extraction.ledgers.outcomes import Outcome
from assistant.extraction.ledgers.vocabulary import first_match, matches

__all__ = ["Clues", "Period", "mark_of", "settle_period"]

_LAST = 12
"""month whose requests may well be answered only in the next year"""
_LATE = 10
"""month from which a request without any answer is plainly still open at the end of the year"""


@dataclass(frozen=True)
class Clues:
    """What a row says about its time. ``mark`` is carried_over, carried_forward, fresh or nothing."""

    received: Day | None
    received_sure: bool
    answered: Day | None
    answered_sure: bool
    outcome: Outcome
    status: Outcome
    marks: frozenset[str] = frozenset()
    serial_year: int | None = None
    unread: bool = False
    """the day of the answer holds words that are no day"""
    silent: bool = False
    """the register has no place for an answer, so that its lack says nothing"""


@dataclass(frozen=True)
class Period:
    """``received``: new_received, carried_over, or nothing when unknown; ``ended``: done, open, or nothing when unknown."""

    received: str = ""
    ended: str = ""
    received_sure: bool = True
    ended_sure: bool = True
    left_out: str = ""


def mark_of(text: str, year: int) -> str:
    """What a note says: 上年结转, 2024-结转, 结转下年, 本年新收."""
    if not text:
        return ""
    if matches("marks.carried_forward", text):
        return "carried_forward"
    to_year = first_match("marks.to_year", text)
    if to_year is not None:
        # 转25年办 goes over, 结转2024年 in the register of 2024 came over
        behind = int(to_year["year"]) % 100 - year % 100
        return "carried_forward" if behind > 0 else "carried_over" if behind == 0 else ""
    found = first_match("marks.carried_over", text)
    if found is not None and str(year) not in found.group() and f"{year % 100}年" not in found.group():
        return "carried_over"
    return "fresh" if matches("marks.fresh", text) else ""


def settle_period(clues: Clues, year: int) -> Period:
    """When the request came and whether it was answered in the year."""
    answered = clues.answered.year if clues.answered is not None else None
    ended, ended_sure = _ended(clues, year, answered)
    received, sure = _received(clues, year)
    if received == "after":
        return Period(left_out="下年收到")
    if received == "before":
        if answered is not None and answered < year:
            return Period(left_out="上年已办结")
        told = answered is not None or ended == "open" or "carried_over" in clues.marks
        # a year that only the order of the rows gives, and a note that says the same
        agreed = "carried_over" in clues.marks and "fresh" not in clues.marks
        return Period("carried_over", ended, (sure and told) or agreed, ended_sure)
    if received == "" and answered is not None and answered < year:
        return Period(left_out="上年已办结")
    if received == "new_received" and answered is not None and answered < year:
        # answered before it came: one of the dates is wrong
        return Period("", "", False, False)
    # one that nobody dates may have come only after the year, and then it is not ours to carry over
    ended_sure = ended_sure and not (received == "" and ended == "open")
    return Period(received, ended, sure, ended_sure)


def _received(clues: Clues, year: int) -> tuple[str, bool]:
    """before, new_received, carried_over, after or nothing; and whether it is certain."""
    day = clues.received
    marked = "carried_over" in clues.marks
    if day is None or day.year is None:
        if marked:
            return "carried_over", True
        if "fresh" in clues.marks:
            return "new_received", True
        if clues.serial_year is not None:
            return _by_year(clues.serial_year, year), True
        return "", True
    told = _by_year(day.year, year)
    if told == "new_received" and marked:
        return "", False
    return told, clues.received_sure and not (told == "before" and "fresh" in clues.marks)


def _by_year(found: int, year: int) -> str:
    return "before" if found < year else "after" if found > year else "new_received"


def _ended(clues: Clues, year: int, answered: int | None) -> tuple[str, bool]:
    """done, open or nothing; and whether it is certain."""
    forward = "carried_forward" in clues.marks
    out, status = clues.outcome, clues.status
    told = bool(out.rows) or (not out.empty and not out.known)
    if answered is not None:
        if answered > year:
            return "open", clues.answered_sure
        clash = forward or (out.open and not out.rows) or (status.open and not status.closed)
        return ("", False) if clash else ("done", clues.answered_sure)
    if clues.unread:
        return "", False
    if forward or out.open or status.open:
        return ("", False) if told and (forward or status.open or out.rows) and out.rows else ("open", True)
    if out.rows or status.closed or out.closed:
        # nobody says when: an answer to a request of December may have gone out in January
        day = clues.received
        return "done", day is None or day.year != year or day.month < _LAST
    if told or clues.silent:
        # words nobody knows, and no day of an answer: they may say that it is still open
        return "", False
    day = clues.received
    return "open", day is not None and day.year == year and day.month >= _LATE
