"""Runs the readers of structure and of sentences over the blocks of a material; none of them sees what another found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.documents.blocks import Block, BlockKind, Blocks, Table
from assistant.extraction.appended import accounts_of, appended_parts
from assistant.extraction.ledgers import Register, kinds_declared, read_registers
from assistant.extraction.lexicon import Lexicon
from assistant.extraction.questionnaires import read_form, tells_applicants
from assistant.extraction.quoting import holding_quotes, uncorrected
from assistant.extraction.sentences import read_sentences
from assistant.extraction.statements import Places, Span, Target
from assistant.extraction.structure import Account, Situation, StructureReading, Unplaced, Use
from assistant.extraction.tables import read_tables
from assistant.extraction.tables.completing import lines_used
from assistant.extraction.tables.declared import Declared, Words, declared
from assistant.extraction.tables.turned import crosses_applicants
from assistant.forms import Form
from assistant.persons import is_name

__all__ = ["read_structure"]

_NEAR = 4
"""lines before and behind a table that may speak of it"""
_REQUESTS = re.compile("申请|答复|依申请|公开")
_FIRST_CELLS = 40
_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 3


def read_structure(blocks: Blocks, situation: Situation, form: Form, lexicon: Lexicon) -> StructureReading:
    """What all blocks say: registers, forms, then tables of figures, and sentences wherever nothing else was read."""
    out = StructureReading()
    appended = appended_parts(blocks, situation.year, lexicon)
    accounts, unplaced = accounts_of(blocks, appended)
    out.accounts += accounts
    out.unplaced += unplaced
    out.read += [blocks.blocks[number] for number in appended.parts]
    blocks = replace(blocks, blocks=tuple(b for n, b in enumerate(blocks.blocks) if n not in appended.parts))
    words = (blocks.text[b.start : b.end] for b in blocks.blocks if b.kind is not BlockKind.TABLE)
    situation = replace(situation, kinds=kinds_declared(words))
    said = _said(blocks, situation, form)
    rest = list(_without_asides(blocks.blocks, said, out))
    listed = [block for block in rest if not _is_of_figures(block.table, situation, form)]
    registers = read_registers(blocks.text, listed, situation, form)
    rest = list(_without_registers(rest, registers, out))
    asked = read_form(blocks.text, rest, situation, form)
    if asked is not None:
        _add(out, asked, asked.read)
        out.prose += asked.prose
        rest = sorted([*_but(rest, asked.read), *_told_in(asked)], key=lambda block: block.start)
    understood = [span for register in registers for span in register.told]
    tables = [(block, said[block.start]) for block in rest if block.table is not None]
    for (block, beside), found in zip(tables, read_tables(tables, situation, form), strict=True):
        if found is not None and block.table is not None:
            _add(out, found, [block])
            understood += [*beside.read, *lines_used(block.table, beside)]
        elif _counts_requests(block):
            out.unplaced.append(_unread(block, form))
    readable = _without(blocks.text, understood)
    rest = [_as_lines(block) for block in _but(rest, out.read)]
    told = read_sentences(readable, rest, situation, form, lexicon)
    _add(out, told, ())
    quoted = holding_quotes(blocks)
    if quoted:
        older = read_sentences(readable, quoted, situation, form, lexicon)
        older.statements = uncorrected(older.statements, told.statements)
        _add(out, older, ())
    return out


def _but(blocks: Sequence[Block], read: Sequence[Block]) -> list[Block]:
    gone = {id(block) for block in read}
    return [block for block in blocks if id(block) not in gone]


def _told_in(asked: StructureReading) -> list[Block]:
    """Answers of a form that are told in sentences, but for those whose figures are accounted for."""
    known = Places(account.span for account in asked.accounts)
    return [Block(BlockKind.PARAGRAPH, *span) for span in asked.prose if not known.touched_by(*span)]


def _as_lines(block: Block) -> Block:
    """A table that no reader of tables knew is still lines of words and figures: what is not read in them is left open."""
    return replace(block, kind=BlockKind.PARAGRAPH) if block.kind is BlockKind.TABLE else block


def _said(blocks: Blocks, situation: Situation, form: Form) -> dict[int, Declared]:
    """What the lines beside each table say of it, by the place of the table."""
    found: dict[int, Declared] = {}
    lines = [Words(blocks.text[b.start : b.end], b.start) if b.table is None else None for b in blocks.blocks]
    for number, block in enumerate(blocks.blocks):
        if block.table is None:
            continue
        before = takewhile(lambda line: line is not None, reversed(lines[max(0, number - _NEAR) : number]))
        behind = takewhile(lambda line: line is not None, lines[number + 1 : number + 1 + _NEAR])
        near = (
            [line for line in before if line is not None][::-1],
            [line for line in behind if line is not None],
        )
        found[block.start] = declared(*near, situation.year, form.version)
    return found


def _without_asides(
    blocks: Sequence[Block], said: Mapping[int, Declared], out: StructureReading
) -> Iterator[Block]:
    """All blocks but the tables that the material says are not for the report."""
    for block in blocks:
        aside = said[block.start].aside if block.table is not None else ""
        if not aside:
            yield block
            continue
        out.read.append(block)
        out.accounts.append(Account(Span(block.start, block.end), Use.LEFT_OUT, aside))
        out.accounts += [Account(span, Use.LEFT_OUT, aside) for span in said[block.start].read]


def _without_registers(
    blocks: Sequence[Block], registers: Sequence[Register], out: StructureReading
) -> Iterator[Block]:
    """All blocks but those of the registers, which are read."""
    taken: set[int] = set()
    for register in registers:
        _add(out, register.reading, ())
        out.read += register.blocks
        taken |= {block.start for block in register.blocks}
    yield from (block for block in blocks if block.start not in taken)


def _is_of_figures(table: Table | None, situation: Situation, form: Form) -> bool:
    """Whether a table tells of many requests in each row, so that its rows are not to be counted."""
    if table is None:
        return False
    year, version = situation.year, form.version
    return tells_applicants(table, year, version) or crosses_applicants(table, year, version)


def _counts_requests(block: Block) -> bool:
    """Whether a table that nobody could read may be one of requests: they are spoken of, and several rows hold figures."""
    cells = block.table.cells if block.table is not None else ()
    if block.table is None or block.table.width < _FEWEST_COLUMNS:
        return False
    spoken = any(_REQUESTS.search(cell.text) for cell in cells[:_FIRST_CELLS])
    return spoken and len({cell.row for cell in cells if any(c.isdigit() for c in cell.text)}) >= _FEWEST_ROWS


def _unread(block: Block, form: Form) -> Unplaced:
    """No zero may stand where the rows of an unread table may belong."""
    places = tuple(Target("table3", row.key, "*") for row in form.table("table3").rows)
    # of its first row alone: those below may hold the names of applicants
    head = [cell.text for cell in (block.table.cells if block.table is not None else ()) if cell.row == 0]
    words = " ".join(head[:4]) if not any(map(is_name, head)) else "没有表头"
    question = f"“{words[:40]}……”这张表没有读懂，请说明其中的申请各是什么结果"
    return Unplaced((Span(block.start, block.end),), words[:40], places, question)


def _without(text: str, spans: Sequence[Span]) -> str:
    """The text with the words that are understood as blanks."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if end > at:
            parts += [text[at : max(start, at)], " " * (end - max(start, at))]
            at = end
    return "".join([*parts, text[at:]])


def _add(out: StructureReading, more: StructureReading, blocks: Sequence[Block]) -> None:
    out.statements += more.statements
    out.accounts += more.accounts
    out.unplaced += more.unplaced
    out.remarks += more.remarks
    out.read += [block for block in blocks if block.kind is BlockKind.TABLE]
