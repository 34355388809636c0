"""Reads a row of figures: what they stand for comes from a list of labels, or from the form's own order where the number fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.extraction.sentences.output import Output, span_of
from assistant.extraction.sentences.pieces import Piece
from assistant.extraction.sentences.placing import Place, named, place
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.extraction.statements import Target
from assistant.extraction.structure import Use
from assistant.extraction.tokens import Token

__all__ = ["parts_of", "tell_dealt", "tell_row"]

_PERIODS = (4, 12)
"""figures of a row that may be its quarters or months"""


def tell_row(figure: Piece, labels: Sequence[Piece], scope: Scope, form: FormMap, out: Output) -> Scope:
    """新收 21 3 0 0 1 0 25, 规章0/0/0, 复议 7 - 11 7 计25, 88+7+3=98."""
    if figure.total is not None and not labels and not scope.colon and scope.last_sentence != scope.sentence:
        # 5+2+1+2=10，对上了
        out.account(figure, Use.CHECKED, "验算")
        return scope
    found = place(labels, scope, form)
    row = found.row
    whole = _whole_column(figure, found.col, scope, form)
    if whole and not scope.out:
        for item, target in zip(figure.items, whole, strict=True):
            _say(item, target, figure, scope, out, sure=False)
        return scope.but(last=None, table=whole[0].table)
    if row is None or scope.out:
        if row is None:
            # no blanket zero of the table may cover what such a row tells
            out.open(figure, "成行的数", (Target(scope.table, "*", "*"),) if scope.table else ())
        else:
            out.account(figure, Use.LEFT_OUT, scope.out)
        return scope
    items, total = list(figure.items), figure.total
    others = form.groups.get("ot_subtotal", ())
    if row.key == "ot_other" and len(items) == len(others) and not scope.legend:
        # 其他 1 0 0 below the rows of the other groups
        row = row._replace(key="ot_subtotal")
        found = replace(found, row=row)
    targets, fits = _targets(row, found.col, len(items), total is not None, scope, form)
    for bound in figure.bounds:
        out.account(bound, Use.LEFT_OUT, "序号")
    if figure.bounds:
        fits = [b.value for b in figure.bounds] == [1, len(items)]
        targets = targets if fits else []
    counted = row.key in form.groups and scope.counted == len(items)
    fits = fits or counted
    if not targets:
        return _only_its_sum(figure, found, scope, form, out)
    closes = _closes(items, total, targets)
    sure = (
        fits
        and (closes is True or bool(figure.bounds) or counted)
        and found.near
        and found.clear
        and not scope.unsure
    )
    for item, target in zip(items, targets, strict=False):
        _say(
            item,
            target,
            figure,
            scope,
            out,
            sure=sure
            or (
                fits and target.table.startswith("table2") and found.clear and (found.own_row or scope.colon)
            ),
        )
    if total is not None:
        if targets[0].row == row.key and targets[0].table != "table2":
            out.value(
                Target(row.table, row.key, "total"), total, figure.span, sure=sure, sentence=scope.sentence
            )
        else:
            out.value(
                Target(row.table, row.key, "total"), total, figure.span, sure=False, sentence=scope.sentence
            )
    return scope.after(Told(row, "", None, figure.span, scope.sentence, True))


def _whole_column(figure: Piece, col: Sense | None, scope: Scope, form: FormMap) -> list[Target]:
    """A column of table 3 from its first row to its last, or table 4 from left to right."""
    if len(figure.items) == len(form.rows3):
        col = col or scope.head(COL, "table3")
        row = scope.head(ROW, "table3")
        key = col.key if col is not None else "total" if row is not None and row.key == "result_total" else ""
        return [Target("table3", r, key) for r in form.rows3] if key else []
    blocks = ("review", "litigation_direct", "litigation_after_review")
    columns = form.columns_of("table4", "review")
    if len(figure.items) == len(blocks) * len(columns) and scope.table == "table4":
        return [Target("table4", b, c) for b in blocks for c in columns]
    return []


def _say(item: Token, target: Target, figure: Piece, scope: Scope, out: Output, *, sure: bool) -> None:
    if item.kind == "slash" or item.value == 0:
        out.zero(target, figure.span, sure=sure, sentence=scope.sentence)
        if item.kind == "num":
            out.account(item, Use.CHECKED, "零")
    elif item.value is not None and (item.approx or item.unit_kind == "other"):
        out.account(item, Use.NARRATIVE, "表格以外的数")
    else:
        out.value(target, item, figure.span, sure=sure, sentence=scope.sentence).prior |= scope.prior


def _targets(
    row: Sense, col: Sense | None, count: int, summed: bool, scope: Scope, form: FormMap
) -> tuple[list[Target], bool]:
    """The cells of ``count`` figures, and whether nothing but these cells fits."""
    if row.key in form.groups:
        parts = form.groups[row.key]
        if count == len(parts):
            return [Target("table3", part, "total" if col is None else col.key) for part in parts], False
        return [], False
    columns = form.columns_of(row.table, row.key)
    legend = [s.key for s in scope.legend if s.table == row.table and s.key in columns]
    if legend and legend[-1] == "total" and count == len(legend) - 1:
        legend = legend[:-1]
    if scope.periods and not legend and summed and count in _PERIODS:
        # the quarters or months of a row and their sum
        return [], False
    if legend and count in (len(legend), len(legend) + 1):
        keys = legend if count == len(legend) else [*legend, "total"]
        whole = "total" in keys or summed or row.table.startswith("table2")
        return [Target(row.table, row.key, key) for key in keys], whole
    if "total" in columns and count == len(columns) - 1 and not legend:
        return [Target(row.table, row.key, key) for key in columns if key != "total"], summed
    if count == len(columns) and count > 1:
        return [Target(row.table, row.key, key) for key in columns], True
    return [], False


def _closes(items: Sequence[Token], total: Token | None, targets: Sequence[Target]) -> bool | None:
    """Whether the row adds up to its sum; None where it has none."""
    values = [0 if t.kind == "slash" else t.value for t in items]
    if any(v is None for v in values):
        return False
    if total is not None:
        return sum(v for v in values if v is not None) == total.value
    if targets[-1].col == "total":
        return sum(v for v in values[:-1] if v is not None) == values[-1]
    if targets[0].col == "total":
        return sum(v for v in values[1:] if v is not None) == values[0]
    return None


def _only_its_sum(figure: Piece, found: Place, scope: Scope, form: FormMap, out: Output) -> Scope:
    """Figures whose places nobody knows: the sum is the row's, the parts are asked. Quarters and months are no cells: where the
    text is told by them and their sum is right, they are done with."""
    row, total = found.row, figure.total
    assert row is not None
    if total is None and all(t.value == 0 or t.kind == "slash" for t in figure.items):
        out.zero(Target(row.table, row.key, "*"), figure.span, sure=False, sentence=scope.sentence)
        return scope.after(Told(row, "*", 0, figure.span, scope.sentence, True))
    place = Target(row.table, row.key, "*")
    by_period = total is not None and scope.periods and len(figure.items) in _PERIODS
    closes = total is not None and _closes(figure.items, total, (place,)) is True
    col = "total" if found.col is None else found.col.key
    columns = form.columns_of(row.table, row.key)
    col = col if col in columns else columns[0] if len(columns) == 1 else "*"
    if total is None or col == "*":
        out.open(replace(figure, total=None), "成行的数", (place,))
        return scope.after(Told(row, "*", None, figure.span, scope.sentence))
    sure = closes and found.near and found.clear and not scope.unsure
    made = out.value(Target(row.table, row.key, col), total, figure.span, sure=sure, sentence=scope.sentence)
    made.prior = scope.prior
    if by_period and closes:
        for item in figure.items:
            out.account(item, Use.LEFT_OUT, "分期数")
    else:
        out.open(replace(figure, total=None), "成行的数", (place,))
    return scope.after(Told(row, col, total.value, figure.span, scope.sentence))


def parts_of(label: Piece) -> list[Piece]:
    """予以公开、部分公开 is one word of the lexicon, and two labels where figures are dealt out."""
    if not label.senses or label.senses[0].key != "granted_or_partial":
        return [label]
    return [replace(label, senses=(label.senses[0]._replace(key=key),)) for key in ("granted", "partial")]


def tell_dealt(figure: Piece, scope: Scope, form: FormMap, out: Output) -> Scope:
    """自然人、企业分别为33件、6件: one figure a label; 企业、个人各1件: the same for each."""
    labels, items = [part for label in figure.labels for part in parts_of(label)], list(figure.items)
    if figure.makes == "each":
        items *= len(labels)
    if len(labels) > len(items):
        # 规范性文件制发、废止、现行有效分别为…: what stands before the labels dealt to rules them
        row, lead, _ = named(labels[: -len(items)], scope, form)
        scope, labels = scope.headed(tuple(s for s in (row, lead) if s)), labels[-len(items) :]
    if len(items) != len(labels):
        out.open(figure, "分别")
        return scope
    for label, item in zip(labels, items, strict=True):
        found = place((label,), scope, form)
        if found.row is None:
            out.open(replace(figure, items=(item,)), label.token.text)
            continue
        columns = form.columns_of(found.row.table, found.row.key)
        col = (
            found.col.key
            if found.col
            else "total"
            if "total" in columns
            else columns[0]
            if len(columns) == 1
            else "*"
        )
        target = Target(found.row.table, found.row.key, col)
        if scope.out:
            out.account(item, Use.LEFT_OUT, scope.out)
        elif col == "*":
            out.open(replace(figure, items=(item,)), label.token.text, (target,))
        else:
            out.value(
                target,
                item,
                label.span.join(span_of(item)),
                sure=found.near and found.clear and not scope.prior,
                sentence=scope.sentence,
            ).prior |= scope.prior
        scope = scope.after(Told(found.row, col, item.value, span_of(item), scope.sentence))
    return scope
