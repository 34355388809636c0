"""Reads registers kept as cards, one small form a request: in tables of labels and answers, or in lines of 申请人：…, 结果：…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from assistant.documents.blocks import Block, BlockKind, Cell, Table
from assistant.extraction.ledgers.boxes import chosen
from assistant.extraction.ledgers.layout import EMPTY, Field, Header, Line, Sheet, clean, field_of_cell
from assistant.extraction.ledgers.roles import names_column
from assistant.extraction.ledgers.vocabulary import matches
from assistant.extraction.statements import Span

__all__ = ["Cards", "cards_of"]

_LABEL = re.compile(r"(?:(?<=^)|(?<=[\s　，,；;、。|]))(?P<label>[^\s\d：:，,；;。|]{1,14})[ 　]*[：:]")
_LINES = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.FIELD, BlockKind.SIGNATURE, BlockKind.HEADING)
_LONGEST = 14
"""characters of a label"""
_ALONE = 5
"""known labels that a single card has; of several cards three each are enough"""
_FEWEST = 3
_SHARED = 0.6
"""labels that two cards of one register have in common"""


@dataclass
class _Card:
    pairs: dict[str, Field] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    @property
    def known(self) -> int:
        return sum(names_column(label) for label in self.pairs)

    @property
    def span(self) -> Span:
        places = [f for f in self.pairs.values() if f.start >= 0]
        return Span(min(f.start for f in places), max(f.end for f in places))


@dataclass(frozen=True)
class Cards:
    """Cards of one register as a table of its own; ``blocks`` are what they were read from."""

    sheet: Sheet
    blocks: tuple[Block, ...]


def cards_of(text: str, blocks: Sequence[Block]) -> list[Cards]:
    """The registers that are kept as cards; whether their labels are those of requests is for others to say."""
    tables = [card for block in blocks if block.table is not None for card in _in_table(block, block.table)]
    lines = list(_in_lines(text, blocks))
    found = [_sheet(group) for cards in (tables, lines) for group in _alike(cards)]
    return [one for one in found if one is not None]


# ---------------------------------------------------------------- in tables
def _in_table(block: Block, table: Table) -> list[_Card]:
    """The cards of a table: its rows are labels with their answers, and a label that comes again begins another card."""
    cards = [_Card(blocks=[block])]
    for row in range(table.height):
        pairs = _pairs(table, row)
        if pairs is None:
            return []
        for label, answer in pairs:
            if label in cards[-1].pairs:
                cards.append(_Card(blocks=[block]))
            cards[-1].pairs[label] = answer
    return [card for card in cards if card.pairs]


def _pairs(table: Table, row: int) -> list[tuple[str, Field]] | None:
    """The labels and answers of a row, none for a title; None where the row is no such thing."""
    line = table.grid[row]
    cells = list({id(c): c for c in line if c is not None and c.row == row}.values())
    if len(cells) <= 1 and not (cells and _is_label(cells[0])):
        return []
    found: list[tuple[str, Field]] = []
    at = 0
    while at < len(line):
        cell = line[at]
        if cell is None or not cell.text.strip():
            at += 1
            continue
        if not _is_label(cell):
            return None
        at += cell.width
        answer = line[at] if at < len(line) else None
        found.append((clean(cell.text).rstrip(":"), EMPTY if answer is None else field_of_cell(answer)))
        at += answer.width if answer is not None else 1
    return found


def _is_label(cell: Cell) -> bool:
    text = clean(cell.text).rstrip(":")
    return len(text) <= _LONGEST and (names_column(text) or not re.search(r"[\d□☑☐√,。;]", text))


# ---------------------------------------------------------------- in lines
def _in_lines(text: str, blocks: Sequence[Block]) -> Iterator[_Card]:
    card = _Card()
    for block in blocks:
        pairs = list(_labelled(text, block)) if block.kind in _LINES else []
        known = sum(names_column(label) for label, _ in pairs)
        if not known:
            # a line without labels between two cards: 【2】, 第二件
            if card.known >= _FEWEST:
                yield card
                card = _Card()
            continue
        for label, answer in pairs:
            if label in card.pairs:
                yield card
                card = _Card()
            card.pairs[label] = answer
            card.blocks += [block] if block not in card.blocks else []
    if card.pairs:
        yield card


def _labelled(text: str, block: Block) -> Iterator[tuple[str, Field]]:
    """申请人：张某　结果：予以公开: the labels of a line that head columns of a register, with what stands behind each."""
    line = text[block.start : block.end]
    marks = [m for m in _LABEL.finditer(line) if names_column(clean(m["label"]))]
    for mark, behind in zip_longest(marks, marks[1:]):
        stop = behind.start() if behind else len(line)
        answer = line[mark.end() : stop]
        lead = len(answer) - len(answer.lstrip(" 　"))
        words = answer.strip(" 　，,；;、。|\n")
        start = block.start + mark.end() + lead
        picked = chosen(words)
        yield clean(mark["label"]), Field(words if picked is None else picked, start, start + len(words))


# ---------------------------------------------------------------- registers
def _alike(cards: Sequence[_Card]) -> Iterator[list[_Card]]:
    """Cards that follow each other and have most of their labels in common."""
    group: list[_Card] = []
    for card in cards:
        if card.known < _FEWEST:
            continue
        if group and not _shares(group[-1], card):
            yield group
            group = []
        group.append(card)
    if group:
        yield group


def _shares(one: _Card, other: _Card) -> bool:
    common = len(one.pairs.keys() & other.pairs.keys())
    return common >= _SHARED * max(len(one.pairs), len(other.pairs))


def _sheet(cards: Sequence[_Card]) -> Cards | None:
    if len(cards) == 1 and cards[0].known < _ALONE:
        return None
    heads = list(dict.fromkeys(label for card in cards for label in card.pairs))
    if not any(matches("headers.outcome", h) or matches("headers.status", h) for h in heads):
        return None
    lines = [Line(tuple(card.pairs.get(h, EMPTY) for h in heads), card.span) for card in cards]
    blocks = tuple({b.start: b for card in cards for b in card.blocks}.values())
    sheet = Sheet(blocks[0], tuple(Header("", head) for head in heads), None, lines=lines)
    return Cards(sheet, blocks)
