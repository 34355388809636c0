"""Writes a long list as a sheet, row by row, so that it reads well on the screen and prints well on A4."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assistant.documents.sheet.writing import TALLEST, dress_head, lines_in, print_as_list, put, set_widths

__all__ = ["Columns", "LongSheet"]

Columns = tuple[tuple[str, int], ...]
"""heading and width (in digits of the standard font) of each column"""

_LINE = 16.5
"""points from one line to the next"""


class LongSheet:
    """A sheet of a write-only workbook with a heading that stays in view and is printed on every page."""

    def __init__(self, book: Any, title: str, columns: Columns) -> None:
        from openpyxl.utils import get_column_letter

        # Any, because the stubs do not know that a write-only sheet takes widths and filters
        self._sheet: Any = book.create_sheet(title)
        self._widths = [width for _, width in columns]
        self._rows = 0
        set_widths(self._sheet, self._widths)
        self._sheet.freeze_panes = "C2"
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1048576"
        print_as_list(self._sheet, f"批量起草总览：{title}")
        head = self.cells([name for name, _ in columns])
        dress_head(head)
        self.append(head)

    def cells(self, values: Iterable[Any]) -> list[Any]:
        """Cells of one row."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Border, Side

        row = []
        for value in values:
            text = isinstance(value, str)
            cell = WriteOnlyCell(self._sheet)
            put(cell, value)
            cell.alignment = Alignment(horizontal=None if text else "center", vertical="top", wrap_text=True)
            cell.border = Border(bottom=Side("hair", color="FF9AA4B0"))
            row.append(cell)
        return row

    def append(self, row: list[Any]) -> None:
        """Add a row, high enough for its longest cell: not every program fits the rows of a file that it opens."""
        pairs = zip(row, self._widths, strict=False)
        lines = max(lines_in(str(cell.value or ""), width, 0) for cell, width in pairs)
        self._rows += 1
        heights = self._sheet.row_dimensions
        heights[self._rows].height = min(TALLEST, lines * _LINE)
        self._sheet.append(row)
        # written; kept, it would make the memory grow with the rows
        del heights[self._rows]
