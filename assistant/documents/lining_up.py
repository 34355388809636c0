"""Gives the cells of rows with blanks between them their columns, by their place in the line."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from assistant.documents.blocks import Cell
from assistant.documents.cutting import Row

__all__ = ["lined_up"]


def lined_up(rows: Sequence[Row]) -> list[Row]:
    """The rows from the first on that share one set of columns. A row with fewer cells stays as it is: without the text nobody
    knows which of its cells are blank, so the table ends before it, but for a header that lacks the corner."""
    if not rows:
        return []
    width = len(rows[0])
    # a header of the figures alone stands over rows that have a label too
    if len(rows) > 1 and len(rows[1]) == width + 1 and _is_header(rows[0]):
        width += 1
    result: list[Row] = []
    for number, row in enumerate(rows):
        if len(row) == width:
            result.append(row)
        elif number == 0:
            result.append([None, *row])
        else:
            break
    return result


def _is_header(row: Row) -> bool:
    return all(cell is None or not any(c.isdigit() for c in cell.text) for cell in row)


def columns_of(line: str, cells: Sequence[Cell], start: int) -> list[tuple[int, int]]:
    """The printed columns (a Chinese character takes two) that cells of a line cover."""
    places = [0]
    for char in line:
        places.append(places[-1] + (2 if unicodedata.east_asian_width(char) in "WF" else 1))
    return [(places[cell.start - start], places[cell.end - start]) for cell in cells]
