"""Reads a Word document straight from its markup: quick, and safe with files from strangers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.documents.document import Builder, Document
from assistant.documents.limits import check_archive, read_member
from assistant.documents.markup import parse_xml
from assistant.documents.word.numbers import Numbering
from assistant.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["BODY", "SKIPPED", "W", "cells_of", "read_word", "reading_order", "words_of"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
# wrappers whose content stands in the text like any other
_OPEN = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo", "hyperlink")
)
# text of deleted words, of fields' codes, and of frames that float beside the text
SKIPPED = frozenset(
    [
        f"{W}{name}"
        for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "drawing", "pict", "object")
    ]
    + ["{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"]
)
_MAX_SPAN = 60
_MAX_CELL = 400


def read_word(data: bytes, name: str) -> Document:
    """Paragraphs and tables of a .docx in reading order; tracked deletions are left out, numbering is spelt out."""
    members = check_archive(data, name)
    if BODY not in members:
        raise InputError(f"“{name}”不是 Word 文档；请核对扩展名，或用办公软件重新另存为 docx")
    root = parse_xml(read_member(data, BODY, name), name)
    numbers = Numbering(
        parse_xml(read_member(data, "word/numbering.xml", name), name)
        if "word/numbering.xml" in members
        else None
    )
    body = root.find(f"{W}body")
    if body is None:
        raise InputError(f"“{name}”中没有正文；请核对文件")
    builder = Builder("docx")
    for block in reading_order(body):
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
    return numbers.mark(paragraph) + _paragraph(paragraph)


def cells_of(table: _Element, numbers: Numbering) -> Iterator[list[tuple[str, _Element] | tuple[None, None]]]:
    """The rows of a table on its grid: the words of each cell with its element, nothing where a merge covers the place."""
    for row in _children(table, "tr"):
        yield _lay_out(row, numbers)


def _blocks(parent: _Element) -> Iterator[_Element]:
    """Paragraphs and tables in order, whatever wraps them."""
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _OPEN:
            stack.extend(reversed(child))


def _paragraph(paragraph: _Element) -> str:
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag in SKIPPED:
            continue
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag in (f"{W}br", f"{W}cr"):
            parts.append("" if node.get(f"{W}type") in ("page", "column") else "\n")
        elif node.tag == f"{W}tab":
            parts.append(" ")
        elif node.tag == f"{W}noBreakHyphen":
            parts.append("-")
        else:
            stack.extend(reversed(node))
    return "".join(parts)


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
    return "\n".join(words_of(p, numbers) for p in _blocks(cell) if p.tag == f"{W}p").strip()


def _number(element: _Element | None) -> int:
    value = "" if element is None else str(element.get(f"{W}val") or "")
    return min(int(value), _MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else 0
