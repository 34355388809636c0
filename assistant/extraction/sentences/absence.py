"""Reads what there was none of: 没有行政复议, 上年无结转, 规章、规范性文件均无."""

from __future__ import annotations

from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.pieces import Chunk, Piece
from assistant.extraction.sentences.placing import rows_named
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.extraction.statements import Span, Target

__all__ = ["tell_absent"]


def tell_absent(chunk: Chunk, scope: Scope, form: FormMap, out: Output, span: Span) -> Scope:
    """没有行政复议, 上年无结转, 规章、规范性文件均无."""
    carried = _carried(chunk, scope)
    waiting = scope.pending if scope.joined or not chunk.labels or chunk.cue("every") else ()
    labels = (*(waiting if carried is None else ()), *chunk.labels)
    cols = [s for p in chunk.labels for s in p.senses[:1] if s.axis == COL]
    rows = rows_named(_without_verbs(chunk, labels), scope, form) if carried is None else carried
    if any(p.kind == "decoy" for p in chunk.pieces):
        # 社会评议没有收到意见: there was none of that
        rows = []
    if not scope.joined and rows:
        # 规章不归我们定，没有
        rows = [r for r in rows if r.table in (rows[0].table, "fee")]
    if not rows and cols and scope.last is not None and scope.last.table == cols[0].table:
        # 规章、规范性文件没有制发，现行有效的也没有: of all that there was none of
        none = [t.row for t in scope.told if t.sentence == scope.sentence and t.value == 0]
        same = [
            r for r in none if r.table == scope.last.table and cols[0].key in form.columns_of(r.table, r.key)
        ]
        for row in dict.fromkeys([*same, scope.last]):
            out.zero(Target(row.table, row.key, cols[0].key), span, sure=False, sentence=scope.sentence)
        return scope.but(pending=(), joined=False)
    if not rows and not labels and scope.colon:
        rows = [h for h in reversed((*scope.over, *scope.heads)) if h.axis == ROW][:1]
    if carried is None and chunk.cue("previous") and chunk.cue("next", "current"):
        # 上年下年都没有结转
        rows = [
            s for r in rows for s in (r, r._replace(key="carried_forward")) if r.key == "carried_over"
        ] or rows
    this_year = chunk.cue("current") and not chunk.cue("previous")
    if carried is None and not rows and not labels and this_year and scope.last_sentence == scope.sentence:
        # 复议去年1件，今年没有
        rows = [scope.last] if scope.last is not None else []
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
    # 政府信息公开申请没有收到: the weak word only says the same
    strong = all(any(not s.weak for s in p.senses[:1]) for p in chunk.labels) or len(rows) == 1
    plain = strong and not any(len(p.gap) > 1 for p in chunk.pieces[1:])
    col = "*"
    for row in rows:
        columns = form.columns_of(row.table, row.key)
        told = [c.key for c in cols if c.table == row.table]
        if (
            not told
            and "issued" in columns
            and any(p.cue("zero") and "发" in p.token.text for p in chunk.pieces)
        ):
            # 规范性文件没发过: none was issued, which says nothing of those in force
            told = ["issued"]
        head_col = scope.head(COL, row.table)
        if not told and head_col is not None and head_col.key in columns:
            told = [head_col.key]
        # 规章没有制发也没有废止: of each column that is named
        for col in told or ["*"]:
            out.zero(Target(row.table, row.key, col), span, sure=plain, sentence=scope.sentence)
    behind = scope
    for row in rows:
        behind = behind.after(Told(row, col, 0, span, scope.sentence, True))
    return behind.but(pending=(), joined=False)


def _without_verbs(chunk: Chunk, labels: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """全部办完没有转下年的, 问处理没有: what was done is no row that there is none of."""
    none = next((p.start for p in chunk.pieces if p.cue("zero")), 0)
    return tuple(
        p for p in labels if p.start > none or p.senses[:1] == () or p.senses[0].key != "result_total"
    )


def _carried(chunk: Chunk, scope: Scope) -> list[Sense] | None:
    """去年没剩, 今年也没有留下的, 上年没有: the rows of requests that are carried, told by the year alone; None where a row is named."""
    years, left = chunk.cue("previous"), chunk.cue("left")
    none = next((n for n, p in enumerate(chunk.pieces) if p.cue("zero")), 0)
    behind = any(p.cue("left") for p in chunk.pieces[none:]) and chunk.pieces[-1].kind != "label"
    if (chunk.labels and not behind) or not (years or left):
        return None
    if not left and (
        chunk.cue("current", "next") or (scope.last is not None and scope.last.table != "table3")
    ):
        return None
    keys = (["carried_over"] if years else []) + ["carried_forward"] * (
        chunk.cue("next", "current") or not years
    )
    return [Sense(ROW, "table3", key) for key in keys]
