"""Finds the place of a figure from all that stands around it in its clause."""

from __future__ import annotations

from dataclasses import replace

from assistant.extraction.sentences.items import Item
from assistant.extraction.sentences.placing import Place, named, place
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.words import COL, FormMap, Sense
from assistant.extraction.statements import Span, Target

__all__ = ["find", "span_over", "target_of"]


def find(item: Item, scope: Scope, form: FormMap) -> Place:
    """The place of a plain figure."""
    labels = tuple(p for p in item.labels if p.kind == "label")
    found = _of_money(item, place(labels, scope, form), scope, form)
    return _in_the_old_form(item, _with_labels_behind(item, found, scope, form), scope, form)


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
