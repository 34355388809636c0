"""Runs the readers of structure and of sentences over the blocks of a material; none of them sees what another found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.documents.blocks import Block, BlockKind, Blocks
from assistant.extraction.appended import accounts_of, appended_parts
from assistant.extraction.ledgers import kinds_declared, read_register
from assistant.extraction.lexicon import Lexicon
from assistant.extraction.sentences import read_sentences
from assistant.extraction.structure import Situation, StructureReading
from assistant.extraction.tables import read_table
from assistant.forms import Form

__all__ = ["read_structure"]


def read_structure(blocks: Blocks, situation: Situation, form: Form, lexicon: Lexicon) -> StructureReading:
    """What all blocks say: registers, then tables of figures, and sentences wherever no table was read."""
    out = StructureReading()
    appended = appended_parts(blocks, situation.year, lexicon)
    accounts, unplaced = accounts_of(blocks, appended)
    out.accounts += accounts
    out.unplaced += unplaced
    out.read += [blocks.blocks[number] for number in appended.parts]
    blocks = replace(blocks, blocks=tuple(b for n, b in enumerate(blocks.blocks) if n not in appended.parts))
    words = (blocks.text[b.start : b.end] for b in blocks.blocks if b.kind is not BlockKind.TABLE)
    situation = replace(situation, kinds=kinds_declared(words))
    rest: list[Block] = []
    for group in _groups(blocks.blocks):
        for one, found in _of_group(group, situation, form):
            if found is None:
                rest += map(_as_lines, one)
            else:
                _add(out, found)
                out.read += one
    rest.sort(key=lambda block: block.start)
    told = read_sentences(blocks.text, rest, situation, form, lexicon)
    _add(out, told)
    return out


def _as_lines(block: Block) -> Block:
    """A table that no reader of tables knew is still lines of words and figures: what is not read in them is left open."""
    return replace(block, kind=BlockKind.PARAGRAPH) if block.kind is BlockKind.TABLE else block


def _of_group(
    group: Sequence[Block], situation: Situation, form: Form
) -> Iterator[tuple[list[Block], StructureReading | None]]:
    """A register over all the tables of a group; else each table by itself. None for what neither can read."""
    if group[0].kind is not BlockKind.TABLE:
        yield list(group), None
        return
    together = read_register(group, situation, form)
    if together is not None:
        yield list(group), together
        return
    for block in group:
        yield [block], read_table(block, situation, form)


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
