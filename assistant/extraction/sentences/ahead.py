"""Looks at the clauses behind a figure for what they say of it: that last year's are among them, that applicants add up to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.extraction.sentences.pieces import Chunk, Piece
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.words import COL, ROW, Sense

__all__ = ["added_up_row", "holds_last_years"]

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


def _untold(scope: Scope) -> Iterator[Told]:
    """The rows of table 3 told last whose applicants nobody told."""
    recent = [t for t in scope.told if t.row.table == "table3"][-_RECENT:]
    detailed = {t.row.key for t in recent if t.settled or t.col != "total"}
    yield from (t for t in recent if t.row.key not in detailed)
