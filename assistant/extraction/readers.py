"""Runs the readers of tables over the blocks of a material: registers first, then tables of figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.documents.blocks import Block, BlockKind, Blocks
from assistant.extraction.ledgers import read_register
from assistant.extraction.structure import Situation, StructureReading
from assistant.extraction.tables import read_table
from assistant.forms import Form

__all__ = ["read_tables"]


def read_tables(blocks: Blocks, situation: Situation, form: Form) -> StructureReading:
    """What the tables say; ``read`` names those that were read, all others are left to the readers of text."""
    out = StructureReading()
    for group in _groups([b for b in blocks.blocks if b.kind is BlockKind.TABLE]):
        found = _of_tables(group, situation, form)
        if found is not None:
            _add(out, found)
            out.read += group
    return out


def _of_tables(group: Sequence[Block], situation: Situation, form: Form) -> StructureReading | None:
    """A register over all the tables of a group; else each table by itself, None where one of them is neither."""
    together = read_register(group, situation, form)
    if together is not None or len(group) > 1:
        return together
    return read_table(group[0], situation, form)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Tables with the same header belong to one list: pages of a register, sheets of its quarters."""
    open_group: dict[tuple[str, ...], list[Block]] = {}
    order: list[list[Block]] = []
    for block in blocks:
        head = _header(block)
        if head and head in open_group:
            open_group[head].append(block)
            continue
        order.append([block])
        if head:
            open_group[head] = order[-1]
    yield from order


def _header(block: Block) -> tuple[str, ...]:
    if block.table is None:
        return ()
    for line in block.table.grid[:4]:
        texts = tuple("" if cell is None else "".join(cell.text.split()) for cell in line)
        if sum(map(bool, set(texts))) >= 3 and not any(c.isdigit() for text in texts for c in text):
            return texts
    return ()


def _add(out: StructureReading, more: StructureReading) -> None:
    out.statements += more.statements
    out.accounts += more.accounts
    out.unplaced += more.unplaced
