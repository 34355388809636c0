"""Takes a plain text apart into tables and lines; every offset points into the text as it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.documents.blocks import BlockKind, Cell
from assistant.documents.document import MAX_CELLS, MAX_ITEMS
from assistant.documents.parts import Part
from assistant.documents.text.cutting import Row, TextLine, quoted_fields, whole_records
from assistant.documents.text.pasted_tables import Found, lines_of, pasted_tables, tables_of
from assistant.documents.text.stacked_tables import stacked_tables
from assistant.errors import InputError
from assistant.numerals import with_digits

__all__ = ["csv_parts", "text_parts"]

_MARKS = ",;\t，；|"


def text_parts(text: str) -> list[Part]:
    """Tables, and every other line that is not blank. A figure that nobody can read stands where a figure stands."""
    _refuse_floods(text)
    readable, blots = with_digits(text)
    parts = _text_parts(readable)
    return [_restored(part, text) for part in parts] if blots else parts


def _text_parts(text: str) -> list[Part]:
    lines = lines_of(text)
    stacked = list(stacked_tables(lines))
    taken = {number for found in stacked for number in range(found.first, found.last + 1)}
    # a line that is taken is no row and no blank line to the second search
    others = [line._replace(text="。") if number in taken else line for number, line in enumerate(lines)]
    return _with_tables(lines, sorted([*stacked, *pasted_tables(others)], key=lambda found: found.first))


def csv_parts(text: str) -> list[Part]:
    """A file of fields: all its lines are rows of one table, but for a title above and notes below."""
    _refuse_floods(text)
    readable, blots = with_digits(text)
    parts = _csv_parts(readable)
    return [_restored(part, text) for part in parts] if blots else parts


def _restored(part: Part, text: str) -> Part:
    """The part with the cells of its table as the text has them."""
    if part.table is None:
        return part
    cells = {
        id(cell): replace(cell, text=text[cell.start : cell.end])
        if len(cell.text) == cell.end - cell.start
        else cell
        for cell in part.table.cells
    }
    grid = tuple(
        tuple(None if cell is None else cells[id(cell)] for cell in line) for line in part.table.grid
    )
    return replace(part, table=replace(part.table, grid=grid))


def _csv_parts(text: str) -> list[Part]:
    lines = whole_records(lines_of(text))
    sample = [line for line in lines if line.text.strip()][:20]
    mark = max(_MARKS, key=lambda m: sum(line.text.count(m) for line in sample))
    rows = [(number, _fields(line, mark)) for number, line in enumerate(lines) if line.text.strip()]
    wide = [number for number, row in rows if sum(cell is not None for cell in row) > 1]
    if not wide:
        return _text_parts(text)
    inside = [(number, _trimmed(row)) for number, row in rows if wide[0] <= number <= wide[-1]]
    for number, row in rows:
        words = [cell for cell in row if cell is not None]
        if not wide[0] <= number <= wide[-1] and words:
            # a title or a note without its quotation marks and the commas of the blank fields behind it
            lines[number] = TextLine(words[0].start, words[0].text)
    return _with_tables(lines, tables_of(inside, wide[0]))


def _fields(line: TextLine, mark: str) -> Row:
    if mark == ",":
        return quoted_fields(line)
    # the same quotation marks around fields that another mark parts
    cells: Row = []
    at = 0
    for raw in line.text.split(mark):
        words = raw.strip().strip('"').strip()
        start = line.start + at + (raw.find(words) if words else 0)
        cells.append(Cell(words, start, start + len(words), 0, 0) if words else None)
        at += len(raw) + 1
    return cells


def _trimmed(row: Row) -> Row:
    end = len(row)
    while end > 1 and row[end - 1] is None:
        end -= 1
    return row[:end]


def _with_tables(lines: Sequence[TextLine], tables: Sequence[Found]) -> list[Part]:
    """The parts of a text: its tables in their places, the lines between them. A title or a note at the edge of a table of
    fields is a line like any other."""
    parts: list[Part] = []
    apart = False
    waiting = list(reversed(tables))
    number = 0
    while number < len(lines):
        if waiting and waiting[-1].first == number:
            found = waiting.pop()
            parts.append(_table_part(lines, found, apart=apart))
            number, apart = found.last + 1, False
            continue
        line = lines[number]
        words = line.text.strip()
        number += 1
        if not words:
            apart = True
            continue
        start = line.start + line.text.index(words)
        parts.append(Part(start, start + len(words), apart=apart))
        apart = False
    return parts


def _table_part(lines: Sequence[TextLine], found: Found, *, apart: bool) -> Part:
    start = lines[found.first].start
    end = lines[found.last].start + len(lines[found.last].text)
    return Part(start, end, BlockKind.TABLE, table=found.table, apart=apart)


def _refuse_floods(text: str) -> None:
    if text.count("\n") > MAX_ITEMS or text.count("\t") > MAX_CELLS:
        raise InputError("文件内容过多，不像一份年报或一份材料；请只保留相关内容后再试")
