"""Reads a Word document straight from its markup: quick, and safe with files from strangers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.documents.document import Builder, Document
from assistant.documents.word.markup import W, open_word, pieces
from assistant.documents.word.numbers import Numbering

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["cells_of", "paragraphs_of", "read_word", "reading_order", "words_of"]

# wrappers whose content stands in the text like any other
_OPEN = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo", "hyperlink")
)
_MAX_SPAN = 60
_MAX_CELL = 400


def read_word(data: bytes, name: str) -> Document:
    """Paragraphs and tables of a .docx in reading order; tracked deletions are left out, numbering is spelt out."""
    file = open_word(data, name)
    numbers = Numbering(file.numbering)
    builder = Builder("docx")
    for block in reading_order(file.body):
        if block.tag == f"{W}p":
            builder.paragraph(words_of(block, numbers))
        else:
            builder.grid([words for words, _ in row] for row in cells_of(block, numbers))
    return builder.finish()


def reading_order(body: _Element) -> Iterator[_Element]:
    """Paragraphs and tables in order; a frame around the report is no table: what it holds comes in its place."""
    stack = [(block, False) for block in reversed(list(_blocks(body)))]
    while stack:
        block, framed = stack.pop()
        if block.tag == f"{W}p" or not _is_frame(block, framed):
            yield block
            continue
        inner = [b for row in _children(block, "tr") for cell in _children(row, "tc") for b in _blocks(cell)]
        stack.extend((b, True) for b in reversed(inner))


def words_of(paragraph: _Element, numbers: Numbering) -> str:
    """What a paragraph prints, its automatic number included; to be asked in reading order, because numbers count."""
    return numbers.mark(paragraph) + "".join(words for words, _ in pieces(paragraph))


def cells_of(table: _Element, numbers: Numbering) -> Iterator[list[tuple[str, _Element] | tuple[None, None]]]:
    """The rows of a table on its grid: the words of each cell with its element, nothing where a merge covers the place."""
    for row in _children(table, "tr"):
        yield _lay_out(row, numbers)


def paragraphs_of(element: _Element) -> list[_Element]:
    """The paragraphs that a paragraph or a cell prints."""
    return [element] if element.tag == f"{W}p" else [p for p in _blocks(element) if p.tag == f"{W}p"]


def _blocks(parent: _Element) -> Iterator[_Element]:
    """Paragraphs and tables in order, whatever wraps them."""
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _OPEN:
            stack.extend(reversed(child))


def _is_frame(table: _Element, framed: bool) -> bool:
    """Whether a table only holds others or, outermost, whole passages of text."""
    cells = [cell for row in _children(table, "tr") for cell in _children(row, "tc")]
    return any(
        next(cell.iter(f"{W}tbl"), None) is not None
        or (not framed and sum(len(t.text or "") for t in cell.iter(f"{W}t")) > _MAX_CELL)
        for cell in cells
    )


def _children(parent: _Element, name: str) -> Iterator[_Element]:
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _OPEN:
            stack.extend(reversed(child))


def _lay_out(row: _Element, numbers: Numbering) -> list[tuple[str, _Element] | tuple[None, None]]:
    """One row on the grid: a cell that a merge from the left or from above covers is None."""
    line: list[tuple[str, _Element] | tuple[None, None]] = []
    line += [(None, None)] * _number(row.find(f"{W}trPr/{W}gridBefore"))
    for cell in _children(row, "tc"):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        covered = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        line.append((None, None) if covered else (_cell_text(cell, numbers), cell))
        line += [(None, None)] * (max(_number(cell.find(f"{W}tcPr/{W}gridSpan")), 1) - 1)
    return line


def _cell_text(cell: _Element, numbers: Numbering) -> str:
    return "\n".join(words_of(p, numbers) for p in paragraphs_of(cell)).strip()


def _number(element: _Element | None) -> int:
    value = "" if element is None else str(element.get(f"{W}val") or "")
    return min(int(value), _MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else 0
