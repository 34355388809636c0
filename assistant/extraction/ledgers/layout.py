"""Finds header, rows, sums and notes in the tables of a register; rows that a page break cut in two are joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.documents.blocks import Block, Cell, Table
from assistant.extraction.ledgers.boxes import chosen
from assistant.extraction.ledgers.dates import parse_day
from assistant.extraction.ledgers.vocabulary import first_match, matches
from assistant.extraction.statements import Span
from assistant.numerals import fold

__all__ = [
    "EMPTY",
    "Field",
    "Header",
    "Line",
    "Sheet",
    "clean",
    "field_of_cell",
    "find_sheet",
    "joined",
    "with_rest",
]

_BLANK = re.compile(r"\s+")
_FIGURES = re.compile(r"[\d年月日号/.:,、()\-]*\d[\d年月日号/.:,、()\-]*")
_SUM = re.compile("[^，。]{0,6}(?:合计|总计|小计|共计)")
_DATED = 14
"""characters of a cell that tells a day"""
_DEPTH = 12
"""rows from the top in which a header is looked for"""


def clean(text: str) -> str:
    """Folded text without blanks: what headers and marks are compared with."""
    return _BLANK.sub("", fold(text))


class Field(NamedTuple):
    """The words of one column in one row; ``start`` and ``end`` are their place."""

    text: str
    start: int
    end: int
    here: bool = True
    """False where a merged cell reaches down from a row above"""


EMPTY = Field("", -1, -1)


class Header(NamedTuple):
    """The words above a column: ``group`` of the merged cells, ``leaf`` directly above the figures."""

    group: str
    leaf: str


@dataclass
class Line:
    """One row of the register. ``part`` is the heading row (上年结转, 本年新收) it stands under; ``since`` of a sum row counts
    the rows behind the sum before."""

    cells: tuple[Field, ...]
    span: Span
    part: str = ""
    since: int = 0


@dataclass
class Sheet:
    """One table of the register, taken apart."""

    block: Block
    header: tuple[Header, ...] = ()
    header_span: Span | None = None
    titles: list[Field] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    sums: list[Line] = field(default_factory=list)
    notes: list[Field] = field(default_factory=list)
    parts: list[Field] = field(default_factory=list)

    @property
    def title(self) -> str:
        """All words above the table: headings, name of the sheet, rows above the header."""
        sheet = self.block.table.sheet if self.block.table is not None else ""
        return "\n".join([*self.block.headings, sheet, *(t.text for t in self.titles)])


def find_sheet(block: Block, is_header: Callable[[str], bool], previous: Sheet | None) -> Sheet | None:
    """The parts of a table; None when it has no header and does not go on with the table before.

    ``is_header`` tells whether words head a column of the kind of register looked for.
    """
    table = block.table
    if table is None or not table.grid:
        return None
    rows = [_fields(table, index) for index in range(table.height)]
    at = _header_row(rows, is_header)
    sheet = Sheet(block)
    if at is not None:
        stop = _header_end(table, rows, at, is_header)
        sheet.header = tuple(_header(rows[at:stop], col) for col in range(table.width))
        sheet.header_span = _span(rows[at:stop])
        sheet.titles = [e for row in rows[:at] for e in _distinct(row)]
    elif previous is not None and len(previous.header) == table.width:
        stop, sheet.header = 0, previous.header
    else:
        return None
    _fill(sheet, rows[stop:])
    return sheet


def _fields(table: Table, index: int) -> tuple[Field, ...]:
    return tuple(EMPTY if cell is None else _field(cell, index) for cell in table.grid[index])


def _field(cell: Cell, index: int) -> Field:
    return field_of_cell(cell)._replace(here=cell.row == index)


def field_of_cell(cell: Cell) -> Field:
    """The words of a cell; of a list of boxes those that are ticked, with their own place."""
    text = cell.text.strip()
    picked = chosen(text)
    if picked is None:
        return Field(text, cell.start, cell.end)
    at = cell.text.find(picked) if picked and cell.end - cell.start == len(cell.text) else -1
    return (
        Field(picked, cell.start + at, cell.start + at + len(picked))
        if at >= 0
        else Field(picked, cell.start, cell.end)
    )


def _distinct(row: Sequence[Field]) -> list[Field]:
    """Printed cells with words, each once."""
    return list({e.start: e for e in row if e.text}.values())


def _header_row(rows: Sequence[tuple[Field, ...]], is_header: Callable[[str], bool]) -> int | None:
    for index, row in enumerate(rows[:_DEPTH]):
        cells = _distinct(row)
        named = [e for e in cells if len(e.text) <= 24 and is_header(clean(e.text))]
        if any(_FIGURES.fullmatch(clean(e.text)) or _is_dated(e.text) for e in cells):
            # a row with dates or figures is no header, whatever words stand beside them
            continue
        if len(cells) >= 2 and len(named) >= max(2, len(cells) // 3):
            return index
    return None


def _is_dated(text: str) -> bool:
    """1、5月10日: a day of a row, whatever stands before it."""
    day = parse_day(text) if len(text) <= _DATED else None
    return day is not None and day.day > 0


def _header_end(
    table: Table, rows: Sequence[tuple[Field, ...]], at: int, is_header: Callable[[str], bool]
) -> int:
    """The row behind the header: merged header cells reach down, or a second row names parts of a group."""
    cells = [cell for cell in table.grid[at] if cell is not None and cell.text.strip()]
    stop = max((cell.row + cell.height for cell in cells), default=at + 1)
    if stop == at + 1 and stop < len(rows):
        below = _distinct([e for e in rows[stop] if e.here])
        named = sum(is_header(clean(e.text)) for e in below)
        gaps = any(cell.width > 1 for cell in cells) or any(not e.text for e in rows[at])
        if gaps and below and named >= 2 and named * 2 >= len(below):
            stop += 1
    return min(stop, len(rows))


def _header(rows: Sequence[tuple[Field, ...]], col: int) -> Header:
    words: list[str] = []
    for depth, row in enumerate(rows):
        text = clean(row[col].text)
        if not text and depth == 0 and len(rows) > 1 and clean(rows[1][col].text):
            # a group whose merged cells were lost on the way: its words stand in its first column only
            text = next((clean(e.text) for e in reversed(row[:col]) if e.text), "")
        if text and text not in words:
            words.append(text)
    return Header("/".join(words[:-1]), words[-1] if words else "")


def _span(rows: Sequence[Sequence[Field]]) -> Span | None:
    places = [e for row in rows for e in row if e.text and e.here]
    return Span(min(e.start for e in places), max(e.end for e in places)) if places else None


def _fill(sheet: Sheet, rows: Sequence[tuple[Field, ...]]) -> None:
    leaves = [h.leaf for h in sheet.header]
    part, since = _named_part(sheet), 0
    for row in rows:
        cells = _distinct(row)
        mine = [e for e in cells if e.here]
        span = _span([row])
        if not mine or span is None:
            continue
        first = clean(cells[0].text)
        if sum(clean(e.text) == leaf for e, leaf in zip(row, leaves, strict=True) if leaf) * 2 > len(cells):
            continue
        if (
            matches("marks.sum", first)
            or any(_SUM.fullmatch(clean(e.text)) for e in cells[:3])
            or _is_tally(mine)
        ):
            sheet.sums.append(Line(row, span, since=since))
            since = 0
        elif len(row) > 2 and row[0].text and len(mine) == 1 and _is_apart(first, len(cells)):
            if matches("marks.note", first) or len(first) > 20:
                sheet.notes.append(mine[0])
            else:
                sheet.parts.append(mine[0])
                part = first
        else:
            sheet.lines.append(Line(row, span, part))
            since += 1


def _named_part(sheet: Sheet) -> str:
    """上年结转: a sheet or a heading that says when all requests below it came."""
    names = [sheet.block.table.sheet if sheet.block.table is not None else "", *sheet.block.headings[-1:]]
    said = (clean(name) for name in names)
    return next((n for n in said if matches("marks.carried_over", n) or matches("marks.fresh", n)), "")


def _is_tally(cells: Sequence[Field]) -> bool:
    """本年新收 | 22 | 上年结转 | 2 | 办结22件: labels of sums with their figures, and nothing else."""
    labels: set[str] = set()
    figures = 0
    for cell in cells:
        text = clean(cell.text)
        found = first_match("marks.tally", text)
        if found is None and not re.fullmatch(r"\d{1,5}[件份]?", text):
            return False
        labels |= {found.group(1)} if found is not None else set()
        figures += any(char.isdigit() for char in text)
    return len(labels) > 1 and figures > 1


def _is_apart(first: str, cells: int) -> bool:
    """Whether the only words of a row are a note or a heading; a serial alone is a row printed in advance."""
    return matches("marks.note", first) or (cells == 1 and not _FIGURES.fullmatch(first))


def joined(lines: Sequence[Line], keys: Sequence[int], stands: Callable[[Line], bool]) -> Iterator[Line]:
    """Rows, with what a page break cut off taken back into the row above.

    The rest of a row has no words in the columns ``keys`` (serial, date), and ``stands`` does not know it as a row of its own.
    """
    held: Line | None = None
    for line in lines:
        rest = (
            held is not None and keys and all(not line.cells[k].text or not line.cells[k].here for k in keys)
        )
        if rest and held is not None and not stands(line):
            held = with_rest(held, line)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def with_rest(line: Line, rest: Line) -> Line:
    """A row with what a page break cut off."""
    cells = tuple(_join(a, b) for a, b in zip(line.cells, rest.cells, strict=True))
    return Line(cells, line.span.join(rest.span), line.part)


def _join(above: Field, below: Field) -> Field:
    if not below.text or not below.here or below.start == above.start:
        return above
    if not above.text:
        return below
    return Field(above.text + below.text, above.start, below.end)
