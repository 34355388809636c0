"""Builds table blocks for the tests of registers: rows of words, with merged cells, over one plain text."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.blocks import Block, BlockKind, Cell, Table

__all__ = ["table_block", "text_of"]


def table_block(
    rows: Sequence[Sequence[str]],
    merges: Sequence[tuple[int, int, int, int]] = (),
    sheet: str = "",
    headings: Sequence[str] = (),
    offset: int = 0,
) -> Block:
    """A table of these rows; ``merges`` are (top, left, bottom, right), inclusive, and keep the words of their first cell."""
    width = max(len(row) for row in rows)
    places: dict[tuple[int, int], Cell] = {}
    at = offset
    for r, row in enumerate(rows):
        for c in range(width):
            text = row[c] if c < len(row) else ""
            places[r, c] = Cell(text, at, at + len(text), r, c)
            at += len(text) + 1
    for top, left, bottom, right in merges:
        first = places[top, left]
        merged = Cell(first.text, first.start, first.end, top, left, bottom - top + 1, right - left + 1)
        places.update({(r, c): merged for r in range(top, bottom + 1) for c in range(left, right + 1)})
    grid = tuple(tuple(places[r, c] for c in range(width)) for r in range(len(rows)))
    return Block(BlockKind.TABLE, offset, at, tuple(headings), table=Table(grid, sheet))


def text_of(blocks: Sequence[Block]) -> str:
    """The plain text that the offsets of the blocks point into."""
    size = max(block.end for block in blocks)
    letters = ["\t"] * size
    for block in blocks:
        if block.table is not None:
            for cell in block.table.cells:
                letters[cell.start : cell.end] = cell.text
    return "".join(letters)
