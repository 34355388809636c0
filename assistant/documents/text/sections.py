"""Puts pasted rows in shape: tables of different shapes that stand below each other apart, labels that were lost from merged cells
back in their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.documents.blocks import Cell
from assistant.documents.text.cutting import Row, is_figure

__all__ = ["sections_of", "squared"]

_Numbered = tuple[int, Row]
_FEWEST_FIGURES = 3
"""figures of a row whose labels are put in line"""
_WITH_FIGURE = re.compile(r"(?P<words>.*[^\d\s.,，、])[ \xa0\u3000]+(?P<figure>\d[\d,]*)")


def sections_of(taken: Sequence[_Numbered]) -> list[list[_Numbered]]:
    """The rows of tables that follow each other: where a header of another width stands between rows of figures, a table begins."""
    sections: list[list[_Numbered]] = [[]]
    width = 0
    for place, (number, row) in enumerate(taken):
        behind = taken[place + 1][1] if place + 1 < len(taken) else []
        before = sections[-1][-1][1] if sections[-1] else []
        if _is_header(row) and (not before or _has_figure(before)) and _has_figure(behind):
            if before and len(row) != width:
                sections.append([])
            width = len(row)
        sections[-1].append((number, row))
    return sections


def squared(rows: Sequence[Row]) -> list[Row]:
    """Rows whose figures stand below each other, whatever the number of labels before them.

    三、本年度办理结果 | （一）予以公开 | 14 … above （二）部分公开 | 5 …: blanks that merged cells left are lost, so a row with fewer
    labels begins farther left. 行政复议 6 | 2 | 3: a label and its figure are cut apart.
    """
    rows = _cut_apart(rows)
    usual = max((_figures(row) for row in rows), default=0)
    whole = [row for row in rows if _figures(row) == usual]
    depths = {len(row) - usual for row in whole}
    if usual < _FEWEST_FIGURES or len(depths) < 2 or min(depths) < 1:
        return list(rows)
    if any(None in row[: len(row) - usual] for row in whole):
        # blanks are kept, so the columns are in line
        return list(rows)
    deepest = max(depths)
    first = next(place for place, row in enumerate(rows) if _has_figure(row))
    header = _header([[cell for cell in row if cell is not None] for row in rows[:first]], usual, deepest)
    return [*header, *(_padded(row, usual, deepest) for row in rows[first:])]


def _padded(row: Row, usual: int, deepest: int) -> Row:
    labels = len(row) - usual if _figures(row) == usual else _labels(row)
    return [*[None] * (deepest - labels), *row] if 0 <= labels < deepest else row


def _header(rows: Sequence[Sequence[Cell]], usual: int, deepest: int) -> list[Row]:
    """Header rows above the figures: names for all of them, a group with its parts on the next line, or words that nobody can place."""
    found: list[Row] = []
    for place, names in enumerate(rows):
        below = rows[place + 1] if place + 1 < len(rows) else []
        above = rows[place - 1] if place else []
        if len(names) >= usual:
            lead = max(0, len(names) - usual)
            found.append([*[None] * (deepest - lead), *names])
        elif len(names) - 1 + len(below) == usual and (group := _group(names)) is not None:
            found.append(
                [*[None] * deepest, *names[:group], *[names[group]] * len(below), *names[group + 1 :]]
            )
        elif len(above) - 1 + len(names) == usual and (group := _group(above)) is not None:
            behind = usual - group - len(names)
            found.append([*[None] * (deepest + group), *names, *[None] * behind])
        elif names:
            words = " ".join(cell.text for cell in names)
            found.append([Cell(words, names[0].start, names[-1].end, 0, 0)])
    return found


def _group(names: Sequence[Cell]) -> int | None:
    """Which of the names holds those on the next line."""
    return next((place for place, cell in enumerate(names) if "法人" in cell.text), None)


def _cut_apart(rows: Sequence[Row]) -> list[Row]:
    """Rows whose label and first figure were left in one cell."""
    found = [_WITH_FIGURE.fullmatch(row[0].text) if row and row[0] is not None else None for row in rows]
    mine = [
        m for m, row in zip(found, rows, strict=True) if m and len(row) > 1 and _figures(row) == len(row) - 1
    ]
    if len(mine) < 2:
        return list(rows)
    return [_split(row, m) if m in mine else row for m, row in zip(found, rows, strict=True)]


def _split(row: Row, match: re.Match[str] | None) -> Row:
    first = row[0]
    assert first is not None
    assert match is not None
    words, at = match["words"], first.start + match.start("figure")
    label = Cell(words, first.start, first.start + len(words), 0, 0)
    return [label, Cell(match["figure"], at, at + len(match["figure"]), 0, 0), *row[1:]]


def _is_header(row: Row) -> bool:
    words = [cell for cell in row if cell is not None]
    return len(words) > 1 and not any(char.isdigit() for cell in words for char in cell.text)


def _has_figure(row: Row) -> bool:
    return any(cell is not None and is_figure(cell.text) for cell in row)


def _figures(row: Row) -> int:
    """How many figures stand at the end of a row without a gap."""
    count = 0
    for cell in reversed(row):
        if cell is None or not is_figure(cell.text):
            break
        count += 1
    return count


def _labels(row: Row) -> int:
    """How many cells stand before the first figure."""
    return next((place for place, cell in enumerate(row) if cell is not None and is_figure(cell.text)), 0)
