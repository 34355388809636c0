"""Which headings rule which parts: every block gets its headings, outermost first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.blocks import Block, BlockKind
from assistant.documents.parts import RANKS, Part

__all__ = ["outlined"]

_COLON = "："
"""rank of a line that ends with a colon: it rules down to a blank line"""
_OWN = "表题"
"""rank of a title inside a table: it rules this table alone"""


@dataclass(frozen=True)
class _Open:
    rank: str
    words: str


def outlined(parts: Sequence[Part], text: str) -> tuple[Block, ...]:
    """The blocks of a material, each with the headings that rule it."""
    blocks: list[Block] = []
    stack: list[_Open] = []
    ruled = False
    for part in parts:
        kind = part.kind or BlockKind.PARAGRAPH
        if part.broken:
            stack.clear()
        if part.apart and ruled and stack and stack[-1].rank == _COLON:
            stack.pop()
        if kind is BlockKind.HEADING:
            _close(stack, part.rank)
            above = tuple(item.words for item in stack)
            stack.append(_Open(part.rank, part.words or text[part.start : part.end].strip()))
            ruled = False
            blocks.append(Block(kind, part.start, part.end, above, level=len(stack)))
            continue
        first, ruled = not ruled, True
        above = tuple(item.words for item in stack)
        blocks.append(
            Block(
                kind,
                part.start,
                part.end,
                above,
                table=part.table,
                label_end=part.label_end,
                why=part.why,
            )
        )
        # …见下表： and a table's own title rule no more than the table
        while (
            kind is BlockKind.TABLE
            and stack
            and (stack[-1].rank == _OWN or (first and stack[-1].rank == _COLON))
        ):
            stack.pop()
    return tuple(blocks)


def _close(stack: list[_Open], rank: str) -> None:
    """Ends the headings that a new one of this rank ends: its own kind and what stands below, and all of a lower fixed rank."""
    for place, item in enumerate(stack):
        lower = rank in RANKS and item.rank in RANKS and RANKS.index(item.rank) > RANKS.index(rank)
        if item.rank == rank or lower:
            del stack[place:]
            return
    if rank in ("sheet", "title"):
        # nothing but the sheet is above the title of a document
        del stack[1 if rank == "title" and stack and stack[0].rank == "sheet" else 0 :]
    elif stack and stack[-1].rank == _COLON:
        stack.pop()
