"""Tells which way 结转 goes where the word itself does not: 新收41，结转3 … 结转下年3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.extraction.sentences.pieces import Chunk, Piece, Sentence
from assistant.extraction.sentences.words import ROW, Sense

__all__ = ["with_carries"]


def with_carries(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """The sentences in which a bare 结转 directly behind 新收 is what came over, where the text names what goes on to next year
    in other words and never says otherwise what came over. It stays weak: nothing rests on it alone."""
    labels = [p for s in sentences for c in s.chunks for p in _labels(c)]
    keys = {p.senses[0].key for p in labels if not _is_bare(p)}
    if "carried_forward" not in keys or "carried_over" in keys or not any(map(_is_bare, labels)):
        return sentences
    over = {
        id(here)
        for before, here in pairwise(labels)
        if _is_bare(here) and before.senses[0].key == "new_received"
    }
    return (
        [replace(s, chunks=tuple(_turned(c, over) for c in s.chunks)) for s in sentences]
        if over
        else sentences
    )


def _labels(chunk: Chunk) -> Iterator[Piece]:
    """The labels of rows in a clause and its brackets, in reading order."""
    yield from (p for p in chunk.pieces if p.kind == "label" and p.senses[0].axis == ROW)
    for inner in chunk.inner:
        yield from _labels(inner)


def _is_bare(piece: Piece) -> bool:
    return piece.token.text == "结转" and piece.senses[0].key == "carried_forward"


def _turned(chunk: Chunk, over: set[int]) -> Chunk:
    sense = Sense(ROW, "table3", "carried_over", weak=True)
    pieces = tuple(replace(p, senses=(sense,)) if id(p) in over else p for p in chunk.pieces)
    return replace(chunk, pieces=pieces, inner=tuple(_turned(c, over) for c in chunk.inner))
