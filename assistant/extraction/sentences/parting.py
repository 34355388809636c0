"""Parts a clause where blanks part it: 新收33 上年结转1 全部自然人 结转下年无 says three things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.extraction.sentences.pieces import Chunk, Piece
from assistant.extraction.sentences.words import COL

__all__ = ["parted"]

_LONGEST = 12
"""groups that one word of absence may speak of"""
_YEARS = ("previous", "current", "next")


def parted(chunk: Chunk) -> tuple[Chunk, ...]:
    """The clauses of a chunk: what holds for all (都是个人) and what there is none of (上年 无) stand by themselves."""
    excepted = _exception(chunk.pieces)
    if excepted:
        rest = replace(chunk, pieces=chunk.pieces[excepted:])
        return (replace(chunk, pieces=chunk.pieces[:excepted], mark=",", inner=(), tail=""), rest)
    groups = list(_groups(chunk.pieces))
    if len(groups) < 2:
        return (chunk,)
    named = next((p for p in chunk.pieces if p.kind in ("label", "figure")), None)
    label_first = named is not None and named.kind == "label"
    clauses: list[list[Piece]] = [[]]
    at = 0
    while at < len(groups):
        size = _absence(groups, at, label_first) or _universal(groups, at) or _rest(groups, at)
        clauses[-1] += [] if size else groups[at]
        if size:
            clauses += [[p for group in groups[at : at + size] for p in group], []]
        at += max(size, 1)
    parts = [replace(chunk, pieces=tuple(c), mark=",", inner=(), tail="") for c in clauses if c]
    return (*parts[:-1], replace(parts[-1], mark=chunk.mark, inner=chunk.inner, tail=chunk.tail))


def _exception(pieces: Sequence[Piece]) -> int:
    """除第三方中有企业2件外均为自然人: where the exception ends and the rest begins; 0 where there is none."""
    last = max((n for n, p in enumerate(pieces) if p.kind == "figure"), default=-1) + 1
    if not 0 < last < len(pieces) or not any(p.cue("except") for p in pieces[:last]):
        return 0
    labels = [p.senses[0].axis for p in pieces[last:] if p.kind == "label"]
    ends = pieces[last].cue("every") and pieces[last].gap.endswith("外")
    return last if ends and labels and set(labels) == {COL} else 0


def _groups(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Runs of pieces that no blank parts."""
    run: list[Piece] = []
    for piece in pieces:
        if run and not piece.tight:
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _counts(group: Sequence[Piece]) -> bool:
    return any(p.kind == "figure" for p in group)


def _absence(groups: Sequence[Sequence[Piece]], at: int, label_first: bool) -> int:
    """How many groups from ``at`` on say that there is none: 没结转, 上年 无, 规章 规范性文件 无."""
    if _counts(groups[at]):
        return 0
    if any(p.cue("zero") for p in groups[at]):
        return int(any(p.kind == "label" or p.cue(*_YEARS, "left") for p in groups[at]))
    end = at
    most = min(len(groups), at + _LONGEST)
    while end < most and not _counts(groups[end]) and all(_is_named(p) for p in groups[end]):
        end += 1
    behind = groups[end] if end < len(groups) else ()
    none = bool(behind) and (
        (behind[0].cue("zero") and len(behind) == 1) or behind[0].cue("pending", "hedge")
    )
    apart = any(p.senses and p.senses[0].axis == COL for group in groups[at:end] for p in group)
    return end + 1 - at if none and end > at and (end - at == 1 or (label_first and not apart)) else 0


def _is_named(piece: Piece) -> bool:
    return piece.kind == "label" or piece.cue(*_YEARS)


def _rest(groups: Sequence[Sequence[Piece]], at: int) -> int:
    """How many groups from ``at`` on say that the rest is 0: 余 0."""
    if not groups[at][0].cue("rest"):
        return 0
    size = 1 if len(groups[at]) > 1 else 2
    figures = [p for group in groups[at : at + size] for p in group[group is groups[at] :]]
    return size if figures and all(p.kind == "figure" and p.token.value == 0 for p in figures) else 0


def _universal(groups: Sequence[Sequence[Piece]], at: int) -> int:
    """How many groups from ``at`` on say what holds for all: 都是个人, 全部 自然人."""
    if not at or not groups[at][0].cue("every"):
        return 0
    size = 1 if len(groups[at]) > 1 else 2
    pieces = [p for group in groups[at : at + size] for p in group]
    labels = [p for p in pieces if p.kind == "label"]
    axes = {p.senses[0].axis for p in labels}
    return size if labels and axes == {COL} and not _counts(pieces) else 0
