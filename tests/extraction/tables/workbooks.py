"""Writes random sheets as workbooks: cells merged, other sheets beside and hidden, hidden rows and columns, blanks and notes around."""

from __future__ import annotations

import random
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tests.extraction.tables.generator import Sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["workbook"]

_NOTES = [
    "填报人：王某　　联系电话：0571-88126677",
    "注：数据截至12月31日。",
    "审核：同意上报",
    "填报日期：2026年1月8日",
]
_PHONES = [["姓名", "科室", "手机"], ["张三", "办公室", "13800001111"], ["李四", "法规科", "13922223333"]]


def workbook(sheet: Sheet, seed: int) -> bytes:
    """The sheet as an xlsx file among others; the same seed gives the same file."""
    from openpyxl import Workbook

    rng = random.Random(f"book {seed}")
    book = Workbook()
    main: Any = book.active
    main.title = rng.choice(["Sheet1", "统计表", "年报数据"])
    top, left = rng.choice([0, 0, 1, 2]), rng.choice([0, 0, 0, 1])
    if top == 2:
        main.cell(1, 1 + left, f"{sheet.unit}{sheet.year}年政府信息公开数据")
    _write(main, sheet.rows, top, left, rng)
    if rng.random() < 0.5:
        main.cell(top + len(sheet.rows) + 2, 1 + left, rng.choice(_NOTES))
    if rng.random() < 0.4:
        hidden: Any = book.create_sheet("上年" if rng.random() < 0.5 else "旧稿")
        _write(hidden, _blurred(sheet.rows, rng), 0, 0, rng)
        hidden.sheet_state = "hidden"
    if rng.random() < 0.3:
        phones: Any = book.create_sheet("通讯录")
        _write(phones, _PHONES, 0, 0, rng)
    if rng.random() < 0.3:
        _hide_row(main, sheet, top, left, rng)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Worksheet, rows: list[list[Any]], top: int, left: int, rng: random.Random) -> None:
    """Cells in their places; what a mark merges is merged."""
    merged = rng.random() < 0.8
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value in ("<", "^") or value == "":
                continue
            page.cell(1 + top + r, 1 + left + c, _typed(value, rng))
            down, right = _size(rows, r, c)
            if (down or right) and merged:
                page.merge_cells(
                    start_row=1 + top + r, start_column=1 + left + c,
                    end_row=1 + top + r + down, end_column=1 + left + c + right,
                )  # fmt: skip


def _typed(value: object, rng: random.Random) -> int | str:
    words = str(value)
    return int(words) if words.isdecimal() and len(words) < 9 and rng.random() < 0.7 else words


def _size(rows: list[list[Any]], r: int, c: int) -> tuple[int, int]:
    """How far the cell reaches down and to the right."""
    right = 0
    while c + right + 1 < len(rows[r]) and rows[r][c + right + 1] == "<":
        right += 1
    down = 0
    while r + down + 1 < len(rows) and rows[r + down + 1][c] == "^":
        down += 1
    return down, right


def _blurred(rows: list[list[Any]], rng: random.Random) -> list[list[Any]]:
    """The same sheet with other figures."""
    return [[str(rng.randint(0, 99)) if str(v).isdecimal() else v for v in row] for row in rows]


def _hide_row(page: Worksheet, sheet: Sheet, top: int, left: int, rng: random.Random) -> None:
    """A row behind all others that the clerk has hidden."""
    last = top + len(sheet.rows) + 1
    page.cell(last, 1 + left, "行政许可（旧）")
    page.cell(last, 2 + left, rng.randint(1, 999))
    page.row_dimensions[last].hidden = True
