"""Reads figures that are sums: of the row whose columns were told, of the row that heads them, of all results."""

from __future__ import annotations

from assistant.extraction.sentences.finding import span_over, target_of
from assistant.extraction.sentences.items import Item
from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.placing import Place
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.extraction.statements import Target
from assistant.extraction.structure import Use

__all__ = ["sums_up_head", "tell_sum"]

_RESULTS = ("granted", "partial", "deny_", "na_", "np_", "ot_")
_WHOLE = ("total", "", "*")


def tell_sum(item: Item, scope: Scope, form: FormMap, out: Output) -> Scope:
    """共2, 合计61: the total of the row whose columns were just told, or of all results."""
    if item.figure.makes in ("pair", "swap"):
        return _other_sum(item, scope, out)
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
        adds_up = _results(scope, form) == item.figure.token.value
        parts = [t.value for t in siblings if t.row.key == last.key and t.col == "total"]
        in_parts = len(parts) > 1 and item.figure.token.value == sum(v for v in parts if isinstance(v, int))
        if in_parts or not rows <= {*form.rows3, *form.groups} or ("carried_forward" in rows and not adds_up):
            return _checks(item, last, scope, out)
        head = scope.head(COL, "table3")
        target = Target("table3", "result_total", "total" if head is None else head.key)
        told = Told(
            Sense(ROW, "table3", "result_total"),
            target.col,
            item.figure.token.value,
            item.figure.span,
            scope.sentence,
        )
    else:
        return _checks(item, last, scope, out)
    if scope.out or scope.prior:
        out.account(item.figure, Use.LEFT_OUT, scope.out or "上年数")
    else:
        # 维持9、纠正3，总计14: the sum stands beside the parts of its one row, whether it closes or not
        sure = last.table == "table4" and len(rows) == 1 and not (scope.unsure or item.gap)
        out.value(target, item.figure.token, span_over(item), sure=sure, sentence=scope.sentence)
    return scope.after(told)


def sums_up_head(item: Item, scope: Scope) -> bool:
    """Whether a sum is that of the results told of the applicant whose heading stands above: 【自然人】 予公5 不掌3 计8."""
    head = scope.head(COL, "table3")
    if head is None or any(p.cue("above") for p in item.cues):
        return False
    results: dict[str, int] = {}
    for told in scope.told:
        if told.col == head.key and told.row.key.startswith(_RESULTS) and isinstance(told.value, int):
            results[told.row.key] = told.value
    return sum(results.values()) == item.figure.token.value


def _checks(item: Item, last: Sense, scope: Scope, out: Output) -> Scope:
    """A sum that only checks what was told; one that nobody can read may be the total of anything told before."""
    if item.figure.token.value is not None:
        out.account(item.figure, Use.CHECKED, "合计数")
    else:
        rows = dict.fromkeys((("table3", "result_total"), (last.table, last.key)))
        out.open(item.figure, "合计", tuple(Target(table, row, "*") for table, row in rows))
    return scope


def _other_sum(item: Item, scope: Scope, out: Output) -> Scope:
    """计 26→27: the sum of that value which was told before."""
    figure, sums = item.figure, ("result_total", "received_all")
    old = None if figure.old is None else figure.old.value
    told = next((t for t in reversed(scope.told) if t.row.key in sums and t.value == old), None)
    if told is None or old is None:
        out.open(figure, "合计", (Target("table3", "result_total", "*"),))
        return scope
    target = Target(told.row.table, told.row.key, told.col)
    made = out.value(target, figure.token, span_over(item), sure=False, sentence=scope.sentence)
    made.replaces, made.corrects = old, True
    out.account(figure, Use.CHECKED, "已更正的数")
    return scope.after(told._replace(value=figure.token.value, sentence=scope.sentence))


def _results(scope: Scope, form: FormMap) -> int:
    """The sum of all results told so far."""
    told = {t.row.key: t.value for t in scope.told if t.row.table == "table3" and t.col == "total"}
    rows = (*form.group_of, "granted", "partial")
    return sum(v for row, v in told.items() if row in rows and isinstance(v, int))


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
