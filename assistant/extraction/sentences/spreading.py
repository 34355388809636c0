"""Reads a clause without a figure: what holds for all (都是自然人), for the rest (其余为0), or for nothing (没有)."""

from __future__ import annotations

import re

from assistant.extraction.sentences.absence import tell_absent
from assistant.extraction.sentences.arranging import rowless
from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.pieces import Chunk, Piece
from assistant.extraction.sentences.placing import named
from assistant.extraction.sentences.reaching import reach_of, settled
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.universal import Universal, all_is, explains, tell_every
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.extraction.statements import Span, Target
from assistant.extraction.structure import Claimed, Option, Unplaced

__all__ = ["spread"]

_RESULTS = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果"}
_AS = frozenset("算填归按在")
_COLUMN = re.compile("[这那]一?[列栏]")
_SOME = re.compile("主要|多数|大多|大部分|有的")
"""not all of them: 不予公开5件，主要涉及第三方"""

_TAIL = re.compile(r"[^，,。；;：:、！!？?\n()（）/|\t ]*")
_AWAITS = re.compile("等[^，,。；;]{1,10}?(?:报|给|发|提供|统计|反馈|回复|回话|出数|补)")
"""处罚数等法规科报: somebody else will tell it"""
_TABLES = {"table2": "table2", "table3": "table3", "table4": "table4"}


def spread(chunk: Chunk, scope: Scope, form: FormMap, out: Output, text: str) -> Scope:
    """What a clause without a figure says; the scope behind it."""
    span = Span(chunk.pieces[0].start, chunk.pieces[-1].end)
    words = text[max(0, span.start - 6) : span.end]
    if chunk.mark == ":" and all(p.kind == "decoy" for p in chunk.pieces):
        # 主动公开条数：386
        return scope.but(decoy=True, colon=True, pending=(), joined=False)
    row, col, clear = named(chunk.labels, scope, form)
    aside = _aside(chunk, (row, col), scope, form, out, text)
    if aside is not None:
        return aside
    if col is not None and col.key == "delta_none":
        return _unchanged(row or scope.last, scope, form, out, span)
    absent = _is_absent(chunk, words)
    if chunk.cue("rest") and not _none_left(chunk):
        return _rest(chunk, col, absent, scope, form, out, span)
    if chunk.cue("below") and not chunk.labels and scope.left_to is not None:
        # 其余都是个人的，如下——
        return scope.but(over=(*scope.over, scope.left_to), below=(scope.left_to,))
    if absent:
        told = zero_table(chunk, scope, form, out, span)
        return scope if told else tell_absent(chunk, scope, form, out, span)
    if col is not None and not col.table.startswith("table2") and (row is None or col.table == row.table):
        tail = _TAIL.match(text, span.end) if chunk.pieces[-1].kind == "label" else None
        return tell_every(
            Universal(chunk, row, col, clear, scope, form, out, span, words, tail.group() if tail else "")
        )
    alone = len(chunk.labels) == 1 and not chunk.tail and len(chunk.labels[0].gap) < 2
    whole = chunk.cue("every") or (alone and chunk.mark != "、" and not scope.joined)
    part = row is not None and not row.weak and not scope.pending and not _SOME.search(words)
    if row is not None and clear and (whole or (part and chunk.mark != "、")) and explains(row, scope, form):
        return all_is(row, scope, out, span)
    return _heading(chunk, row, col, scope, form)


def _aside(
    chunk: Chunk,
    places: tuple[Sense | None, Sense | None],
    scope: Scope,
    form: FormMap,
    out: Output,
    text: str,
) -> Scope | None:
    """The scope behind a clause that claims nothing of rows and columns by itself; nothing for one that does."""
    row, col = places
    span = Span(chunk.pieces[0].start, chunk.pieces[-1].end)
    word = rowless(chunk.pieces)
    case = scope.told[-1] if scope.told and scope.told[-1].sentence == scope.sentence else None
    if word is not None and case is not None and case.row.table == "table4" and case.col == "total":
        out.unplaced.append(_without_result(word, case))
        return scope
    doubtful = (
        chunk.cue("hedge", "pending")
        or _AWAITS.match(text, span.end) is not None
        or (chunk.cue("whether") and chunk.mark != ":")
    )
    if doubtful and not (chunk.cue("every") and col is not None):
        return _awaited(chunk, scope, form, out, span)
    if col is not None and _heads_column(chunk, text):
        # 先念自然人那一列
        return scope.but(over=(*(h for h in scope.over if h.axis == ROW), col), below=(col,))
    year = col is not None and col.table.startswith("table2")
    one = chunk.cue("that") and not chunk.cue("every") and row is None and not year
    if not chunk.figures and (one or _assigns(chunk)):
        # 企业那件在里面: one of those that were told; 合作社算在企业: which column a word means
        return scope
    if chunk.labels and chunk.cue("negated") and not chunk.figures:
        return scope.but(denied=col or row, correcting=True)
    if scope.denied is not None and chunk.labels:
        out.renamed(scope.denied, (row, col), span)
        return scope.but(denied=None)
    return None


