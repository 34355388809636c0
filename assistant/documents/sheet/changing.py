"""Changes cells of a workbook inside its own markup: formats, formulas, pictures and other sheets stay as they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.documents.archive import with_members
from assistant.documents.limits import read_member
from assistant.documents.markup import parse_xml
from assistant.documents.places import Area, Carrier, Change, Places, Unreachable, edited
from assistant.documents.sheet.reading import FLAT, sheet_rows
from assistant.documents.sheet.workbook import checked_parts, sheet_parts

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["rewrite_sheet"]

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")
_Cell = tuple[int, int, int]
"""sheet, row and column, from 0"""


def rewrite_sheet(data: bytes, name: str, text: str, changes: Sequence[Change]) -> bytes:
    """The workbook with the changes made; ``text`` is what the reader makes of it. Unreachable when one has no place."""
    from lxml import etree

    values = _values([rows for _, rows in sheet_rows(data, name)], text, changes)
    parts = [part for _, part in sheet_parts(checked_parts(data, name), name)]
    members: dict[str, bytes] = {}
    for number in sorted({cell[0] for cell in values}):
        root = parse_xml(read_member(data, parts[number], name), name)
        cells = {str(c.get("r")): c for c in root.iter(f"{_S}c")}
        for (sheet, row, column), value in values.items():
            if sheet == number:
                _set(cells.get(f"{_letters(column)}{row + 1}"), value)
        members[parts[number]] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return with_members(data, members)


def _values(sheets: list[list[list[str]]], text: str, changes: Sequence[Change]) -> dict[_Cell, str]:
    """The cells that change, and what they hold then."""
    flat = next(
        (
            n
            for n, rows in enumerate(sheets)
            if len(sheets) > 1 and rows and [c for c in rows[0] if c] == FLAT
        ),
        None,
    )
    carriers = [
        Carrier(words, (number, row, column))
        for number, rows in enumerate(sheets)
        if number != flat
        for row, line in enumerate(rows)
        for column, words in enumerate(line)
    ]
    places = Places(text, [Area(0, len(text), carriers)])
    edits: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for change in changes:
        for edit in places.edits(change):
            edits[edit.carrier].append((edit.start, edit.end, edit.text))
    values: dict[_Cell, str] = {
        carriers[number].handle: edited(carriers[number].text, parts) for number, parts in edits.items()
    }
    if flat is not None:
        values |= dict(_repeated(sheets[flat], flat, changes))
    return values


def _repeated(rows: list[list[str]], number: int, changes: Sequence[Change]) -> Iterator[tuple[_Cell, str]]:
    """The same figures in the list of cells that nianbao adds, so that the workbook does not contradict itself."""
    figures = {change.cell: change.text for change in changes if change.cell}
    for row, line in enumerate(rows):
        if line[0] in figures:
            yield (number, row, FLAT.index("数值")), figures[line[0]]


def _set(cell: _Element | None, value: str) -> None:
    """Put a value into a cell: a number where a number stood, else words; its format stays."""
    if cell is None:
        raise Unreachable("在原文件中找不到这个单元格")
    if cell.find(f"{_S}f") is not None:
        raise Unreachable("这个单元格是公式，要在 Excel 里改")
    from lxml.etree import SubElement

    number = cell.get("t", "n") == "n" and _NUMBER.fullmatch(value) is not None
    for child in list(cell):
        cell.remove(child)
    if number:
        SubElement(cell, f"{_S}v").text = value
        return
    cell.set("t", "inlineStr")
    words = SubElement(SubElement(cell, f"{_S}is"), f"{_S}t")
    words.text = value
    if value != value.strip():
        words.set(_SPACE, "preserve")


def _letters(column: int) -> str:
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
