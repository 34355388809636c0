"""Finds the row of the form that a line of figures sums up, where its label (总计) fits two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.extraction.statements import Target
from assistant.extraction.tables.family import Family
from assistant.extraction.tables.lines import Place
from assistant.extraction.tables.readings import Reading

__all__ = ["line_of", "summed_rows"]

_Values = Mapping[tuple[Target, int], "int | Decimal"]
_Line = tuple[Place, tuple[str, ...]]


def line_of(reading: Reading) -> _Line:
    """The line whose label fits several rows, and these."""
    place = reading.figure.row if reading.row.lines else reading.figure.column
    return place, tuple(target.row for target in reading.targets)


def summed_rows(readings: Sequence[Reading], family: Family) -> dict[_Line, str]:
    """The one row that all figures of a line sum up."""
    values = _known(readings)
    lines: dict[_Line, list[Reading]] = {}
    for reading in readings:
        if len(reading.targets) > 1 and not reading.doubt:
            lines.setdefault(line_of(reading), []).append(reading)
    found: dict[_Line, str] = {}
    for line, members in lines.items():
        rows = [row for row in line[1] if _sums_up(row, members, values, family)]
        if len(rows) == 1:
            found[line] = rows[0]
    return found


def _known(readings: Sequence[Reading]) -> _Values:
    """The figures that have one place, by place and year."""
    found: dict[tuple[Target, int], int | Decimal] = {}
    for reading in readings:
        value = reading.figure.content.value
        if len(reading.targets) == 1 and not reading.doubt and value is not None and not reading.period:
            found.setdefault((reading.targets[0], reading.year or 0), value)
    return found


def _sums_up(row: str, line: Sequence[Reading], values: _Values, family: Family) -> bool:
    for parts in _ways(row, family):
        counted = [_counted(row, reading, parts, values, family) for reading in line]
        several = len({part for one in counted for part in one}) > 1
        sums = (sum(one.values()) for one in counted)
        if several and all(s == r.figure.content.value for s, r in zip(sums, line, strict=True)):
            return True
    return False


def _ways(row: str, family: Family) -> tuple[frozenset[str], ...]:
    """The sets of rows that a row is the sum of."""
    if row == "received_all":
        return frozenset({"new_received", "carried_over"}), family.parts["result_total"] | {"carried_forward"}
    return (family.parts[row],) if row in family.parts else ()


def _counted(
    row: str, reading: Reading, parts: frozenset[str], values: _Values, family: Family
) -> dict[str, int | Decimal]:
    """The parts that the table gives; a group counts where none of its own rows is given."""
    target = next(t for t in reading.targets if t.row == row)
    year = reading.year or 0
    known = {p: v for p in parts if (v := values.get((target._replace(row=p), year))) is not None}
    return {p: v for p, v in known.items() if not family.parts.get(p, frozenset()) & known.keys()}
