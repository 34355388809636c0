"""Finds the paragraph or cell, and in it the pieces of text, that an offset in a Word document's plain text stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.documents.document import Builder, Document, Line, Piece
from assistant.documents.places import Area, Carrier, Places, compact
from assistant.documents.word.markup import W, pieces
from assistant.documents.word.numbers import Numbering
from assistant.documents.word.reading import cells_of, paragraphs_of, reading_order, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Spot", "WordPlaces", "word_places"]


@dataclass(frozen=True)
class Spot:
    """Words of the plain text and the element (``w:p`` or ``w:tc``) that prints them."""

    start: int
    text: str
    element: _Element
    first: int
    """which of all characters is the first that the element prints behind its automatic number"""


@dataclass(frozen=True)
class WordPlaces:
    """A Word document as its reader sees it, with the way back to the markup. ``spots`` are in order of their start."""

    document: Document
    spots: tuple[Spot, ...]
    places: Places

    def at(self, offset: int) -> Spot | None:
        """The words that begin at an offset of the document's text, or hold it; None between them."""
        number = bisect_right(self.spots, offset, key=lambda spot: spot.start) - 1
        if number < 0:
            return None
        spot = self.spots[number]
        return spot if offset <= spot.start + len(spot.text) else None

    def characters(self, spot: Spot, start: int, end: int) -> range:
        """Which characters of its element a stretch of the document's text is; an automatic number is none of them.

        They are counted from 0 without white space. For a stretch that prints nothing the characters beside it are given.
        """
        begin, stop = spot.start, spot.start + len(spot.text)
        found = self._own(spot, max(start, begin), min(end, stop))
        if not found:
            found = self._own(spot, begin, min(start, stop))[-1:] + self._own(spot, max(end, begin), stop)[:1]
        return range(found[0] - spot.first, found[-1] + 1 - spot.first) if found else range(0)

    def _own(self, spot: Spot, start: int, end: int) -> list[int]:
        return [at for at in self.places.order(start, end) if at >= spot.first]


def word_places(body: _Element, numbering: _Element | None) -> WordPlaces:
    """Read the body of a document as :func:`read_word` does and keep the element of every piece.

    ``numbering`` is the root of the document's numbering part, if it has one.
    """
    builder, numbers = Builder("docx"), Numbering(numbering)
    printed: list[tuple[_Element, list[Piece]]] = []
    for block in reading_order(body):
        known = len(builder.items)
        if block.tag == f"{W}p":
            builder.paragraph(words_of(block, numbers))
            own = [Piece(i.text, i.start) for i in builder.items[known:] if not isinstance(i, Line)]
            printed += [(block, own)] if own else []
            continue
        rows = list(cells_of(block, numbers))
        builder.grid([words for words, _ in row] for row in rows)
        lines = [i for i in builder.items[known:] if isinstance(i, Line)]
        for row, line in zip(rows, lines, strict=True):
            printed += [
                (element, [piece])
                for (_, element), piece in zip(row, line.cells, strict=True)
                if element is not None and piece is not None
            ]
    return _placed(builder.finish(), printed, numbers)


def _placed(
    document: Document, printed: list[tuple[_Element, list[Piece]]], numbers: Numbering
) -> WordPlaces:
    areas: list[Area] = []
    spots: list[Spot] = []
    length = 0
    for element, own in printed:
        carriers = list(_carriers(element, numbers))
        areas.append(Area(own[0].start, own[-1].start + len(own[-1].text), carriers))
        lead = len(compact(carriers[0].text)) if carriers and carriers[0].handle is None else 0
        spots += [Spot(piece.start, piece.text, element, length + lead) for piece in own]
        length += sum(len(compact(carrier.text)) for carrier in carriers)
    return WordPlaces(document, tuple(spots), Places(document.text, areas))


def _carriers(element: _Element, numbers: Numbering) -> Iterator[Carrier]:
    """White space that is an element of its own carries nothing: the reader sees it, no repair can change it."""
    for paragraph in paragraphs_of(element):
        yield Carrier(numbers.mark(paragraph))
        for words, node in pieces(paragraph):
            if node.tag == f"{W}t":
                yield Carrier(words, node)
            elif compact(words):
                yield Carrier(words)
