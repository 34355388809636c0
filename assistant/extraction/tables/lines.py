"""What a table looks like once it is laid out: lines of two axes with their labels, and the figures where they cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.documents.blocks import Cell
from assistant.extraction.tables.cells import Content
from assistant.extraction.tables.labels import Label

__all__ = ["Layout", "Line", "Place", "Placed", "keys_of"]


class Place(NamedTuple):
    """Row or column of the grid, and which panel or header it belongs to."""

    at: int
    part: int


@dataclass(frozen=True)
class Line:
    """One row or column of an axis: its labels from the outermost to its own.

    ``keys`` tell the cells of its labels apart: lines that share a cell stand under it. ``carried`` is the label of the line before, of which this one may
    be a part (其中：自然人).
    """

    labels: tuple[Label, ...]
    keys: tuple[int | str, ...]
    place: Place
    header: int = 0
    """the header in force, which parts the lines of an axis into tables"""
    carried: Label | None = None
    wide: bool = False
    """its own label may cover other lines too; then it is no sum of theirs"""
    bare: bool = False
    """no label of its own, perhaps a heading above"""
    hole: bool = False
    """the outermost place for a label is blank"""

    def node(self, level: int) -> tuple[int | str, ...]:
        """What its first ``level`` labels are below; lines with the same node share them."""
        return (self.place.part, self.header, *self.keys[:level])

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its labels."""
        return tuple(label.text.strip() for label in self.labels)

    @property
    def own(self) -> Label:
        """The innermost label."""
        return self.labels[-1] if self.labels else Label()


@dataclass(frozen=True)
class Placed:
    """A cell where a figure stands, with its row and its column; ``own`` is the word beside it where the cell holds several
    figures."""

    cell: Cell
    content: Content
    row: Place
    column: Place
    own: Label | None = None


@dataclass
class Layout:
    """A grid laid out. ``words`` are headings, headers and labels; ``notes`` words beside or below the figures; ``serials``
    figures that only count rows or columns; ``contacts`` telephone numbers and dates."""

    figures: list[Placed] = field(default_factory=list)
    rows: dict[Place, Line] = field(default_factory=dict)
    columns: dict[Place, Line] = field(default_factory=dict)
    corners: dict[Place, Label] = field(default_factory=dict)
    figure_columns: frozenset[int] = frozenset()
    titles: list[Label] = field(default_factory=list)
    words: list[Cell] = field(default_factory=list)
    notes: list[Cell] = field(default_factory=list)
    serials: list[Cell] = field(default_factory=list)
    contacts: list[Cell] = field(default_factory=list)
    differences: list[Cell] = field(default_factory=list)
    """+88 / +8.0%: words that compare with another year"""


def keys_of(cells: Sequence[Cell]) -> tuple[int | str, ...]:
    """What tells labels apart: outer ones by their words, for they are often repeated, the own one by its place."""
    return (*(cell.text.strip() for cell in cells[:-1]), *(id(cell) for cell in cells[-1:]))
