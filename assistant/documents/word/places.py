"""Finds the paragraph or cell of a Word document that an offset in its plain text stands in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.documents.document import Builder, Document, Line
from assistant.documents.word.numbers import Numbering
from assistant.documents.word.reading import cells_of, reading_order, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Spot", "WordPlaces", "word_places"]


@dataclass(frozen=True)
class Spot:
    """Words of the plain text and the element (``w:p`` or ``w:tc``) that prints them."""

    start: int
    text: str
    element: _Element


@dataclass(frozen=True)
class WordPlaces:
    """A Word document as its reader sees it, with the way back to the markup. ``spots`` are in order of their start."""

    document: Document
    spots: tuple[Spot, ...]

    def at(self, offset: int) -> Spot | None:
        """The words that begin at an offset of the document's text, or hold it; None between them."""
        number = bisect_right(self.spots, offset, key=lambda spot: spot.start) - 1
        if number < 0:
            return None
        spot = self.spots[number]
        return spot if offset <= spot.start + len(spot.text) else None


def word_places(body: _Element, numbering: _Element | None) -> WordPlaces:
    """Read the body of a document as :func:`read_word` does and keep the element of every piece.

    ``numbering`` is the root of the document's numbering part, if it has one.
    """
    builder, numbers = Builder("docx"), Numbering(numbering)
    spots: list[Spot] = []
    for block in reading_order(body):
        known = len(builder.items)
        if not block.tag.endswith("}tbl"):
            builder.paragraph(words_of(block, numbers))
            spots += [Spot(i.start, i.text, block) for i in builder.items[known:] if not isinstance(i, Line)]
            continue
        rows = list(cells_of(block, numbers))
        builder.grid([words for words, _ in row] for row in rows)
        lines = [i for i in builder.items[known:] if isinstance(i, Line)]
        for row, line in zip(rows, lines, strict=True):
            spots += [
                Spot(piece.start, piece.text, element)
                for (_, element), piece in zip(row, line.cells, strict=True)
                if element is not None and piece is not None
            ]
    return WordPlaces(builder.finish(), tuple(spots))
