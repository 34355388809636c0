"""Binds the figures of a clause to its labels, in the clause's own order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.extraction.sentences.pieces import Chunk, Piece
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.words import COL

__all__ = ["Item", "heads_behind", "items_of"]

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


def _held_by(pieces: Sequence[Piece]) -> int:
    """三件都是个人重复申请一件, 一件是企业的公开八件: how many of the words between two figures belong to the first."""
    for at, piece in enumerate(pieces[:-1]):
        axis = piece.senses[0].axis if piece.senses else ""
        if axis == COL and ((at and pieces[at - 1].cue("every")) or (not at and _IS.search(piece.token.gap))):
            return at + 1 if any(p.kind == "label" for p in pieces[at + 1 :]) else 0
        if not piece.cue("every"):
            return 0
    return 0


def _without_absent(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """没有单位的: what there was none of is no label of the next figure."""
    if len(pieces) > 2 and pieces[0].cue("zero") and pieces[1].kind == "label":
        return pieces[2:]
    return pieces


def items_of(chunk: Chunk, scope: Scope) -> tuple[Item, ...]:
    """The figures of a clause with their labels. The order is the clause's own: 新收66件 个人58 or 66件新收 58件个人."""
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
        held = _held_by(before) if label_first and order else 0
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
