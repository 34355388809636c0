"""Sets parts aside that a material appends for comparison and does not report: last year's published figures, 附（不报，备查）."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.documents.blocks import Block, BlockKind, Blocks
from assistant.extraction.inventory import inventory_of
from assistant.extraction.lexicon import Lexicon
from assistant.extraction.statements import Span
from assistant.extraction.structure import Account, Use
from assistant.numerals import fold

__all__ = ["Opening", "accounts_of", "appended_parts", "openings"]

_LINES = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM, BlockKind.FIELD)
_LONGEST = 60
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


def appended_parts(blocks: Blocks, year: int | None, lexicon: Lexicon) -> dict[int, str]:
    """The blocks (by their number) that belong to an appended part, with the reason."""
    found: dict[int, str] = {}
    why, opened = "", ""
    seen: set[str] = set()
    for number, block in enumerate(blocks.blocks):
        line = fold(blocks.text[block.start : block.end]).strip()
        opening = _opening(line, year) if block.kind in _LINES else ""
        if opening:
            found[number] = opening
            why, opened, seen = ("", "", set()) if _tells(line) else (opening, line, set())
            continue
        if why and _ends(line, block, blocks, number, opened, seen, year, lexicon):
            why = ""
        if why:
            found[number] = why
            seen |= _tables_of(line, lexicon)
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
    seen: set[str],
    year: int | None,
    lexicon: Lexicon,
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
    told = _tables_of(line, lexicon)
    return bool(_OURS.search(line) or (year and f"{year}年" in line) or (told and seen and not told & seen))


def _tables_of(line: str, lexicon: Lexicon) -> set[str]:
    """The tables whose rows the first words of a line name."""
    found: set[str] = set()
    for at in range(min(len(line), 12)):
        word = lexicon.match(line, at)
        if word is not None:
            found |= {_ROWS[e.kind] for e in word[1] if e.kind in _ROWS and not e.weak}
    return found


def accounts_of(blocks: Blocks, parts: dict[int, str]) -> Sequence[Account]:
    """Every figure of the appended parts is left out, with the reason."""
    accounts: list[Account] = []
    for number, why in parts.items():
        block = blocks.blocks[number]
        accounts += (
            Account(Span(block.start + f.span.start, block.start + f.span.end), Use.LEFT_OUT, f.why or why)
            for f in inventory_of(blocks.text[block.start : block.end])
        )
    return accounts
