"""Parts a sheet or a table of a file: titles above, tables side by side or below each other, notes beneath."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.documents.lines.fields import is_field
from assistant.documents.lines.headings import title_of
from assistant.documents.parts import RawCell, RawGrid
from assistant.numerals import fold

__all__ = ["Piece", "pieces_of"]

_LONG = 40
"""characters; a cell alone in its row that is longer is a sentence, not a label"""
_UNIT = re.compile(
    r"[（(]?\s*(?:计量|金额|数量|货币)?单位\s*[:：]?\s*(?:万|百万|千|亿)?(?:元|件|份|个|宗|条|人次|项)(?:[、/，, ].{0,12})?[）)]?"
)
_SIGNED = re.compile(
    r"(?:填表|制表|填报|审核|复核|审批|经办|统计|负责|签发|报送|单位负责|分管领导)(?:人|人员|单位|科室|部门|日期|时间)?(?:签字|签名|签章)?\s*[:：]"
)
"""填表：王凤岭　审核：季东平　2022年1月7日"""
_Rows = list[list[RawCell | None]]


@dataclass(frozen=True)
class Piece:
    """Words (a title, a note, a field) or a table."""

    words: str = ""
    title: bool = False
    grid: RawGrid = ()


def pieces_of(grid: RawGrid) -> Iterator[Piece]:
    """What stands on a sheet or in a table of a document, from top to bottom and left to right."""
    width = max((len(row) for row in grid), default=0)
    rows: _Rows = [[*row, *[None] * (width - len(row))] for row in grid]
    for stretch in _stretches(rows):
        yield from _framed(stretch)


def _stretches(rows: _Rows) -> Iterator[_Rows]:
    """Runs of rows between blank rows; a run of figures without a header goes on with the table above it."""
    runs: list[_Rows] = []
    blank = True
    for row in rows:
        if not any(cell is not None and cell.text.strip() for cell in row):
            blank = True
            continue
        if blank and not (runs and _goes_on(runs[-1], row)):
            runs.append([])
        blank = False
        runs[-1].append(row)
    yield from runs


def _goes_on(run: _Rows, row: list[RawCell | None]) -> bool:
    """Whether a row behind a blank one is of the table above: it fills the same columns and has figures in the same places."""
    above = _figured(run[-1])
    return len(run) > 1 and bool(above) and len(_filled(row)) > 2 and _figured(row) == above


def _filled(row: Sequence[RawCell | None]) -> set[int]:
    return {column for column, cell in enumerate(row) if cell is not None and cell.text.strip()}


def _figured(row: Sequence[RawCell | None]) -> set[int]:
    return {
        column
        for column, cell in enumerate(row)
        if cell is not None and re.match(r"\s*[+-]?\d", fold(cell.text))
    }


def _printed(row: Sequence[RawCell | None]) -> list[RawCell]:
    seen = {cell.key: cell for cell in row if cell is not None and cell.text.strip()}
    return list(seen.values())


def _framed(rows: _Rows) -> Iterator[Piece]:
    """Titles and fields above the table, notes below it, the table between them."""
    first, last = 0, len(rows)
    keys = _tall(rows)
    above: list[Piece] = []
    while first < last and (found := _above(rows, first, keys)):
        above += found
        first += 1
    below: list[Piece] = []
    while last > first + 1 and (note := _note(rows[last - 1], keys)):
        below.insert(0, note)
        last -= 1
    for number, piece in enumerate(above):
        # a second line above the table is a remark (统计口径：…) unless its own words make it a heading
        yield replace(piece, title=piece.title and number == 0)
    if first < last:
        for part in _beside(rows[first:last]):
            yield Piece(grid=part)
    yield from below


def _tall(rows: _Rows) -> set[int]:
    """Cells that stand in more than one row."""
    seen: set[int] = set()
    tall: set[int] = set()
    for row in rows:
        own = {cell.key for cell in row if cell is not None}
        tall |= own & seen
        seen |= own
    return tall


def _above(rows: _Rows, number: int, tall: set[int]) -> list[Piece]:
    """A row above the table: a title alone in it, or fields (填报单位：…). A unit line stays in the table, which needs it."""
    printed = _printed(rows[number])
    if any(cell.key in tall for cell in printed) or any(_UNIT.fullmatch(c.text.strip()) for c in printed):
        return []
    if len(printed) == 1:
        words = printed[0].text.strip()
        if re.fullmatch(r"[+-]?\d[\d,.]*", fold(words)):
            return []
        # among rows of sections (第二十条第（一）项 … 第二十条第（五）项) the first is one of them, unless it is named like a title
        sections = sum(len(_printed(row)) == 1 for row in rows[number + 2 : -1])
        if sections and len(words) <= _LONG and not title_of(words):
            return []
        return [Piece(words, title=len(words) <= _LONG and "。" not in words and not is_field(words))]
    if all(is_field(cell.text.strip()) for cell in printed):
        return [Piece(cell.text.strip()) for cell in printed]
    return []


def _note(row: Sequence[RawCell | None], tall: set[int]) -> Piece | None:
    """A row below the table that is a sentence or starts like a note, or fields such as 填表人：…"""
    printed = _printed(row)
    if any(cell.key in tall for cell in printed) or not printed:
        return None
    words = printed[0].text.strip()
    if len(printed) == 1:
        noted = re.match(r"[（(*※]?\s*(?:备注|注|说明|附注|填表说明|口径)\s*\d?\s*[:：.、）)]", words)
        if (
            noted
            or _SIGNED.match(words)
            or len(words) > _LONG
            or re.search(r"[。；]", words)
            or is_field(words)
        ):
            return Piece(words)
        return None
    if all(is_field(cell.text.strip()) for cell in printed):
        return Piece("\n".join(cell.text.strip() for cell in printed))
    return None


def _beside(rows: _Rows) -> Iterator[_Rows]:
    """Tables side by side: a blank column between them, and each with a column of labels of its own."""
    width = len(rows[0])
    blank = [not any(row[c] is not None and row[c].text.strip() for row in rows) for c in range(width)]  # type: ignore[union-attr]
    edges: list[tuple[int, int]] = []
    start = None
    for column in range(width + 1):
        used = column < width and not blank[column]
        if used and start is None:
            start = column
        elif not used and start is not None:
            edges.append((start, column))
            start = None
    parts = [[row[a:b] for row in rows] for a, b in edges]
    if len(parts) > 1 and all(_stands_alone(part) for part in parts):
        for part in parts:
            yield [row for row in part if _printed(row)]
        return
    # blank columns on the left and right are margin, one inside is a place of the table
    yield [row[edges[0][0] : edges[-1][1]] for row in rows] if edges else rows


def _stands_alone(rows: _Rows) -> bool:
    filled = [row for row in rows if _printed(row)]
    labels = [row[0] for row in filled if row[0] is not None and row[0].text.strip()]
    words = [cell for cell in labels if not re.match(r"\s*[+-]?\d[\d,.]*\s*$", fold(cell.text))]
    return len(filled) > 1 and len(rows[0]) > 1 and 2 * len(words) > len(filled)
