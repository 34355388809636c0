"""Cuts the source texts at the words that facts rest on, and finds what no fact was read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypedDict

from assistant.report.facts import Fact, FactStatus

__all__ = ["Piece", "SourceView", "Unread", "sources_of", "unread_of"]

WHOLE = 40_000
"""characters up to which a source is shown whole; of a longer one the surroundings of its used words are shown"""
_AROUND = 240
_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;]?")
_CLAUSE = re.compile(r"[^。！？；;\n\t，,、（）()：:|]+")
_COUNTED = re.compile(
    r"(?<!这)(?<!那)(?:[0-9０-９]|(?<=[\u4e00-\u9fff])[一二三四五六七八九十百千两])+\s*(?:件|份|起|宗|元|万元)(?![里中])"
)
_WORDS = re.compile(r"[0-9A-Za-z０-９\u4e00-\u9fff]{2,}")
_DIGIT = re.compile(
    r"(?<![0-9])(?!20[0-9]{2}\s*年)[0-9０-９]+|[一二三四五六七八九十百千万两]+(?=[件条次份篇个起元])"
)


class Piece(TypedDict):
    """A stretch of a source: the ids of the facts that rest on it; ``kind`` used, set_aside, unread, gap or plain."""

    text: str
    facts: list[str]
    kind: str


class SourceView(TypedDict):
    """One source text in pieces."""

    name: str
    pieces: list[Piece]


class Unread(TypedDict):
    """A sentence no fact was read from; ``figure`` says whether it holds a number."""

    source: str
    text: str
    figure: bool


@dataclass(frozen=True)
class _Used:
    start: int
    end: int
    fact: str
    live: bool


def sources_of(sources: Mapping[str, str], facts: Iterable[Fact]) -> list[SourceView]:
    """Every source in pieces; overlapping evidence gives pieces with several facts."""
    used = _used(facts)
    return [
        SourceView(name=name, pieces=_shortened(_pieces(text, used.get(name, [])), len(text)))
        for name, text in sources.items()
    ]


def unread_of(sources: Mapping[str, str], facts: Iterable[Fact]) -> list[Unread]:
    """Sentences that no fact rests on, those with figures first; what has no words in it is left out."""
    used = _used(facts)
    found = []
    for name, text in sources.items():
        spans = sorted((u.start, u.end) for u in used.get(name, []))
        for start, end in _open(text, spans):
            words = text[start:end].strip(" \t\r\n，。；、：:,;.（）()")
            if _WORDS.search(words):
                found.append(Unread(source=name, text=words, figure=_DIGIT.search(words) is not None))
    return sorted(found, key=lambda u: not u["figure"])


def _used(facts: Iterable[Fact]) -> dict[str, list[_Used]]:
    used: dict[str, list[_Used]] = {}
    for fact in facts:
        for place in fact.evidence:
            live = fact.status is FactStatus.STATED
            used.setdefault(place.source, []).append(_Used(place.start, place.end, fact.id, live))
    return used


def _open(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences that meet no span, and in the others the clauses with a count or an amount that meet none."""
    found, at = [], 0
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        # a line of column headers was read as such, although no figure rests on it
        heading = "\t" in sentence.group() and not _DIGIT.search(sentence.group())
        if heading:
            continue
        near = spans[at : at + 64]
        if not any(s < end and e > start for s, e in near):
            found.append((start, end))
            continue
        for clause in _CLAUSE.finditer(text, start, end):
            a, b = clause.span()
            if _COUNTED.search(text, a, b) and not any(s < b and e > a for s, e in near):
                found.append((a, b))
    return found


def _pieces(text: str, used: list[_Used]) -> list[Piece]:
    spans = sorted((u.start, u.end) for u in used)
    unread = _open(text, spans)
    cuts = {0, len(text), *(c for s in spans for c in s), *(c for s in unread for c in s)}
    edges = sorted(c for c in cuts if 0 <= c <= len(text))
    pieces: list[Piece] = []
    starting = sorted(used, key=lambda u: u.start)
    active: list[_Used] = []
    next_used = next_unread = 0
    for start, end in pairwise(edges):
        while next_used < len(starting) and starting[next_used].start <= start:
            active.append(starting[next_used])
            next_used += 1
        active = [u for u in active if u.end > start]
        while next_unread < len(unread) and unread[next_unread][1] <= start:
            next_unread += 1
        open_here = next_unread < len(unread) and unread[next_unread][0] <= start
        pieces.append(_piece(text[start:end], active, open_here))
    return pieces


def _piece(text: str, active: list[_Used], open_here: bool) -> Piece:
    if active:
        kind = "used" if any(u.live for u in active) else "set_aside"
        return Piece(text=text, facts=[u.fact for u in active], kind=kind)
    return Piece(text=text, facts=[], kind="unread" if open_here and _WORDS.search(text) else "plain")


def _shortened(pieces: list[Piece], length: int) -> list[Piece]:
    """Long stretches without facts cut down in a long source."""
    if length <= WHOLE:
        return pieces
    short: list[Piece] = []
    for piece in pieces:
        if piece["facts"] or len(piece["text"]) <= 2 * _AROUND:
            short.append(piece)
            continue
        text, kind = piece["text"], piece["kind"]
        left_out = len(text) - 2 * _AROUND
        short.append(Piece(text=text[:_AROUND], facts=[], kind=kind))
        short.append(Piece(text=f"……（此处略去 {left_out} 字）……", facts=[], kind="gap"))
        short.append(Piece(text=text[-_AROUND:], facts=[], kind=kind))
    return short
