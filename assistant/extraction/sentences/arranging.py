"""Arranges the clauses of a sentence before they are read: binds what is told behind, and parts speech without marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.extraction.sentences.adding import sums_alone
from assistant.extraction.sentences.pieces import Chunk, Piece
from assistant.extraction.sentences.words import COL, ROW
from assistant.extraction.tokens import Token

__all__ = ["arranged", "rowless", "spoken_parts"]

_AS = frozenset("算填归按当")
"""what is said before the kind of applicant that a figure counts as"""
_REACH = 4
"""clauses between a figure and the word for what it counts"""
_MOST = 12
"""clauses before a word that leaves figures out (不在此列) among which they are sought"""
_GENERAL = frozenset({"result_total", "new_received", "received_all"})


def arranged(chunks: Sequence[Chunk]) -> tuple[tuple[Chunk, ...], list[tuple[Piece, str]]]:
    """The clauses as they are read, and the figures that are set aside with the reason."""
    made, aside = sums_alone(_across_brackets(chunks))
    mends = any(chunk.cue("correction") for chunk in made)
    for number, chunk in enumerate(made):
        if mends and chunk.cue("stale"):
            # 予公应为13，原报12（自10企2）
            aside += [(figure, "已更正的数") for figure in _all_figures(chunk)]
            made[number] = chunk = replace(chunk, pieces=_without_figures(chunk), inner=())
        if chunk.cue("exclude") and not chunk.figures:
            for at in _excluded(made, number):
                aside += [(figure, "不计入的数") for figure in made[at].figures]
                made[at] = replace(made[at], pieces=_without_figures(made[at]), inner=())
        word = None if chunk.figures else rowless(chunk.pieces)
        if word is not None:
            _bind_back(made, number, word)
        result = _result(chunk)
        if result is not None:
            _bind_back(made, number, result, 1)
        if number and _only_carries(chunk) and len(made[number - 1].figures) == 1:
            before, goes = made[number - 1], chunk.labels[0]
            if _is_weak(before):
                kept = tuple(p for p in before.pieces if not _is(p, ROW))
                made[number - 1] = replace(before, pieces=(*kept, replace(goes, gap="", tight=True)))
            if _is_weak(before) or any(p.senses[:1] == goes.senses[:1] for p in before.labels):
                # 还有一件没办完，要跨到明年: it waits for no figure
                made[number] = chunk = replace(chunk, pieces=())
        row = _row_in_bracket(chunk)
        if row is not None:
            _head(made, number, row)
    made = _relabelled(made)
    for number, (chunk, behind) in enumerate(pairwise(made)):
        if _lays_out(chunk, behind):
            aside += [(figure, "格数") for figure in _all_figures(chunk)]
            made[number] = replace(chunk, pieces=_without_figures(chunk), inner=())
    return tuple(made), aside


def _across_brackets(chunks: Sequence[Chunk]) -> list[Chunk]:
    """其余申请人（含上年结转的）均为自然人: a bracket without figures parts no clause of its predicate."""
    made: list[Chunk] = []
    for chunk in chunks:
        before = made[-1] if made else None
        opens = before is not None and before.pieces and all(p.cue("rest") for p in before.pieces)
        over = before is not None and before.mark == "(" and not _all_figures(before) and chunk.cue("every")
        # 其余：0
        none = before is not None and before.mark == ":" and bool(chunk.figures) and not chunk.labels
        none = none and all(p.token.value == 0 for p in chunk.figures)
        # 转送别的单位：3
        asked = before is not None and before.mark == ":" and bool(before.pieces) and bool(chunk.figures)
        asked = (
            asked and before is not None and all(rowless((p,)) for p in before.pieces) and not chunk.labels
        )
        if before is not None and ((opens and (over or none)) or asked):
            made[-1] = replace(
                chunk, pieces=(*before.pieces, *chunk.pieces), inner=(*before.inner, *chunk.inner)
            )
        else:
            made.append(chunk)
    return made


def _relabelled(chunks: Sequence[Chunk]) -> list[Chunk]:
    """培训机构2件，那是公司，填商业企业; 1份是业主委员会递的，算其他组织: the kind of applicant that a figure is to be counted as."""
    made: list[Chunk] = []
    for chunk in chunks:
        before = made[-1] if made else None
        label = chunk.labels[0] if len(chunk.labels) == 1 and not (chunk.figures or chunk.inner) else None
        if before is None or label is None or len(before.figures) != 1 or not _counts_as(chunk, label):
            made.append(chunk)
            continue
        kept = tuple(p for p in before.pieces if p.kind != "decoy" and not _is(p, COL))
        made[-1] = replace(before, pieces=(*kept, replace(label, gap="", tight=True)), mark=chunk.mark)
    return made


def _counts_as(chunk: Chunk, label: Piece) -> bool:
    """Whether a clause only says which applicants a figure counts as."""
    sense = label.senses[0]
    lead = chunk.pieces[0]
    says = label.gap[-1:] in _AS and bool(label.gap)
    return (
        sense.axis == COL
        and sense.table == "table3"
        and ((lead is label and says) or (len(chunk.pieces) == 2 and lead.cue("that") and not label.gap))
    )


def _without_figures(chunk: Chunk) -> tuple[Piece, ...]:
    return tuple(p for p in chunk.pieces if p.kind != "figure")


def _all_figures(chunk: Chunk) -> list[Piece]:
    return [*chunk.figures, *(f for inner in chunk.inner for f in _all_figures(inner))]


def _excluded(chunks: Sequence[Chunk], number: int) -> list[int]:
    """复议案件486件，不在此列; 处罚412项、许可31项，这是清单里的事项数: the last clauses with figures before it."""
    found: list[int] = []
    for at in range(number - 1, max(-1, number - 1 - _MOST), -1):
        if chunks[at].mark == ";" or (found and chunks[at].mark != "、"):
            break
        if chunks[at].figures:
            found.append(at)
    return found


def _result(chunk: Chunk) -> Piece | None:
    """有1件认定答复不全，责令重新答复: what became of a case, in a clause without a figure."""
    first = (
        chunk.pieces[0]
        if chunk.pieces and not chunk.figures and not chunk.cue("zero", "every", "negated")
        else None
    )
    cases = first is not None and any(s.axis == COL and s.table == "table4" for s in first.senses[:1])
    return first if cases else None


def _only_carries(chunk: Chunk) -> bool:
    """仍有3件自然人申请在法定期限内办理，结转下年: a clause that only says what becomes of them."""
    alone = len(chunk.pieces) == 1 and len(chunk.labels) == 1 and not chunk.inner
    return alone and any(s.key == "carried_forward" and not s.weak for s in chunk.labels[0].senses[:1])


def _is_weak(chunk: Chunk) -> bool:
    """Whether its one figure is told with weak words for rows alone."""
    rows = [s for p in chunk.labels for s in p.senses[:1] if s.axis == ROW]
    return len(chunk.figures) == 1 and bool(rows) and all(s.weak for s in rows)


def _bind_back(chunks: list[Chunk], number: int, word: Piece, reach: int = _REACH) -> None:
    """还有1件要党组会议纪要，属于党务信息: what the figure counts is told by a clause behind it, and has no row."""
    for at in range(number - 1, max(-1, number - 1 - reach), -1):
        chunk = chunks[at]
        tells = word.kind == "decoy" or _is_open(chunk)
        if len(chunk.figures) == 1 and not _names_row(chunk) and tells:
            chunks[at] = replace(chunk, pieces=(*chunk.pieces, replace(word, gap="", tight=True)))
        if chunk.figures or _names_row(chunk):
            return


def _is_open(chunk: Chunk) -> bool:
    """有1件认定我局答复有遗漏，: a figure that opens its clause, and words behind it that no result is named by."""
    pieces = chunk.pieces
    results = any(s.axis == COL for p in chunk.labels for s in p.senses[:1])
    return (
        pieces[0].kind == "figure"
        and not results
        and chunk.mark == ","
        and (len(pieces) > 1 or bool(chunk.tail))
    )


def _names_row(chunk: Chunk) -> bool:
    return any(
        s.axis == ROW and not s.weak and s.key not in _GENERAL for p in chunk.labels for s in p.senses[:1]
    )


def rowless(labels: Sequence[Piece]) -> Piece | None:
    """咨询, 党务, 个体户: the word for something that no row or column of the form is made for, where it names the figure."""
    return next((p for p in labels if p.kind == "decoy" and p.token.kinds & {"ask", "ask_col"}), None)


def _row_in_bracket(chunk: Chunk) -> Piece | None:
    """现行有效16件（均指行政规范性文件）: the one row that a bracket names."""
    if len(chunk.inner) != 1 or chunk.inner[0].figures or not _are_columns(chunk):
        return None
    rows = [p for p in chunk.inner[0].labels if p.senses[0].axis == ROW]
    return rows[0] if len(rows) == 1 and len(chunk.inner[0].labels) == 1 else None


def _are_columns(chunk: Chunk) -> bool:
    """Whether its labels are columns of the second table, and its figures have no row."""
    senses = [p.senses[0] for p in chunk.labels]
    return (
        bool(chunk.figures)
        and bool(senses)
        and all(s.axis == COL and s.table.startswith("table2") for s in senses)
    )


def _head(chunks: list[Chunk], number: int, row: Piece) -> None:
    """Puts a row before the run of columns it is told behind."""
    first = number
    while first and chunks[first - 1].mark in ",、" and _are_columns(chunks[first - 1]):
        first -= 1
    chunks[number] = replace(chunks[number], inner=())
    chunks[first] = replace(chunks[first], pieces=(replace(row, gap=""), *chunks[first].pieces))


def _lays_out(chunk: Chunk, behind: Chunk) -> bool:
    """表四一行15个数（复议五个、直接起诉五个…）：8 1 2 …: figures that only say how many follow, and in which order."""
    row = next((p for p in behind.pieces[:1] if p.makes == "row"), None)
    if chunk.mark != ":" or row is None:
        return False
    return [f.token.value for f in chunk.figures if f.token.value is not None] == [len(row.items)]


def spoken_parts(chunk: Chunk) -> tuple[Chunk, ...]:
    """The clauses of speech without marks that words of absence close: 强制没有收费没有规章规范性文件都没有."""
    pieces = chunk.pieces
    cuts = {*_cuts_at_absence(pieces), *_cuts_at_list(chunk), *_cuts_at_figures(pieces)}
    if not cuts:
        return (chunk,)
    bounds = [0, *sorted(cuts), len(pieces)]
    parts = [
        replace(chunk, pieces=pieces[a:b], mark=",", inner=(), tail="") for a, b in pairwise(bounds) if a < b
    ]
    return (*parts[:-1], replace(parts[-1], mark=chunk.mark, inner=chunk.inner, tail=chunk.tail))


def _cuts_at_figures(pieces: Sequence[Piece]) -> list[int]:
    """复议四件三件维持一件还没审完 打官司的…: a figure directly behind another opens a clause in which figures go first, up to
    a blank before a row."""
    cuts: list[int] = []
    for at, (piece, behind) in enumerate(pairwise(pieces), 1):
        if (_is_count(piece) and _is_count(behind) and behind.tight and not behind.gap) or (
            cuts and not behind.tight and _is(behind, ROW)
        ):
            cuts.append(at)
    return cuts


def _is_count(piece: Piece) -> bool:
    return piece.kind == "figure" and not piece.makes and piece.token.unit_kind == "count"


def _cuts_at_list(chunk: Chunk) -> list[int]:
    """收费一百八十二万元规章、规范性文件都是零: the row behind the figure opens a list, where a row before it has the figure."""
    pieces = chunk.pieces
    last = next((n for n in range(len(pieces) - 1, -1, -1) if pieces[n].kind == "figure"), -1)
    opens = chunk.mark == "、" and last > 0 and any(_is(p, ROW) for p in pieces[:last])
    return [last + 1] if opens and pieces[last + 1 :] and all(_is(p, ROW) for p in pieces[last + 1 :]) else []


def _is(piece: Piece, axis: str) -> bool:
    return piece.kind == "label" and piece.senses[0].axis == axis


def _cuts_at_absence(pieces: Sequence[Piece]) -> list[int]:
    """Behind 规章没有 and 复议一件没有, and before 没有 behind a figure: where a row with a predicate of its own follows;
    and before the rows that it speaks of (复议一件维持了|打官司的没有)."""
    cuts: list[int] = []
    for at, piece in enumerate(pieces[1:], 1):
        if not piece.cue("zero"):
            continue
        goes_on = _goes_on(pieces[at + 1 :])
        subject = at - 2 if pieces[at - 1].cue("every") and at > 1 else at - 1
        before = pieces[subject]
        if _is(before, ROW) and before.senses[0].key not in _GENERAL:
            cuts += [at + 1] if goes_on else []
            start = _start_of_rows(pieces, subject)
            cuts += (
                [start]
                if any(p.kind == "figure" for p in pieces[cuts[-2] if len(cuts) > 1 else 0 : start])
                else []
            )
        elif before.kind == "figure" and subject == at - 1 and goes_on:
            cuts.append(at + 1 if _is_one(before.token) else at)
    return cuts


def _start_of_rows(pieces: Sequence[Piece], last: int) -> int:
    """Where the rows begin that end at ``last``, with the year before them (上年结转没有)."""
    first = last
    while first and (_is(pieces[first - 1], ROW) or pieces[first - 1].cue("previous", "next", "current")):
        first -= 1
    return first


def _is_one(token: Token) -> bool:
    """一件没有: none at all."""
    return token.value == 1 and token.chinese


def _goes_on(pieces: Sequence[Piece]) -> bool:
    """Whether a row opens what follows, and has a figure or a word of absence of its own."""
    if not pieces or not _is(pieces[0], ROW):
        return False
    predicate = next((p for p in pieces if p.kind == "figure" or p.cue("zero", "every")), None)
    return predicate is not None
