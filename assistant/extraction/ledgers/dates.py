"""Reads the dates of registers in the notations clerks use, and the years that the order of the rows gives to dates without one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from assistant.numerals import fold

__all__ = ["Day", "dated", "every_day", "parse_day", "year_in"]

_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<y>20\d{2})\s?[-/.年]\s?(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?!\d)",
        r"(?<!\d)(?P<y>20\d{2})\s?[-/.年]\s?(?P<m>\d{1,2})(?:月份?|(?![\d.]))",
        r"(?<![\d/.-])(?P<y>\d{2})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号]?)?",
        r"^(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})$",
    )
)
_SHEET_SERIAL = re.compile(r"^[34]\d{4}$|^5[0-4]\d{3}$")
"""days since 1900 as spreadsheets keep dates: 45678 is 2025-01-21"""
_EPOCH = date(1899, 12, 30)
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=\s?(?:年|$|[^\d]))(?!\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2})")
"""not that of a whole date, which tells when the list was printed"""


class Day(NamedTuple):
    """A date as written; ``year`` is None where it is not written, ``day`` 0 where only the month is."""

    year: int | None
    month: int
    day: int = 0

    def before(self, other: Day) -> bool:
        """Whether it comes earlier in a year, years aside."""
        return (self.month, self.day) < (other.month, other.day)


def parse_day(text: str) -> Day | None:
    """The first date in a text; None when there is none."""
    folded = fold(text).strip()
    if _SHEET_SERIAL.match(folded):
        found = _EPOCH + timedelta(days=int(folded))
        return Day(found.year, found.month, found.day)
    for pattern in _FORMS:
        match = pattern.search(folded)
        day = None if match is None else _day(match)
        if day is not None:
            return day
    return None


def every_day(text: str) -> list[tuple[Day, int, int]]:
    """All dates of a folded text with their places, in order; a shorter reading of the same characters does not count."""
    found: list[tuple[Day, int, int]] = []
    for pattern in _FORMS:
        for match in pattern.finditer(text):
            day = _day(match)
            apart = all(match.end() <= start or end <= match.start() for _, start, end in found)
            if day is not None and apart:
                found.append((day, match.start(), match.end()))
    return sorted(found, key=lambda one: one[1])


def _day(match: re.Match[str]) -> Day | None:
    parts = match.groupdict()
    month, day = int(parts["m"]), int(parts.get("d") or 0)
    if not 1 <= month <= 12 or day > 31:
        return None
    year = int(parts["y"]) if parts.get("y") else None
    return Day(year + 2000 if year is not None and year < 100 else year, month, day)


def year_in(text: str) -> tuple[int, ...]:
    """The calendar years a title names, each once."""
    return tuple(dict.fromkeys(int(match.group(1)) for match in _YEAR.finditer(fold(text))))


def dated(days: Sequence[Day | None], year: int) -> list[tuple[Day | None, bool]]:
    """Dates of a column with their years, and whether each year is certain.

    A date without a year is of the report year, unless the dated rows around it leave only the year before or after, or the
    months of a column without any year start again (11月, 12月, 1月 …): then the part before or behind is of another year.
    """
    if any(day is not None and day.year is not None for day in days):
        return _between(days, year)
    return _restarted(days, year)


def _between(days: Sequence[Day | None], year: int) -> list[tuple[Day | None, bool]]:
    following: list[Day | None] = [None] * len(days)
    last: Day | None = None
    for index in range(len(days) - 1, -1, -1):
        following[index] = last
        day = days[index]
        last = day if day is not None and day.year is not None else last
    out: list[tuple[Day | None, bool]] = []
    before: Day | None = None
    for day, after in zip(days, following, strict=True):
        if day is None or day.year is not None:
            out.append((day, True))
            before = day or before
            continue
        fits = [
            candidate
            for candidate in (Day(y, day.month, day.day) for y in (year, year - 1, year + 1))
            if (before is None or _key(before) <= _key(candidate))
            and (after is None or _key(candidate) <= _key(after))
        ]
        chosen = fits[0] if fits else Day(year, day.month, day.day)
        # a date that two or more years would suit, the report year not among them, is not certain
        out.append((chosen, chosen.year == year or len(fits) == 1))
    return out


def _key(day: Day) -> tuple[int, int, int]:
    return day.year or 0, day.month, day.day


def _restarted(days: Sequence[Day | None], year: int) -> list[tuple[Day | None, bool]]:
    known = [(index, day) for index, day in enumerate(days) if day is not None]
    breaks = [b for (_, a), (b, d) in pairwise(known) if a.month >= 10 and d.month <= 3]
    if len(breaks) != 1 or not known:
        sure = not breaks
        return [(None if d is None else Day(year, d.month, d.day), sure) for d in days]
    # a column that opens late in a year opens in the year before; else what comes behind the break is of the next
    early = known[0][1].month >= 10
    out: list[tuple[Day | None, bool]] = []
    for index, day in enumerate(days):
        if day is None:
            out.append((None, True))
            continue
        other = (
            year - 1
            if early and index < breaks[0]
            else year + 1
            if not early and index >= breaks[0]
            else year
        )
        out.append((Day(other, day.month, day.day), other == year))
    return out
