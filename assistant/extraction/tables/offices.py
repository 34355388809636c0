"""Adds up the offices of a table beside their printed sum: where all other columns agree and one does not, both figures are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.tables.cells import Holds
from assistant.extraction.tables.facets import SUM_OF_UNITS
from assistant.extraction.tables.lines import Place
from assistant.extraction.tables.readings import Reading
from assistant.extraction.tables.vocabulary import shape

__all__ = ["rival_sums"]

_FEWEST = 3
"""columns that must agree before one that does not is a fault of the sum, and not of what is taken for its parts"""
_OFFICES = 2
_By = Mapping[Target, Sequence[Reading]]


def rival_sums(readings: Sequence[Reading]) -> list[Statement]:
    """What the offices add up to, for each printed sum of offices that says something else."""
    known = [r for r in readings if len(r.targets) == 1 and not (r.doubt or r.why or r.year or r.period)]
    figures = [
        r for r in known if r.figure.content.holds is Holds.FIGURE and r.figure.content.value is not None
    ]
    offices: dict[Target, list[Reading]] = {}
    for reading in figures:
        if reading.unit and reading.unit != SUM_OF_UNITS:
            offices.setdefault(reading.targets[0], []).append(reading)
    lines: dict[Place, list[Reading]] = {}
    for reading in figures:
        if reading.unit == SUM_OF_UNITS:
            lines.setdefault(_place(reading), []).append(reading)
    return [told for line in lines.values() for told in _told(line, offices)]


def _place(reading: Reading) -> Place:
    return reading.figure.row if reading.row.unit else reading.figure.column


def _told(line: Sequence[Reading], offices: _By) -> list[Statement]:
    """The sums of one line that disagree with the way in which most of it is added up."""
    found: list[Statement] = []
    for way in ("all", "above", "below"):
        sums = [(whole, parts) for whole in line if (parts := _parts(way, whole, offices))]
        most = max((len(parts) for _, parts in sums), default=0)
        # an office whose figure nobody can read says nothing of the sum
        sums = [one for one in sums if len(one[1]) == most]
        wrong = [(whole, parts) for whole, parts in sums if _sum(parts) != whole.figure.content.value]
        agreed = len([one for one in sums if one not in wrong and one[0].figure.content.value])
        if not wrong and agreed:
            return []
        if agreed >= _FEWEST and agreed > 2 * len(wrong) and not found:
            found = [_statement(whole, parts) for whole, parts in wrong]
    return found


def _parts(way: str, whole: Reading, offices: _By) -> list[Reading]:
    at = _place(whole).at
    parts = [r for r in offices.get(whole.targets[0], ()) if _is_office(r.unit)]
    if way == "above":
        parts = [r for r in parts if _place(r).at < at]
    elif way == "below":
        parts = [r for r in parts if _place(r).at > at]
    return parts if len(parts) >= _OFFICES else []


def _is_office(unit: str) -> bool:
    """Whether a line is an office, or all that have no line of their own; 县直小计 sums up lines that stand beside it."""
    part = unit.removeprefix(SUM_OF_UNITS)
    return part == unit or shape("other_units").fullmatch(part) is not None


def _sum(parts: Sequence[Reading]) -> int | Decimal:
    return sum((r.figure.content.value or 0 for r in parts), 0)


def _statement(whole: Reading, parts: Sequence[Reading]) -> Statement:
    counted = [r for r in parts if r.figure.content.value] or parts
    spans = [Span(r.figure.cell.start, r.figure.cell.end) for r in counted]
    content = whole.figure.content
    made = Statement(
        "value", whole.targets[0], spans[0], _sum(parts), content.unit or whole.money, whole.words
    )
    made.spans = spans
    return made
