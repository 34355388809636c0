"""What a cell of a workbook shows: its words as printed, and whether it is hidden, struck out or invisible."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["hidden_columns", "hidden_rows", "invisible", "printed", "struck_and_plain"]

_TINY = 2
"""points; nobody reads letters of this size"""
_WHITE = "FFFFFF"
_MAX_COLUMNS = 16_384


def hidden_rows(sheet: Worksheet) -> set[int]:
    """Rows that are hidden, filtered out or without height."""
    return {
        number
        for number, row in sheet.row_dimensions.items()
        if row.hidden or (row.height is not None and row.height == 0)
    }


def hidden_columns(sheet: Worksheet) -> set[int]:
    """Columns that are hidden or without width."""
    columns: set[int] = set()
    for column in sheet.column_dimensions.values():
        if column.min is None or column.max is None:
            continue
        if column.hidden or (column.customWidth and column.width == 0):
            columns.update(range(column.min, min(column.max, _MAX_COLUMNS) + 1))
    return columns


def struck_and_plain(cell: Any) -> tuple[object, str]:
    """The value without the stretches that are struck out, and these."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    value = cell.value
    if isinstance(value, CellRichText):
        struck = [p.text for p in value if isinstance(p, TextBlock) and (p.font.strike or cell.font.strike)]
        plain = [
            p.text if isinstance(p, TextBlock) else str(p)
            for p in value
            if not (isinstance(p, TextBlock) and (p.font.strike or cell.font.strike))
        ]
        return "".join(plain), "".join(struck)
    if cell.font is not None and cell.font.strike:
        return None, printed(cell, value)
    return value, ""


def invisible(sheet: Worksheet, cell: Any) -> str:
    """Why nobody sees what the cell holds; empty where it shows."""
    font = cell.font
    if re.sub(r"\s", "", str(cell.number_format)) in (";;;", ";;"):
        return "单元格格式设为不显示"
    if font is None:
        return ""
    if font.sz is not None and font.sz < _TINY:
        return "字号过小、看不见的内容"
    ink = _colour(font.color)
    if ink and ink == _ground(cell) and not _in_styled_table(sheet, cell):
        return "与底色相同、看不见的内容"
    return ""


def _ground(cell: Any) -> str:
    """The colour behind the words; empty where it is not known."""
    fill = cell.fill
    if fill is None or fill.fill_type is None:
        return _WHITE
    return _colour(fill.fgColor) if fill.fill_type == "solid" else ""


def _colour(colour: Any) -> str:
    """RRGGBB as far as the file says it outright; the theme's background is white."""
    if colour is None:
        return ""
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        return colour.rgb[-6:].upper()
    if colour.type == "theme" and colour.theme == 0 and not colour.tint:
        return _WHITE
    if colour.type == "indexed" and colour.indexed in (1, 9):
        return _WHITE
    return ""


def _in_styled_table(sheet: Worksheet, cell: Any) -> bool:
    """A table's style, or a rule, colours the ground by itself."""
    from openpyxl.utils import range_boundaries

    areas = [str(table.ref) for table in sheet.tables.values()]
    areas += [str(area) for rule in sheet.conditional_formatting for area in rule.cells.ranges]
    for area in areas:
        left, top, right, bottom = range_boundaries(area)
        if top <= cell.row <= bottom and left <= cell.column <= right:
            return True
    return False


def printed(cell: Any, value: object) -> str:
    """The value as text: dates in ISO, whole numbers without a decimal point, percentages and units as the format shows them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return _date(value, str(cell.number_format))
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    return str(value)


def _date(value: datetime | date, shown: str) -> str:
    """A month or a year alone where the format shows no more."""
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", shown).lower()
    if "y" in plain and "d" not in plain and "h" not in plain:
        return f"{value:%Y-%m}" if "m" in plain else f"{value:%Y}"
    if isinstance(value, datetime):
        timed = value.hour or value.minute or value.second
        return value.isoformat(" ", "minutes") if timed else value.date().isoformat()
    return value.isoformat()


def _number(value: int | float, shown: str) -> str:
    # a workbook keeps fifteen digits; what is beyond is noise of binary fractions
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not number.is_finite():
        return ""
    section = shown.split(";")[0]
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.', "", section)
    if "%" in bare:
        return _plain(number * 100) + "%"
    # 0!.0, shows ten thousands, a comma behind the digits thousands
    scale = 10_000 if re.search(r'[0#](?:!\.|\\\.|"\.")[0#],', section) else 1_000 ** len(_scaling(bare))
    text = _plain(number / scale)
    if re.fullmatch(r"0{2,}", bare) and text.isdigit():
        text = text.zfill(len(bare))
    unit = re.search(r'[0#?,](?:"(?P<quoted>[^"]{1,6})"|(?P<bare>万?元|件|份|个|宗|条|项))\s*$', section)
    return text + ((unit["quoted"] or unit["bare"]).strip() if unit else "")


def _scaling(bare: str) -> str:
    match = re.search(r"[0#](,+)(?![0#,])", bare)
    return match[1] if match else ""


def _plain(number: Decimal) -> str:
    if number == number.to_integral_value() and abs(number) < 10**18:
        return str(int(number))
    text = f"{number:f}"
    return text.rstrip("0") if "." in text else text
