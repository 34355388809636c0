"""Writes into a table what the words beside it say of it: codes as words, and the header that only a line above names."""

from __future__ import annotations

from dataclasses import replace

from assistant.documents.blocks import Cell, Table
from assistant.extraction.statements import Span
from assistant.extraction.tables.cells import Holds, content_of
from assistant.extraction.tables.declared import Declared, Legend
from assistant.extraction.tables.labels import read_label

__all__ = ["completed", "lines_used"]


_FORM = "2021"
"""the words for remarks are the same in all forms"""
_HEADER_ROWS = 3
_ARROWS = frozenset({"→", "->", "-->", "=>", "➜", "⇒", ">"})


def completed(table: Table, said: Declared) -> Table:
    """The table with what is said of it; offsets stay those of the material."""
    if said.codes:
        table = _decoded(table, dict(said.codes))
    if said.legend is not None and _needs(table, said.legend):
        table = _headed(table, said.legend)
    return table


def lines_used(table: Table, said: Declared) -> tuple[Span, ...]:
    """The lines whose codes and columns the table takes: they say nothing else."""
    coded = said.code_lines if any(cell.text.strip() in dict(said.codes) for cell in table.cells) else ()
    legend = (said.legend.line,) if said.legend is not None and _needs(table, said.legend) else ()
    ruled = (said.default.span,) if said.default is not None and _has_remarks(table) else ()
    return (*coded, *legend, *ruled)


def _has_remarks(table: Table) -> bool:
    """Whether a column is headed 说明 or 备注."""
    return any(
        "note" in read_label(cell.text, None, _FORM).marks for cell in table.cells if cell.row < _HEADER_ROWS
    )


def _needs(table: Table, legend: Legend) -> bool:
    return not _has_header(table) and len(legend.labels) == len(_columns(table))


def _columns(table: Table) -> list[int]:
    """The columns behind the labels, those left out that hold nothing but arrows."""
    cells = [[row[col] for row in table.grid if row[col] is not None] for col in range(table.width)]
    return [
        col
        for col in range(1, table.width)
        if not all(cell is not None and cell.text.strip() in _ARROWS for cell in cells[col])
    ]


def _decoded(table: Table, words: dict[str, str]) -> Table:
    made = {
        id(cell): replace(cell, text=words[cell.text.strip()])
        for cell in table.cells
        if cell.text.strip() in words
    }
    return replace(table, grid=tuple(tuple(made.get(id(cell), cell) for cell in line) for line in table.grid))


def _has_header(table: Table) -> bool:
    """Whether words stand above the figures."""
    return not any(cell is not None and content_of(cell.text).holds is Holds.FIGURE for cell in table.grid[0])


def _headed(table: Table, legend: Legend) -> Table:
    moved = {id(cell): replace(cell, row=cell.row + 1) for cell in table.cells}
    heads = zip(_columns(table), legend.labels, legend.places, strict=True)
    labels = {col: Cell(label, at.start, at.end, 0, col) for col, label, at in heads}
    header = tuple(labels.get(col) for col in range(table.width))
    rows = [tuple(None if cell is None else moved[id(cell)] for cell in line) for line in table.grid]
    return replace(table, grid=(header, *rows))
