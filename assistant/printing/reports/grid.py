"""Lays out a statutory table on a grid; every merged cell follows from the form data.

Legal source of the labels and of their order: 国办公开办函〔2021〕30号 and 〔2019〕60号, annexed templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from math import lcm
from typing import Literal, TypeVar

from assistant.forms import CellKey, Column, Row, Table

__all__ = ["Grid", "Placed", "Role", "flat_rows", "lay_out"]

_T = TypeVar("_T", Column, Row)

Role = Literal["heading", "corner", "header", "label", "value"]


@dataclass(frozen=True)
class Placed:
    """One printed cell: its upper left corner, its span in rows and columns, and the label or the figure it holds."""

    row: int
    col: int
    rowspan: int
    colspan: int
    role: Role
    text: str = ""
    key: CellKey | None = None
    """the cell of the form, for role ``value``"""


@dataclass(frozen=True)
class Grid:
    """A table as printed: ``widths`` are shares of the text width, one a grid column, and add up to 1."""

    table: str
    header_rows: int
    """rows that repeat at the top of each page; 0 where the table has no header of its own"""
    rows: int
    widths: tuple[float, ...]
    cells: tuple[Placed, ...]


@cache
def lay_out(table: Table) -> Grid:
    """The grid of a table of the form, in the geometry of the official template."""
    return _LAYOUTS[table.layout](table)


@cache
def flat_rows(table: Table) -> tuple[tuple[Placed | None, ...], ...]:
    """The same table for media without merged cells: rectangular rows, None where a merged cell goes on.

    Blocks keep their own number of columns, so that figures stand directly beneath their headers.
    """
    if table.layout == "blocks":
        return tuple(_flat_blocks(table))
    grid = lay_out(table)
    rows: list[list[Placed | None]] = [[None] * len(grid.widths) for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell
    return tuple(tuple(row) for row in rows)


def _flat_blocks(table: Table) -> Iterator[tuple[Placed | None, ...]]:
    width = 1 + max(len(block.columns) for block in table.blocks)
    lines: dict[int, list[Placed]] = {}
    for cell in lay_out(table).cells:
        lines.setdefault(cell.row, []).append(cell)
    for _, cells in sorted(lines.items()):
        yield tuple(cells) + (None,) * (width - len(cells))


def _blocks(table: Table) -> Grid:
    """Table 2: each block has a heading line, a header line and its rows; narrower blocks have wider cells."""
    units = lcm(*(len(block.columns) for block in table.blocks))
    cells: list[Placed] = []
    line = 0
    for block in table.blocks:
        span = units // len(block.columns)
        cells.append(Placed(line, 0, 1, 1 + units, "heading", block.heading))
        cells.append(Placed(line + 1, 0, 1, 1, "header"))
        cells += [
            Placed(line + 1, 1 + i * span, 1, span, "header", c.label) for i, c in enumerate(block.columns)
        ]
        for at, row in enumerate(block.rows, line + 2):
            cells.append(Placed(at, 0, 1, 1, "label", row.label))
            cells += [
                Placed(at, 1 + i * span, 1, span, "value", key=CellKey(table.key, row.key, c.key))
                for i, c in enumerate(block.columns)
            ]
        line += 2 + len(block.rows)
    label = 0.28
    return Grid(table.key, 0, line, (label, *[(1 - label) / units] * units), tuple(cells))


def _matrix(table: Table) -> Grid:
    """Table 3: label columns to the left, as many as the longest path asks for; the corner note above them."""
    columns, rows = table.columns, table.rows
    depth = max(len(row.path) for row in rows) + 1
    top = 1 if table.columns_title else 0
    tall = 2 if any(column.group for column in columns) else 1
    header = top + tall
    cells = [Placed(0, 0, header, depth, "corner", table.corner)]
    if table.columns_title:
        cells.append(Placed(0, depth, 1, len(columns), "header", table.columns_title))
    for group, start, size in _runs(columns, _group):
        if group:
            cells.append(Placed(top, depth + start, 1, size, "header", group[0]))
    for i, column in enumerate(columns):
        at, span = (top + 1, tall - 1) if column.group else (top, tall)
        cells.append(Placed(at, depth + i, span, 1, "header", column.label))
    for level in range(depth - 1):
        for path, start, size in _runs(rows, partial(_outer, level)):
            if path:
                cells.append(Placed(header + start, level, size, 1, "label", path[-1]))
    for i, row in enumerate(rows, header):
        at = len(row.path)
        cells.append(Placed(i, at, 1, depth - at, "label", row.label))
        cells += [
            Placed(i, depth + n, 1, 1, "value", key=CellKey(table.key, row.key, c.key))
            for n, c in enumerate(columns)
        ]
    # the outer labels are narrow stacks of characters, the innermost hold whole sentences
    labels = (0.055, 0.165, 0.295)[-depth:] if depth <= 3 else (0.5 / depth,) * depth
    value = (1 - sum(labels)) / len(columns)
    return Grid(table.key, header, header + len(rows), (*labels, *[value] * len(columns)), _in_order(cells))


def _bands(table: Table) -> Grid:
    """Table 4: the form's rows stand side by side above one line of figures."""
    rows, columns = table.rows, table.columns
    width = len(columns)
    header = max(len(row.path) for row in rows) + 2
    cells: list[Placed] = []
    for level in range(header - 2):
        for path, start, size in _runs(rows, partial(_outer, level)):
            if path:
                cells.append(Placed(level, start * width, 1, size * width, "header", path[-1]))
    for i, row in enumerate(rows):
        at = len(row.path)
        cells.append(Placed(at, i * width, 1, width, "header", row.label))
        for n, column in enumerate(columns):
            cells.append(Placed(at + 1, i * width + n, header - at - 1, 1, "header", column.label))
            cells.append(
                Placed(header, i * width + n, 1, 1, "value", key=CellKey(table.key, row.key, column.key))
            )
    total = width * len(rows)
    return Grid(table.key, header, header + 1, (1 / total,) * total, _in_order(cells))


_LAYOUTS = {"blocks": _blocks, "matrix": _matrix, "bands": _bands}


def _runs(
    items: Sequence[_T], name: Callable[[_T], tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Neighbours of one name as (name, first, how many)."""
    start = 0
    for key, group in groupby(items, name):
        size = len(list(group))
        yield key, start, size
        start += size


def _outer(level: int, row: Row) -> tuple[str, ...]:
    """The merged labels of a row down to a level; empty where the row has none there."""
    return row.path[: level + 1] if len(row.path) > level else ()


def _group(column: Column) -> tuple[str, ...]:
    return (column.group,) if column.group else ()


def _in_order(cells: list[Placed]) -> tuple[Placed, ...]:
    return tuple(sorted(cells, key=lambda c: (c.row, c.col)))
