"""Looks at the clauses behind a figure for what they say of it: that last year's are among them, that applicants add up to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.pieces import Chunk, Piece
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.words import COL, ROW, Sense
from assistant.extraction.structure import Use

__all__ = ["added_up_row", "applicant_of", "heads_list", "holds_last_years", "opened_by"]

_GROUP = 40
"""clauses of one group that are looked at"""
_RECENT = 12
"""rows told last among which the sum of applicants is looked for"""


def holds_last_years(parts: Sequence[Chunk], at: int) -> bool:
    """处理申请743件（含上年结转51件）: whether those that came over are among the figure."""
    behind = [*parts[at].inner, *parts[at + 1 : at + 2]]
    return any(c.cue("of_which") and any(_names(p, "carried_over") for p in c.labels) for c in behind)


def _names(piece: Piece, row: str) -> bool:
    return any(s.key == row for s in piece.senses[:1])


def added_up_row(parts: Sequence[Chunk], scope: Scope) -> Sense | None:
    """自然人111，企业6，律所1 in a sentence of its own: the row told before whose total they are; None where none or two fit."""
    figures = [f for c in parts for f in c.figures]
    labels = [s for c in parts for p in c.labels for s in p.senses[:1]]
    columns = {s.key for s in labels if s.axis == COL and s.table == "table3"}
    if (
        len(figures) < 2
        or len(columns) < len(figures)
        or any(s.axis == ROW or s.table != "table3" for s in labels)
    ):
        return None
    if any(f.makes or not isinstance(f.token.value, int) for f in figures):
        return None
    whole = sum(f.token.value for f in figures if isinstance(f.token.value, int))
    rows = {t.row.key: t.row for t in _untold(scope) if t.value == whole}
    return next(iter(rows.values())) if len(rows) == 1 else None


def applicant_of(parts: Sequence[Chunk], at: int) -> Sense | None:
    """律所3件，1件公开了，2件不掌握: the applicant whose figure opens a group of clauses and is the sum of the results behind it."""
    figures: list[Piece] = []
    labels: list[Piece] = []
    for chunk in parts[at : at + _GROUP]:
        figures += chunk.figures
        labels += chunk.labels
        if chunk.inner and any(i.figures for i in chunk.inner):
            return None
        if chunk.mark == ";":
            break
    if len(parts[at].figures) == 1 and any(
        p.senses and p.senses[0].axis == ROW and not p.senses[0].weak for p in parts[at].labels
    ):
        rows = {s.key for p in parts[at].labels for s in p.senses[:1] if s.axis == ROW}
        if rows - {"new_received", "received_all"}:
            # 村民的一个公开了，一个我们没有
            return None
    first = next((s for p in labels[:1] for s in p.senses[:1]), None)
    if first is None or first.axis != COL or first.table != "table3" or len(figures) < 2:
        return None
    values = [_worth(f) for f in figures]
    if (
        figures[0].makes not in ("", "known")
        or not values[0]
        or values[0] != sum(values[1:])
        or not all(values)
    ):
        return None
    labels += [p for f in figures[1:] for p in f.labels]
    behind = [p for p in labels[1:] if p.senses and not (p.start < figures[0].start)]
    others = [p for p in behind if p.senses[0].axis == COL and p.senses[0].table == "table3"]
    results = [p for p in behind if p.senses[0].axis == ROW and p.senses[0].table == "table3"]
    return first if results and not others else None


def heads_list(parts: Sequence[Chunk], at: int, scope: Scope) -> bool:
    """71件按结果分：, 单位的4件：企业2件，…；律所1件，…；研究所那件…: whether a figure before a colon only says how many are told next:
    it was told before, or the figures that open the groups behind it add up to it."""
    chunk = parts[at]
    rows = any(s.axis == ROW for p in chunk.labels for s in p.senses[:1])
    if chunk.mark != ":" or rows or len(chunk.figures) != 1 or chunk.figures[0].makes:
        return False
    whole = chunk.figures[0].token.value
    if not chunk.labels and any(t.value == whole and t.row.table == "table3" for t in scope.told[-_RECENT:]):
        return True
    group = parts[at : at + 1 + _GROUP]
    opening = [c for before, c in pairwise(group) if before is chunk or before.mark == ";"]
    counts = [_worth(c.figures[0]) if c.figures else int(c.cue("that")) for c in opening]
    return len(counts) > 1 and all(counts) and sum(counts) == whole


def _worth(figure: Piece) -> int:
    """How many requests a figure counts; 0 where it counts none or nobody can tell."""
    if not isinstance(figure.token.value, int) or figure.makes not in ("", "known", "each"):
        return 0
    both = sum(any(s.key == "granted_or_partial" for s in p.senses[:1]) for p in figure.labels)
    return figure.token.value * (len(figure.labels) + both if figure.makes == "each" else 1)


def opened_by(applicant: Sense, chunk: Chunk, scope: Scope, out: Output) -> tuple[Scope, Chunk]:
    """The scope of a group told of one applicant, and its first clause: what it counts came in, unless that was told before."""
    scope = scope.but(heads=(*scope.heads, applicant), old_heads=False)
    before = [p for p in chunk.labels if chunk.figures and p.start < chunk.figures[0].start]
    rows = [p for p in before if p.senses and p.senses[0].axis == ROW]
    known = any(t.row.key == "new_received" and t.col == applicant.key for t in scope.told)
    if rows or (not chunk.figures and known):
        return scope, chunk
    if not known and not any(f.makes for f in chunk.figures):
        return scope.but(last=Sense(ROW, "table3", "new_received"), last_sentence=scope.sentence), chunk
    figure = chunk.figures[0]
    out.account(figure, Use.CHECKED, "前面说过的数")
    pieces = tuple(p for p in chunk.pieces if p.start > figure.start)
    return scope, replace(chunk, pieces=pieces)


def _untold(scope: Scope) -> Iterator[Told]:
    """The rows of table 3 told last whose applicants nobody told."""
    recent = [t for t in scope.told if t.row.table == "table3"][-_RECENT:]
    detailed = {t.row.key for t in recent if t.settled or t.col != "total"}
    yield from (t for t in recent if t.row.key not in detailed)
