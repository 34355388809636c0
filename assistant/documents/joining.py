"""Puts the blocks of several materials one behind the other, as people send them: what is said later goes on with what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.documents.blocks import Block, Blocks, Cell, Table

__all__ = ["BREAK", "joined"]

BREAK = "\n\n"
"""parts one material from the next in the joined text"""


def joined(materials: Sequence[Blocks]) -> tuple[Blocks, list[int]]:
    """All materials as one, and where the text of each begins in the joined text (characters)."""
    starts: list[int] = []
    blocks: list[Block] = []
    length = 0
    for one in materials:
        starts.append(length)
        blocks += [_moved(block, length) for block in one.blocks] if length else one.blocks
        length += len(one.text) + len(BREAK)
    return Blocks(BREAK.join(one.text for one in materials), tuple(blocks)), starts


def _moved(block: Block, by: int) -> Block:
    return replace(
        block,
        start=block.start + by,
        end=block.end + by,
        label_end=block.label_end + by if block.label_end else 0,
        table=None if block.table is None else _moved_table(block.table, by),
    )


def _moved_table(table: Table, by: int) -> Table:
    """A merged cell stays one object in all its places."""
    moved: dict[int, Cell] = {
        id(cell): replace(cell, start=cell.start + by, end=cell.end + by) for cell in table.cells
    }
    return replace(
        table,
        grid=tuple(tuple(None if cell is None else moved[id(cell)] for cell in line) for line in table.grid),
    )
