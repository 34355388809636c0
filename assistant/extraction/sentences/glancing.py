"""Looks at clauses as a whole, before their figures are read: who is named, what is doubted, what only points back."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.extraction.sentences.arranging import rowless
from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.pieces import Chunk, Sentence
from assistant.extraction.sentences.reaching import closes_row, summing
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.words import COL, ROW

__all__ = ["applicants_named", "doubt", "has_no_row", "points_at_told"]


def applicants_named(sentences: Sequence[Sentence]) -> set[str]:
    """The kinds of applicants that the material names at all."""
    chunks = [c for s in sentences for c in s.chunks]
    for chunk in chunks:
        chunks += chunk.inner
    senses = (
        s for c in chunks for p in (*c.pieces, *(q for p in c.pieces for q in p.labels)) for s in p.senses[:1]
    )
    return {s.key for s in senses if s.axis == COL and s.table == "table3"}


def has_no_row(chunk: Chunk) -> bool:
    """还有1件…，属于党务信息: no row of the form is made for what the story tells."""
    word = rowless(chunk.pieces)
    return word is not None and "ask" in word.token.kinds


def doubt(chunks: Sequence[Chunk], out: Output) -> None:
    """Remembers what is taken back or doubted: by a clause, or by the one before or behind it."""
    for number, chunk in enumerate(chunks):
        cued = chunk.cue("correction", "slip", "negated", "note", "hedge")
        if not cued and not any(p.makes in ("slip", "swap") for p in chunk.pieces):
            continue
        pieces = [p for c in chunks[max(0, number - 1) : number + 2] for p in c.pieces]
        rows = {(s.table, s.key) for p in pieces for s in p.senses if s.axis == ROW and not s.weak}
        out.doubted_rows |= rows
        if not rows:
            # 不是3件，是4件: any row with 3 or 4 may be meant
            out.doubted_values |= {t.value for p in pieces for t in (*p.items, p.old) if t is not None}


def points_at_told(chunk: Chunk, scope: Scope) -> bool:
    """前三项都是自然人, 这三件是企业的, 20件申请人均为自然人: the figure only counts what was told."""
    axes = {s.axis for p in chunk.labels for s in p.senses[:1]}
    if all(f.makes == "known" for f in chunk.figures):
        return chunk.cue("every", "below") or (
            # 这三件是企业的; but 自然人这4件，予以公开…: the applicant heads what follows
            axes == {COL}
            and chunk.mark != ":"
            and all(f.start == f.token.start for f in chunk.figures)
            and chunk.labels[0].start > chunk.figures[0].start
        )
    figure = chunk.figures[0]
    behind = axes == {COL} and all(p.start > figure.start for p in chunk.labels)
    if closes_row(figure.token.value, scope) and axes == {COL}:
        return False
    alone = len(chunk.figures) == 1 and not figure.makes and not scope.pending and chunk.cue("every")
    # 14件全是个人提的：… heads a table that was not read yet
    heads = chunk.mark == ":" and not any(t.row.table == "table3" for t in scope.told)
    return alone and behind and (heads or bool(summing(figure.token.value, scope)))
