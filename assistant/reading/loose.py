"""Puts tables together again that were pasted as words: one figure a line, or figures apart by spaces or commas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.documents.document import Line, Paragraph, Piece
from assistant.reading.figures import is_figure
from assistant.reading.labels import Vocabulary, core
from assistant.reading.rows import Entry

__all__ = ["Loose", "loosen"]

_WORD = re.compile(r"[^\s|\u3000,]+")
_PROSE = re.compile(r"[。；！？]")
_LONGEST = 400


@dataclass(frozen=True)
class Loose:
    """Rows put together from words, and the paragraphs and rows of the source that they came from."""

    entries: list[Entry]
    used: frozenset[int]
    """identities of the items of the source"""


def loosen(items: Sequence[Paragraph | Line], words: Vocabulary) -> Loose:
    """Labels and the figures after them. A paragraph takes part when all of it is labels and figures of the table."""
    pieces: list[Piece] = []
    used: set[int] = set()
    for item in items:
        found = list(_pieces(item))
        if found and _belongs(item, found, words):
            pieces += found
            used.add(id(item))
    return Loose(list(_entries(pieces)), frozenset(used))


def _pieces(item: Paragraph | Line) -> Iterator[Piece]:
    if isinstance(item, Line):
        yield from item.words
        return
    for match in _WORD.finditer(item.text):
        yield Piece(match[0], item.start + match.start())


def _belongs(item: Paragraph | Line, pieces: Sequence[Piece], words: Vocabulary) -> bool:
    if isinstance(item, Paragraph) and (len(item.text) > _LONGEST or _PROSE.search(item.text)):
        return False
    labels = [piece for piece in pieces if not is_figure(piece.text)]
    whole = "".join(piece.text for piece in labels)
    return not labels or words.resembles(whole) or all(words.has_fragment(piece.text) for piece in labels)


def _entries(pieces: Sequence[Piece]) -> Iterator[Entry]:
    labels: list[Piece] = []
    figures: list[tuple[int, Piece]] = []
    for piece in pieces:
        if is_figure(piece.text) and (labels or figures):
            figures.append((len(figures), piece))
            continue
        if figures:
            yield Entry(tuple(labels), tuple(figures), place=-1)
            labels, figures = [], []
        if core(piece.text) or piece.text:
            labels.append(piece)
    if figures:
        yield Entry(tuple(labels), tuple(figures), place=-1)
