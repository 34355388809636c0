"""Sets parts aside that a material appends for comparison and does not report: last year's published figures, 附（不报，备查）."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from assistant.documents.blocks import Block, BlockKind, Blocks
from assistant.extraction.inventory import inventory_of
from assistant.extraction.lexicon import Lexicon
from assistant.extraction.sentences.terse import short_words, with_own_words
from assistant.extraction.statements import Span, Target
from assistant.extraction.structure import Account, Unplaced, Use
from assistant.numerals import fold

__all__ = ["Appended", "Opening", "accounts_of", "appended_parts", "openings"]

_LINES = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM, BlockKind.FIELD)
_LONGEST = 60
_FIRST = 12
"""characters of a line in which its first word of the form stands"""
_RULED = re.compile(r"[-—─=_*~·\s]{2,}")
_TABLE = re.compile(r"(?:附?表|第)[二三四234](?:张表)?")
_YEAR = re.compile(r"20\d\d")
_OURS = re.compile("今年|本年")
_ROWS = {"row": "table3", "t2row": "table2", "t4block": "table4"}


@dataclass(frozen=True)
class Opening:
    """A line that opens an appended part. ``year``: it must speak of another year than the report's."""

    why: str
    pattern: re.Pattern[str]
    year: bool
    examples: tuple[str, ...]


@cache
def openings() -> tuple[Opening, ...]:
    """The openings of appended.toml; KeyError or re.error when an entry is broken."""
    raw = tomllib.loads((files("assistant.extraction") / "appended.toml").read_text(encoding="utf-8"))
    return tuple(
        Opening(one["why"], re.compile(one["pattern"]), one.get("year", False), tuple(one["examples"]))
        for one in raw["opening"]
    )


@dataclass
class Appended:
    """Blocks of appended parts by their number, with the reason; and those of which it is open whether they belong to one."""

    parts: dict[int, str] = field(default_factory=dict)
    doubtful: dict[int, set[tuple[str, str]]] = field(default_factory=dict)
    """the rows that such a block names"""


def appended_parts(blocks: Blocks, year: int | None, lexicon: Lexicon) -> Appended:
    """Looks at every block once. A line of rows that nothing else tells is doubtful: it may be the report's own again."""
    found, lexicon = Appended(), with_own_words(lexicon)
    if not any(
        _opening(fold(blocks.text[b.start : b.end]).strip(), year) for b in blocks.blocks if b.kind in _LINES
    ):
        return found
    why, opened = "", ""
    ours: set[tuple[str, str]] = set()
    seen: set[tuple[str, str]] = set()
    for number, block in enumerate(blocks.blocks):
        line = fold(blocks.text[block.start : block.end]).strip()
        opening = _opening(line, year) if block.kind in _LINES else ""
        if opening:
            found.parts[number] = opening
            why, opened, seen = ("", "", set()) if _tells(line) else (opening, line, set())
            continue
        rows = _rows_of(line, lexicon)
        if why and _ends(line, block, blocks, number, opened, seen, year, rows):
            why = ""
        if not why:
            ours |= rows
            continue
        if rows and block.kind is not BlockKind.TABLE and not rows & seen:
            found.doubtful[number] = rows
        found.parts[number] = why
        seen |= rows
    found.doubtful = {number: rows for number, rows in found.doubtful.items() if not rows & ours}
    return found


def _opening(line: str, year: int | None) -> str:
    if not 2 < len(line.split("\n")[0]) <= _LONGEST and ":" not in line[:_LONGEST]:
        return ""
    years = {int(y) for y in _YEAR.findall(line[:_LONGEST])}
    if years and (year is None or year in years):
        return ""
    return next((one.why for one in openings() if one.pattern.match(line)), "")


def _tells(line: str) -> bool:
    """Whether the opening line tells figures itself: then it is the whole part."""
    return any(figure.is_candidate and not _YEAR.fullmatch(figure.text) for figure in inventory_of(line))


def _ends(
    line: str,
    block: Block,
    blocks: Blocks,
    number: int,
    opened: str,
    seen: set[tuple[str, str]],
    year: int | None,
    rows: set[tuple[str, str]],
) -> bool:
    """Whether the report's own figures go on with this line."""
    if block.kind is BlockKind.HEADING or _RULED.fullmatch(line):
        return True
    table = _TABLE.match(line)
    if table is not None and table.group() not in opened:
        return True
    before = blocks.blocks[number - 1].end if number else 0
    parted = blocks.text.count("\n", before, block.start) > 1
    if not parted or block.kind is BlockKind.TABLE:
        return False
    told, there = {table for table, _ in rows}, {table for table, _ in seen}
    ours = _OURS.search(line) is not None or (year is not None and f"{year}年" in line)
    return ours or bool(told and there and not told & there)


def _rows_of(line: str, lexicon: Lexicon) -> set[tuple[str, str]]:
    """The rows that the first words of a line name."""
    short = short_words(line[:_LONGEST], lexicon)
    found: set[tuple[str, str]] = set()
    for at in range(min(len(line), _FIRST)):
        word = short.get(at) or lexicon.match(line, at)
        if word is not None:
            found |= {(_ROWS[e.kind], e.key) for e in word[1] if e.kind in _ROWS and not e.weak}
    return found


def accounts_of(blocks: Blocks, appended: Appended) -> tuple[list[Account], list[Unplaced]]:
    """Every figure of the appended parts is left out, with the reason; the figures of doubtful lines are open."""
    accounts: list[Account] = []
    unplaced: list[Unplaced] = []
    for number, why in appended.parts.items():
        block = blocks.blocks[number]
        rows = appended.doubtful.get(number)
        spans: list[Span] = []
        for figure in inventory_of(blocks.text[block.start : block.end]):
            span = Span(block.start + figure.span.start, block.start + figure.span.end)
            if rows and figure.is_candidate:
                spans.append(span)
            else:
                accounts.append(Account(span, Use.LEFT_OUT, figure.why or why))
        if rows and spans:
            places = tuple(Target(table, row, "*") for table, row in sorted(rows))
            unplaced.append(Unplaced(tuple(spans), blocks.text[block.start : block.end][:24], places))
    return accounts, unplaced
