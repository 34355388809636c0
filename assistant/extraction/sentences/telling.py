"""Reads one item of a clause: what its figure is, and what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.extraction.sentences.arranging import rowless
from assistant.extraction.sentences.finding import find, span_over, target_of
from assistant.extraction.sentences.items import Item
from assistant.extraction.sentences.judging import (
    is_about_other_things,
    is_difference,
    is_year,
    tells_period,
)
from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.pieces import Piece
from assistant.extraction.sentences.placing import Place, named, place
from assistant.extraction.sentences.reaching import closes_row, row_worth
from assistant.extraction.sentences.refusing import Case, refused
from assistant.extraction.sentences.rows import parts_of, tell_dealt, tell_row
from assistant.extraction.sentences.scopes import OTHER_SCOPES, Scope, Told
from assistant.extraction.sentences.spreading import rest_zero
from assistant.extraction.sentences.stating import state
from assistant.extraction.sentences.stories import APPLICANT_UNITS
from assistant.extraction.sentences.totals import sums_up_head
from assistant.extraction.sentences.words import ROW, FormMap, Sense
from assistant.extraction.statements import Target
from assistant.extraction.structure import Use

__all__ = ["tell"]

_CHANGED = re.compile("(?<![整修更])改$")
_PARTS = ("项", "类", "格", "栏", "行", "列")
"""units of parts of the form: 不予公开八项"""


def tell(item: Item, scope: Scope, form: FormMap, out: Output) -> Scope:
    """Says what an item says; the scope behind it."""
    figure = item.figure
    if is_year(item, scope):
        out.account(figure, Use.LEFT_OUT, "年份")
        return scope
    if form.version != "2019" and is_difference(item, prose=out.channel == "text"):
        out.account(figure, Use.LEFT_OUT, "与上年相差的数")
        return scope
    if scope.line_out in OTHER_SCOPES and not scope.out:
        return tell(item, scope.but(out=scope.line_out, line_out=""), form, out).but(
            out="", line_out=scope.line_out
        )
    if scope.line_out or tells_period(item):
        out.account(figure, Use.LEFT_OUT, scope.line_out or "分期数")
        return scope
    if _CHANGED.search(figure.gap):
        # 新收改12
        scope = scope.but(correcting=True)
    if scope.of_other and figure.token.unit_kind in ("", "other"):
        out.account(figure, Use.NARRATIVE, "表格以外的数")
        return scope
    if figure.equals and scope.sibling is not None and scope.sibling.sentence == scope.sentence:
        return _sum_of_row(item, scope.sibling, scope, out)
    if figure.makes == "last":
        out.of_last_year(figure)
        return scope.but(correcting=True)
    unheard = (
        figure.token.unit not in _PARTS
        and bool(item.labels)
        and all(t.value != figure.token.value for t in scope.told)
    )
    if figure.makes == "known" and _names_row(item) and (unheard or any(p.cue("rest") for p in item.cues)):
        # 现在有效的还是那3个, where no 3 was told
        figure = replace(figure, makes="")
        item = replace(item, figure=figure)
    if _counts_rows(item, form):
        figure = replace(figure, makes="known")
        item = replace(item, figure=figure)
    if figure.makes in ("known", "differ", "slip"):
        return _aside(item, scope, form, out)
    if figure.makes in ("dealt", "each"):
        return tell_dealt(figure, _below(item, scope, form), form, out)
    sums = any(
        p.cue("sum", "above") or p.token.text.startswith(("共", "总共", "一共"))
        for p in (*item.cues, *item.labels)
    )
    inside = scope.but(over=_rows_of(scope.over), heads=_rows_of(scope.heads))
    if sums and not sums_up_head(item, scope) and (inside.over, inside.heads) != (scope.over, scope.heads):
        # 以上共办结63件 speaks of all, not of the applicant told last
        behind = tell(item, inside, form, out)
        # 合计新收72件，上年结转2件，办结70件: what opens with a sum goes on about all
        behind = behind if scope.opening else behind.but(over=scope.over)
        return behind if scope.old_heads else behind.but(heads=scope.heads)
    labels = tuple(p for p in item.labels if p.kind == "label")
    if figure.token.unit in ("项", "样") and labels and figure.token.value in _counts_of(labels, scope):
        # 许可、处罚、强制、收费四项; 予以公开和部分公开两项: counts the labels before it
        out.account(figure, Use.CHECKED, "项数")
        return scope.but(pending=(*scope.pending, *labels))
    if any(p.cue("correction") and p.start >= figure.end for p in (*item.labels, *item.behind)):
        # 许可应该是49件，46作废
        out.account(figure, Use.CHECKED, "已更正的数")
        return scope
    without = rowless((*item.labels, *item.behind))
    if without is not None and figure.token.value and not _names_decisions(without, labels):
        return _ask_row(item, without, scope, out)
    counted = figure.token.unit in APPLICANT_UNITS and closes_row(figure.token.value, scope, alone=True)
    if is_about_other_things(item, labels) and not counted:
        out.account(figure, Use.NARRATIVE, "表格以外的数")
        # 21个部门汇总：新收132件: what only its unit keeps out says nothing of what follows
        named_other = any(p.kind == "decoy" for p in (*item.labels, *item.behind))
        return scope.but(decoy=True) if named_other else scope
    if (
        figure.makes == "row"
        and not labels
        and any(p.cue("sum") for p in item.cues)
        and (scope.last is not None or scope.table == "table3")
    ):
        # 总计 44/40/3/1 below the rows of table 3
        scope = (
            scope.but(last=Sense(ROW, "table3", "result_total"))
            if scope.last is None or scope.last.table == "table3"
            else scope
        )
    if figure.makes == "row":
        return tell_row(figure, labels, scope, form, out)
    if figure.token.value == 0 and not labels and any(p.cue("rest") for p in item.cues):
        # …还有两件转到明年剩下那些情形全是零
        rest_zero(scope, out, span_over(item))
        out.account(figure, Use.CHECKED, "零")
        return scope
    found = find(item, scope, form)
    if scope.other_cases and any(p.cue("narrows") for p in item.cues):
        scope = scope.but(other_cases=False)
    if scope.formerly is not None or any(p.cue("formerly") for p in item.cues):
        right = _put_right(item, found, scope, form, out)
        if right is not None:
            return right
    target = target_of(found, form)
    if target is not None and (target.col == "prev_items" or _came_over(item, found, scope)):
        scope = scope.but(prior=False)
    if target is not None and target.table == "fee":
        target = target._replace(col="cases" if figure.token.unit_kind == "count" else "yuan")
    passed_over = refused(Case(item, found, target, scope, form, out))
    if passed_over is not None or target is None:
        return scope if passed_over is None else passed_over
    return state(item, target, found, scope, form, out)


def _names_decisions(word: Piece, labels: Sequence[Piece]) -> bool:
    """民办学校类行政许可76件: who was permitted something is no applicant."""
    rows = [p for p in labels if any(s.axis == ROW and s.table.startswith("table2") for s in p.senses[:1])]
    return "ask_col" in word.token.kinds and any(p.start > word.start for p in rows)


def _sum_of_row(item: Item, told: Told, scope: Scope, out: Output) -> Scope:
    """新收 自41+企9+律4＝54: the row's total behind its columns."""
    figure, row = item.figure, told.row
    parts = [t.value for t in scope.told if t.sentence == scope.sentence and t.row == row]
    closes = sum(v for v in parts if isinstance(v, int)) == figure.token.value
    if told.col in ("total", "", "*") or row.table not in ("table3", "table4") or scope.out or scope.prior:
        out.account(figure, Use.CHECKED if closes else Use.LEFT_OUT, "合计数")
        return scope
    target = Target(row.table, row.key, "total")
    out.value(target, figure.token, figure.span, sure=closes and not scope.unsure, sentence=scope.sentence)
    return scope.after(Told(row, "total", figure.token.value, figure.span, scope.sentence))


