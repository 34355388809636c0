"""What a material is made of: headings, paragraphs, tables, quoted passages and hidden parts, over one plain text. Data only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

__all__ = ["Block", "BlockKind", "Blocks", "Cell", "Table"]


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    """rules the blocks behind it down to the next heading of its level or above"""
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """one item of a list, its marker included"""
    TABLE = "table"
    FIELD = "field"
    """a label and its answer in a form or questionnaire"""
    QUOTED = "quoted"
    """lines of another mail or report that are only quoted (> lines, 转发, 原文)"""
    ADDRESS = "address"
    """whom the material is for: 局办公室："""
    GREETING = "greeting"
    SIGNATURE = "signature"
    """who wrote it, where to reach them, and the date below"""
    APPROVAL = "approval"
    """同意, 请办公室汇总: a superior's words about the material"""
    HIDDEN = "hidden"
    """a sheet, row, column or words that the source hides or strikes out: never read, always said"""


@dataclass(frozen=True)
class Cell:
    """One printed cell. ``text`` is one line; ``start`` and ``end`` (end exclusive) are its place in the material's text."""

    text: str
    start: int
    end: int
    row: int
    col: int
    height: int = 1
    width: int = 1
    """rows and columns of the grid that a merged cell covers, itself included"""


@dataclass(frozen=True)
class Table:
    """A table as a grid: ``grid[row][col]`` is the cell that covers the place, None where there is none; a merged cell is the
    same object in all its places. All rows are equally long."""

    grid: tuple[tuple[Cell | None, ...], ...]
    sheet: str = ""
    """name of the sheet or file part it stands in"""

    @property
    def height(self) -> int:
        """Rows of the grid."""
        return len(self.grid)

    @property
    def width(self) -> int:
        """Columns of the grid."""
        return len(self.grid[0]) if self.grid else 0

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every printed cell once, in reading order."""
        seen = {id(cell): cell for line in self.grid for cell in line if cell is not None}
        return tuple(seen.values())


@dataclass(frozen=True)
class Block:
    """A stretch of the text (``start``, ``end``; end exclusive) and what it is.

    ``headings`` are the texts of the headings that rule it, outermost first (sheet name, title, 三、…, （一）…). ``level`` is the
    depth of a heading, 1 the outermost; ``why`` says in Chinese why a quoted or hidden block is left out.
    """

    kind: BlockKind
    start: int
    end: int
    headings: tuple[str, ...] = ()
    level: int = 0
    table: Table | None = None
    label_end: int = 0
    """where the label of a form field ends"""
    why: str = ""


@dataclass(frozen=True)
class Blocks:
    """One input: its plain text, into which all offsets point, and its blocks in reading order without gaps of meaning."""

    text: str
    blocks: tuple[Block, ...] = field(default=())
    name: str = ""
    """file name, which may name the unit or the year"""

    def tables(self) -> Iterator[Block]:
        """The blocks that are tables."""
        return (block for block in self.blocks if block.kind is BlockKind.TABLE)
