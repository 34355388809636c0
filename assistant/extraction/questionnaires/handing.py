"""Leaves to the reader of sentences what no answer of a form explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.documents.blocks import Block
from assistant.extraction.statements import Places, Span, Statement
from assistant.extraction.structure import StructureReading

__all__ = ["hand_on"]


def hand_on(
    known: dict[int, Block],
    is_kept: Callable[[Block], bool],
    statements: Sequence[Statement],
    out: StructureReading,
) -> None:
    """Takes blocks out of ``known`` of which nothing was stated and something is open, together with what is open in them."""
    told = Places(s.span for s in statements)
    open_ones = Places(span for u in out.unplaced for span in u.spans)
    for key, block in list(known.items()):
        here = block.start, block.end
        if is_kept(block) or not open_ones.touched_by(*here) or told.touched_by(*here):
            continue
        del known[key]
        place = Places([Span(*here)])
        out.unplaced = [u for u in out.unplaced if not any(place.touched_by(*s) for s in u.spans)]
