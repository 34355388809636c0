"""Finds the place of a figure from all that stands around it in its clause."""

from __future__ import annotations

from dataclasses import replace

from assistant.extraction.sentences.items import Item
from assistant.extraction.sentences.placing import Place, named, place
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.extraction.statements import Span, Target

_GOES_ON, _ADDED = frozenset("转拖带留滚推"), frozenset("加连")
"""转81到23年; 加上年2"""
__all__ = ["find", "span_over", "target_of"]


def find(item: Item, scope: Scope, form: FormMap) -> Place:
    """The place of a plain figure."""
    labels = tuple(p for p in item.labels if p.kind == "label")
    found = _of_year(item, place(labels, scope, form), scope)
    found = _among_told(item, _as_before(item, found, scope), scope)
    found = _all_received(item, _carried(item, _left_over(item, found), scope), scope)
    found = _of_money(item, found, scope, form)
    return _in_the_old_form(item, _with_labels_behind(item, found, scope, form), scope, form)


def _of_year(item: Item, found: Place, scope: Scope) -> Place:
    """上半年发了1件，下半年发了2件，全年3件: the whole year of what the parts of the year counted."""
    told = scope.last_period
    if told is None or found.own_row or found.own_col or not any(p.cue("current", "sum") for p in item.cues):
        return found
    return Place(told.row, Sense(COL, told.row.table, told.col), near=True, clear=False, own_row=True)


def _as_before(item: Item, found: Place, scope: Scope) -> Place:
    """现行有效1203件，上年末为1120件: last year's figure of the column told just before."""
    told = scope.sibling
    if told is None or not scope.prior or found.own_row or found.col is not None or found.row is None:
        return found
    same = (
        told.sentence == scope.sentence
        and told.row.key == found.row.key
        and told.col not in ("", "*", "total")
    )
    return replace(found, col=Sense(COL, told.row.table, told.col)) if same else found


def _among_told(item: Item, found: Place, scope: Scope) -> Place:
    """予以公开50件，6件企业申请全在这里面: some of those told just before."""
    told, row = scope.sibling, found.row
    behind = any(p.cue("of_which") and p.start >= item.figure.end for p in item.cues)
    if (
        told is None
        or row is None
        or not (behind and found.own_col and row.weak and row.key == "new_received")
    ):
        return found
    among = told.row.table == row.table and told.col == "total" and told.row.key != row.key
    return replace(found, row=told.row, clear=False) if among else found


def _left_over(item: Item, found: Place) -> Place:
    """上一年压下来三件, 压到下一年的六件: requests of another year, told without the name of their row."""
    over, forward = (any(p.cue(year) for p in item.cues) for year in ("previous", "next"))
    over = over or any(p.cue("left") and "过来" in p.token.text for p in item.cues)
    left = any(p.cue("left") for p in item.cues) or (forward and item.figure.gap[-1:] in _GOES_ON)
    added = over and item.gap == "" and any(p.cue("previous") and p.gap[:1] in _ADDED for p in item.cues)
    if found.own_row or over == forward or not (left or added):
        return found
    row = Sense(ROW, "table3", "carried_over" if over else "carried_forward")
    return replace(found, row=row, near=True, own_row=True)


def _carried(item: Item, found: Place, scope: Scope) -> Place:
    """24年结转的2件 … 结转的2件都是个人: without a year, the figure told of the one row of what was carried."""
    words = {p.token.text for p in item.labels if p.senses and p.senses[0].key == "carried_forward"}
    if found.row is None or found.row.key != "carried_forward" or not words <= {"结转", "结转的"}:
        return found
    told = {t.row.key for t in scope.told if t.row.key.startswith("carried_")}
    again = any((t.row.key, t.value) == ("carried_over", item.figure.token.value) for t in scope.told)
    return (
        replace(found, row=found.row._replace(key="carried_over"))
        if again and told == {"carried_over"}
        else found
    )


def _all_received(item: Item, found: Place, scope: Scope) -> Place:
    """处理申请743件（含上年结转51件）, 新收和上年结转合计986件: all that there was to deal with."""
    row = found.row
    if row is None or row.table != "table3":
        return found
    asked = row.key != "result_total" or any("申请" in p.token.text for p in item.labels)
    lump = scope.lump and row.key in ("new_received", "result_total") and asked
    joined = (
        row.key == "carried_over"
        and any(p.cue("sum") for p in item.cues)
        and any(s.key == "new_received" for p in scope.pending for s in p.senses[:1])
    )
    return replace(found, row=Sense(ROW, "table3", "received_all")) if lump or joined else found


def _of_money(item: Item, found: Place, scope: Scope, form: FormMap) -> Place:
    """收费这项，全年收了35.28万元: money belongs to the row of money spoken of, whatever verb stands beside it."""
    token = item.figure.token
    money = token.unit_kind == "money" or (token.scaled and not token.unit)
    if (
        token.unit_kind == "money"
        and found.row is not None
        and found.col is not None
        and found.col.key == "projects"
    ):
        # 采购37个项目 共312.6万元
        return replace(found, col=found.col._replace(key="amount_yuan"), clear=False)
    if not money or (found.row is not None and found.row.table != "table3"):
        return found
    for row in (s for p in reversed(item.labels) for s in p.senses):
        if any(c.startswith("amount") for c in form.columns_of(row.table, row.key)):
            # 收费 1,204.35万元
            return Place(row, near=True, own_row=True)
    if found.row is None:
        return found
    spoken = [s for p in scope.pending for s in p.senses[:1]]
    if scope.last is not None and scope.last_sentence == scope.sentence:
        spoken = [scope.last, *spoken]
    for row in reversed(spoken):
        if any(c.startswith("amount") for c in form.columns_of(row.table, row.key)):
            return Place(row, near=True, clear=False)
    return found


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
            found,
            row=row or found.row,
            near=row is not None or found.near,
            col=col or found.col,
            clear=False,
            own_row=found.own_row or row is not None,
        )
    if row is not None and row.key != found.row.key:
        if (found.row.weak and found.row.table == "table3" != row.table) or (
            found.row.key == "litigation_all" and row.table == "table4"
        ):
            # 办出12件许可, 诉讼3件都是复议后起诉
            return replace(found, row=row, clear=not found.row.weak)
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
    elif "prev_items" in columns and found.own_row and token.unit == "项":
        key = "prev_items"
    elif (
        "decisions" in columns and scope.sibling is not None and scope.sibling.col in ("prev_items", "delta")
    ):
        key = "decisions" if scope.sibling.row.key == row.key else ""
    elif "amount_yuan" in columns:
        key = "amount_yuan" if token.unit_kind == "money" else "projects"
    told = key in ("prev_items", "delta")
    return replace(found, col=Sense(COL, row.table, key), clear=found.clear and told) if key else found


def target_of(found: Place, form: FormMap) -> Target | None:
    """The cell of a place; col is * where the row has several columns and none is told."""
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


def span_over(item: Item) -> Span:
    """From the first label of an item to its last."""
    pieces = (*item.labels, item.figure, *item.behind)
    return Span(min(p.start for p in pieces), max(p.end for p in pieces))