def _came_over(item: Item, found: Place, scope: Scope) -> bool:
    """去年还有3件没办完的, 加上年2: the year says from when the requests are, and not that the figure is last year's."""
    if found.row is None or found.row.key != "carried_over" or not found.own_row or scope.channel:
        return False
    return not any(s.key == "carried_over" for p in (*item.labels, *item.behind) for s in p.senses[:1])


def _names_row(item: Item) -> bool:
    """剩下1件是复议后起诉的: what remains is told with its row."""
    return any(s.axis == ROW and not s.weak for p in (*item.labels, *item.behind) for s in p.senses[:1])


def _counts_rows(item: Item, form: FormMap) -> bool:
    """无法提供三项 12/2/1: as many as the group has rows in the form."""
    token, label = item.figure.token, item.labels[-1] if item.labels else None
    group = label.senses[0].key if label is not None and label.senses else ""
    return token.unit in ("项", "样") and token.value == len(form.groups.get(group, ()))


def _below(item: Item, scope: Scope, form: FormMap) -> Scope:
    """复议 维持/纠正/其他/未结 = 3/0/1/0: the row before the labels that are dealt to heads them."""
    row, _, _ = named(tuple(p for p in item.labels if p.kind == "label"), scope, form)
    return scope if row is None else scope.headed((row,))


