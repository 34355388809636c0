"""Reads a clause without a figure: what holds for all (都是自然人), for the rest (其余为0), or for nothing (没有)."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.pieces import Chunk, Piece
from assistant.extraction.sentences.placing import named
from assistant.extraction.sentences.reaching import counted_reach, reach_of, settled, summing
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.extraction.statements import Span, Target

__all__ = ["spread"]

_TABLES = {"table2": "table2", "table3": "table3", "table4": "table4"}
_SUBJECT = re.compile("申请人|所有申请|申请都|申请均|全部申请|提出|提的|来的")


def spread(chunk: Chunk, scope: Scope, form: FormMap, out: Output, text: str) -> Scope:
    """What a clause without a figure says; the scope behind it."""
    span = Span(chunk.pieces[0].start, chunk.pieces[-1].end)
    words = text[max(0, span.start - 6) : span.end]
    row, col, clear = named(chunk.labels, scope, form)
    if chunk.cue("hedge", "pending") and not chunk.cue("every"):
        return _awaited(chunk, scope, form, out, span)
    if chunk.cue("that") and not chunk.figures and not chunk.cue("every") and row is None:
        # 企业那件在里面: one of those that were told
        return scope
    if chunk.cue("table2", "table3", "table4"):
        key = next(k for k in _TABLES if chunk.cue(k))
        scope = scope.but(table=form.table2 if key == "table2" else key, last=None)
    absent = (
        any(p.cue("zero") and not p.token.text.startswith("不") for p in chunk.pieces)
        or "全零" in words
        or text[span.end - 1 : span.end] == "零"
    )
    if chunk.cue("rest"):
        return _rest(chunk, col, absent, scope, form, out, span)
    if absent:
        return _absent(chunk, scope, form, out, span)
    if col is not None and (row is None or col.table == row.table):
        return _every(chunk, row, col, clear, scope, form, out, span, words)
    whole = chunk.cue("every") or (len(chunk.labels) == 1 and not chunk.tail)
    if row is not None and whole and _explains(row, scope, form):
        return _all_is(row, scope, out, span)
    if (
        chunk.cue("sum")
        and chunk.mark == ":"
        and not chunk.labels
        and "table3" in (scope.table, scope.told[-1].row.table if scope.told else "")
    ):
        return scope.headed((Sense(ROW, "table3", "result_total"),))
    if chunk.mark == ":" and chunk.labels:
        return scope.headed(tuple(s for s in (row, col) if s is not None))
    return scope.waiting(chunk) if chunk.labels else scope


def _awaited(chunk: Chunk, scope: Scope, form: FormMap, out: Output, span: Span) -> Scope:
    """许可数下周给: no zero may stand there."""
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
            sure=False,
            sentence=scope.sentence,
        )
    return bool(named_tables) and not chunk.labels


def rest_zero(chunk: Chunk, scope: Scope, out: Output, span: Span) -> None:
    """其余为0: the rest of the block, of the table, or of everything."""
    told = [t for t in scope.told if t.sentence == scope.sentence]
    if told and told[-1].row.table == "table4" and told[-1].col != "total":
        out.zero(Target("table4", told[-1].row.key, "rest"), span, sure=False, sentence=scope.sentence)
    elif scope.table or scope.last:
        table = scope.table or (scope.last.table if scope.last else "table3")
        out.zero(
            Target(table if table != "fee" else "table3", "rest", "*"),
            span,
            sure=False,
            sentence=scope.sentence,
        )
    else:
        out.zero(Target("*", "rest", "*"), span, sure=False, sentence=scope.sentence)


def _rest(
    chunk: Chunk, col: Sense | None, absent: bool, scope: Scope, form: FormMap, out: Output, span: Span
) -> Scope:
    if absent or col is None:
        if absent and not zero_table(chunk, scope, form, out, span):
            rest_zero(chunk, scope, out, span)
        return scope
    if col.table != "table3" or (
        any(p.cue("rest") and p.token.text[0] in "没未" for p in chunk.pieces[:-1]) and not chunk.cue("every")
    ):
        # 没点名企业的: what is named is the exception
        return scope
    open_rows = reach_of(scope, here=True)
    here = [t for t in scope.told if t.sentence == scope.sentence]
    if here and here[-1].col not in ("total", ""):
        # 新收40件，企业3件，律所1件，剩下的都是个人
        out.zero(
            Target("table3", here[-1].row.key, col.key),
            span,
            sure=False,
            sentence=scope.sentence,
            kind="rest_only",
        )
        return settled(scope, {here[-1].row.key})
    rows = [t.row.key for t in open_rows if t.row.key != "result_total"]
    for key in dict.fromkeys(rows) if here else ("*",):
        out.zero(Target("table3", key, col.key), span, sure=False, sentence=scope.sentence, kind="rest_only")
    return settled(scope, set(rows))


def _absent(chunk: Chunk, scope: Scope, form: FormMap, out: Output, span: Span) -> Scope:
    """没有行政复议, 上年无结转, 规章、规范性文件均无."""
    if zero_table(chunk, scope, form, out, span):
        return scope
    waiting = scope.pending if scope.joined or not chunk.labels or chunk.cue("every") else ()
    labels = (*waiting, *chunk.labels)
    cols = [s for p in chunk.labels for s in p.senses[:1] if s.axis == COL]
    rows = _named_rows(labels, scope, form)
    if not rows and cols and scope.last is not None and scope.last.table == cols[0].table:
        out.zero(
            Target(scope.last.table, scope.last.key, cols[0].key), span, sure=False, sentence=scope.sentence
        )
        return scope.but(pending=(), joined=False)
    if not rows and not labels and scope.colon:
        rows = [h for h in reversed((*scope.over, *scope.heads)) if h.axis == ROW][:1]
    if chunk.cue("previous") and chunk.cue("next"):
        # 上年下年都没有结转
        rows = [
            s for r in rows for s in (r, r._replace(key="carried_forward")) if r.key == "carried_over"
        ] or rows
    several = (
        chunk.labels
        and any(not p.tight for p in chunk.labels)
        and chunk.pieces[0].cue("zero")
        and scope.colon
    )
    if several and scope.last is not None:
        # 收费：无 规范性文件：…: the label behind the blank is the next head
        out.zero(Target(scope.last.table, scope.last.key, "*"), span, sure=False, sentence=scope.sentence)
        return scope.headed((rows[-1],)) if rows else scope
    for row in rows:
        col = next((c.key for c in cols if c.table == row.table), "*")
        columns = form.columns_of(row.table, row.key)
        if (
            col == "*"
            and "issued" in columns
            and any(p.cue("zero") and "发" in p.token.text for p in chunk.pieces)
        ):
            # 规范性文件没发过: none was issued, which says nothing of those in force
            col = "issued"
        head_col = scope.head(COL, row.table)
        col = head_col.key if col == "*" and head_col is not None else col
        out.zero(
            Target(row.table, row.key, col),
            span,
            sure=len(labels) == 1 and not any(p.gap for p in chunk.pieces[1:]),
            sentence=scope.sentence,
        )
    behind = scope.after(Told(rows[-1], "*", 0, span, scope.sentence, True)) if rows else scope
    return behind.but(pending=(), joined=False)


def _named_rows(labels: tuple[Piece, ...], scope: Scope, form: FormMap) -> list[Sense]:
    found: list[Sense] = []
    for piece in labels:
        row, _, _ = named((piece,), scope.but(pending=()), form)
        if row is not None and row.weak and len(labels) > 1:
            # 其他申请人类型没有
            continue
        if row is not None and all(r.key != row.key or r.table != row.table for r in found):
            found.append(row)
    keys = {r.key for r in found}
    if keys & {"litigation_direct", "litigation_after_review"}:
        found = [r for r in found if r.key != "litigation_all"]
    if (
        len(keys) > 1
        and "new_received" in keys
        and keys & {"carried_over", "carried_forward"}
        and len(found) == 2
    ):
        return found
    return found


def _explains(row: Sense, scope: Scope, form: FormMap) -> bool:
    """不予公开5件，全部是行政执法案卷: the row is a part of the group that was told just before."""
    last = scope.told[-1] if scope.told else None
    if last is None or last.sentence != scope.sentence:
        return False
    lawsuits = last.row.key == "litigation_all" and row.table == "table4"
    return form.group_of.get(row.key) == last.row.key or (lawsuits and row.key != "litigation_all")


def _all_is(row: Sense, scope: Scope, out: Output, span: Span) -> Scope:
    last = scope.told[-1]
    if isinstance(last.value, int) and last.col == "total":
        made = out.restated(
            Target(row.table, row.key, "total"), last.value, last.span.join(span), scope.sentence
        )
        made.inherited = True
    return scope.after(Told(row, last.col, last.value, span, scope.sentence))


def _every(
    chunk: Chunk,
    row: Sense | None,
    col: Sense,
    clear: bool,
    scope: Scope,
    form: FormMap,
    out: Output,
    span: Span,
    words: str,
) -> Scope:
    every = chunk.cue("every") or bool(chunk.figures) or "全" in words[-len(words) + 4 :][:4]
    cols = {s.key for p in chunk.labels for s in p.senses[:1] if s.axis == COL}
    if len(cols) > 1 or (chunk.mark == "、" and not every):
        return scope.waiting(chunk).but(legend=scope.legend)
    if row is not None and not every:
        return scope.headed((row, col)) if chunk.mark == ":" else scope.waiting(chunk)
    if chunk.mark == ":" and not every:
        return scope.headed((col,))
    if chunk.cue("below"):
        if chunk.figures:
            # 下面说的都是个人那151件
            return scope.but(over=(*scope.over, col))
        return scope.but(only=col) if col.table == "table3" else scope
    reach = counted_reach(words, scope) if every else None
    if reach is None and chunk.figures:
        reach = summing(chunk.figures[-1].token.value, scope)
    if reach is None:
        reach = reach_of(scope, here=not chunk.cue("above")) if every else reach_of(scope, here=True)[-1:]
    last = scope.told[-1] if scope.told else None
    if (
        not every
        and last is not None
        and last.col == "legal_persons" != col.key
        and isinstance(last.value, int)
    ):
        # 法人1件（商业企业）
        out.restated(
            Target(last.row.table, last.row.key, col.key), last.value, last.span.join(span), scope.sentence
        )
        return scope
    if not every and not (reach and scope.told and reach[-1] is scope.told[-1]):
        return scope.waiting(chunk)
    if every and not reach and col.table == "table3":
        subject = _SUBJECT.search(words) is not None
        reach = reach_of(scope, here=False)
        if subject or not reach:
            out.zero(Target("table3", "*", col.key), span, sure=False, sentence=scope.sentence, kind="only")
            return scope
    mine = [t for t in reach if t.row.table == col.table]
    sure = clear and len(mine) == 1 and not scope.unsure
    for told in mine:
        if col.table == "table3":
            out.zero(
                Target("table3", told.row.key, col.key), span, sure=sure, sentence=scope.sentence, kind="only"
            )
        elif isinstance(told.value, int):
            out.restated(
                Target(told.row.table, told.row.key, col.key),
                told.value,
                told.span.join(span),
                scope.sentence,
            )
    return replace(settled(scope, {t.row.key for t in mine}), pending=(), joined=False)
