"""Reads a workbook: each sheet is a table, or the words of a report that nianbao itself printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from assistant.documents.document import Builder, Document
from assistant.documents.limits import check_archive, read_member
from assistant.errors import InputError, install_hint

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
    members = check_archive(data, name)
    if "xl/workbook.xml" not in members:
        raise InputError(f"“{name}”不是 Excel 工作簿；请核对扩展名，或用办公软件重新另存为 xlsx")
    for member in members:
        # refuses a part that unpacks beyond the limit before the library unpacks it
        if member.startswith("xl/") and member.endswith(".xml"):
            _refuse_entities(read_member(data, member, name), name)
    return _load(data, name)


def _refuse_entities(part: bytes, name: str) -> None:
    if b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part[:65536]:
        raise InputError(f"“{name}”含有外部实体声明，已拒绝读取；请用办公软件重新另存后再试")


def _load(data: bytes, name: str) -> list[tuple[str, list[list[str]]]]:
    try:
        import openpyxl
    except ImportError as error:
        from assistant.errors import MissingDependency

        raise MissingDependency(f"读取 Excel 文件需要安装 openpyxl；{install_hint('docs')}") from error
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        return [(sheet.title, list(_rows(sheet))) for sheet in book.worksheets]
    except (
        BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        SyntaxError,
    ) as error:
        # SyntaxError is the base of the XML parser's errors
        raise InputError(f"“{name}”已损坏，无法打开；请用 Excel 或 WPS 重新另存后再试") from error


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
