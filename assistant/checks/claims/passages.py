"""The words of a report as passages whose whitespace-free text keeps the way back to the original offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from assistant.checks.claims.quantities import Quantity, read_quantities
from assistant.checks.lazy import Words, regex
from assistant.report import AnnualReport
from assistant.report.facts import ASPECTS, Aspect

__all__ = ["Passage", "Sentence", "Span", "passages_of"]

# Full-width digits, letters and signs that occur in figures; Chinese punctuation stays as it is.
_CANON = {0xFF10 + i: 0x30 + i for i in range(10)}
_CANON |= {0xFF21 + i: 0x41 + i for i in range(26)} | {0xFF41 + i: 0x61 + i for i in range(26)}
_CANON |= {ord("％"): ord("%"), ord("．"): ord("."), ord("("): ord("（"), ord(")"): ord("）")}
_CANON |= {ord(":"): ord("："), ord(";"): ord("；")}
_WIDE = regex(r"[０-９Ａ-Ｚａ-ｚ％．():;]")
_BLANK = regex(r"[ \t\r\f\v\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
_UNEVEN = regex(rf"[{_WIDE.pattern[1:-1]}{_BLANK.pattern[1:-2]}]")
_SENTENCE = regex(r"[^。！？；]+")
_HEADING = (2, 24)
"""characters of the heading of a paragraph, its ordinal not counted"""


class Span(NamedTuple):
    """Characters of a passage: its key and the offsets in its original text (end exclusive)."""

    key: str
    start: int
    end: int


class Sentence(NamedTuple):
    """A stretch of the compact text up to 。；！？ or the end of the line (end exclusive, the mark not included)."""

    start: int
    end: int
    aspect: Aspect | None
    """the aspect of section one whose paragraph it stands in"""


@dataclass(frozen=True, eq=False)
class Passage:
    """Title, preamble or one section. ``key``: title, preamble, s1 … s6."""

    key: str
    text: str

    @cached_property
    def compact(self) -> str:
        """The text without blanks, digits half-width and brackets full-width; newlines stay."""
        # most passages have neither: looking first is quicker than always rewriting
        if not _UNEVEN.search(self.text):
            return self.text
        text = _BLANK.sub("", self.text) if _BLANK.search(self.text) else self.text
        return text.translate(_CANON) if _WIDE.search(text) else text

    @cached_property
    def _origins(self) -> tuple[int, ...] | None:
        if len(self.compact) == len(self.text):
            return None
        kept: list[int] = []
        last = 0
        for match in _BLANK.finditer(self.text):
            kept.extend(range(last, match.start()))
            last = match.end()
        kept.extend(range(last, len(self.text)))
        return tuple(kept)

    def span(self, start: int, end: int) -> Span:
        """The original offsets of compact[start:end]."""
        origins = self._origins
        if origins is None:
            return Span(self.key, start, end)
        first = origins[start] if start < len(origins) else len(self.text)
        return Span(self.key, first, origins[end - 1] + 1 if end > start else first)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The counted and measured figures; their offsets are in the compact text."""
        return read_quantities(self.compact)

    def quantities_in(self, sentence: Sentence) -> tuple[Quantity, ...]:
        """The figures of one sentence."""
        return tuple(q for q in self.quantities if sentence.start <= q.start < sentence.end)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences that are not empty, in order."""
        return tuple(self._split())

    def _split(self) -> Iterator[Sentence]:
        text, aspect = self.compact, None
        line_start = 0
        for line in text.split("\n"):
            head = _heading(line)
            if head:
                named = _aspect_named(head)
                # a numbered point inside a paragraph of its own does not end the aspect, a bracketed heading does
                aspect = named if named is not None or line[0] == "（" else aspect
            for match in _SENTENCE.finditer(line):
                start, end = match.span()
                yield Sentence(line_start + start, line_start + end, aspect)
            line_start += len(line) + 1


def _heading(line: str) -> str:
    """The words behind the ordinal a line begins with (（一）、（1）、1.、一是) up to 。 or ：; empty where there are none."""
    first, second, third = line[:1], line[1:2], line[2:3]
    if first == "（" and third == "）" and (second in "一二三四五六七八九十" or second.isdecimal()):
        rest = line[3:]
    elif (first.isdecimal() and second and second in ".．、") or (
        second == "是" and first in "一二三四五六七"
    ):
        rest = line[2:]
    else:
        return ""
    least, most = _HEADING
    heading = rest[:most].partition("。")[0].partition("：")[0]
    return heading if len(heading) >= least else ""


def _aspect_named(heading: str) -> Aspect | None:
    """The aspect a paragraph heading names; 依申请公开 is looked for first because it contains 公开."""
    for aspect in (Aspect.REQUESTS, Aspect.PLATFORM, Aspect.MANAGEMENT, Aspect.OVERSIGHT, Aspect.DISCLOSURE):
        if _HEAD_WORDS[aspect].found_in(heading):
            return aspect
    return None


_HEAD_WORDS = {
    Aspect.DISCLOSURE: Words(ASPECTS[Aspect.DISCLOSURE]),
    Aspect.REQUESTS: Words(ASPECTS[Aspect.REQUESTS]),
    Aspect.MANAGEMENT: Words(f"{ASPECTS[Aspect.MANAGEMENT]}|信息管理"),
    Aspect.PLATFORM: Words("平台|载体|渠道建设"),
    Aspect.OVERSIGHT: Words("监督|保障"),
}


def passages_of(report: AnnualReport) -> tuple[Passage, ...]:
    """The passages of a report that hold words, in reading order."""
    title = report.title if report.printed is None or not report.printed.title else report.printed.title
    parts = (
        ("title", title),
        ("preamble", report.preamble),
        *((s.key, report.sections[s.key]) for s in report.layout.sections),
    )
    return tuple(Passage(key, text) for key, text in parts if text.strip())
