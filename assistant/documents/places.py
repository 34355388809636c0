"""Finds the words of a document again in the pieces of text that its file is made of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import NianbaoError

__all__ = ["Area", "Carrier", "CarrierEdit", "Change", "Places", "Unreachable", "compact", "edited"]

_WHITE = re.compile(r"[\s\ufeff\u200b]")
_SEGMENT = re.compile(r"[^\n\t]+")


class Unreachable(NianbaoError):
    """A repair whose words could not be found in the file itself; the message says why (Chinese, no full stop)."""


@dataclass(frozen=True)
class Change:
    """The characters [start:end] of a document's text become ``text``; ``cell`` where they are the figure of a cell."""

    start: int
    end: int
    text: str
    cell: str = ""


@dataclass(frozen=True)
class Carrier:
    """A stretch of text in the file, in reading order. Without a ``handle`` the program that shows the file makes it up."""

    text: str
    handle: Any = None


@dataclass(frozen=True)
class Area:
    """A part of the text (``start``, ``end``; end exclusive) that is printed by these carriers and no others."""

    start: int
    end: int
    carriers: Sequence[Carrier]


@dataclass(frozen=True)
class CarrierEdit:
    """The characters [start:end] of a carrier become ``text``."""

    carrier: int
    start: int
    end: int
    text: str


def compact(text: str) -> str:
    """Without white space: the text of a document and its carriers differ in nothing else."""
    return _WHITE.sub("", text)


def edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """The text with all edits made; they do not overlap."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


class Places:
    """The way from a document's text to its carriers: the same characters in the same order, but for white space.

    Carriers may hold more than the document does (a menu, a script): inside its area each line or cell is looked for after
    the one before. Where nothing tells which part of the file prints which part of the text, all of it is one area.
    """

    def __init__(self, text: str, areas: Sequence[Area]) -> None:
        self.text = text
        self.carriers: list[Carrier] = []
        self._at = [-1] * len(text)
        self._stream: list[tuple[int, int]] = []
        self._segments = [match.span() for match in _SEGMENT.finditer(text)]
        for area in areas:
            self._align(area)

    def _align(self, area: Area) -> None:
        begin = len(self._stream)
        chars: list[str] = []
        for number, carrier in enumerate(area.carriers, len(self.carriers)):
            for offset, char in enumerate(carrier.text):
                if not _WHITE.match(char):
                    self._stream.append((number, offset))
                    chars.append(char)
        self.carriers += area.carriers
        stream, position = "".join(chars), 0
        for segment in _SEGMENT.finditer(self.text, area.start, area.end):
            kept = [i for i in range(*segment.span()) if not _WHITE.match(self.text[i])]
            found = stream.find("".join(self.text[i] for i in kept), position) if kept else -1
            if found < 0:
                continue
            for number, offset in enumerate(kept):
                self._at[offset] = begin + found + number
            position = found + len(kept)

    def order(self, start: int, end: int) -> list[int]:
        """Which characters of all carriers, counted without white space, a stretch of text is; what was not found is left out."""
        return [at for at in self._at[start:end] if at >= 0]

    def edits(self, change: Change) -> Iterator[CarrierEdit]:
        """What to change in which carrier. Unreachable when the words are not there or not one after the other."""
        start, end, text = self._trimmed(change)
        inside = [i for i in range(start, end) if not _WHITE.match(self.text[i])]
        if not inside:
            yield from self._between(start, end, text)
            return
        stream = [self._at[i] for i in inside]
        if -1 in stream or stream != list(range(stream[0], stream[0] + len(stream))):
            raise Unreachable("在原文件中找不到这处文字")
        taken: dict[int, list[int]] = {}
        for index in stream:
            number, offset = self._stream[index]
            taken.setdefault(number, []).append(offset)
        order = list(taken)
        for number, offsets in taken.items():
            first, last = offsets[0], offsets[-1] + 1
            words = self._changeable(number).text
            # white space at the seams of two carriers goes with the words around it
            if number != order[0] or inside[0] > start:
                first = len(words[:first].rstrip())
            if number != order[-1] or inside[-1] + 1 < end:
                last = len(words) - len(words[last:].lstrip())
            yield CarrierEdit(number, first, last, text)
            text = ""

    def _trimmed(self, change: Change) -> tuple[int, int, str]:
        """The change without what stays the same at both ends, so that formatting there is left alone."""
        start, end, text = change.start, change.end, change.text
        while start < end and text and self.text[start] == text[0]:
            start, text = start + 1, text[1:]
        while start < end and text and self.text[end - 1] == text[-1]:
            end, text = end - 1, text[:-1]
        return start, end, text

    def _changeable(self, number: int) -> Carrier:
        carrier = self.carriers[number]
        if carrier.handle is None:
            raise Unreachable("这处文字是自动编号，要在办公软件里改")
        return carrier

    def _between(self, start: int, end: int, text: str) -> Iterator[CarrierEdit]:
        """White space taken out, or words put in, between two characters of one line."""
        before, after = self._neighbour(start, -1), self._neighbour(end, 1)
        if (before is None and after is None) or (end > start and (before is None or after is None)):
            raise Unreachable("在原文件中找不到这处文字")
        if before is None or after is None:
            number, offset = before or after or (0, 0)
            place = offset + (before is not None)
            self._changeable(number)
            yield CarrierEdit(number, place, place, text)
            return
        for number in range(before[0], after[0] + 1):
            first = before[1] + 1 if number == before[0] else 0
            last = after[1] if number == after[0] else len(self.carriers[number].text)
            if (end > start and first < last) or text:
                self._changeable(number)
                yield CarrierEdit(number, first, last if end > start else first, text)
                text = ""

    def _neighbour(self, offset: int, step: int) -> tuple[int, int] | None:
        """Carrier and offset of the nearest character that is no white space, in the same line or cell."""
        number = bisect_right(self._segments, (offset, len(self.text) + 1))
        nearby = self._segments[max(number - 2, 0) : number + 1]
        bounds = next(((a, b) for a, b in nearby if a <= offset <= b), None)
        if bounds is None:
            return None
        walk = range(offset, bounds[1]) if step > 0 else range(offset - 1, bounds[0] - 1, -1)
        index = next((self._at[i] for i in walk if not _WHITE.match(self.text[i])), -1)
        return self._stream[index] if index >= 0 else None
