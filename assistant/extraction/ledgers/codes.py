"""Writes out the codes of a register: a table beside it says that 1 is 自然人 and C4 is 第三方合法权益."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.documents.blocks import Block, Cell, Table
from assistant.extraction.ledgers.applicants import typed
from assistant.extraction.ledgers.layout import clean
from assistant.extraction.ledgers.outcomes import read_outcome
from assistant.extraction.ledgers.vocabulary import matches

__all__ = ["Decoded", "decoded"]

_CODE = re.compile(r"(?=[A-Z]{0,2}\d{0,3}$)[A-Z]{0,2}\d{0,3}[A-Z]?")
_FEWEST = 3
_KNOWN = 0.7
"""share of the words of a list of codes that must be kinds of applicants, or outcomes"""
_COVERED = 0.9
"""share of the words of a column that must be codes; the rest are asked about"""
_FEWEST_USED = 2
_DEPTH = 12
"""rows from the top in which a header is looked for"""
_Codes = Mapping[str, str]


@dataclass(frozen=True)
class Decoded:
    """The blocks with their codes written out, and the lists of codes that were used."""

    blocks: tuple[Block, ...]
    legends: tuple[Block, ...] = ()


def decoded(blocks: Sequence[Block], version: str) -> Decoded:
    """Replaces codes by their words in columns that hold little else; offsets stay those of the material."""
    found = [(block, _lists(block.table, version)) for block in blocks if block.table is not None]
    legends = [(block, lists) for block, lists in found if lists]
    lists = [one for _, more in legends for one in more]
    if not lists:
        return Decoded(tuple(blocks))
    known = {id(block) for block, _ in legends}
    written = [b if b.table is None or id(b) in known else _written(b, b.table, lists) for b in blocks]
    used = any(new is not old for new, old in zip(written, blocks, strict=True))
    if not used:
        return Decoded(tuple(blocks))
    return Decoded(tuple(b for b in written if id(b) not in known), tuple(block for block, _ in legends))


def _lists(table: Table, version: str) -> list[dict[str, str]]:
    """The lists of codes in a table, each for itself: a row without a code ends one."""
    found: list[dict[str, str]] = []
    for col in range(table.width - 1):
        open_: dict[str, str] = {}
        runs = [open_]
        for line in table.grid:
            code, words = _pair(line[col], line[col + 1])
            if code and words:
                open_[code] = words
            elif open_:
                open_ = {}
                runs.append(open_)
        found += [run for run in runs if _is_list(run, version)]
    return found


def _pair(one: Cell | None, other: Cell | None) -> tuple[str, str]:
    if one is None or other is None or one is other:
        return "", ""
    code = _code(one.text)
    return (code if _CODE.fullmatch(code) else ""), other.text.strip()


def _code(text: str) -> str:
    """Ｄ1, D 1 and d1 are one code."""
    return clean(text).upper()


def _is_list(codes: _Codes, version: str) -> bool:
    if len(codes) < _FEWEST:
        return False
    people = sum(bool(typed(words).cols) for words in codes.values())
    outcomes = sum(_is_outcome(words, version) for words in codes.values())
    return max(people, outcomes) >= _KNOWN * len(codes)


def _is_outcome(words: str, version: str) -> bool:
    told = read_outcome((words,), version)
    return bool(told.rows) or told.open


def _written(block: Block, table: Table, lists: Sequence[_Codes]) -> Block:
    """The table with its columns of codes in words; the block itself where it has none."""
    made: dict[int, Cell] = {}
    for col in range(table.width):
        cells = [c for line in table.grid if (c := line[col]) is not None and c.col == col and c.text.strip()]
        head = _head(cells)
        codes = _codes_of(cells, lists) if head and _may_be_coded(head) else None
        if codes:
            made |= {id(c): replace(c, text=codes[_code(c.text)]) for c in cells if _code(c.text) in codes}
    if not made:
        return block
    grid = tuple(tuple(made.get(id(cell), cell) for cell in line) for line in table.grid)
    return replace(block, table=replace(table, grid=grid))


def _head(cells: Sequence[Cell]) -> str:
    """The last words above the codes of a column."""
    above = ""
    for cell in cells:
        if _CODE.fullmatch(_code(cell.text)) or cell.row >= _DEPTH:
            break
        above = clean(cell.text)
    return above


def _may_be_coded(head: str) -> bool:
    """序号 and 件数 hold figures of their own."""
    told = (
        matches("headers.type", head) or matches("headers.outcome", head) or matches("headers.status", head)
    )
    return told or re.search("代码|编码|代号|类别|类型|结果", head) is not None


def _codes_of(cells: Sequence[Cell], lists: Sequence[_Codes]) -> _Codes | None:
    """The one list of codes that a column is written in."""
    shown = [_code(c.text) for c in cells if _CODE.fullmatch(_code(c.text))]
    fits = [codes for codes in lists if sum(one in codes for one in shown) >= _COVERED * len(shown)]
    return fits[0] if len(fits) == 1 and len(shown) >= _FEWEST_USED else None
