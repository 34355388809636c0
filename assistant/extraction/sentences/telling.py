"""Reads a clause with figures: binds each figure to its labels, places it, and says how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.extraction.sentences.items import Item
from assistant.extraction.sentences.judging import (
    carries_over,
    is_about_other_things,
    is_part_of_told,
    is_sure,
    is_year,
    may_be_bare,
    may_be_either_carry,
    may_be_others,
    tells_period,
    unfit,
)
from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.pieces import Piece
from assistant.extraction.sentences.placing import Place, named, place
from assistant.extraction.sentences.rows import tell_dealt, tell_row
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.extraction.statements import Span, Target
from assistant.extraction.structure import Use

__all__ = ["tell"]

_WHOLE = ("total", "", "*")


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
        p.cue("sum") or p.token.text.startswith(("共", "总共", "一共")) for p in (*item.cues, *item.labels)
    )
    if sums and scope.head(COL, "table3") is not None:
        # 以上共办结63件 speaks of all, not of the applicant told last
        scope = scope.but(over=_rows_of(scope.over), heads=_rows_of(scope.heads))
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
    found = _of_money(item, place(labels, scope, form), scope, form)
    found = _in_the_old_form(item, _with_labels_behind(item, found, scope, form), scope, form)
    if found.col is not None and found.col.key == "prev_items" and scope.prior:
        scope = scope.but(prior=False)
    return _state(item, found, scope, form, out)


def _of_money(item: Item, found: Place, scope: Scope, form: FormMap) -> Place:
    """收费这项，全年收了35.28万元: money belongs to the row of money spoken of, whatever verb stands beside it."""
    token = item.figure.token
    money = token.unit_kind == "money" or (token.scaled and not token.unit)
    if not money or found.row is None or found.row.table != "table3":
        return found
    spoken = [s for p in scope.pending for s in p.senses[:1]]
    if scope.last is not None and scope.last_sentence == scope.sentence:
        spoken = [scope.last, *spoken]
    for row in reversed(spoken):
        if any(c.startswith("amount") for c in form.columns_of(row.table, row.key)):
            return Place(row, near=True, clear=False)
    return found


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
        target = _target(found, form)
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


def _with_labels_behind(item: Item, found: Place, scope: Scope, form: FormMap) -> Place:
    """复议3件都维持了, 逾期不补正2件自然人, 不予公开1件属于第三方: what the labels before the figure leave open."""
    behind = tuple(p for p in item.behind if p.kind == "label")
    if not behind:
        return found
    row, col, _ = named((*item.labels, *behind) if found.own_row else behind, scope, form)
    own = found.row
    if own is not None and found.own_row and found.col is None and col is not None and col.table == own.table:
        columns = form.columns_of(own.table, own.key)
        if "total" not in columns and col.key in columns:
            # 政府集中采购215个项目
            return replace(found, col=col)
    if found.row is None or not found.own_row:
        return replace(
            found, row=row or found.row, near=row is not None or found.near, col=col or found.col, clear=False
        )
    if row is not None and row.key != found.row.key:
        if form.group_of.get(row.key) == found.row.key:
            return replace(found, row=row, clear=False)
        return found
    return found


def _in_the_old_form(item: Item, found: Place, scope: Scope, form: FormMap) -> Place:
    """上年267项, 今年-7, 216个项目: the columns that only the form of 2019 has are told without their names."""
    row = found.row
    columns = form.columns_of(row.table, row.key) if row is not None else ()
    if row is None or found.col is not None or len(columns) < 2:
        return found
    token = item.figure.token
    key = ""
    if "prev_items" in columns and scope.prior:
        key = "prev_items"
    elif "delta" in columns and token.gap.strip() in ("+", "-"):
        key = "delta"
    elif "amount_yuan" in columns:
        key = "amount_yuan" if token.unit_kind == "money" else "projects"
    return replace(found, col=Sense(COL, row.table, key), clear=False) if key else found


def _signed(item: Item, target: Target) -> int | None:
    """Whether a change is told as a loss: 减5项, -7."""
    if target.col != "delta" or not isinstance(item.figure.token.value, int):
        return None
    words = "".join(p.token.text for p in (*item.labels, *item.behind)) + item.figure.token.gap
    return -item.figure.token.value if any(c in words for c in "减少消降划移-") else None


def _target(found: Place, form: FormMap, default: bool = True) -> Target | None:
    if found.row is None:
        return None
    row = found.row
    if row.table == "fee":
        return Target("fee", row.key, "yuan")
    if found.col is not None:
        return Target(row.table, row.key, found.col.key)
    columns = form.columns_of(row.table, row.key)
    if not columns:
        return Target(row.table, row.key, "*")
    if "total" in columns:
        return Target(row.table, row.key, "total")
    return Target(row.table, row.key, columns[0] if len(columns) == 1 else "*")


def _state(item: Item, found: Place, scope: Scope, form: FormMap, out: Output) -> Scope:
    figure, token = item.figure, item.figure.token
    target = _target(found, form)
    sums = any(p.cue("sum") for p in item.cues)
    if target is not None and not found.own_row and not found.own_col and sums and token.unit_kind != "money":
        return _sum(item, scope, form, out)
    if target is not None and not found.own_row and not found.own_col and not may_be_bare(item, scope, found):
        out.open(figure, item.gap or token.text, (Target(target.table, target.row, "*"),))
        return scope
    if found.row is not None and token.value == 1 and token.chinese and any(p.cue("zero") for p in item.cues):
        # 一件申请都没收到
        columns = form.columns_of(found.row.table, found.row.key)
        if found.col is None and "total" not in columns and len(columns) > 1:
            out.open(figure, "没有", (Target(found.row.table, found.row.key, "*"),))
            return scope.but(last=found.row, last_sentence=scope.sentence)
        col = "*" if found.col is None else found.col.key
        out.zero(
            Target(found.row.table, found.row.key, col), _span(item), sure=False, sentence=scope.sentence
        )
        out.account(figure, Use.CHECKED, "没有")
        return scope.after(Told(found.row, "*", 0, figure.span, scope.sentence, True))
    if (
        found.row is not None
        and found.row.table == "table3"
        and scope.table == "table4"
        and found.row.key.startswith("carried")
    ):
        out.open(figure, "".join(p.token.text for p in item.labels), (Target("table3", found.row.key, "*"),))
        return scope
    if target is not None and found.row is not None and is_part_of_told(item, found, scope):
        out.account(figure, Use.NARRATIVE, "其中的数，已包含在内")
        return scope
    if found.row is not None and found.row.key == "carried_forward" and may_be_either_carry(item, scope):
        out.open(
            figure,
            item.labels[-1].token.text,
            (Target("table3", "carried_over", "*"), Target("table3", "carried_forward", "*")),
        )
        return scope
    last = scope.last if scope.last_sentence == scope.sentence else None
    executive = last is not None and last.key.startswith("admin_") and not scope.colon
    if executive and found.own_row and found.row is not None and found.row.key == "result_total":
        # 处罚立案27起、结案25起
        out.open(figure, "".join(p.token.text for p in item.labels), (Target("table3", found.row.key, "*"),))
        return scope
    if found.row is not None and found.own_row and scope.decoy and may_be_others(found):
        out.account(figure, Use.NARRATIVE, "表格以外的数")
        return scope
    if target is None or found.row is None:
        places = () if found.col is None else (Target(found.col.table, "*", found.col.key),)
        if token.unit_kind == "count" or found.col is not None or not token.unit_kind:
            out.open(figure, "".join(p.token.text for p in item.labels) or token.text, places)
        else:
            out.account(figure, Use.NARRATIVE, "表格以外的数")
        # what follows may be told of this applicant alone
        return scope.but(unsure=True) if found.own_col else scope
    if target.table == "fee":
        target = Target("fee", target.row, "cases" if token.unit_kind == "count" else "yuan")
    told = Told(found.row, target.col, token.value, figure.span, scope.sentence)
    if scope.out:
        out.account(figure, Use.LEFT_OUT, scope.out)
        return scope.after(told).but(sibling=None)
    why = unfit(item, target, form)
    if why == "asked" or (target.col == "*" and token.value):
        out.open(figure, item.gap or token.text, (target,))
        return scope.after(told)
    if why:
        out.account(figure, Use.NARRATIVE, why)
        return scope
    if token.value == 0 or token.kind == "slash":
        return _zero(item, target, found, scope, form, out)
    if (
        not found.own_row
        and scope.last_sentence != scope.sentence
        and not scope.pending
        and not carries_over(scope)
    ):
        out.open(
            figure,
            "".join(p.token.text for p in item.labels) or token.text,
            (Target(target.table, "*", target.col),),
        )
        return scope.but(unsure=True) if found.own_col else scope
    sure = is_sure(item, found, scope)
    made = out.value(
        target,
        token,
        _span(item),
        sure=sure,
        words="".join(p.token.text for p in item.labels),
        sentence=scope.sentence,
    )
    signed = _signed(item, target)
    if signed is not None:
        made.value = signed
    made.prior = scope.prior
    made.inherited = not found.own_row
    made.corrects = figure.makes == "swap" or any(p.cue("correction") for p in item.cues)
    made.official = found.row.official
    if figure.makes == "swap" and figure.old is not None:
        made.replaces = figure.old.value
        out.account(figure.old, Use.CHECKED, "已更正的数")
    if figure.makes == "pair" and figure.old is not None:
        out.value(target, figure.old, _span(item), sure=False, sentence=scope.sentence).prior = True
    return _behind(item, told, scope.after(told), found, form, out, sure)


def _behind(
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
        out.value(target, item.figure.token, _span(item), sure=sure, sentence=scope.sentence)
    elif told.row.table == "table3":
        out.zero(target, _span(item), sure=sure, sentence=scope.sentence, kind="only")
    return scope.but(told=(*scope.told[:-1], told._replace(settled=True)))


def _zero(item: Item, target: Target, found: Place, scope: Scope, form: FormMap, out: Output) -> Scope:
    """0件: of one cell, or of all rows that were named before (规章、规范性文件都是0)."""
    assert found.row is not None
    if scope.prior:
        out.account(item.figure, Use.LEFT_OUT, "上年数")
        return scope
    every = any(p.cue("every") for p in item.cues)
    labels = (
        *(scope.pending if every or scope.joined else ()),
        *(p for p in item.labels if p.kind == "label"),
    )
    rows = [s for p in labels for s in p.senses[:1] if s.axis == ROW and not s.weak]
    whole = not found.own_col and found.col is None
    for row in rows if len({r.key for r in rows}) > 1 and whole else [found.row]:
        out.zero(
            Target(row.table, row.key, "*" if whole else target.col),
            _span(item),
            sure=item.figure.token.value == 0 and is_sure(item, found, scope),
            sentence=scope.sentence,
        )
    return scope.after(Told(found.row, target.col, 0, item.figure.span, scope.sentence, True))


def _whole_of_head(item: Item, row: Sense, scope: Scope, form: FormMap, out: Output) -> Scope:
    """行政复议：总计7, 处罚这块：…一共43件: the whole of the row that heads it."""
    target = _target(Place(row), form)
    if target is None or target.col == "*" or row.table == "fee":
        out.open(item.figure, "合计", (Target(row.table, row.key, "*"),))
        return scope
    if scope.out or scope.prior:
        out.account(item.figure, Use.LEFT_OUT, scope.out or "上年数")
    else:
        out.value(target, item.figure.token, _span(item), sure=False, sentence=scope.sentence)
    return scope.after(Told(row, target.col, item.figure.token.value, item.figure.span, scope.sentence))


def _sum(item: Item, scope: Scope, form: FormMap, out: Output) -> Scope:
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
        out.value(target, item.figure.token, _span(item), sure=False, sentence=scope.sentence)
    return scope.after(told)


def _span(item: Item) -> Span:
    pieces = (*item.labels, item.figure, *item.behind)
    return Span(min(p.start for p in pieces), max(p.end for p in pieces))
