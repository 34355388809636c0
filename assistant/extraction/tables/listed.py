"""Figures that one label lists the columns of: 规范性文件（制发/废止/有效） | 1/0/8, or the three of them side by side."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.extraction.tables.cells import Holds
from assistant.extraction.tables.family import Family
from assistant.extraction.tables.lines import Layout, Place
from assistant.extraction.tables.ordering import closes, is_confirmed
from assistant.extraction.tables.readings import Reading

__all__ = ["place_listed"]

_FEWEST = 2


def place_listed(readings: Sequence[Reading], layout: Layout, family: Family) -> None:
    """Gives the figures of one row their targets where a label lists as many columns as there are figures, in its order, or where
    one cell holds a figure for each column of the form's line (1/0/8)."""
    free = [r for r in readings if r.why is None and not r.doubt and r.lines]
    cells: dict[Place, list[Reading]] = {}
    for reading in free:
        cells.setdefault(reading.figure.column, []).append(reading)
    for group in cells.values():
        if len(group) >= _FEWEST and not any(_is_named(r) for r in group):
            _in_order(group, _keys(group, layout, family), family, several=True)
    alone = [group[0] for group in cells.values() if len(group) == 1]
    # the columns of another table stand above them, or none
    if len(alone) == len(free) and not any(r.year is not None or r.unit or r.column.period for r in alone):
        _in_order(alone, _listed_by(alone[:1], layout, family, columns=False), family, several=False)


def _is_named(reading: Reading) -> bool:
    """Whether a word beside the figure says which column it is of."""
    own = reading.figure.own
    return own is not None and bool(own.names or own.rest or own.marks)


def _keys(group: Sequence[Reading], layout: Layout, family: Family) -> tuple[str, ...]:
    listed = _listed_by(group[:1], layout, family, columns=True)
    keys = tuple(family.columns_of(group[0].lines[0])) if len(group[0].lines) == 1 else ()
    return listed or (keys if len(keys) == len(group) and closes(group, keys) else ())


def _listed_by(group: Sequence[Reading], layout: Layout, family: Family, *, columns: bool) -> tuple[str, ...]:
    """The columns that a label of the row, or of the column, lists."""
    for reading in group:
        line = reading.lines[0]
        mine = family.columns_of(line) if family.knows(line) else ()
        labels = [*layout.rows[reading.figure.row].labels]
        labels += layout.columns[reading.figure.column].labels if columns else []
        for label in labels:
            keys = tuple(n.key for n in label.columns if n.key in mine)
            if len(keys) >= _FEWEST and len(keys) == len(label.columns) and not label.rest:
                return keys
    return ()


def _in_order(group: Sequence[Reading], keys: Sequence[str], family: Family, *, several: bool) -> None:
    if not keys or len(keys) != len(group) or len(group[0].lines) != 1:
        return
    figures = all(r.figure.content.holds in (Holds.FIGURE, Holds.DASH) for r in group)
    if not figures:
        return
    for reading, key in zip(group, keys, strict=True):
        reading.targets = (family.target(reading.lines[0], key),)
        reading.by_order = True
        reading.sure = reading.sure and (several or is_confirmed(group, keys) or len(keys) == len(group))
