"""Tells running totals from figures of one month: 累计 beside 3月 counts from January on, and beside 12月 it is the year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from assistant.extraction.tables.cells import Holds
from assistant.extraction.tables.facets import Facets
from assistant.extraction.tables.lines import Place
from assistant.extraction.tables.readings import Reading

__all__ = ["run_on"]

_RUNNING = "累计"
_PERIOD = re.compile(r"(?P<kind>[mqh])(?P<number>\d{1,2})$")
_MONTHS = {"m": 1, "q": 3, "h": 6}
_FEWEST = 3
_YEAR_END = 12


def run_on(readings: Sequence[Reading]) -> None:
    """Gives figures under 累计 the months that they count; where they do not grow from month to month they are no running total
    (累计 behind 自然人, 企业 adds up these)."""
    lines: dict[tuple[str, Place], list[tuple[int, Reading]]] = defaultdict(list)
    for reading in readings:
        for axis, place, mine, other in (
            ("column", reading.figure.column, reading.column, reading.row),
            ("row", reading.figure.row, reading.row, reading.column),
        ):
            end = _end(other.period)
            if end and _runs(mine):
                lines[axis, place].append((end, reading))
    for found in lines.values():
        found.sort(key=lambda one: one[0])
        if not _grows(found):
            continue
        for end, reading in found:
            reading.period = "year_whole" if end == _YEAR_END else f"c{end}"


def _runs(facets: Facets) -> bool:
    return facets.period == "year_whole" and _RUNNING in facets.label and not facets.columns


def _end(period: str) -> int:
    """The last month of a part of the year; 0 where it is none."""
    found = _PERIOD.match(period)
    return _MONTHS[found["kind"]] * int(found["number"]) if found is not None else 0


def _grows(found: Sequence[tuple[int, Reading]]) -> bool:
    values = [r.figure.content.value for _, r in found if r.figure.content.holds is Holds.FIGURE]
    told = [value for value in values if value is not None]
    return len(told) == len(found) >= _FEWEST and all(one <= two for one, two in pairwise(told))
