"""Typed objects of a form version; they carry no figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from assistant.errors import FormError

__all__ = ["Aggregate", "Block", "CellKey", "Column", "Form", "Identity", "Kind", "Row", "Section", "Table"]

Kind = Literal["count", "signed", "amount"]
"""count: integer >= 0; signed: any integer; amount: decimal >= 0 in the column's unit."""


class CellKey(NamedTuple):
    """Address of one cell, printed as ``table3.granted.total``."""

    table: str
    row: str
    col: str

    def __str__(self) -> str:
        return ".".join(self)

    @classmethod
    def parse(cls, text: str) -> CellKey:
        """Read ``table.row.col``; FormError when it has not three parts."""
        parts = text.split(".")
        if len(parts) != 3:
            raise FormError(f"单元格名称应为“表.行.列”，收到“{text}”")
        return cls(*parts)


class Section(NamedTuple):
    """One of the six sections; ``title`` is printed verbatim, ordinal included."""

    key: str
    title: str

    @property
    def name(self) -> str:
        """The title without its ordinal: 总体情况."""
        return self.title.split("、", 1)[1]


class Column(NamedTuple):
    """A column with its official label; ``group`` is the merged header above it, if any."""

    key: str
    label: str
    group: str = ""
    kind: Kind = "count"
    unit: str = "件"


class Row(NamedTuple):
    """A row with its official label; ``path`` are the merged labels to its left, outermost first."""

    key: str
    label: str
    path: tuple[str, ...] = ()
    subtotal: str = ""
    short: str = ""

    @property
    def name(self) -> str:
        """Short name for messages and questions: 部分公开."""
        return self.short or self.label


class Block(NamedTuple):
    """A small table of its own under one heading (table 2)."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """A statutory table. ``layout``: blocks (table 2), matrix (table 3) or bands (table 4, blocks side by side)."""

    key: str
    section: str
    layout: Literal["blocks", "matrix", "bands"]
    blocks: tuple[Block, ...]
    corner: str = ""
    columns_title: str = ""

    @cached_property
    def cells(self) -> tuple[CellKey, ...]:
        """All cells in reading order."""
        return tuple(CellKey(self.key, r.key, c.key) for b in self.blocks for r in b.rows for c in b.columns)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows in reading order."""
        return tuple(r for b in self.blocks for r in b.rows)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Distinct columns in reading order."""
        seen = {c.key: c for b in reversed(self.blocks) for c in b.columns}
        order = dict.fromkeys(c.key for b in self.blocks for c in b.columns)
        return tuple(seen[key] for key in order)

    @cached_property
    def _placed(self) -> dict[str, tuple[Row, Block]]:
        """Each row and the block that holds it, by the key of the row; the first where a key comes twice."""
        return {r.key: (r, b) for b in reversed(self.blocks) for r in reversed(b.rows)}

    @cached_property
    def _crossings(self) -> dict[tuple[str, str], Column]:
        """The column of each cell, by row and column."""
        return {(r, c.key): c for r, (_, b) in self._placed.items() for c in reversed(b.columns)}

    def row(self, key: str) -> Row:
        """The row of that key; KeyError when the form has none."""
        if key not in self._placed:
            raise KeyError(f"{self.key} has no row {key}")
        return self._placed[key][0]

    def block_of(self, row: str) -> Block:
        """The block that holds the row."""
        if row not in self._placed:
            raise KeyError(f"{self.key} has no row {row}")
        return self._placed[row][1]

    def columns_of(self, row: str) -> tuple[Column, ...]:
        """The columns the row has."""
        return self.block_of(row).columns

    def column(self, row: str, col: str) -> Column:
        """The column of a row; KeyError when the row has no such column."""
        column = self._crossings.get((row, col))
        if column is None:
            raise KeyError(f"{self.key}.{row} has no column {col}")
        return column


class Identity(NamedTuple):
    """One sum that must hold: the left cells add up to the right cells (勾稽关系)."""

    code: str
    table: str
    line: str
    left: tuple[CellKey, ...]
    right: tuple[CellKey, ...]

    @property
    def cells(self) -> tuple[CellKey, ...]:
        """All cells that take part."""
        return self.left + self.right

    @property
    def name(self) -> str:
        """``T3_BALANCE.natural_person``."""
        return f"{self.code}.{self.line}"


class Aggregate(NamedTuple):
    """A sum people speak of that is no row or column of the form (不予公开合计)."""

    key: str
    label: str
    table: str
    along: Literal["rows", "columns"]
    parts: tuple[str, ...]

    def cells(self, line: str) -> tuple[CellKey, ...]:
        """Cells it sums up on one line: a column key when along rows, a row key when along columns."""
        if self.along == "rows":
            return tuple(CellKey(self.table, part, line) for part in self.parts)
        return tuple(CellKey(self.table, line, part) for part in self.parts)


@dataclass(frozen=True, eq=False)
class Form:
    """One version of the statutory form."""

    version: str
    years: tuple[int, int]
    citation: str
    title: str
    first_header: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    identities: tuple[Identity, ...]
    aggregates: tuple[Aggregate, ...]

    @cached_property
    def cells(self) -> tuple[CellKey, ...]:
        """All cells of all tables in reading order: 10 + 175 + 15 in 2021."""
        return tuple(key for table in self.tables for key in table.cells)

    @cached_property
    def _cell_set(self) -> frozenset[CellKey]:
        return frozenset(self.cells)

    def has(self, key: CellKey) -> bool:
        """Whether the form has this cell."""
        return key in self._cell_set

    def table(self, key: str) -> Table:
        """The table of that key; KeyError when the form has none."""
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(f"form {self.version} has no {key}")

    @property
    def table2(self) -> Table:
        """The second table, whatever its key in this version (table2 or table2_2019)."""
        return self.tables[0]

    def section(self, key: str) -> Section:
        """The section of that key; KeyError when there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(f"form {self.version} has no section {key}")

    def column(self, key: CellKey) -> Column:
        """Column of a cell (kind and unit of its value)."""
        return self.table(key.table).column(key.row, key.col)

    def aggregate(self, key: str) -> Aggregate | None:
        """The aggregate of that key, if this form has it."""
        return next((a for a in self.aggregates if a.key == key), None)

    def label(self, key: CellKey) -> str:
        """Name of a cell for people: 予以公开·自然人."""
        table = self.table(key.table)
        row, column = table.row(key.row), table.column(key.row, key.col)
        return f"{row.name}·{column.label}" if len(table.columns_of(key.row)) > 1 else row.name

    def identities_of(self, code: str) -> Iterator[Identity]:
        """The identities of one code, line by line."""
        return iter(self._by_code.get(code, ()))

    @cached_property
    def _by_code(self) -> dict[str, tuple[Identity, ...]]:
        codes = dict.fromkeys(identity.code for identity in self.identities)
        return {code: tuple(i for i in self.identities if i.code == code) for code in codes}
