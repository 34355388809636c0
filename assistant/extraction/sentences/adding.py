"""Leaves out what adds up to a printed sum and has no row or column of its own: 新收申请：党政办6、执法大队3，合计9."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.extraction.sentences.pieces import Chunk, Piece

__all__ = ["sums_alone"]

_WHY = "合计中的数"


def sums_alone(chunks: Sequence[Chunk]) -> tuple[list[Chunk], list[tuple[Piece, str]]]:
    """The clauses in which such a sum stands alone, and the figures that are set aside."""
    aside: list[Piece] = []
    sums: list[Piece] = []
    parts: list[Piece] = []
    for chunk in chunks:
        for piece in chunk.pieces:
            if piece.kind == "label" and not _is_inner(piece):
                parts = []
            elif piece.kind == "figure" and (piece.equals or chunk.cue("sum")) and _adds_up(parts, piece):
                sums.append(piece)
                aside += parts
                parts = []
            elif piece.kind == "figure":
                parts.append(piece)
    if not sums:
        return list(chunks), []
    return [_without(chunk, aside, sums) for chunk in chunks], [(piece, _WHY) for piece in aside]


def _is_inner(label: Piece) -> bool:
    """垃圾处理费 1250.35: the end of a longer name that the form does not have."""
    return bool(label.gap) and any(s.table == "fee" for s in label.senses[:1])


def _adds_up(parts: Sequence[Piece], whole: Piece) -> bool:
    if len(parts) < 2 or whole.makes or any(p.makes for p in parts):
        return False
    values = [p.token.value for p in parts]
    if any(v is None for v in values) or whole.token.value is None:
        return False
    return sum((Decimal(v) for v in values if v is not None), Decimal(0)) == whole.token.value


def _without(chunk: Chunk, aside: Sequence[Piece], sums: Sequence[Piece]) -> Chunk:
    """The clause without these figures and the words that belong to them, its sum as any other figure."""
    gone = {id(p) for p in aside}
    summed = any(p in sums for p in chunk.pieces)
    if not summed and not any(id(p) in gone for p in chunk.pieces):
        return chunk
    kept = [
        p for p in chunk.pieces if id(p) not in gone and not (summed and p.cue("sum")) and not _is_inner(p)
    ]
    pieces = tuple(replace(p, equals=False, gap="") if any(p is s for s in sums) else p for p in kept)
    return replace(chunk, pieces=pieces)
