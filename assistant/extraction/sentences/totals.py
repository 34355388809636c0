"""Reads figures that are sums: of the row whose columns were told, of the row that heads them, of all results."""

from __future__ import annotations

from assistant.extraction.sentences.finding import span_over, target_of
from assistant.extraction.sentences.items import Item
from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.placing import Place
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.words import ROW, FormMap, Sense
from assistant.extraction.statements import Target
from assistant.extraction.structure import Use

__all__ = ["tell_sum"]

_WHOLE = ("total", "", "*")


def tell_sum(item: Item, scope: Scope, form: FormMap, out: Output) -> Scope:
    """共2, 合计61: the total of the row whose columns were just told, or of all results."""
    siblings = [t for t in scope.told if t.sentence == scope.sentence]
    rows = {t.row.key for t in siblings}
    last = scope.last
    if not siblings and last is not None and (scope.colon or last in scope.over):
        return _whole_of_head(item, last, scope, form, out)
    if not siblings and last is not None and last.table == "table3":
        rows = {t.row.key for t in scope.told[-8:]}
    if last is None:
        out.open(item.figure, "合计")
        return scope
    near = scope.sibling if scope.sibling is not None and scope.sibling.sentence == scope.sentence else None
    mine = [
        t.value
        for t in siblings
        if t.row.key == last.key and t.col not in _WHOLE and isinstance(t.value, int)
    ]
    closes = len(rows) <= 1 or sum(mine) == item.figure.token.value
    if near is not None and near.col not in _WHOLE and closes and last.table in ("table3", "table4"):
        target = Target(last.table, last.key, "total")
        told = Told(last, "total", item.figure.token.value, item.figure.span, scope.sentence)
    elif (
        last.table == "table3"
        and len([r for r in rows if r.startswith(("granted", "partial", "deny", "na_", "np_", "ot_"))]) > 1
    ):
        if not rows <= {*form.rows3, *form.groups} or "carried_forward" in rows:
            out.account(item.figure, Use.CHECKED, "合计数")
            return scope
        target = Target("table3", "result_total", "total")
        told = Told(
            Sense(ROW, "table3", "result_total"),
            "total",
            item.figure.token.value,
            item.figure.span,
            scope.sentence,
        )
    else:
        out.account(item.figure, Use.CHECKED, "合计数")
        return scope
    if scope.out or scope.prior:
        out.account(item.figure, Use.LEFT_OUT, scope.out or "上年数")
    else:
        out.value(target, item.figure.token, span_over(item), sure=False, sentence=scope.sentence)
    return scope.after(told)


def _whole_of_head(item: Item, row: Sense, scope: Scope, form: FormMap, out: Output) -> Scope:
    """行政复议：总计7, 处罚这块：…一共43件: the whole of the row that heads it."""
    target = target_of(Place(row), form)
    if target is None or target.col == "*" or row.table == "fee":
        out.open(item.figure, "合计", (Target(row.table, row.key, "*"),))
        return scope
    if scope.out or scope.prior:
        out.account(item.figure, Use.LEFT_OUT, scope.out or "上年数")
    else:
        out.value(target, item.figure.token, span_over(item), sure=False, sentence=scope.sentence)
    return scope.after(Told(row, target.col, item.figure.token.value, item.figure.span, scope.sentence))
