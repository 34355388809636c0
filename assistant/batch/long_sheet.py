"""Writes a long list as a sheet, row by row, so that it reads well on the screen and prints well on A4."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

__all__ = ["Columns", "LongSheet"]

Columns = tuple[tuple[str, int], ...]
"""heading and width (in digits of the standard font) of each column"""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LINE = 16.5
"""points from one line to the next"""
_TALLEST = 409.0
"""points; no row of a workbook may be higher"""


class LongSheet:
    """A sheet of a write-only workbook with a heading that stays in view and is printed on every page."""

    def __init__(self, book: Any, title: str, columns: Columns) -> None:
        from openpyxl.styles import Font, PatternFill
        from openpyxl.utils import get_column_letter

        # Any, because the stubs do not know that a write-only sheet takes widths and filters
        self._sheet: Any = book.create_sheet(title)
        self._widths = [width for _, width in columns]
        self._rows = 0
        for number, width in enumerate(self._widths, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        self._sheet.freeze_panes = "C2"
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1048576"
        self._lay_out(title)
        head = self.cells([name for name, _ in columns])
        for cell in head:
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE6EDF6")
        self.append(head)

    def _lay_out(self, title: str) -> None:
        """A4 across, as wide as the page, as many pages as it takes."""
        from openpyxl.worksheet.page import PageMargins
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet = self._sheet
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.65, bottom=0.6, header=0.3, footer=0.3)
        sheet.print_title_rows = "1:1"
        sheet.oddHeader.center.text = f"批量起草总览：{title}"
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"

    def cells(self, values: Iterable[Any]) -> list[Any]:
        """Cells of one row; text is typed as text, because a leading equals sign would make a formula of it."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Border, Side

        row = []
        for value in values:
            text = isinstance(value, str)
            cell = WriteOnlyCell(self._sheet, _CONTROL.sub("", value) if text else value)
            if text:
                cell.data_type = "s"
            cell.alignment = Alignment(horizontal=None if text else "center", vertical="top", wrap_text=True)
            cell.border = Border(bottom=Side("hair", color="FF9AA4B0"))
            row.append(cell)
        return row

    def append(self, row: list[Any]) -> None:
        """Add a row, high enough for its longest cell: not every program fits the rows of a file that it opens."""
        pairs = zip(row, self._widths, strict=False)
        lines = max(_lines(str(cell.value or ""), width) for cell, width in pairs)
        self._rows += 1
        heights = self._sheet.row_dimensions
        heights[self._rows].height = min(_TALLEST, lines * _LINE)
        self._sheet.append(row)
        # written; kept, it would make the memory grow with the rows
        del heights[self._rows]


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column of so many digits; a Chinese character is as wide as two."""
    wide = (
        sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in text.split("\n")
    )
    return sum(max(1, math.ceil(one / width)) for one in wide)
