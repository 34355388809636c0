"""Finds the tables in a plain text: lines with tabs, bars, commas, semicolons or aligned blanks, and cuts them into cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.documents.blocks import Cell, Table
from assistant.documents.lines.headings import heading_of
from assistant.documents.text.cutting import (
    Row,
    TextLine,
    by_bars,
    by_blanks,
    by_fields,
    by_tabs,
    figures_in,
    is_figure,
    regrouped,
)
from assistant.documents.text.lining_up import fits, lined_up
from assistant.documents.text.sections import sections_of, squared

__all__ = ["Found", "lines_of", "pasted_tables", "tables_of"]

_WIDEST = 120
_LONGEST_ROW = 4_000
"""characters of a line; a longer one is no row that a person pasted"""
_OWN_HEADINGS = frozenset({"title", "part", "【】", "——", "**", "##", "###"})


class Found(NamedTuple):
    """A table and the lines that it takes, last one included."""

    first: int
    last: int
    table: Table


@dataclass(frozen=True)
class _Way:
    """One way in which rows are written: how a line is cut (None: it is no such row) and when rows make a table."""

    cut: Callable[[TextLine], Row | None]
    holds: Callable[[Sequence[Row]], bool]
    aligned: bool = False
    """columns show by the place in the line"""


def lines_of(text: str) -> list[TextLine]:
    """The lines of a text with their places, blank ones included."""
    lines: list[TextLine] = []
    at = 0
    for raw in text.split("\n"):
        lines.append(TextLine(at, raw))
        at += len(raw) + 1
    return lines


def pasted_tables(lines: Sequence[TextLine]) -> Iterator[Found]:
    """All tables of a text, in reading order."""
    number = 0
    # where a run of rows made no table, none of its lines is tried in this way again: the work stays linear
    tried = [-1] * len(_WAYS)
    while number < len(lines):
        found = _tables_at(lines, number, tried)
        yield from found
        number = found[-1].last + 1 if found else number + 1


def _tables_at(lines: Sequence[TextLine], first: int, tried: list[int]) -> list[Found]:
    """The tables that begin here and follow each other in one way of writing."""
    if not lines[first].text.strip() or len(lines[first].text) > _LONGEST_ROW:
        return []
    for number, way in enumerate(_WAYS):
        if first <= tried[number] or way.cut(lines[first]) is None:
            continue
        taken, last = _run(lines, first, way)
        rows = [row for _, row in taken]
        if way.aligned:
            rows = lined_up(rows)
        if rows and way.holds(rows):
            numbered = list(zip((line for line, _ in taken), regrouped(rows), strict=True))
            return tables_of(numbered, first)
        tried[number] = last
    return []


def tables_of(taken: Sequence[tuple[int, Row]], first: int) -> list[Found]:
    """Rows with their lines as tables; the first table takes the lines from ``first`` on."""
    found: list[Found] = []
    for section in sections_of(taken):
        last = section[-1][0]
        found.append(Found(first, last, grid_of(squared([row for _, row in section]))))
        first = last + 1
    return found


def _run(lines: Sequence[TextLine], first: int, way: _Way) -> tuple[list[tuple[int, Row]], int]:
    """Lines from here on that are rows of one table, and the last line looked at; ruled lines and a single blank line between
    equals are left out."""
    taken: list[tuple[int, Row]] = []
    number = first
    while number < len(lines):
        line = lines[number]
        row = way.cut(line) if len(line.text) <= _LONGEST_ROW else None
        if row is not None and len(row) <= _WIDEST:
            if row and way.aligned and not fits([r for _, r in taken[:2]], row):
                break
            if row:
                taken.append((number, row))
        elif not _goes_on(lines, number, way, taken):
            break
        elif line.text.strip():
            taken.append((number, [_whole(line)]))
        number += 1
    return taken, number - 1


def _whole(line: TextLine) -> Cell:
    words = line.text.strip()
    at = line.start + line.text.index(words)
    return Cell(words, at, at + len(words), 0, 0)


def _goes_on(lines: Sequence[TextLine], number: int, way: _Way, taken: Sequence[tuple[int, Row]]) -> bool:
    """Whether a line that is no row stands inside the table: a blank line between rows of equal width, or a short label that
    the rows above and below enclose (二、办理结果 in a sheet whose trailing blanks were cut off)."""
    if number + 1 >= len(lines) or not taken or taken[-1][0] != number - 1:
        return False
    below = way.cut(lines[number + 1]) if len(lines[number + 1].text) <= _LONGEST_ROW else None
    if not below or len(below) != len(taken[-1][1]) or not figures_in(below):
        return False
    words = lines[number].text.strip()
    if not words:
        return len(below) > 2
    if len(words) > 24 or re.search(r"[。；，,？?！!|\d]", words) or way.aligned:
        return False
    found = heading_of(words)
    return found is None or found.rank not in _OWN_HEADINGS


def grid_of(rows: Sequence[Row]) -> Table:
    """Rows of cells as a table; each cell gets its place, short rows are filled up."""
    width = max(len(row) for row in rows)
    grid = []
    for y, row in enumerate(rows):
        placed = [
            None if cell is None or not cell.text else replace(cell, row=y, col=x)
            for x, cell in enumerate(row)
        ]
        grid.append((*placed, *[None] * (width - len(placed))))
    return Table(tuple(grid))


def _tabbed(rows: Sequence[Row]) -> bool:
    words = [[cell for cell in row if cell is not None and cell.text] for row in rows]
    if len([row for row in words if len(row) > 1]) > 1:
        return True
    return any(len(row) > 2 or (len(row) == 2 and is_figure(row[1].text)) for row in words)


def _barred(rows: Sequence[Row]) -> bool:
    return len(rows) > 1 and any(len(row) > 2 or _is_figure_row(row) for row in rows)


def _listed(rows: Sequence[Row]) -> bool:
    """Fields apart by commas or semicolons: figures behind labels, or many equal rows of short words."""
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return False
    figures = [row for row in rows if _is_figure_row(row)]
    if figures and 2 * len(figures) >= len(rows) - 1:
        return True
    widths = {len(row) for row in rows}
    return len(rows) > 2 and len(widths) == 1 and len(rows[0]) > 3


def _is_figure_row(row: Row) -> bool:
    words = [cell for cell in row if cell is not None and cell.text]
    figures = [cell for cell in words if is_figure(cell.text)]
    return bool(figures) and len(words) - len(figures) <= 2 and len(words) > 1


def _spaced(rows: Sequence[Row]) -> bool:
    """Rows apart by blanks: two or more that agree on their width, most of them with figures."""
    if len(rows) < 2:
        return False
    widths = {len(row) for row in rows}
    figures = [row for row in rows if _is_figure_row(row)]
    if len(widths) == 1 and len(figures) >= 1 and len(figures) >= len(rows) - 2 and len(rows[0]) > 2:
        return True
    if len(widths) == 1 and len(rows) > 2 and len(rows[0]) == 2:
        return len(figures) >= len(rows) - 1
    return len(rows) > 2 and len(widths) == 1 and len(rows[0]) > 3


_WAYS = (
    _Way(by_tabs, _tabbed),
    _Way(by_bars, _barred),
    _Way(lambda line: by_fields(line, ","), _listed),
    _Way(lambda line: by_fields(line, "，"), _listed),
    _Way(lambda line: by_fields(line, ";"), _listed),
    _Way(lambda line: by_fields(line, "；"), _listed),
    _Way(by_blanks, _spaced, aligned=True),
)
