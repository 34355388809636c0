"""Reads a workbook: each sheet is a table, or the words of a report that nianbao itself printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from assistant.documents.document import Builder, Document
from assistant.documents.sheet.workbook import checked_parts, opened

__all__ = ["FLAT", "MADE", "read_sheet", "sheet_rows"]

_MAX_ROWS, _MAX_COLUMNS = 5_000, 80
_WORDS = ["项目", "内容"]
FLAT, MADE = ["键", "名称", "数值"], "生成时的数值"
"""heads of the flat sheet; MADE names the column that shows what a person has changed since"""
_FACTS = {"单位": "unit", "年度": "year", "信息处理费（元）": "fee_yuan", "信息处理费（件）": "fee_cases"}
_TITLE, _PREAMBLE = "标题", "引言"


def read_sheet(data: bytes, name: str) -> Document:
    """All sheets in order. The flat list of cells that nianbao adds repeats the tables and is kept apart."""
    builder = Builder("xlsx")
    sheets = sheet_rows(data, name)
    for _, rows in sheets:
        head = [cell for cell in rows[0] if cell] if rows else []
        if head == _WORDS:
            _words(builder, rows[1:])
        elif head[:3] != FLAT:
            builder.grid(rows)
        elif len(sheets) == 1:
            builder.grid(row[:3] for row in rows)
        else:
            width = 4 if head[3:] == [MADE] else 3
            builder.flat(row[:width] for row in rows[1:] if len(row) >= width)
    return builder.finish()


def _words(builder: Builder, rows: list[list[str]]) -> None:
    """The sheet of words: title, unit, year, preamble and sections, one paragraph a row."""
    label = ""
    for row in rows:
        begins, text = row[0], "".join(row[1:])
        label = begins or label
        if label in _FACTS:
            builder.facts[_FACTS[label]] = text
            continue
        if begins and label not in (_TITLE, _PREAMBLE):
            builder.paragraph(label)
        builder.paragraph(text, title=label == _TITLE)


def sheet_rows(data: bytes, name: str) -> list[tuple[str, list[list[str]]]]:
    """Each sheet's title and rows of cell texts; blank cells are empty strings, rows are equally long.

    InputError when the file is damaged, encrypted or too large. Formulas give their stored result.
    """
    checked_parts(data, name)
    with opened(data, name) as sheets:
        return [(sheet.title, list(_rows(sheet))) for sheet in sheets]


def _rows(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()
    rows = [
        [_text(v) for v in row]
        for row in sheet.iter_rows(max_row=_MAX_ROWS, max_col=_MAX_COLUMNS, values_only=True)
    ]
    width = max((number for row in rows for number, text in enumerate(row, 1) if text), default=0)
    # borders of the lower right may stand on blank cells: a row of blanks inside the table still counts
    width = max(width, min(max(map(len, rows), default=0), _MAX_COLUMNS))
    for row in rows:
        yield (row + [""] * width)[:width]


def _text(value: object) -> str:
    """A cell as it is shown; whole numbers lose the decimal point that the file format gives them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        if not number.is_finite():
            return ""
        return (
            str(int(number))
            if number == number.to_integral_value() and abs(number) < 10**18
            else f"{number:f}"
        )
    if isinstance(value, datetime | date):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)
