"""The common shape every file is read into: paragraphs and table rows in reading order over one plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.errors import InputError

__all__ = [
    "MAX_CELLS",
    "MAX_ITEMS",
    "Builder",
    "Document",
    "FlatCell",
    "Line",
    "Paragraph",
    "Piece",
    "one_line",
]

MAX_ITEMS, MAX_CELLS = 12_000, 150_000
"""paragraphs and rows, and cells, of one source; a report of a whole province stays below a tenth of this"""


@dataclass(frozen=True)
class Piece:
    """Words at a place: ``text`` stands at ``start`` in the document's text, but for spaces and line breaks in it."""

    text: str
    start: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of prose, a heading or a title. ``text`` is one line without outer space."""

    text: str
    start: int
    title: bool = False
    """the source marks it as the title of the document"""


@dataclass(frozen=True)
class Line:
    """One row of a table: a cell, or None where a merged cell of another place goes on. Blank cells have empty text."""

    cells: tuple[Piece | None, ...]
    grid: int
    """rows of one table of the source share this number"""

    @property
    def own(self) -> list[tuple[int, Piece]]:
        """The cells that begin here, each with its column on the grid."""
        return [(column, piece) for column, piece in enumerate(self.cells) if piece is not None]

    @property
    def words(self) -> list[Piece]:
        """The cells that are not blank."""
        return [piece for piece in self.cells if piece is not None and piece.text]


@dataclass(frozen=True)
class FlatCell:
    """One row of the flat sheet of our own workbook: the cell it names, what stands there, what was printed there."""

    where: str
    value: Piece
    made: str | None
    """the figure when the workbook was made; None in workbooks of older versions, which did not keep it"""


@dataclass(frozen=True)
class Document:
    """A source in reading order. All offsets (``start``) point into ``text``."""

    text: str
    items: tuple[Paragraph | Line, ...]
    kind: str
    """txt, md, html, docx, xlsx or pdf"""
    furnished: bool = False
    """a web page whose own furniture (navigation, share buttons, footer) stands around the report"""
    facts: Mapping[str, str] = field(default_factory=dict)
    """what the source says in fields of its own: unit, year, fee_yuan, fee_cases"""
    flat: tuple[FlatCell, ...] = ()
    """the flat sheet of our own workbook, which says the cells of the tables a second time"""


def one_line(text: str) -> str:
    """Words of one cell or paragraph on one line: runs of plain space shrink, line breaks inside words vanish."""
    text = re.sub(r"[ \t\r\f\v]*\n[ \t\r\f\v\u3000]*", "\n", text)
    text = re.sub(r"(?<=[A-Za-z0-9,.;])\n(?=[A-Za-z])", " ", text).replace("\n", "")
    return re.sub(r"[ \t\r\f\v\xa0]+", " ", text).strip().strip("\ufeff\u200b")


@dataclass
class Builder:
    """Collects paragraphs and rows and writes the plain text beside them."""

    kind: str
    furnished: bool = False
    facts: dict[str, str] = field(default_factory=dict)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _items: list[Paragraph | Line] = field(default_factory=list)
    _grids: int = 0
    _cells: int = 0
    _flat: list[FlatCell] = field(default_factory=list)

    @property
    def items(self) -> Sequence[Paragraph | Line]:
        """What was added so far."""
        return self._items

    def paragraph(self, text: str, *, title: bool = False) -> None:
        """Add a paragraph; line breaks inside make several."""
        for line in text.split("\n"):
            words = one_line(line)
            if words:
                self._add(Paragraph(words, self._length, title))
                self._write(words + "\n")

    def grid(self, rows: Iterable[Sequence[str | None]]) -> None:
        """Add a table; None stands for a place that a merged cell covers. The text has its cells apart by tabs."""
        self._grids += 1
        for row in rows:
            cells: list[Piece | None] = []
            for column, raw in enumerate(row):
                if column:
                    self._write("\t")
                words = None if raw is None else one_line(raw)
                cells.append(None if words is None else Piece(words, self._length))
                self._write(words or "")
            self._write("\n")
            self._add(Line(tuple(cells), self._grids), len(cells))

    def flat(self, rows: Iterable[Sequence[str]]) -> None:
        """Add the rows of a flat sheet (key, name, figure, figure when made); they are no table of the report."""
        for key, name, value, *made in rows:
            self._write(f"{name}\t")
            self._flat.append(FlatCell(key, Piece(one_line(value), self._length), made[0] if made else None))
            self._write(one_line(value) + "\n")

    def _add(self, item: Paragraph | Line, cells: int = 1) -> None:
        self._items.append(item)
        self._cells += cells
        if len(self._items) > MAX_ITEMS or self._cells > MAX_CELLS:
            raise InputError("文件内容过多，不像一份年报或一份材料；请只保留相关内容后再试")

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def finish(self) -> Document:
        """The document as collected so far."""
        return Document(
            "".join(self._parts), tuple(self._items), self.kind, self.furnished, self.facts, tuple(self._flat)
        )
