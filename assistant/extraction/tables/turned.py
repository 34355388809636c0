"""Tells tables that cross applicants with results, each named once, from registers, whose rows are requests."""

from __future__ import annotations

from assistant.documents.blocks import Table
from assistant.extraction.tables.cells import Holds, content_of
from assistant.extraction.tables.labels import Label, read_label

__all__ = ["crosses_applicants"]

_FEWEST, _FEWEST_ACROSS = 3, 2
_HEAD_ROWS = 5


def crosses_applicants(table: Table, year: int | None, form: str) -> bool:
    """Whether the kinds of applicants are named once each down the first column (自然人, 商业企业, …, 总计), or across in one row
    above lines of the form that are named once each. A table with dates is none."""
    if any(content_of(cell.text).holds in (Holds.DATE, Holds.PERSON) for cell in table.cells):
        return False
    columns = [_labels(table, col, year, form) for col in range(min(table.width, 2))]
    if any(_lists(labels) for labels in columns):
        return True
    across = max((_across(table, row, year, form) for row in range(min(table.height, _HEAD_ROWS))), default=0)
    return across >= _FEWEST_ACROSS and any(_names_lines(labels) for labels in columns)


def _labels(table: Table, col: int, year: int | None, form: str) -> list[Label]:
    """The labels of the words of a column, one for each cell."""
    cells = [cell for line in table.grid if (cell := line[col]) is not None and cell.col == col]
    words = [cell.text.strip() for cell in {id(cell): cell for cell in cells}.values()]
    return [read_label(text, year, form) for text in words if text and not text.isdecimal()]


def _lists(labels: list[Label]) -> bool:
    kinds = [one.text for one in labels if _is_applicant(one)]
    others = [one for one in labels if not _is_applicant(one) and not one.marks & {"sum", "other"}]
    # a title, the header, its second row and a remark stand above and below
    return len(kinds) >= _FEWEST and len(set(kinds)) == len(kinds) and len(others) <= len(kinds)


def _is_applicant(label: Label) -> bool:
    return any(name.kind == "col" for name in label.columns) and not label.rest and not label.lines


def _across(table: Table, row: int, year: int | None, form: str) -> int:
    """How many kinds of applicants the cells of a row name, and their sum."""
    cells = {id(cell): cell for cell in table.grid[row] if cell is not None and cell.text.strip()}
    labels = [read_label(cell.text, year, form) for cell in cells.values()]
    return len([one for one in labels if _is_applicant(one)])


def _names_lines(labels: list[Label]) -> bool:
    named = [one.text for one in labels if one.lines]
    return bool(named) and len(set(named)) == len(named) and len(named) * 2 >= len(labels) - 2