def _unchanged(row: Sense | None, scope: Scope, form: FormMap, out: Output, span: Span) -> Scope:
    """行政处罚上年20项，持平: the form of 2019 asks by how many they changed."""
    if row is not None and "delta" in form.columns_of(row.table, row.key):
        out.zero(Target(row.table, row.key, "delta"), span, sure=False, sentence=scope.sentence)
    return scope


def _is_absent(chunk: Chunk, words: str) -> bool:
    """Whether the clause says that there is none: 没有, 不用, 全零."""
    zeros = (p.token.text for p in chunk.pieces if p.cue("zero"))
    none = any(t[0] != "不" or t[1:] in ("用", "需") for t in zeros)
    return none or "全零" in words or words[-1:] == "零"


def _heading(chunk: Chunk, row: Sense | None, col: Sense | None, scope: Scope, form: FormMap) -> Scope:
    """The scope behind labels that wait for figures or stand over what follows."""
    tables = (scope.table, scope.told[-1].row.table if scope.told else "")
    if chunk.cue("sum") and chunk.mark == ":" and not chunk.labels and "table3" in tables:
        return scope.headed((Sense(ROW, "table3", "result_total"),))
    if chunk.mark == ":" and not scope.table and row is None and _are_weak(chunk):
        # 怎么处理的：公开5，…
        scope = scope.but(table="table3")
    if chunk.mark == ":" and chunk.labels:
        senses = tuple(s for s in (row, col) if s is not None)
        # 收费：3,456,700元: a weak word alone before a colon heads what follows
        weak = [s for p in chunk.labels[:1] for s in p.senses if s.axis == ROW and s.table == form.table2]
        return scope.headed(senses or tuple(weak[: len(chunk.labels) == 1]))
    return scope.waiting(chunk) if chunk.labels else scope


def _without_result(word: Piece, case: Told) -> Unplaced:
    """直接起诉1件，法院裁定驳回起诉: an end that the form has no column for."""
    question = f"“{word.token.text}”在表四没有固定的列，请说明计入结果维持、结果纠正还是其他结果"
    options = tuple(
        Option(f"计入{label}", (Claimed(Target("table4", case.row.key, col), case.value),))
        for col, label in _RESULTS.items()
        if isinstance(case.value, int)
    )
    places = (Target("table4", case.row.key, "*"),)
    return Unplaced((word.span,), word.token.text, places, question, options=options)


def _are_weak(chunk: Chunk) -> bool:
    """Whether the labels speak of requests, though none of them would name a row by itself."""
    return bool(chunk.labels) and all(
        s.table == "table3" and s.weak for p in chunk.labels for s in p.senses[:1]
    )


def _heads_column(chunk: Chunk, text: str) -> bool:
    """Whether a clause only turns to a column of applicants: 先念自然人那一列, and not 合作社算在企业那栏."""
    label = chunk.labels[-1]
    alone = len(chunk.labels) == 1 and not chunk.figures and label.senses[0].table == "table3"
    return alone and label.gap[-1:] not in _AS and _COLUMN.match(text, label.end) is not None


def _assigns(chunk: Chunk) -> bool:
    """合作社你算在企业: two names of one column, and a word that puts the one into the other."""
    senses = [p.senses[0] for p in chunk.labels]
    same = len({(s.axis, s.key) for s in senses}) == 1 and len(senses) > 1 and senses[0].axis == COL
    return same and any(p.gap[-1:] in _AS for p in chunk.labels[1:])


