"""How a sheet that this program writes holds text, grows its rows and goes onto paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

from assistant.documents.printable import printable

__all__ = [
    "HEAD_FILL",
    "TALLEST",
    "dress_head",
    "fit_to_paper",
    "lines_in",
    "print_as_list",
    "put",
    "set_widths",
]

HEAD_FILL = "FFE6EDF6"
"""colour behind the heads of a list, as openpyxl takes it (AARRGGBB)"""
TALLEST = 409
"""points; no row of a workbook may be higher"""
_PAPER = 9
"""A4 in the numbers of the file format"""
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.65, "bottom": 0.6, "header": 0.3, "footer": 0.3}
"""inches"""


def put(cell: Any, value: object) -> None:
    """Put a value into a cell. Text is typed as text, because a leading equals sign would make a formula of it."""
    cell.value = printable(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"


def set_widths(sheet: Any, widths: Iterable[float]) -> None:
    """The widths of the columns from the left, in digits of the standard font."""
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def dress_head(cells: Sequence[Any], fill: str = HEAD_FILL) -> None:
    """The heads of a list: bold, on a ground of their own."""
    from openpyxl.styles import Font, PatternFill

    for cell in cells:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=fill)


def lines_in(text: str, width: float, padding: int = 2) -> int:
    """Lines that a text takes in a cell so many digits wide, of which ``padding`` stay blank; a Chinese character is two wide.

    To be asked for every row: sheets do not grow their rows by themselves, and not every program does it for them.
    """
    fits = max(width - padding, 1)
    return sum(max(1, ceil(sum(1 if c.isascii() else 2 for c in line) / fits)) for line in text.split("\n"))


def fit_to_paper(sheet: Any, *, one_page: bool = False) -> None:
    """A4 across, as wide as the paper, on as many pages as it takes or all on one."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _PAPER
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(one_page)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def print_as_list(sheet: Any, title: str = "") -> None:
    """A list on paper: the heads on every page, pages numbered; above each ``title``, or else the sheet's name below."""
    from openpyxl.worksheet.page import PageMargins

    fit_to_paper(sheet)
    sheet.page_margins = PageMargins(**_MARGINS)
    sheet.print_title_rows = "1:1"
    if title:
        sheet.oddHeader.center.text = title
    sheet.oddFooter.center.text = f"{'' if title else '&A　'}第 &P 页，共 &N 页"