def _put_right(item: Item, found: Place, scope: Scope, form: FormMap, out: Output) -> Scope | None:
    """结转下年原来写的3件里有1件已经答复了，所以是2件: what was written, why it is wrong, and what is right."""
    if any(p.cue("formerly") for p in item.cues):
        out.account(item.figure, Use.CHECKED, "已更正的数")
        return scope.but(formerly=found.row, correcting=True)
    row = scope.formerly
    other = found.row if found.own_row else None
    if row is None or (other is not None and not other.weak and other.key != "result_total"):
        return None
    if not item.figure.token.gap.endswith(("是", "为")):
        out.account(item.figure, Use.CHECKED, "已更正的数中的一部分")
        return scope
    place_of = Place(row, found.col if found.own_col else None, near=True, clear=False, own_row=True)
    target = target_of(place_of, form)
    if target is None or target.col == "*":
        return None
    return state(replace(item, labels=()), target, place_of, scope, form, out).but(formerly=None)


def _ask_row(item: Item, word: Piece, scope: Scope, out: Output) -> Scope:
    """咨询2件, 个体户1件: nothing of the form is made for it, so it may belong to any row or column."""
    axis = "列" if "ask_col" in word.token.kinds else "行"
    out.open(item.figure, word.token.text, (Target("table3", "*", "*"),), (
        f"“{word.token.text}”{item.figure.token.value}件在表三没有固定的{axis}，请说明计入哪一项"
    ))  # fmt: skip
    return scope.but(decoy=True)


def _rows_of(heads: tuple[Sense, ...]) -> tuple[Sense, ...]:
    return tuple(h for h in heads if h.axis == ROW)


def _counts_of(labels: Sequence[Piece], scope: Scope) -> tuple[int, ...]:
    """How many rows the labels before a figure are, where they are several."""
    many = len([part for label in (*scope.pending, *labels) for part in parts_of(label)])
    if many > 1 and (scope.joined or len(labels) == 1 < len(parts_of(labels[0]))):
        return (many, many + 1)
    return ()


def _is_left_out(figure: Piece, found: Place, scope: Scope) -> bool:
    """Whether what was forgotten is a row that was never told: then it is all of it."""
    assert found.row is not None
    row = found.row.key
    return figure.token.gap == "" and not any(t.row.key == row for t in scope.told)


def _told_anew(item: Item, target: Target, found: Place, scope: Scope, out: Output) -> Told:
    assert found.row is not None
    assert item.figure.old is not None
    out.value(target, item.figure.old, span_over(item), sure=False, sentence=scope.sentence)
    return Told(found.row, target.col, item.figure.old.value, item.figure.span, scope.sentence)


def _aside(item: Item, scope: Scope, form: FormMap, out: Output) -> Scope:
    figure = item.figure
    behind = item.behind if figure.makes == "known" else ()
    labels = tuple(p for p in (*item.labels, *behind) if p.kind == "label")
    found = place(labels, scope, form)
    if figure.makes == "slip":
        target = target_of(found, form)
        if (
            found.own_row
            and target is not None
            and figure.old is not None
            and _is_left_out(figure, found, scope)
        ):
            # 漏了1件重复申请
            return scope.after(_told_anew(item, target, found, scope, out))
        # 补：漏登了1件: where no row is named, any figure told before may be one too small
        table = "table3" if scope.last is None else scope.last.table
        here = found.own_row or scope.last_sentence == scope.sentence
        places = (target,) if target and here else (Target(table, "*", "*"),)
        asked = "这里的差数应计入哪一项，请给出更正后的数"
        out.open(figure, "漏报或多报的数", places, asked, spreads=not (target and here))
        row = found.row if found.own_row else None
        return scope if row is None else scope.but(last=row, last_sentence=scope.sentence, correcting=True)
    rest = figure.makes == "known" and figure.old is None and found.own_col and not found.own_row
    if rest and found.col is not None and scope.last is not None and closes_row(figure.token.value, scope):
        # 19份，个人18份，剩下1份是公司
        target = Target(scope.last.table, scope.last.key, found.col.key)
        out.value(target, figure.token, span_over(item), sure=False, sentence=scope.sentence)
        return scope
    if figure.makes == "known" and figure.token.unit in _PARTS:
        scope = scope.but(counted=figure.token.value)
    out.account(figure, Use.LEFT_OUT, "与上年相差的数" if figure.makes == "differ" else "前面说过的数")
    senses = tuple(
        s for s in (found.row if found.own_row else None, found.col if found.own_col else None) if s
    )
    if (
        figure.makes == "known"
        and len(senses) == 2
        and figure.old is not None
        and figure.old.value is not None
    ):
        # 上年结转的那1件是个人的
        target = Target(senses[0].table, senses[0].key, senses[1].key)
        out.value(target, figure.old, span_over(item), sure=False, sentence=scope.sentence)
        return scope
    back = row_worth(figure.token.value, scope) if any(p.cue("of_which") for p in item.cues) else None
    if figure.makes == "known" and not senses and back is not None:
        # 这11件里头十个是个人
        return scope.but(last=back, last_sentence=scope.sentence)
    heads = figure.makes == "known" and senses and not any(p.cue("except") for p in item.cues)
    return scope.headed(senses) if heads else scope
