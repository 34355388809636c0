"""Gives every figure its place in the form: what its row says and what its column says, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.extraction.tables.cells import Holds
from assistant.extraction.tables.crossing import Row
from assistant.extraction.tables.cumulating import run_on
from assistant.extraction.tables.facets import NO_CELL, Facets, as_other, with_label
from assistant.extraction.tables.family import Family
from assistant.extraction.tables.labels import Label
from assistant.extraction.tables.lines import Layout, Line, Place, Placed
from assistant.extraction.tables.neighbours import axis_facets
from assistant.extraction.tables.readings import Reading
from assistant.extraction.tables.vocabulary import Name

__all__ = ["place_all"]


def place_all(layout: Layout, family: Family, heading: Facets) -> list[Reading]:
    """A reading of every figure; ``heading`` is what the headings above the table say."""
    rows = axis_facets(layout.rows, family, rows=True)
    columns = axis_facets(layout.columns, family, rows=False)
    _drop_misplaced_headers(layout, columns)
    readings = [_joined(figure, rows, columns, layout, heading, family) for figure in layout.figures]
    run_on(readings)
    _settle_lines(readings, layout, heading, family)
    by_row: dict[Place, list[Reading]] = {}
    for reading in readings:
        by_row.setdefault(reading.figure.row, []).append(reading)
    named = frozenset(n for f in (*rows.values(), *columns.values()) for n in f.lines)
    for row in by_row.values():
        Row(row, layout, family, named).place()
    return readings


def _drop_misplaced_headers(layout: Layout, columns: dict[Place, Facets]) -> None:
    """A header whose labels do not stand above their figures names nothing: the order of the form must do."""
    misplaced = {place.part for place, facets in columns.items() if facets.clash}
    for place in columns:
        if place.part in misplaced:
            columns[place] = Facets()
            layout.columns[place] = Line((), (), place, bare=True)


def _joined(
    figure: Placed,
    rows: dict[Place, Facets],
    columns: dict[Place, Facets],
    layout: Layout,
    heading: Facets,
    family: Family,
) -> Reading:
    row, column = rows[figure.row], columns[figure.column]
    own = (figure.own,) if figure.own is not None else ()
    column = _with_own(own, row, column, family)
    labels = (*layout.rows[figure.row].labels, *layout.columns[figure.column].labels, *own)
    # a year of its own on either axis says more than one within a label
    year = column.year if column.year is not None else row.year
    if row.year is not None and not row.lines:
        year = row.year
    return Reading(
        figure,
        row,
        column,
        "·".join(dict.fromkeys(label.text.strip() for label in labels if label.text.strip())),
        layout.rows[figure.row].own.text.strip(),
        year=year if year is not None else heading.year,
        period=_period(row.period, column.period) or heading.period,
        unit=row.unit or column.unit or heading.unit,
        money=column.money or row.money or heading.money,
        detail=row.detail or column.detail,
        why=row.why or column.why,
        sure=not (row.blurred or column.blurred),
    )


def _with_own(own: Sequence[Label], row: Facets, column: Facets, family: Family) -> Facets:
    """What a column says below the word that stands beside the figure: 其他 is what it is in the line of the row."""
    for label in own:
        column = with_label(column, label, family)
        if column.generic == "other":
            column = as_other(column, row.lines or column.lines, family) or replace(
                column, generic="", rest="其他"
            )
    return column


def _period(one: str, other: str) -> str:
    """A month within the whole year of the other axis is the month."""
    told = [period for period in (one, other) if period and period != "year_whole"]
    return told[0] if told else one or other


def _settle_lines(readings: Sequence[Reading], layout: Layout, heading: Facets, family: Family) -> None:
    """The line of the form each figure is about: of its row, its column, the label before it, the corner, the headings."""
    for reading in readings:
        row, column = reading.row, reading.column
        reading.lines = _met(row.lines, column.lines, family)
        if row.lines and column.lines and not reading.lines and reading.figure.content.holds is Holds.DASH:
            reading.why = NO_CELL
            continue
        if row.lines and column.lines and not reading.lines:
            reading.doubt = "行和列写的不是同一项"
            reading.places = tuple(family.target(n, "*") for n in (*row.lines, *column.lines))
            continue
        line = layout.rows[reading.figure.row]
        if line.carried is not None and not line.own.lines and not row.rest and (row.columns or row.part):
            # 自然人 below 予以公开, both below 办理结果
            carried = family.innermost(line.carried.lines)
            if not reading.lines or _met(carried, reading.lines, family):
                reading.lines = carried
        if not reading.lines and not (row.open or column.open or row.rest or column.rest):
            corner = layout.corners.get(reading.figure.column)
            reading.lines = family.innermost(corner.lines) if corner is not None else ()
            reading.lines = reading.lines or heading.lines


def _met(one: tuple[Name, ...], other: tuple[Name, ...], family: Family) -> tuple[Name, ...]:
    if not one or not other:
        return one or other
    inner = [n for n in one if any(family.within(n, m) for m in other)]
    inner += [m for m in other if any(family.within(m, n) for n in one)]
    return family.innermost(tuple(dict.fromkeys(inner)))
