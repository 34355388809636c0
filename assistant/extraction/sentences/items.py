"""Binds the figures of a clause to its labels, in the clause's own order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.extraction.sentences.output import Output, span_of
from assistant.extraction.sentences.pieces import Chunk, Piece
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.words import COL, ROW

__all__ = ["Item", "divides_open", "heads_behind", "items_of"]

_IS = re.compile("[是也亦]$")


@dataclass(frozen=True)
class Item:
    """A figure and the labels and cues bound to it; ``behind`` are labels that follow it though labels stand before it as well."""

    figure: Piece
    labels: tuple[Piece, ...]
    behind: tuple[Piece, ...] = ()
    cues: tuple[Piece, ...] = ()
    gap: str = ""
    first: bool = True
    alone: bool = False
    """it is the only figure of its clause"""


def heads_behind(chunk: Chunk) -> tuple[Piece, ...]:
    """许可：15 处罚：6: the label behind the figure and before a colon heads what follows."""
    last = max(n for n, p in enumerate(chunk.pieces) if p.kind == "figure")
    behind = chunk.pieces[last + 1 :]
    loose = next((n for n, p in enumerate(behind) if not p.tight), len(behind))
    behind = behind[loose:]
    heads = chunk.mark == ":" or (chunk.mark == "(" and chunk.pieces[0].kind == "label")
    return behind if heads and behind and all(p.kind == "label" for p in behind) else ()


def divides_open(chunk: Chunk, inner: Chunk, out: Output) -> bool:
    """旧1（自1）: the bracket divides a figure whose place nobody knows, and names no row itself."""
    figure = chunk.figures[-1] if chunk.figures else None
    if (
        figure is None
        or chunk.pieces[-1] is not figure
        or any(s.axis == ROW for p in inner.labels for s in p.senses[:1])
    ):
        return False
    if not any(s.axis == COL for p in inner.labels for s in p.senses[:1]):
        return False
    spans = {span_of(t) for t in figure.items}
    return any(not spans.isdisjoint(one.spans) for one in out.unplaced[-4:])


def _held_by(pieces: Sequence[Piece]) -> int:
    """三件都是个人重复申请一件, 一件是企业的公开八件: how many of the words between two figures belong to the first."""
    for at, piece in enumerate(pieces[:-1]):
        axis = piece.senses[0].axis if piece.senses else ""
        if axis == COL and ((at and pieces[at - 1].cue("every")) or (not at and _IS.search(piece.token.gap))):
            return at + 1 if any(p.kind == "label" for p in pieces[at + 1 :]) else 0
        if not piece.cue("every"):
            return 0
    return 0


def _tied_to(pieces: Sequence[Piece]) -> int:
    """申请3件个人 公开2: how many words between two figures stand directly behind the first, where a blank parts the others off."""
    loose = next((n for n, p in enumerate(pieces) if not p.tight), 0)
    tied = [p for p in pieces[:loose] if p.kind == "label"]
    ends = bool(tied) and any(p.kind == "label" for p in pieces[loose:])
    return loose if ends and all(p.senses[0].axis == COL for p in tied if p.senses) else 0


def _said_of(pieces: Sequence[Piece], chunk: Chunk, before: Piece, figure: Piece) -> int:
    """重复申请一件个人的加起来十三件, 还有一件是商业秘密没给不掌握的四件: where rows lead, what stands behind a figure and before
    the next row is said of the figure; 还有 begins with its figure."""
    lead = chunk.labels[0].senses[0].axis if chunk.labels and chunk.labels[0].senses else ""
    if lead != ROW or not pieces or not pieces[0].tight:
        return 0
    if figure.anew:
        return len(pieces)
    first = next(iter(pieces[0].senses), None)
    if first is None or first.table != "table3":
        return 0
    more = [p for p in pieces[1:] if p.cue("sum", "rest") or (p.kind == "label" and p.senses[0].axis == ROW)]
    if first.axis == COL:
        return int(bool(more) and not pieces[0].gap)
    if not (before.anew or _IS.search(pieces[0].token.gap)):
        return 0
    end = 1
    while end < len(pieces) and (pieces[end].cue("every") or _goes_with(pieces[end])):
        end += 1
    return end if any(p.kind == "label" or p.cue("sum", "rest") for p in pieces[end:]) else 0


def _goes_with(piece: Piece) -> bool:
    """Whether a label behind a row is said of it as well: its group, or who asked."""
    sense = next(iter(piece.senses), None)
    return sense is not None and (sense.axis == COL or sense.key.endswith("_subtotal"))


def _without_absent(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """没有单位的: what there was none of is no label of the next figure."""
    if len(pieces) > 2 and pieces[0].cue("zero") and pieces[1].kind == "label":
        return pieces[2:]
    return pieces


def _with_columns_first(chunk: Chunk) -> Chunk:
    """规文1发0废2有效: where behind a row each figure has the column's word directly behind it, and the last one ends the run."""
    row, *rest = chunk.pieces or (None,)
    run = rest[: next((n for n, p in enumerate(rest) if n and not p.tight), len(rest))]
    if row is None or not row.senses or row.senses[0].axis != ROW or len(run) < 2 or len(run) % 2:
        return chunk
    pairs = [run[n : n + 2] for n in range(0, len(run), 2)]
    if not all(_is_counted_column(figure, column) for figure, column in pairs):
        return chunk
    turned = [p for figure, column in pairs for p in (column, figure)]
    return replace(chunk, pieces=(row, *turned, *rest[len(run) :]))


