"""The way of a material to its blocks: parts in reading order, and the writer that gives a file its plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from assistant.documents.blocks import BlockKind, Cell, Table
from assistant.documents.document import MAX_CELLS, MAX_ITEMS, one_line
from assistant.errors import InputError

__all__ = ["RANKS", "Part", "RawCell", "RawGrid", "Writer"]

RANKS = ("sheet", "title", "part", "一、", "（一）", "1.", "（1）")
"""kinds of headings whose depth is fixed against each other, outermost first; others nest in the order they come"""


@dataclass(frozen=True)
class Part:
    """A stretch of the text on its way to a block. ``kind`` None: its words decide (see :mod:`lines.kinds`).

    ``rank`` is the kind of a heading (one of ``RANKS`` or a free name); headings of one rank follow each other on one level.
    ``fixed`` marks a heading that the container itself names (a sheet, a style of Word).
    """

    start: int
    end: int
    kind: BlockKind | None = None
    rank: str = ""
    words: str = ""
    """the words of a heading without its marks; the text itself where it is empty"""
    table: Table | None = None
    label_end: int = 0
    why: str = ""
    apart: bool = False
    """a blank line stands before it"""
    broken: bool = False
    """no heading before it rules it: another sheet begins"""

    def as_(self, kind: BlockKind, **more: str | int) -> Part:
        """The same stretch, now known to be this."""
        return replace(self, kind=kind, **more)  # type: ignore[arg-type]


class RawCell(NamedTuple):
    """A cell of a file before it has a place in the text; ``key`` tells apart cells that print the same words."""

    text: str
    key: int


RawGrid = Sequence[Sequence[RawCell | None]]
"""rows of a table, a merged cell in all its places; None where nothing is printed"""


@dataclass
class Writer:
    """Collects the parts of a file and writes its plain text beside them: cells apart by tabs, one row a line."""

    parts: list[Part] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _cells: int = 0
    _broken: bool = False

    @property
    def text(self) -> str:
        """What was written so far."""
        return "".join(self._pieces)

    def line(self, words: str, kind: BlockKind | None = None, *, rank: str = "", why: str = "") -> None:
        """Add a paragraph; line breaks inside make several. ``kind`` None leaves to its words what it is."""
        for raw in words.split("\n"):
            text = one_line(raw)
            if text:
                self._part(Part(self._length, self._length + len(text), kind, rank, why=why))
                self._write(text + "\n")

    def hidden(self, words: str, why: str) -> None:
        """Add words that the file hides or strikes out, on any number of lines: they are said once and not read."""
        lines = [line for line in map(one_line, words.split("\n")) if line]
        if lines:
            text = "\n".join(lines)
            self._part(Part(self._length, self._length + len(text), BlockKind.HIDDEN, why=why))
            self._write(text + "\n")

    def break_(self) -> None:
        """The next part stands under no heading of those before."""
        self._broken = True

    def table(self, grid: RawGrid, sheet: str = "") -> None:
        """Add a table; rows may be of unequal length."""
        start = self._length
        width = max((len(row) for row in grid), default=0)
        rows = [[*row, *[None] * (width - len(row))] for row in grid]
        places = _places(rows)
        made: dict[int, Cell] = {}
        for number, row in enumerate(rows):
            for cell in self._row(number, row, places):
                made[places[cell.row, cell.col][0]] = cell
        cells = [[None if raw is None else made.get(raw.key) for raw in row] for row in rows]
        if made:
            table = Table(tuple(tuple(row) for row in cells), sheet)
            self._part(Part(start, self._length - 1, BlockKind.TABLE, table=table), width * len(rows))

    def _row(
        self, number: int, row: Sequence[RawCell | None], places: dict[tuple[int, int], tuple[int, int, int]]
    ) -> list[Cell]:
        cells: list[Cell] = []
        gap = ""
        for column, raw in enumerate(row):
            gap += "\t" if column else ""
            place = places.get((number, column))
            words = one_line(raw.text) if raw is not None and place is not None else ""
            if place is None or not words:
                continue
            self._write(gap)
            gap = ""
            end = self._length + len(words)
            cells.append(Cell(words, self._length, end, number, column, place[1], place[2]))
            self._write(words)
        self._write("\n")
        return cells

    def _part(self, part: Part, cells: int = 1) -> None:
        self.parts.append(replace(part, broken=True) if self._broken else part)
        self._broken = False
        self._cells += cells
        if len(self.parts) > MAX_ITEMS or self._cells > MAX_CELLS:
            raise InputError("文件内容过多，不像一份年报或一份材料；请只保留相关内容后再试")

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


def _places(rows: Sequence[Sequence[RawCell | None]]) -> dict[tuple[int, int], tuple[int, int, int]]:
    """Where each cell begins, with its key, height and width."""
    corners: dict[int, list[int]] = {}
    for y, row in enumerate(rows):
        for x, raw in enumerate(row):
            if raw is not None:
                box = corners.setdefault(raw.key, [y, x, y, x])
                box[2], box[3] = y, max(box[3], x)
    return {(y, x): (key, low - y + 1, right - x + 1) for key, (y, x, low, right) in corners.items()}
