"""What a figure is instead of a cell: a sum, a part, another unit's, another matter's, or one that must be asked."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from assistant.extraction.sentences.case import FAR, Case, passed
from assistant.extraction.sentences.finding import span_over
from assistant.extraction.sentences.judging import (
    carries_over,
    is_part_of_told,
    may_be_bare,
    may_be_either_carry,
    unfit,
)
from assistant.extraction.sentences.other_matters import (
    below_other_things,
    is_planned,
    narrows,
    of_a_case,
    of_decisions,
    of_other_cases,
    of_other_things,
    weak_and_far,
)
from assistant.extraction.sentences.reaching import row_worth
from assistant.extraction.sentences.scopes import OTHER_SCOPES, Scope, Told
from assistant.extraction.sentences.totals import tell_sum
from assistant.extraction.sentences.words import ROW, Sense
from assistant.extraction.statements import Target
from assistant.extraction.structure import Use

__all__ = ["Case", "refused"]

_SAYS = ("是", "为", "报", "记", "说", "写")
"""what stands before a figure that somebody gives"""
_FLOWS = ("issued", "abolished")


def refused(case: Case) -> Scope | None:
    """The scope behind a figure that fills no cell; None when it may fill its cell."""
    for refuse in _REFUSALS:
        behind = refuse(case)
        if behind is not None:
            return behind
    return None


def _sums_up(case: Case) -> Scope | None:
    sums = any(p.cue("sum") for p in case.item.cues)
    if case.is_bare and sums and case.item.figure.token.unit_kind != "money":
        return tell_sum(case.item, case.scope, case.form, case.out)
    return None


def _negative(case: Case) -> Scope | None:
    """新收申请-5件: no count of the form is negative."""
    labels, token = case.item.labels, case.item.figure.token
    signed = bool(labels) and token.gap in ("-", "－", "−") and labels[-1].end + 1 == token.start
    if not signed or case.target is None:
        return None
    return case.asked(case.target._replace(col="*"))


def _turns_back(case: Case) -> Scope | None:
    """19件里个人16件，企业3件: a figure told before, without a label, turns back to its row."""
    item, value = case.item, case.item.figure.token.value
    opens = item.first and not (item.labels or item.behind or item.alone or item.figure.makes)
    if not opens or not isinstance(value, int) or value < 2 or any(p.cue("sum") for p in item.cues):
        return None
    row = row_worth(value, case.scope)
    if row is None or case.scope.pending or case.scope.colon:
        return None
    behind = case.aside(Use.CHECKED, "前面说过的数")
    return behind.but(last=row, last_sentence=case.scope.sentence)


def _told_again(case: Case) -> Scope | None:
    """收费 12345678.90元（＝1234.56789万元）: the figure told just before, in another unit."""
    told, token = case.scope.told[-1] if case.scope.told else None, case.item.figure.token
    if told is None or told.sentence != case.scope.sentence or not (token.value and case.is_bare):
        return None
    if token.unit_kind != "money" or not isinstance(told.value, int | Decimal):
        return None
    units = (told.value, told.value * 10_000, Decimal(told.value) / 10_000)
    return case.aside(Use.CHECKED, "前面说过的数") if token.value in units else None


def _explains_correction(case: Case) -> Scope | None:
    """收了十六件，不对，十七件，年底又来了一件: why the figure before was corrected."""
    told, value = case.scope.sibling, case.item.figure.token.value
    bare = not case.item.labels and len(case.item.figure.gap) >= FAR
    if not case.scope.correcting or told is None or case.found.row != told.row or not bare:
        return None
    less = isinstance(value, int) and isinstance(told.value, int) and value < told.value
    return case.aside(Use.CHECKED, "已更正的数") if less else None


def _is_rival(case: Case) -> bool:
    """法规科报的是312件，执法支队报的是327件: another says another number of the same row; which one holds is asked."""
    told, token = case.scope.sibling, case.item.figure.token
    if told is None or case.found.row is None or told.sentence != case.scope.sentence:
        return False
    same = (
        told.row == case.found.row
        and told.value != token.value
        and told.col == getattr(case.target, "col", "")
    )
    return (
        same
        and token.unit_kind in ("count", "")
        and token.gap.endswith(_SAYS)
        and token.start - told.span.end > 2 * FAR
    )


def _stands_alone(case: Case) -> Scope | None:
    if (
        case.target is None
        or not case.is_bare
        or _is_rival(case)
        or may_be_bare(case.item, case.scope, case.found, case.form)
    ):
        return None
    return case.asked(Target(case.target.table, case.target.row, "*"), words=case.item.gap)


def _not_even_one(case: Case) -> Scope | None:
    """一件申请都没收到."""
    token, row = case.item.figure.token, case.found.row
    none = token.value == 1 and token.chinese and any(p.cue("zero") for p in case.item.cues)
    if row is None or not none:
        return None
    if any(p.cue("left") for p in case.item.cues):
        # 年底一个没剩
        over = any(p.cue("previous") for p in case.item.cues)
        row = Sense(ROW, "table3", "carried_over" if over else "carried_forward")
    columns = case.form.columns_of(row.table, row.key)
    if case.found.col is None and "total" not in columns and len(columns) > 1:
        behind = case.asked(Target(row.table, row.key, "*"))
        return behind.but(last=row, last_sentence=case.scope.sentence)
    col = "*" if case.found.col is None else case.found.col.key
    span = span_over(case.item)
    case.out.zero(Target(row.table, row.key, col), span, sure=False, sentence=case.scope.sentence)
    case.out.account(case.item.figure, Use.CHECKED, "没有")
    return case.scope.after(Told(row, col, 0, case.item.figure.span, case.scope.sentence, True))


def _repeats(case: Case) -> Scope | None:
    """简易程序11件已经包含在27里头: a figure without a label that was told before in the sentence."""
    value = case.item.figure.token.value
    if not case.is_bare or not value or case.item.figure.makes:
        return None
    here = [t.value for t in case.scope.told if t.sentence == case.scope.sentence]
    gap = len(case.item.gap) >= FAR or any(p.cue("of_which") for p in case.item.cues)
    return case.aside(Use.CHECKED, "前面说过的数") if value in here and gap else None


def _is_a_part(case: Case) -> Scope | None:
    if case.found.row is None:
        return None
    if case.target is not None and is_part_of_told(case.item, case.found, case.scope):
        return case.aside(Use.NARRATIVE, "其中的数，已包含在内")
    return None


def _fits_two_rows(case: Case) -> Scope | None:
    if case.row == "carried_forward" and may_be_either_carry(case.item, case.scope):
        return case.asked(Target("table3", "carried_over", "*"), Target("table3", "carried_forward", "*"))
    return None


def _all_done(case: Case) -> Scope | None:
    """新收7件，…7件全部答复: that all was answered is no count of results."""
    row, token = case.found.row, case.item.figure.token
    if row is None or row.key != "result_total" or not row.weak:
        return None
    received = [
        t for t in case.scope.told if t.row.key in ("new_received", "received_all") and t.col == "total"
    ]
    every = any(p.cue("every") for p in case.item.cues)
    return (
        case.aside(Use.CHECKED, "前面说过的数")
        if every and any(t.value == token.value for t in received)
        else None
    )


def _of_a_leaf(case: Case) -> Scope | None:
    """部分公开3件，其中1件遮了内部讨论: a result that is no group has no results as its parts."""
    told, row = case.scope.sibling, case.found.row
    of_which = any(p.cue("of_which") for p in case.item.cues) or case.scope.parts
    if told is None or row is None or not of_which or not row.weak or told.row.table != "table3":
        return None
    group = case.form.group_of.get(told.row.key, "")
    leaf = group or told.row.key in ("granted", "partial")
    apart = row.key != told.row.key and case.form.group_of.get(row.key, "-") != group
    return case.aside(Use.NARRATIVE, "其中的数，已包含在内") if leaf and apart else None


def _placeless(case: Case) -> Scope | None:
    if case.target is not None:
        return None
    token, col = case.item.figure.token, case.found.col
    if token.unit_kind in ("count", "") or col is not None:
        return case.asked(*(() if col is None else (Target(col.table, "*", col.key),)))
    return case.aside(Use.NARRATIVE, "表格以外的数")


def _part_of_received(case: Case) -> Scope | None:
    """有3份申请，2份是1月收到的，还有1份国庆后收的: when some of them came in."""
    row, token = case.found.row, case.item.figure.token
    if (
        row is None
        or row.key != "new_received"
        or not row.weak
        or case.found.own_col
        or case.scope.correcting
    ):
        return None
    here = [t for t in case.scope.told if t.sentence == case.scope.sentence and t.row.key == row.key]
    more = any(
        isinstance(t.value, int) and isinstance(token.value, int) and t.value > token.value for t in here
    )
    return case.aside(Use.CHECKED, "其中的数，已包含在内") if more and case.target is not None else None


def _told_already(case: Case) -> Scope | None:
    """规范性文件废止3件，另有5件自动失效: a second figure of a column of documents, without the row, may be of another kind."""
    assert case.target is not None
    scope, target = case.scope, case.target
    if case.found.own_row or not case.found.own_col or target.col not in _FLOWS or scope.correcting:
        return None
    told = [t for t in scope.told if t.sentence == scope.sentence and t.row.key == target.row]
    here = [t for t in told if t.col == target.col or (t.col == "*" and t.value == 0)]
    again = any(t.value != case.item.figure.token.value for t in here)
    return case.asked(target) if again and case.item.figure.makes == "" else None


def _out_of_scope(case: Case) -> Scope | None:
    if not case.scope.out:
        return None
    if case.scope.out in OTHER_SCOPES and case.target is not None:
        case.out.other(case.target, case.item.figure.token, case.scope.out)
    case.out.account(case.item.figure, Use.LEFT_OUT, case.scope.out)
    behind = passed(case).but(sibling=None)
    return behind.but(last_period=behind.told[-1]) if case.scope.out == "季度数" else behind


def _unfit(case: Case) -> Scope | None:
    assert case.target is not None
    why, token = unfit(case.item, case.target, case.form), case.item.figure.token
    if why == "asked" or (case.target.col == "*" and token.value):
        case.asked(case.target, words=case.item.gap)
        # 许可三百零几来着，噢，三百一十二件: the exact figure of what was vague may follow
        return passed(case).but(correcting=token.approx or case.scope.correcting)
    return case.aside(Use.NARRATIVE, why) if why else None


def _of_another_sentence(case: Case) -> Scope | None:
    assert case.target is not None
    scope, token = case.scope, case.item.figure.token
    near = (
        case.found.own_row
        or case.found.near
        or scope.last_sentence == scope.sentence
        or bool(scope.pending)
        or scope.prior
    )
    if near or token.value == 0 or token.kind == "slash" or carries_over(scope):
        return None
    return case.asked(Target(case.target.table, "*", case.target.col))


_REFUSALS: tuple[Callable[[Case], Scope | None], ...] = (
    below_other_things, is_planned, _explains_correction, _negative, _turns_back, _told_again, _is_a_part, _all_done, _of_a_leaf, _sums_up, _repeats, narrows, of_other_cases, weak_and_far, _stands_alone, _not_even_one,
    of_a_case, _fits_two_rows, of_decisions, of_other_things, _placeless, _out_of_scope, _part_of_received, _told_already, _unfit,
    _of_another_sentence,
)  # fmt: skip
"""asked in this order; the first that knows better ends it"""
