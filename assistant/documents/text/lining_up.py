"""Which rows with blanks between their cells share one set of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.documents.text.cutting import Row

_OF_TIME = re.compile(r"20\d\d年度?|(?:\d{1,2}月?[-—–~～至到]{1,2})?\d{1,2}月|[第前]?[一二三四1-4]季度")

__all__ = ["fits", "lined_up"]


def fits(first: Sequence[Row], row: Row) -> bool:
    """Whether a row goes on with the rows that begin a table. One with fewer cells does not: nobody knows which of its cells
    are blank. Only a header may lack the corner above the labels."""
    if not first:
        return True
    if len(first) == 1:
        return len(row) == len(first[0]) or _lacks_corner(first[0], row)
    return len(row) == len(first[1])


def lined_up(rows: Sequence[Row]) -> list[Row]:
    """The rows with the corner of the header filled up."""
    if len(rows) > 1 and _lacks_corner(rows[0], rows[1]):
        return [[None, *rows[0]], *rows[1:]]
    return list(rows)


def _lacks_corner(header: Row, row: Row) -> bool:
    if len(row) != len(header) + 1:
        return False
    return not any(cell is not None and _has_figure(cell.text) for cell in header)


def _has_figure(words: str) -> bool:
    """A digit that is of no year and of no months: 2023年 and 1—6月 head columns."""
    return any(c.isdigit() for c in _OF_TIME.sub("", words))
