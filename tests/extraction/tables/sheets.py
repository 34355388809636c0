"""Makes tables for tests: rows of words, ``<`` for a cell merged with the one on its left, ``^`` with the one above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.documents.blocks import Block, BlockKind, Cell, Table
from assistant.extraction.statements import Span
from assistant.extraction.structure import Situation, StructureReading
from assistant.extraction.tables import read_tables
from assistant.extraction.tables.declared import NOTHING_SAID
from assistant.forms import load_form

__all__ = ["block_of", "cells_of", "covered", "read_rows"]


def block_of(rows: Sequence[Sequence[object]], headings: Sequence[str] = ()) -> tuple[Block, str]:
    """A table block of these rows and the text it stands in."""
    width = max(len(row) for row in rows)
    grid: list[list[Cell | None]] = []
    text = ""
    for number, row in enumerate(rows):
        line: list[Cell | None] = []
        for col in range(width):
            words = str(row[col]) if col < len(row) and row[col] is not None else ""
            if words == "<":
                line.append(line[col - 1])
            elif words == "^":
                line.append(grid[number - 1][col])
            else:
                line.append(Cell(words, len(text), len(text) + len(words), number, col))
                text += words
            text += "\t" if col < width - 1 else "\n"
        grid.append(line)
    return Block(BlockKind.TABLE, 0, len(text), tuple(headings), table=_merged(grid)), text


def _merged(grid: list[list[Cell | None]]) -> Table:
    """The grid with the sizes of merged cells set; every place of a cell holds the same object."""
    places: dict[int, list[tuple[int, int]]] = {}
    for row, line in enumerate(grid):
        for col, cell in enumerate(line):
            places.setdefault(id(cell), []).append((row, col))
    sized: dict[int, Cell] = {}
    for line in grid:
        for cell in line:
            if cell is not None and id(cell) not in sized:
                at = places[id(cell)]
                height = max(r for r, _ in at) - cell.row + 1
                wide = max(c for _, c in at) - cell.col + 1
                sized[id(cell)] = replace(cell, height=height, width=wide)
    return Table(tuple(tuple(None if c is None else sized[id(c)] for c in line) for line in grid))


def read_rows(
    rows: Sequence[Sequence[object]],
    *,
    headings: Sequence[str] = (),
    year: int | None = 2024,
    unit: str = "",
    form: str = "2021",
) -> StructureReading | None:
    """What the reader makes of these rows."""
    block, _ = block_of(rows, headings)
    (found,) = read_tables([(block, NOTHING_SAID)], Situation(year, unit), load_form(form))
    return found


def cells_of(reading: StructureReading | None, *, prior: bool = False) -> dict[str, str]:
    """Stated cells by name (table.row.col); ``?`` behind a value that is not sure, ``!`` between two that differ."""
    found: dict[str, str] = {}
    for statement in reading.statements if reading else ():
        if statement.prior != prior:
            continue
        value = {"zero": "0", "pending": "待"}.get(statement.kind, str(statement.value))
        shown = f"{value}{statement.unit if statement.unit in ('元', '万元') else ''}{'' if statement.sure else '?'}"
        key = ".".join(statement.target)
        found[key] = f"{found[key]}!{shown}" if key in found else shown
    return found


def covered(reading: StructureReading) -> list[Span]:
    """Places that have a statement, an account or a question; statements of one figure give its place once."""
    said = {span for s in reading.statements for span in (s.spans or [s.span])}
    return [*said, *(a.span for a in reading.accounts), *(span for u in reading.unplaced for span in u.spans)]
