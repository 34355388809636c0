"""Cuts the source texts at the words that facts rest on and at every figure, and finds what no fact was read from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter
from typing import TypedDict

from assistant.report.facts import Fact, FactKind, FactStatus
from assistant.report.figures import ACCOUNT_NAMES, Account, FigureAccount

__all__ = ["Piece", "SourceView", "Unread", "sources_of", "unread_of"]

WHOLE = 40_000
"""characters up to which a source is shown whole; of a longer one the surroundings of its used words are shown"""
_AROUND = 240
_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;]?")
_CLAUSE = re.compile(r"[^。！？；;\n\t，,、（）()：:|]+")
_WORDS = re.compile(r"[0-9A-Za-z０-９\u4e00-\u9fff]{2,}")
_DIGIT = re.compile(
    r"(?<![0-9])(?!20[0-9]{2}\s*年)[0-9０-９]+|[一二三四五六七八九十百千万两]+(?=[件条次份篇个起元])"
)


class Piece(TypedDict):
    """A stretch of a source: the ids of the facts that rest on it; ``kind`` used, set_aside, open, unread, gap or plain.

    Of a figure ``account`` is where it went, and ``note`` says so in words; both are empty for other words.
    """

    text: str
    facts: list[str]
    kind: str
    account: str
    note: str


class Run(TypedDict):
    """Pieces side by side that rest on the same facts: one mark on the page, however many figures stand in it."""

    facts: list[str]
    kind: str
    pieces: list[Piece]


class SourceView(TypedDict):
    """One source text in runs of pieces."""

    name: str
    runs: list[Run]


class Unread(TypedDict):
    """Words no fact was read from; ``figure`` says whether a figure in them is open."""

    source: str
    text: str
    figure: bool


@dataclass(frozen=True)
class _Used:
    start: int
    end: int
    fact: str
    live: bool
    open: bool
    """nothing was read from it: it is an open figure"""


def sources_of(
    sources: Mapping[str, str], facts: Iterable[Fact], figures: Iterable[FigureAccount]
) -> list[SourceView]:
    """Every source in runs of pieces; overlapping evidence gives pieces with several facts."""
    used, listed = _used(facts), _by_source(figures)
    return [
        SourceView(
            name=name,
            runs=_runs(_shortened(_pieces(text, used.get(name, []), listed.get(name, [])), len(text))),
        )
        for name, text in sources.items()
    ]


def unread_of(
    sources: Mapping[str, str], facts: Iterable[Fact], figures: Iterable[FigureAccount]
) -> list[Unread]:
    """Sentences that no fact rests on and clauses with an open figure, which come first; what has no words is left out."""
    used, listed = _used(facts), _by_source(figures)
    found = []
    for name, text in sources.items():
        spans = _spans(used.get(name, []))
        opened = [f for f in listed.get(name, []) if f.account is Account.OPEN]
        for start, end in _open(text, spans, opened):
            words = text[start:end].strip(" \t\r\n，。；、：:,;.（）()")
            if _WORDS.search(words):
                found.append(Unread(source=name, text=words, figure=_holds_one(opened, start, end)))
    return sorted(found, key=lambda u: not u["figure"])


def _by_source(figures: Iterable[FigureAccount]) -> dict[str, list[FigureAccount]]:
    listed: dict[str, list[FigureAccount]] = {}
    for figure in figures:
        listed.setdefault(figure.source, []).append(figure)
    return listed


def _holds_one(figures: Sequence[FigureAccount], start: int, end: int) -> bool:
    """Whether one of the figures, which are in order, begins between two places."""
    at = bisect_left(figures, start, key=attrgetter("start"))
    return at < len(figures) and figures[at].start < end


def _used(facts: Iterable[Fact]) -> dict[str, list[_Used]]:
    used: dict[str, list[_Used]] = {}
    for fact in facts:
        for place in fact.evidence:
            live, opened = fact.status is FactStatus.STATED, fact.kind is FactKind.OPEN
            one = _Used(place.start, place.end, fact.id, live and not opened, opened)
            used.setdefault(place.source, []).append(one)
    return used


def _spans(used: Iterable[_Used]) -> list[tuple[int, int]]:
    """Where something was read, in order."""
    return sorted((u.start, u.end) for u in used if not u.open)


def _open(text: str, spans: list[tuple[int, int]], figures: Sequence[FigureAccount]) -> list[tuple[int, int]]:
    """Sentences that meet no span, and in the others the clauses in which one of the figures stands."""
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
            if _holds_one(figures, a, b):
                found.append((a, b))
    return found


def _runs(pieces: Sequence[Piece]) -> list[Run]:
    return [
        Run(facts=facts, kind=kind, pieces=list(group))
        for (facts, kind), group in groupby(pieces, key=itemgetter("facts", "kind"))
    ]


def _pieces(text: str, used: list[_Used], figures: Sequence[FigureAccount]) -> list[Piece]:
    spans = _spans(used)
    unread = _open(text, spans, [f for f in figures if f.account is Account.OPEN])
    cuts = {0, len(text), *(c for u in used for c in (u.start, u.end)), *(c for s in unread for c in s)}
    cuts |= {c for f in figures for c in (f.start, f.end)}
    counted = {f.start: f for f in figures}
    running: FigureAccount | None = None
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
        running = counted.get(start, running if running is not None and running.end > start else None)
        pieces.append(_piece(text[start:end], active, open_here, running))
    return pieces


def _piece(text: str, active: list[_Used], open_here: bool, figure: FigureAccount | None) -> Piece:
    account = str(figure.account) if figure is not None else ""
    note = _note(figure) if figure is not None else ""
    if active:
        kind = (
            "used" if any(u.live for u in active) else "open" if all(u.open for u in active) else "set_aside"
        )
        return Piece(text=text, facts=[u.fact for u in active], kind=kind, account=account, note=note)
    # within one unread clause a figure alone has no words, and is unread with them
    kind = "unread" if open_here and (account or _WORDS.search(text)) else "plain"
    return Piece(text=text, facts=[], kind=kind, account=account, note=note)


def _note(figure: FigureAccount) -> str:
    name = ACCOUNT_NAMES[figure.account]
    return f"{name}：{figure.why}" if figure.why not in ("", name) else name


def _shortened(pieces: list[Piece], length: int) -> list[Piece]:
    """Long stretches without facts cut down in a long source."""
    if length <= WHOLE:
        return pieces
    short: list[Piece] = []
    for piece in pieces:
        if piece["facts"] or piece["account"] or len(piece["text"]) <= 2 * _AROUND:
            short.append(piece)
            continue
        text, kind = piece["text"], piece["kind"]
        left_out = len(text) - 2 * _AROUND
        for words, what in (
            (text[:_AROUND], kind),
            (f"……（此处略去 {left_out} 字）……", "gap"),
            (text[-_AROUND:], kind),
        ):
            short.append(Piece(text=words, facts=[], kind=what, account="", note=""))
    return short
