"""Takes a Word document apart: paragraphs and tables in order, merged cells, and what is hidden, struck out or deleted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.documents.blocks import BlockKind
from assistant.documents.parts import RawCell, Writer
from assistant.documents.splitting import pieces_of
from assistant.documents.word.looks import Looks
from assistant.documents.word.markup import W, open_word
from assistant.documents.word.numbers import Numbering
from assistant.documents.word.reading import cells_of, reading_order, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["write_word"]


def write_word(data: bytes, name: str) -> Writer:
    """A .docx in reading order; InputError when it is damaged or no Word document."""
    file = open_word(data, name)
    numbers, looks = Numbering(file.numbering), Looks(file.styles)
    writer = Writer()
    for block in list(reading_order(file.body)):
        gone = looks.take_out(block)
        if block.tag == f"{W}p":
            _paragraph(writer, block, numbers, looks)
        else:
            _table(writer, block, numbers)
        for words, why in gone:
            writer.hidden(words, why)
    return writer


def _paragraph(writer: Writer, paragraph: _Element, numbers: Numbering, looks: Looks) -> None:
    words = words_of(paragraph, numbers)
    rank = looks.heading_rank(paragraph)
    # a style alone makes no heading of a passage
    if rank and len(words) <= 60 and not re.search(r"[。；]", words):
        writer.line(words, BlockKind.HEADING, rank=rank)
    else:
        writer.line(words)
    # words in frames beside the text
    for frame in paragraph.iter(f"{W}txbxContent"):
        if not any(a.tag.endswith("}Fallback") for a in frame.iterancestors()):
            for inner in frame.iter(f"{W}p"):
                writer.line(words_of(inner, numbers))


def _table(writer: Writer, table: _Element, numbers: Numbering) -> None:
    for piece in pieces_of(_grid(table, numbers)):
        if piece.grid:
            writer.table(piece.grid)
        elif piece.title:
            writer.line(piece.words, BlockKind.HEADING, rank="表题")
        else:
            writer.line(piece.words)


def _grid(table: _Element, numbers: Numbering) -> list[list[RawCell | None]]:
    """The table with merged cells in all the places that they cover."""
    grid: list[list[RawCell | None]] = []
    key = 0
    for row in cells_of(table, numbers):
        line: list[RawCell | None] = []
        own: RawCell | None = None
        left = 0
        for column, (words, element) in enumerate(row):
            if element is not None:
                key += 1
                own, left = RawCell(words or "", key), _span(element) - 1
                line.append(own)
            elif left > 0:
                left -= 1
                line.append(own)
            else:
                above = grid[-1] if grid else []
                line.append(above[column] if column < len(above) else None)
        grid.append(line)
    return grid


def _span(cell: _Element) -> int:
    mark = cell.find(f"{W}tcPr/{W}gridSpan")
    value = "" if mark is None else str(mark.get(f"{W}val") or "")
    return int(value) if value.isascii() and value.isdigit() and 0 < len(value) < 4 else 1
