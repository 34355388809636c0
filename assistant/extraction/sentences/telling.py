"""Reads one item of a clause: what its figure is, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.extraction.sentences.finding import find, target_of
from assistant.extraction.sentences.items import Item
from assistant.extraction.sentences.judging import is_about_other_things, is_year, tells_period
from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.pieces import Piece
from assistant.extraction.sentences.placing import place
from assistant.extraction.sentences.refusing import Case, refused
from assistant.extraction.sentences.rows import tell_dealt, tell_row
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.stating import state
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.extraction.structure import Use

__all__ = ["tell"]


def tell(item: Item, scope: Scope, form: FormMap, out: Output) -> Scope:
    """Says what an item says; the scope behind it."""
    figure = item.figure
    if is_year(item, scope):
        out.account(figure, Use.LEFT_OUT, "年份")
        return scope
    if scope.line_out or tells_period(item):
        out.account(figure, Use.LEFT_OUT, scope.line_out or "分期数")
        return scope
    if figure.makes in ("known", "differ", "slip"):
        return _aside(item, scope, form, out)
    if figure.makes == "dealt":
        return tell_dealt(figure, scope, form, out)
    sums = any(
        p.cue("sum", "above") or p.token.text.startswith(("共", "总共", "一共"))
        for p in (*item.cues, *item.labels)
    )
    if sums and scope.head(COL, "table3") is not None:
        # 以上共办结63件 speaks of all, not of the applicant told last
        inside = scope.but(over=_rows_of(scope.over), heads=_rows_of(scope.heads))
        return tell(item, inside, form, out).but(over=scope.over, heads=scope.heads)
    labels = tuple(p for p in item.labels if p.kind == "label")
    if figure.token.unit == "项" and labels and labels[-1].senses[0].key in form.groups:
        # 不予公开八项依次：…
        return _aside(replace(item, figure=replace(figure, makes="known")), scope, form, out)
    if (
        figure.token.unit in ("项", "样")
        and scope.joined
        and labels
        and figure.token.value in _counts_of(labels, scope)
    ):
        # 许可、处罚、强制、收费四项: counts the labels before it
        out.account(figure, Use.CHECKED, "项数")
        return scope.but(pending=(*scope.pending, *labels))
    if is_about_other_things(item, labels):
        out.account(figure, Use.NARRATIVE, "表格以外的数")
        return scope.but(decoy=True)
    if (
        figure.makes == "row"
        and not labels
        and any(p.cue("sum") for p in item.cues)
        and scope.last is not None
    ):
        # 总计 44/40/3/1 below the rows of table 3
        scope = (
            scope.but(last=Sense(ROW, "table3", "result_total")) if scope.last.table == "table3" else scope
        )
    if figure.makes == "row":
        return tell_row(figure, labels, scope, form, out)
    found = find(item, scope, form)
    target = target_of(found, form)
    if target is not None and target.col == "prev_items":
        scope = scope.but(prior=False)
    if target is not None and target.table == "fee":
        target = target._replace(col="cases" if figure.token.unit_kind == "count" else "yuan")
    behind = refused(Case(item, found, target, scope, form, out))
    if behind is not None or target is None:
        return scope if behind is None else behind
    return state(item, target, found, scope, form, out)


def _rows_of(heads: tuple[Sense, ...]) -> tuple[Sense, ...]:
    return tuple(h for h in heads if h.axis == ROW)


def _counts_of(labels: Sequence[Piece], scope: Scope) -> tuple[int, ...]:
    many = len(labels) + len(scope.pending)
    return (many, many + 1)


def _aside(item: Item, scope: Scope, form: FormMap, out: Output) -> Scope:
    figure = item.figure
    labels = tuple(p for p in item.labels if p.kind == "label")
    found = place(labels, scope, form)
    if figure.makes == "slip":
        target = target_of(found, form)
        out.open(
            figure, "漏报或多报的数", (target,) if target else (), "这里的差数应计入哪一项，请给出更正后的数"
        )
        return scope
    out.account(figure, Use.LEFT_OUT, "与上年相差的数" if figure.makes == "differ" else "前面说过的数")
    senses = tuple(
        s for s in (found.row if found.own_row else None, found.col if found.own_col else None) if s
    )
    heads = figure.makes == "known" and senses and not any(p.cue("except") for p in item.cues)
    return scope.headed(senses) if heads else scope
