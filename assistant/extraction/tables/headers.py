"""Finds the labels above each column in one or several header rows, merged or typed."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.blocks import Cell
from assistant.extraction.tables.grid import Grid

__all__ = ["header_paths"]


def header_paths(grid: Grid, headers: Sequence[int]) -> tuple[dict[int, list[Cell]], set[int]]:
    """The header cells of each column from the outermost down, and the columns of which a label is missing."""
    filled: dict[int, dict[int, Cell]] = {}
    missing: set[int] = set()
    for row in headers:
        filled[row], holes = _filled(grid, headers, row)
        missing |= holes
    paths: dict[int, list[Cell]] = {}
    for col in range(grid.table.width):
        cells = [cell for row in headers if (cell := filled[row].get(col)) is not None]
        paths[col] = list({id(cell): cell for cell in cells}.values())
    return paths, missing


def _filled(grid: Grid, headers: Sequence[int], row: int) -> tuple[dict[int, Cell], set[int]]:
    """The header cell above each column, and columns whose label is missing.

    A blank right of a label belongs to it where a lower header has words, till these begin again.
    """
    lower = [r for r in headers if r > row]
    found: dict[int, Cell] = {}
    missing: set[int] = set()
    run: list[str] = []
    for col, cell in enumerate(grid.table.grid[row]):
        words = _words_below(grid, lower, col)
        if cell is not None and cell.text.strip():
            run = [words] if found.get(col - 1) is not cell else [*run, words]
            found[col] = cell
            continue
        wide = cell is not None and cell.width > 1
        left = found.get(col - 1) if col - 1 in grid.figure_columns else None
        if words and left is not None and run[-1] and not wide and words not in run:
            found[col] = left
            run.append(words)
        elif lower and (left is not None or col - 1 in missing):
            missing.add(col)
    return found, missing


def _words_below(grid: Grid, rows: Sequence[int], col: int) -> str:
    cells = [grid.table.grid[row][col] for row in rows]
    return "·".join(cell.text.strip() for cell in cells if cell is not None and cell.text.strip())
