"""Finds the registers of a material, of whatever kind and shape, and counts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.documents.blocks import Block, BlockKind
from assistant.extraction.ledgers.cards import cards_of
from assistant.extraction.ledgers.cases import read_cases
from assistant.extraction.ledgers.codes import decoded
from assistant.extraction.ledgers.decisions import read_decisions
from assistant.extraction.ledgers.documents import read_documents
from assistant.extraction.ledgers.errata import Words, doubt, errata_in, manners_in, row_counts_in
from assistant.extraction.ledgers.grouping import same_headers, united
from assistant.extraction.ledgers.requests import Part, part_of, parts_of, read_parts
from assistant.extraction.ledgers.told import told_lines
from assistant.extraction.statements import Span
from assistant.extraction.structure import Account, Situation, StructureReading, Use
from assistant.forms import Form

__all__ = ["Register", "read_registers"]

_LINES = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.FIELD, BlockKind.HEADING)
_KINDS = (read_cases, read_documents, read_decisions)
"""in this order, and before requests: what the rows of the first must have, the later do not ask for"""


@dataclass(frozen=True)
class Register:
    """What was read of one register; ``blocks`` hold nothing else, ``told`` are words elsewhere that speak of its rows."""

    reading: StructureReading
    blocks: tuple[Block, ...]
    told: tuple[Span, ...] = ()


def read_registers(text: str, blocks: Sequence[Block], situation: Situation, form: Form) -> list[Register]:
    """All registers among the blocks; ``text`` is what their offsets point into. Nothing where the report year is not known.

    A row that is not understood is asked about once with all rows like it, never guessed.
    """
    if situation.year is None:
        return []
    written = decoded(blocks, form.version)
    blocks = written.blocks
    search = _Search(text, situation, form)
    for group in same_headers(block for block in blocks if block.table is not None):
        search.table(group)
    search.others(blocks)
    found = [*search.lists(blocks), *search.requests(blocks)]
    return [*found, *map(_legend, written.legends)] if found else []


def _legend(block: Block) -> Register:
    """A list of codes says nothing but what the codes of the rows stand for."""
    account = Account(Span(block.start, block.end), Use.LEFT_OUT, "代码说明")
    return Register(StructureReading(accounts=[account]), (block,))


@dataclass
class _Search:
    text: str
    situation: Situation
    form: Form
    found: list[Register] = field(default_factory=list)
    parts: list[list[Part]] = field(default_factory=list)
    blocks: dict[int, tuple[Block, ...]] = field(default_factory=dict)
    """what the parts were read from, by the place of their first block"""

    def table(self, group: list[Block]) -> None:
        """Read tables with one header: cases, documents and decisions at once, requests with those of other headers."""
        for read in _KINDS:
            reading = read(group, self.situation, self.form)
            if reading is not None:
                self.found.append(Register(reading, tuple(group)))
                return
        parts = parts_of(group, self.form)
        if parts is not None:
            self.parts.append(parts)
            self.blocks |= {block.start: (block,) for block in group}
        elif len(group) > 1:
            # one of them is no page of the same list
            for block in group:
                self.table([block])

    def others(self, blocks: Sequence[Block]) -> None:
        """Cards, and requests told one a line, in what no table of rows holds."""
        taken = {block.start for register in self.found for block in register.blocks} | self.blocks.keys()
        rest = [block for block in blocks if block.start not in taken]
        shapes = [(cards.sheet, cards.blocks) for cards in cards_of(self.text, rest)]
        told = told_lines(self.text, rest, self.form.version)
        shapes += [(told.sheet, told.blocks)] if told is not None else []
        for sheet, used in shapes:
            part = part_of(sheet, self.form)
            if part is not None and not any(b.start in self.blocks for b in used):
                self.parts.append([part])
                self.blocks |= dict.fromkeys((b.start for b in used), ()) | {used[0].start: used}

    def lists(self, blocks: Sequence[Block]) -> Iterator[Register]:
        """The registers of cases, documents and decisions; what the lines beside them change in their rows is asked."""
        errata = list(errata_in(self._lines(blocks), lists=True)) if self.found else []
        for register in self.found:
            doubt(
                errata, register.reading, list(dict.fromkeys(s.target for s in register.reading.statements))
            )
            yield register

    def requests(self, blocks: Sequence[Block]) -> Iterator[Register]:
        """The registers of requests, each over all its tables; what the lines beside them change belongs to the only one."""
        lines = self._lines(blocks)
        errata = list(errata_in(lines)) if self.parts else []
        told = (*(one.span for one in errata), *manners_in(lines if self.parts else ()))
        registers = united(self.parts)
        for parts in registers:
            used = [block for part in parts for block in self.blocks[part.sheet.block.start]]
            reading = read_parts(parts, self.situation, self.form, errata)
            counted = list(row_counts_in(lines, sum(len(part.sheet.lines) for part in parts)))
            reading.accounts += [Account(span, Use.CHECKED, "与逐行计数一致") for span in counted]
            yield Register(reading, tuple(used), (*told, *counted))

    def _lines(self, blocks: Sequence[Block]) -> list[Words]:
        return [
            Words(self.text[block.start : block.end], block.start)
            for block in blocks
            if block.kind in _LINES and block.start not in self.blocks
        ]