def _is_counted_column(figure: Piece, column: Piece) -> bool:
    """Whether a figure stands before the word for a column of documents."""
    year = any(s.axis == COL and s.table.startswith("table2") for s in column.senses[:1])
    return figure.kind == "figure" and year and not column.gap


def items_of(chunk: Chunk, scope: Scope) -> tuple[Item, ...]:
    """The figures of a clause with their labels. The order is the clause's own: 新收66件 个人58 or 66件新收 58件个人."""
    chunk = _with_columns_first(chunk)
    figures = [n for n, p in enumerate(chunk.pieces) if p.kind == "figure"]
    named_first = [n for n, p in enumerate(chunk.pieces) if p.kind in ("label", "decoy", "figure")]
    label_first = bool(named_first) and chunk.pieces[named_first[0]].kind != "figure"
    if not label_first and scope.colon and len(named_first) > 1 and not chunk.pieces[named_first[1]].tight:
        # 许可：15 处罚：6
        label_first = True
    last_is_figure = bool(named_first) and chunk.pieces[named_first[-1]].kind == "figure"
    if not label_first and len(figures) > 1 and last_is_figure:
        # 3 公开4: the first figure goes with what waits before it
        label_first = True
    items: list[Item] = []
    for order, at in enumerate(figures):
        before = chunk.pieces[(figures[order - 1] + 1 if order else 0) : at]
        after = chunk.pieces[at + 1 : (figures[order + 1] if order + 1 < len(figures) else len(chunk.pieces))]
        final = order + 1 == len(figures)
        held = 0
        if label_first and order:
            last = chunk.pieces[figures[order - 1]]
            held = _held_by(before) or _tied_to(before) or _said_of(before, chunk, last, chunk.pieces[at])
        if held:
            items[-1] = replace(items[-1], behind=tuple(p for p in before[:held] if p.kind == "label"))
            before = _without_absent(before[held:])
        own, behind = (
            (before, after if final else ())
            if label_first
            else (after if order or not before else (*before, *after), ())
        )
        figure = chunk.pieces[at]
        near = behind[0].gap if behind else (after[0].gap if not label_first and after else "")
        items.append(
            Item(
                figure,
                tuple(p for p in own if p.kind in ("label", "decoy")),
                tuple(p for p in behind if p.kind in ("label", "decoy")),
                tuple(p for p in (*before, *(after if final or not label_first else ())) if p.kind == "cue"),
                figure.gap if label_first else near,
                first=not items,
                alone=len(figures) == 1,
            )
        )
    return tuple(items)
