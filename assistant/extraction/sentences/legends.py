"""Finds the order in which the material says that it gives its columns: 自然人、企业、律所, 表四依次：纠正、维持、其他、未结."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.extraction.sentences.pieces import Chunk, Sentence
from assistant.extraction.sentences.words import COL, Sense

__all__ = ["joined", "legend_in", "legend_of"]

_FEWEST = 3
"""columns that a list names which rules the whole material"""


def legend_in(sentences: Sequence[Sentence]) -> tuple[Sense, ...]:
    """The first list of applicants and the first of results of cases: the order of rows of figures that name none."""
    legend: tuple[Sense, ...] = ()
    for sentence in sentences:
        for chunks in (sentence.chunks, *(c.inner for c in sentence.chunks if c.inner)):
            found = legend_of(chunks, _FEWEST)
            if (
                found
                and all(s.table != found[0].table for s in legend)
                and not found[0].table.startswith("table2")
            ):
                legend = (*legend, *found)
    return legend


def joined(legend: tuple[Sense, ...], new: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """A legend with another in the place of what it held of the same table."""
    return (*(s for s in legend if s.table != new[0].table), *new)


def legend_of(chunks: Sequence[Chunk], fewest: int = 2) -> tuple[Sense, ...]:
    """A list of columns without figures: 自然人、企业、律所, 维持/纠正/其他/未结/总计; empty where there is none."""
    if any(c.figures or c.cue("zero", "every", "rest") for c in chunks):
        return ()
    pieces = [p for c in chunks for p in c.pieces]
    tables = {
        s.table for p in pieces for s in p.senses if s.axis == COL and not s.weak and len(p.senses) == 1
    }
    table = next(iter(tables)) if len(tables) == 1 else ""
    runs: list[list[Sense]] = [[]]
    for piece in pieces:
        cols = [s for s in piece.senses if s.axis == COL and s.table == table]
        if cols:
            runs[-1].append(cols[0])
        elif piece.cue("sum") or piece.token.text in ("总计", "合计"):
            runs[-1].append(Sense(COL, table, "total"))
        elif piece.kind == "label":
            runs.append([])
    longest = max(runs, key=len)
    return (
        tuple(longest) if table and len(longest) >= fewest and any(s.key != "total" for s in longest) else ()
    )
