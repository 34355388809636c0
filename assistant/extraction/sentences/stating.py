"""States what a placed figure says: a value, a zero, and what holds for all of its row."""

from __future__ import annotations

from assistant.extraction.sentences.finding import span_over
from assistant.extraction.sentences.items import Item
from assistant.extraction.sentences.judging import is_sure
from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.placing import Place, named, rows_named
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.words import FormMap, Sense
from assistant.extraction.statements import Target
from assistant.extraction.structure import Use

__all__ = ["state"]


def state(item: Item, target: Target, found: Place, scope: Scope, form: FormMap, out: Output) -> Scope:
    """Says what a placed figure says; the scope behind it."""
    assert found.row is not None
    figure, token = item.figure, item.figure.token
    if token.value == 0 or token.kind == "slash":
        return _tell_zero(item, target, found, scope, form, out)
    told = Told(found.row, target.col, token.value, figure.span, scope.sentence)
    sure = is_sure(item, found, scope) and not scope.correcting
    made = out.value(
        target,
        token,
        span_over(item),
        sure=sure,
        words="".join(p.token.text for p in item.labels),
        sentence=scope.sentence,
        in_yuan=scope.in_yuan,
    )
    signed = _signed(item, target)
    if signed is not None:
        made.value = signed
    made.prior |= scope.prior
    made.inherited = not found.own_row
    made.corrects = scope.correcting or figure.makes == "swap" or any(p.cue("correction") for p in item.cues)
    made.official = found.row.official
    if figure.makes == "swap" and figure.old is not None:
        made.replaces = figure.old.value
        out.account(figure.old, Use.CHECKED, "已更正的数")
    if figure.makes == "pair" and figure.old is not None:
        made.replaces = figure.old.value
        out.value(target, figure.old, span_over(item), sure=False, sentence=scope.sentence).prior = True
    return _told_behind(item, told, scope.after(told), found, form, out, sure)


def _signed(item: Item, target: Target) -> int | None:
    """Whether a change is told as a loss: 减5项, -7."""
    if target.col != "delta" or not isinstance(item.figure.token.value, int):
        return None
    words = "".join(p.token.text for p in (*item.labels, *item.behind)) + item.figure.token.gap
    return -item.figure.token.value if any(c in words for c in "减少消降划移-") else None


def _told_behind(
    item: Item, told: Told, scope: Scope, found: Place, form: FormMap, out: Output, sure: bool
) -> Scope:
    """The column told behind the figure holds for all of it."""
    behind = tuple(p for p in item.behind if p.kind == "label")
    ruled = scope.only is not None and told.row.table == "table3" and told.row.key != "result_total"
    only = scope.only if ruled and not found.own_col else None
    if behind and found.own_row:
        _, col, clear = named(behind, scope, form)
        if col is not None and col.table == told.row.table and told.col == "total":
            only, sure = col, sure and clear
    if only is None or told.col != "total":
        return scope
    return _all_of(item, told, only, scope, out, sure)


def _all_of(item: Item, told: Told, col: Sense, scope: Scope, out: Output, sure: bool) -> Scope:
    target = Target(told.row.table, told.row.key, col.key)
    if told.row.table == "table4":
        out.value(target, item.figure.token, span_over(item), sure=sure, sentence=scope.sentence)
    elif told.row.table == "table3":
        out.zero(target, span_over(item), sure=sure, sentence=scope.sentence, kind="only")
    return scope.but(told=(*scope.told[:-1], told._replace(settled=True)))


def _tell_zero(item: Item, target: Target, found: Place, scope: Scope, form: FormMap, out: Output) -> Scope:
    """0件: of one cell, or of all rows that were named before (规章、规范性文件都是0)."""
    assert found.row is not None
    if scope.prior and scope.channel != "text":
        out.account(item.figure, Use.LEFT_OUT, "上年数")
        return scope
    every = any(p.cue("every") for p in item.cues)
    labels = (
        *(scope.pending if every or scope.joined else ()),
        *(p for p in item.labels if p.kind == "label"),
    )
    rows = rows_named(labels, scope, form)
    whole = not found.own_col and found.col is None
    if (
        whole
        and any(p.cue("current") for p in item.cues)
        and "issued" in form.columns_of(target.table, target.row)
    ):
        # 规范性文件：本年0、废止1: of those issued
        whole, target = False, target._replace(col="issued")
    for row in rows if len({r.key for r in rows}) > 1 and whole else [found.row]:
        if scope.correcting and target.col in form.columns_of(row.table, row.key):
            # 说错了，第三方是0件: it takes the place of the figure told before
            told = Target(row.table, row.key, target.col)
            made = out.value(told, item.figure.token, span_over(item), sure=False, sentence=scope.sentence)
            made.corrects = True
        out.zero(
            Target(row.table, row.key, "*" if whole else target.col),
            span_over(item),
            sure=item.figure.token.value == 0 and is_sure(item, found, scope),
            sentence=scope.sentence,
        )
    return scope.after(Told(found.row, target.col, 0, item.figure.span, scope.sentence, True))