def _none_left(chunk: Chunk) -> bool:
    """头年没剩下的: nothing was left over; 剩下的没有 speaks of the rest."""
    none = next((n for n, p in enumerate(chunk.pieces) if p.cue("zero")), len(chunk.pieces))
    return any(p.cue("left") for p in chunk.pieces[none:])


def _awaited(chunk: Chunk, scope: Scope, form: FormMap, out: Output, span: Span) -> Scope:
    """许可数下周给: no zero may stand there."""
    if not chunk.labels and scope.last is not None and (scope.colon or scope.last_sentence == scope.sentence):
        # 处罚：执法队直接报您，我这没有
        out.zero(
            Target(scope.last.table, scope.last.key, "*"),
            span,
            sure=False,
            sentence=scope.sentence,
            kind="pending",
        )
    for piece in (*(scope.pending if scope.joined else ()), *chunk.labels):
        row, col, _ = named((piece,), scope, form)
        if row is not None:
            out.zero(
                Target(row.table, row.key, "*"), span, sure=False, sentence=scope.sentence, kind="pending"
            )
        elif col is not None and scope.last is not None and scope.last.table == col.table:
            out.zero(
                Target(col.table, scope.last.key, col.key),
                span,
                sure=False,
                sentence=scope.sentence,
                kind="pending",
            )
    return scope.but(pending=(), joined=False)


def zero_table(chunk: Chunk, scope: Scope, form: FormMap, out: Output, span: Span) -> bool:
    """表四全部为0: whether the clause speaks of whole tables."""
    named_tables = [k for k in _TABLES if chunk.cue(k)]
    for key in named_tables if not chunk.labels else ():
        table = form.table2 if key == "table2" else key
        out.zero(
            Target(table, "rest" if chunk.cue("rest") else "*", "*"),
            span,
            sure=True,
            sentence=scope.sentence,
        )
    return bool(named_tables) and not chunk.labels


def rest_zero(scope: Scope, out: Output, span: Span) -> None:
    """其余为0: the rest of the block, of the table, or of everything."""
    told = [t for t in scope.told if t.sentence == scope.sentence]
    if told and told[-1].row.table == "table4" and told[-1].col != "total":
        out.zero(Target("table4", told[-1].row.key, "rest"), span, sure=True, sentence=scope.sentence)
    elif scope.table or scope.last:
        table = scope.table or (scope.last.table if scope.last else "table3")
        out.zero(
            Target(table if table != "fee" else "table3", "rest", "*"),
            span,
            sure=True,
            sentence=scope.sentence,
        )
    else:
        out.zero(Target("*", "rest", "*"), span, sure=bool(scope.told), sentence=scope.sentence)


def _rest(
    chunk: Chunk, col: Sense | None, absent: bool, scope: Scope, form: FormMap, out: Output, span: Span
) -> Scope:
    if absent or col is None:
        if absent and not zero_table(chunk, scope, form, out, span):
            rest_zero(scope, out, span)
        return scope
    if col.table != "table3" or (
        any(p.cue("rest") and p.token.text[0] in "没未" for p in chunk.pieces[:-1]) and not chunk.cue("every")
    ):
        # 没点名企业的: what is named is the exception
        return scope
    scope = scope.but(left_to=col)
    open_rows = reach_of(scope, here=True)
    here = [t for t in scope.told if t.sentence == scope.sentence]
    if here and here[-1].col not in ("total", "") and not here[-1].settled:
        # 新收40件，企业3件，律所1件，剩下的都是个人; 其余（含上年结转的）均为自然人 speaks of other rows as well
        beyond = {s.key for c in chunk.inner for p in c.labels for s in p.senses[:1] if s.axis == ROW}
        key = "*" if beyond - {here[-1].row.key} else here[-1].row.key
        out.zero(Target("table3", key, col.key), span, sure=False, sentence=scope.sentence, kind="rest_only")
        return settled(scope, {here[-1].row.key})
    rows = [t.row.key for t in open_rows if t.row.key != "result_total"]
    for key in dict.fromkeys(rows) if rows else ("*",):
        out.zero(Target("table3", key, col.key), span, sure=False, sentence=scope.sentence, kind="rest_only")
    return settled(scope, set(rows))
