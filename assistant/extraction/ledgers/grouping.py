"""Puts the tables of one register together: pages and sheets with the same header, and sheets whose headers are worded otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from assistant.documents.blocks import Block
from assistant.extraction.ledgers.dates import Day, parse_day
from assistant.extraction.ledgers.layout import EMPTY, Line, clean
from assistant.extraction.ledgers.requests import Part
from assistant.extraction.ledgers.roles import Columns, Role

__all__ = ["same_headers", "united"]

_HEADER_ROWS = 4
_FEWEST_HEADS = 3
_CODE = re.compile(r"(?=.*\d)\S{5,}|.*[〔\[(]20\d\d.*")


def same_headers(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Tables with the same header belong to one list: pages of a register, sheets of its quarters. A table without a header
    goes on with the one before it that is as wide."""
    open_group: dict[tuple[str, ...], list[Block]] = {}
    order: list[list[Block]] = []
    before: list[Block] = []
    for block in blocks:
        head = _header(block)
        goes_on = not head and bool(before) and _width(before[-1]) == _width(block)
        group = before if goes_on else open_group.get(head)
        if group is None:
            group = []
            order.append(group)
        group.append(block)
        if head:
            open_group[head] = group
        before = group
    yield from order


def _width(block: Block) -> int:
    return block.table.width if block.table is not None else 0


def _header(block: Block) -> tuple[str, ...]:
    if block.table is None:
        return ()
    for line in block.table.grid[:_HEADER_ROWS]:
        texts = tuple("" if cell is None else "".join(cell.text.split()) for cell in line)
        if sum(map(bool, set(texts))) >= _FEWEST_HEADS and not any(c.isdigit() for t in texts for c in t):
            return texts
    return ()


# ---------------------------------------------------------------- sheets that are worded otherwise
class _Key(NamedTuple):
    """What tells one request from another."""

    serial: str
    day: Day | None
    name: str
    content: str


def united(groups: Sequence[list[Part]]) -> list[list[Part]]:
    """Groups whose requests are plainly different ones make one register; others stay apart, and what differs is asked."""
    found: list[list[Part]] = []
    known: list[list[_Key]] = []
    for group in groups:
        keys = [key for part in group for key in _keys(part)]
        for register, others in zip(found, known, strict=True):
            if _different(others, keys):
                register += group
                others += keys
                break
        else:
            found.append(list(group))
            known.append(keys)
    for register in found:
        register.sort(key=lambda part: part.sheet.block.start)
    return found


def _keys(part: Part) -> Iterator[_Key]:
    for line in part.sheet.lines:
        serial = _text(line, part.columns, Role.SERIAL)
        yield _Key(
            serial if _CODE.fullmatch(serial) else "",
            parse_day(_text(line, part.columns, Role.RECEIVED)),
            _text(line, part.columns, Role.NAME),
            _text(line, part.columns, Role.CONTENT),
        )


def _text(line: Line, columns: Columns, role: Role) -> str:
    col = columns.at(role)
    return clean((EMPTY if col is None else line.cells[col]).text)


def _different(one: Sequence[_Key], other: Sequence[_Key]) -> bool:
    """Whether every request can be told from those of the other group, and none of them is in both."""
    if all(k.serial for k in (*one, *other)) and not {k.serial for k in one} & {k.serial for k in other}:
        return True
    # serials that begin again on each sheet tell nothing
    by_day: dict[Day | None, list[_Key]] = {}
    for key in one:
        by_day.setdefault(key.day, []).append(key)
    undated = by_day.pop(None, [])
    for key in other:
        rivals = [*by_day.get(key.day, ()), *undated] if key.day is not None else one
        if any(_may_be_same(rival, key) for rival in rivals):
            return False
    return bool(by_day)


def _may_be_same(one: _Key, other: _Key) -> bool:
    apart = (one.name and other.name and one.name != other.name) or (
        one.content and other.content and one.content != other.content
    )
    return not apart
