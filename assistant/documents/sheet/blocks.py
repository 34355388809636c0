"""Takes a workbook apart: a heading for each sheet, its tables and titles, and what is hidden in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.documents.blocks import BlockKind
from assistant.documents.parts import RawCell, Writer
from assistant.documents.sheet.looks import hidden_columns, hidden_rows, invisible, printed, struck_and_plain
from assistant.documents.sheet.workbook import checked_parts, opened, sheet_parts
from assistant.documents.splitting import pieces_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["write_workbook"]

_MAX_ROWS, _MAX_COLUMNS = 5_000, 120
_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
UNSAVED = "（公式未保存结果）"
"""stands in a cell whose formula has no stored result: there is a figure, and nobody knows which"""
_UNSAVED_FORMULA = re.compile(
    rb'<c\s[^>]*?r="(?P<place>[A-Z]{1,3}\d{1,7})"[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]{0,8192}</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)


@dataclass
class _Sheet:
    """A sheet as it prints, and the lines that it hides, each with the reason."""

    rows: list[list[RawCell | None]] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)


def write_workbook(data: bytes, name: str) -> Writer:
    """All sheets in order; InputError when the file is damaged, encrypted or too large. Formulas give their stored result."""
    parts = checked_parts(data, name)
    places = dict(sheet_parts(parts, name))
    with opened(data, name, looks=True) as loaded:
        sheets = list(loaded)
    writer = Writer()
    for sheet in sheets:
        part = parts.get(places.get(str(sheet.title), ""), b"")
        unsaved = {match["place"].decode() for match in _UNSAVED_FORMULA.finditer(part)}
        _write(writer, sheet, unsaved)
    return writer


def _write(writer: Writer, sheet: Worksheet, unsaved: set[str]) -> None:
    title = str(sheet.title).strip()
    read = _read(sheet, unsaved)
    named = _UNNAMED.fullmatch(title) is None
    if sheet.sheet_state != "visible":
        lines = ("\t".join(cell.text for cell in row if cell is not None and cell.text) for row in read.rows)
        writer.hidden("\n".join(lines), f"隐藏的工作表“{title}”")
        return
    if not read.rows and not read.hidden:
        return
    # an unnamed sheet ends the headings of the one before it just the same
    writer.line(title, BlockKind.HEADING, rank="sheet") if named else writer.break_()
    for piece in pieces_of(read.rows):
        if piece.grid:
            writer.table(piece.grid, title)
        elif piece.title:
            writer.line(piece.words, BlockKind.HEADING, rank="title")
        else:
            writer.line(piece.words)
    for words, why in read.hidden:
        writer.hidden(words, why)


def _read(sheet: Worksheet, unsaved: set[str]) -> _Sheet:
    """The visible rows and columns of a sheet with merged cells in all their places."""
    merged = _merged(sheet)
    no_rows, no_columns = hidden_rows(sheet), hidden_columns(sheet)
    result = _Sheet()
    made: dict[tuple[int, int], RawCell | None] = {}
    width = min(sheet.max_column, _MAX_COLUMNS)
    for y, row in enumerate(sheet.iter_rows(max_row=min(sheet.max_row, _MAX_ROWS), max_col=width), 1):
        line: list[RawCell | None] = []
        kept: list[str] = []
        for x, cell in enumerate(row, 1):
            corner = merged.get((y, x), (y, x))
            if corner not in made:
                made[corner] = _cell(sheet, sheet.cell(*corner), unsaved, result)
            raw = made[corner]
            if y in no_rows:
                kept += [raw.text] if raw is not None and corner == (y, x) else []
            elif x in no_columns:
                if raw is not None and corner == (y, x) and raw.text:
                    result.hidden.append((raw.text, f"隐藏的列（{cell.coordinate}）"))
            else:
                line.append(raw)
        if y in no_rows and any(kept):
            result.hidden.append(("\t".join(kept), f"隐藏的行（第 {y} 行）"))
        elif y not in no_rows:
            result.rows.append(line)
    return result


def _merged(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """The corner of every place that a merged cell covers."""
    places: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.merged_cells.ranges:
        for y in range(area.min_row, min(area.max_row, _MAX_ROWS) + 1):
            for x in range(area.min_col, min(area.max_col, _MAX_COLUMNS) + 1):
                places[y, x] = (area.min_row, area.min_col)
    return places


def _cell(sheet: Worksheet, cell: Any, unsaved: set[str], result: _Sheet) -> RawCell | None:
    key = cell.row * 100_000 + cell.column
    if cell.value is None:
        return RawCell(UNSAVED, key) if cell.coordinate in unsaved else None
    plain, struck = struck_and_plain(cell)
    if struck:
        result.hidden.append((struck, f"划掉的内容（{cell.coordinate}）"))
    why = invisible(sheet, cell)
    if why:
        result.hidden.append((printed(cell, plain), f"{why}（{cell.coordinate}）"))
        return None
    text = printed(cell, plain)
    return RawCell(text, key) if text else None
