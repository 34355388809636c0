"""Finds rows and columns whose labels leave out what their neighbours say: nobody may guess the year, the office or the row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.extraction.tables.facets import SUM_OF_UNITS, Facets
from assistant.extraction.tables.family import Family
from assistant.extraction.tables.lines import Line, Place

__all__ = ["gaps"]

_NOW = re.compile("(?:本|当)(?:期|月|季)")
_MOSTLY = 0.5
_WHOLE = ("", "year_whole")
_Facets = Mapping[Place, Facets]


def gaps(axis: Mapping[Place, Line], facets: _Facets, family: Family, *, rows: bool) -> frozenset[Place]:
    """Places of lines that lack a label which the lines beside them have."""
    parts: dict[tuple[int, int], list[Line]] = {}
    for line in axis.values():
        parts.setdefault((line.place.part, line.header), []).append(line)
    found: set[Place] = set()
    for lines in parts.values():
        found |= _nameless(lines, rows)
        found |= _without_year(lines, facets)
        found |= _without_office_or_period(lines, facets)
        found |= _without_column(lines, facets, family, rows)
        found |= _within_wide_labels(lines)
        found |= _with_holes(lines)
        found |= _unrefined(lines, facets, family)
    return frozenset(found)


def _nameless(lines: Sequence[Line], rows: bool) -> set[Place]:
    """No label at all, where other lines have one; several rows without any cannot be told apart."""
    if all(line.bare for line in lines) and not (rows and len(lines) > 1):
        return set()
    return {line.place for line in lines if line.bare}


def _without_year(lines: Sequence[Line], facets: _Facets) -> set[Place]:
    """No year beside 2024年; beside 上年 alone it is this year. A line of the form that no other line gives by years (新收 beside
    许可·2023年, 许可·2024年) is of the year of the whole table; 上半年 beside 2024年全年 only serves to check it."""
    summed = any(facets[line.place].period == "year_whole" for line in lines)
    dated = [
        line
        for line in lines
        if any(label.year is not None and not label.lines for label in line.labels)
        and not (summed and _NOW.match(facets[line.place].label))
    ]
    if not any(label.year == 0 for line in dated for label in line.labels):
        return set()
    whole = any((f := facets[line.place]).year == 0 and f.period in _WHOLE for line in dated)
    by_year = {facets[line.place].lines for line in dated}
    apart = {f.lines for line in lines if (f := facets[line.place]).year is None} - by_year
    return {
        line.place
        for line in lines
        if (f := facets[line.place]).year is None
        and f.why is None
        and not (f.lines and f.lines in apart)
        and not (whole and f.period not in _WHOLE)
    }


def _without_office_or_period(lines: Sequence[Line], facets: _Facets) -> set[Place]:
    found: set[Place] = set()
    units = {facets[line.place].unit for line in lines} - {"", SUM_OF_UNITS}
    if len(units) > 1:
        found |= {line.place for line in lines if not facets[line.place].unit}
    periods = {facets[line.place].period for line in lines} - {""}
    if len(periods) > 1 and "year_whole" in periods:
        # 2022年 beside 1月 and 全年 is the whole of that year
        found |= {p.place for p in lines if not facets[p.place].period and facets[p.place].year is None}
    if "year_whole" in periods:
        # 本期数 beside 累计数 is a part of the year that nobody names
        found |= {p.place for p in lines if not facets[p.place].period and _NOW.match(facets[p.place].label)}
    return {place for place in found if facets[place].why is None}


def _without_column(lines: Sequence[Line], facets: _Facets, family: Family, rows: bool) -> set[Place]:
    """2024年 alone beside 2023年·自然人: whose figures they are is not said. 行政许可决定 beside 规范性文件·制发 has but one column."""
    deep = max(len(line.labels) for line in lines)
    whole = [line for line in lines if len(line.labels) == deep > 1 and facets[line.place].why is None]
    # among rows, lines with a label less are often of another kind
    mostly = not rows or len(whole) >= _MOSTLY * len(lines)
    if not mostly or not whole or not all(facets[line.place].columns for line in whole):
        return set()
    return {
        p.place
        for p in lines
        if len(p.labels) < deep
        and not (facets[p.place].columns or facets[p.place].why or _of_one_column(facets[p.place], family))
    }


def _of_one_column(facets: Facets, family: Family) -> bool:
    return bool(facets.lines) and all(len(family.columns_of(name)) == 1 for name in facets.lines)


def _within_wide_labels(lines: Sequence[Line]) -> set[Place]:
    """A label over several lines of which this one has no label of its own."""
    outer = {node for line in lines for node in _outer_nodes(line)}
    return {line.place for line in lines if line.wide and line.words in outer}


def _outer_nodes(line: Line) -> Iterable[tuple[str, ...]]:
    return (line.words[:size] for size in range(1, len(line.words)))


def _with_holes(lines: Sequence[Line]) -> set[Place]:
    """A blank where other lines name an applicant, an office, a year or a period."""
    telling = any(
        label.columns or label.is_unit or label.period or label.year is not None
        for line in lines
        for label in line.labels[:-1]
        if not line.hole
    )
    return {line.place for line in lines if line.hole} if telling else set()


def _unrefined(lines: Sequence[Line], facets: _Facets, family: Family) -> set[Place]:
    """A result below 行政诉讼 without one of its two kinds, where the others have one."""
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        if len(line.words) > 1:
            groups.setdefault(line.words[:1], []).append(line)
    found: set[Place] = set()
    for members in groups.values():
        lines_of = {m.place: facets[m.place].lines for m in members}
        outer = members[0].labels[0].lines
        if not outer or not all(name.key in family.parts for name in outer):
            continue
        refined = any(names and names != outer for names in lines_of.values())
        lacking = {p for p, names in lines_of.items() if refined and names == outer}
        lacking -= {m.place for m in members if m.carried is not None or facets[m.place].own == "line"}
        if any(facets[place].own != "generic" for place in lacking):
            found |= lacking
    return found
