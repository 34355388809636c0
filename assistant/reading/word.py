"""Reads a Word document straight from its markup: quick, and safe with files from strangers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.errors import InputError
from assistant.reading.document import Builder, Document
from assistant.reading.limits import check_archive, read_member
from assistant.reading.markup import parse_xml
from assistant.reading.word_numbers import Numbering

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_word"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
# wrappers whose content stands in the text like any other
_OPEN = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo", "hyperlink")
)
# text of deleted words, of fields' codes, and of frames that float beside the text
_SKIP = frozenset(
    [
        f"{_W}{name}"
        for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "drawing", "pict", "object")
    ]
    + ["{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"]
)
_MAX_SPAN = 60
_MAX_CELL = 400


def read_word(data: bytes, name: str) -> Document:
    """Paragraphs and tables of a .docx in reading order; tracked deletions are left out, numbering is spelt out."""
    members = check_archive(data, name)
    if _BODY not in members:
        raise InputError(f"“{name}”不是 Word 文档；请核对扩展名，或用办公软件重新另存为 docx")
    root = parse_xml(read_member(data, _BODY, name), name)
    numbers = Numbering(
        parse_xml(read_member(data, "word/numbering.xml", name), name)
        if "word/numbering.xml" in members
        else None
    )
    body = root.find(f"{_W}body")
    if body is None:
        raise InputError(f"“{name}”中没有正文；请核对文件")
    builder = Builder("docx")
    for block in _blocks(body):
        if block.tag == f"{_W}p":
            builder.paragraph(numbers.mark(block) + _paragraph(block))
        else:
            _table(block, builder, numbers)
    return builder.finish()


def _blocks(parent: _Element) -> Iterator[_Element]:
    """Paragraphs and tables in order, whatever wraps them."""
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in _OPEN:
            stack.extend(reversed(child))


def _paragraph(paragraph: _Element) -> str:
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag in _SKIP:
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("" if node.get(f"{_W}type") in ("page", "column") else "\n")
        elif node.tag == f"{_W}tab":
            parts.append(" ")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        else:
            stack.extend(reversed(node))
    return "".join(parts)


def _table(table: _Element, builder: Builder, numbers: Numbering) -> None:
    rows = [(row, list(_cells(row))) for row in _children(table, "tr")]
    framed = any(
        next(cell.iter(f"{_W}tbl"), None) is not None
        or sum(len(t.text or "") for t in cell.iter(f"{_W}t")) > _MAX_CELL
        for _, cells in rows
        for cell in cells
    )
    if not framed:
        builder.grid(_lay_out(row, cells, numbers) for row, cells in rows)
        return
    # a frame around the report, not a table: read what it holds
    stack = [
        block
        for _, cells in reversed(rows)
        for cell in reversed(cells)
        for block in reversed(list(_blocks(cell)))
    ]
    while stack:
        block = stack.pop()
        if block.tag == f"{_W}p":
            builder.paragraph(numbers.mark(block) + _paragraph(block))
        elif next((t for t in block.iter(f"{_W}tbl") if t is not block), None) is None:
            builder.grid(_lay_out(row, list(_cells(row)), numbers) for row in _children(block, "tr"))
        else:
            inner = [b for row in _children(block, "tr") for cell in _cells(row) for b in _blocks(cell)]
            stack.extend(reversed(inner))


def _children(parent: _Element, name: str) -> Iterator[_Element]:
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in _OPEN:
            stack.extend(reversed(child))


def _cells(row: _Element) -> Iterator[_Element]:
    return _children(row, "tc")


def _lay_out(row: _Element, cells: list[_Element], numbers: Numbering) -> list[str | None]:
    """One row on the grid: a cell that a merge from the left or from above covers is None."""
    line: list[str | None] = [None] * _number(row.find(f"{_W}trPr/{_W}gridBefore"))
    for cell in cells:
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        covered = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
        line.append(None if covered else _cell_text(cell, numbers))
        line += [None] * (max(_number(cell.find(f"{_W}tcPr/{_W}gridSpan")), 1) - 1)
    return line


def _cell_text(cell: _Element, numbers: Numbering) -> str:
    return "\n".join(numbers.mark(p) + _paragraph(p) for p in _blocks(cell) if p.tag == f"{_W}p").strip()


def _number(element: _Element | None) -> int:
    value = "" if element is None else str(element.get(f"{_W}val") or "")
    return min(int(value), _MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else 0
