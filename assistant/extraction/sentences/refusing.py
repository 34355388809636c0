"""What a figure is instead of a cell: a sum, a part, another unit's, another matter's, or one that must be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from assistant.extraction.sentences.causes import names_other_cause
from assistant.extraction.sentences.finding import span_over
from assistant.extraction.sentences.items import Item
from assistant.extraction.sentences.judging import (
    carries_over,
    is_part_of_told,
    may_be_bare,
    may_be_either_carry,
    may_be_others,
    unfit,
)
from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.placing import Place
from assistant.extraction.sentences.reaching import row_worth
from assistant.extraction.sentences.scopes import OTHER_SCOPES, Scope, Told
from assistant.extraction.sentences.totals import tell_sum
from assistant.extraction.sentences.words import ROW, FormMap, Sense
from assistant.extraction.statements import ANYWHERE, Target
from assistant.extraction.structure import Use

__all__ = ["Case", "refused"]

_SAYS = ("是", "为", "报", "记", "说", "写")
"""what stands before a figure that somebody gives"""
_PLANS = ("拟", "计划", "打算", "准备")
_FLOWS = ("issued", "abolished")
_CASES = ("review", "litigation_direct", "litigation_after_review", "litigation_all")
_FAR = 2
"""unread characters before a figure that show that it is told of again"""


@dataclass(frozen=True)
class Case:
    """A figure with the place that was found for it."""

    item: Item
    found: Place
    target: Target | None
    scope: Scope
    form: FormMap
    out: Output

    @property
    def words(self) -> str:
        """Its labels, else the figure itself."""
        return "".join(p.token.text for p in self.item.labels) or self.item.figure.token.text

    @property
    def is_bare(self) -> bool:
        """Whether it has a place and names no part of it itself."""
        return self.target is not None and not self.found.own_row and not self.found.own_col

    @property
    def row(self) -> str:
        """Key of its row, empty where there is none."""
        return "" if self.found.row is None else self.found.row.key

    def asked(self, *places: Target, words: str = "") -> Scope:
        """Leaves the figure open. What follows a lone applicant may be told of it alone."""
        unread = len(self.item.gap) + sum(len(p.gap) for p in self.item.cues)
        if places and self.is_bare and unread >= _FAR:
            # 予以公开3件，要地图的那边17件: words of its own that nobody reads may speak of anything
            places = (*places, ANYWHERE)
        self.out.open(self.item.figure, words or self.words, places)
        alone = self.found.own_col and not self.found.own_row
        return self.scope.but(unsure=True) if alone else self.scope

    def aside(self, use: Use, why: str) -> Scope:
        """Accounts for the figure without a statement."""
        self.out.account(self.item.figure, use, why)
        return self.scope


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


def _narrows(case: Case) -> Scope | None:
    """复议12件，跟信息公开有关的只有1件: the row's own count takes the place of the wider one."""
    narrower = any(p.cue("narrows") for p in case.item.cues)
    if case.target is None or not case.is_bare or not narrower or case.row not in _CASES:
        return None
    case.out.widened(case.target.row, case.scope.sentence)
    return None


def _is_planned(case: Case) -> Scope | None:
    """2026年拟制发规范性文件2件: a plan of the next year is no figure of this one."""
    row, pieces = case.found.row, (*case.item.labels, case.item.figure)
    carries = row is None or row.key in ("carried_forward", "carried_over")
    plans = any(p.gap.endswith(_PLANS) for p in pieces)
    if carries or not (
        plans or (row is not None and row.table != "table3" and any(p.cue("next") for p in case.item.cues))
    ):
        return None
    return case.aside(Use.LEFT_OUT, "下年的打算")


def _explains_correction(case: Case) -> Scope | None:
    """收了十六件，不对，十七件，年底又来了一件: why the figure before was corrected."""
    told, value = case.scope.sibling, case.item.figure.token.value
    bare = not case.item.labels and len(case.item.figure.gap) >= _FAR
    if not case.scope.correcting or told is None or case.found.row != told.row or not bare:
        return None
    less = isinstance(value, int) and isinstance(told.value, int) and value < told.value
    return case.aside(Use.CHECKED, "已更正的数") if less else None


def _of_other_cases(case: Case) -> Scope | None:
    """涉文化市场的行政复议3件，维持2件: table 4 counts only cases about the disclosure of information."""
    row, scope = case.found.row, case.scope
    if row is None or row.table != "table4" or any(p.cue("narrows") for p in case.item.cues):
        return None
    labels = tuple(p for p in case.item.labels if p.kind == "label")
    if not scope.other_cases and not names_other_cause(labels):
        return None
    case.out.account(case.item.figure, Use.NARRATIVE, "表格以外的数")
    behind = scope if case.target is None else _passed(case)
    return behind.but(other_cases=True)


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
        and token.start - told.span.end > 2 * _FAR
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


def _of_a_case(case: Case) -> Scope | None:
    """去年留的1件判了, where cases are spoken of."""
    term = case.found.row is not None and case.found.own_row and case.found.row.official
    if case.scope.table == "table4" and case.row.startswith("carried") and not term:
        return case.asked(Target("table3", case.row, "*"))
    results = any(s.table == "table4" for p in case.item.behind for s in p.senses[:1])
    if case.scope.table == "table4" and case.row == "new_received" and results:
        return case.aside(Use.NARRATIVE, "案件的数")
    return None


def _repeats(case: Case) -> Scope | None:
    """简易程序11件已经包含在27里头: a figure without a label that was told before in the sentence."""
    value = case.item.figure.token.value
    if not case.is_bare or not value or case.item.figure.makes:
        return None
    here = [t.value for t in case.scope.told if t.sentence == case.scope.sentence]
    gap = len(case.item.gap) >= _FAR or any(p.cue("of_which") for p in case.item.cues)
    return case.aside(Use.CHECKED, "前面说过的数") if value in here and gap else None


def _is_a_part(case: Case) -> Scope | None:
    if case.found.row is None:
        return None
    if case.target is not None and is_part_of_told(case.item, case.found, case.scope):
        return case.aside(Use.NARRATIVE, "其中的数，已包含在内")
    return None


def _weak_and_far(case: Case) -> Scope | None:
    """专职政务公开岗位2个: a word that is weak for a row, and others between it and the figure."""
    row, gap = case.found.row, case.item.figure.gap
    if row is None or not (case.found.own_row and row.weak) or case.item.behind or len(gap) < _FAR:
        return None
    if row.key not in ("granted", "partial"):
        return None
    if row.table != "table3" or case.scope.correcting or case.found.own_col:
        return None
    told = case.scope.sibling is not None and case.scope.sibling.sentence == case.scope.sentence
    if told and case.target is not None:
        return case.asked(case.target._replace(col="*"))
    return case.aside(Use.NARRATIVE, "表格以外的数")


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


def _of_decisions(case: Case) -> Scope | None:
    """处罚立案27起、结案25起."""
    last = case.scope.last if case.scope.last_sentence == case.scope.sentence else None
    executive = last is not None and last.key.startswith("admin_") and not case.scope.colon
    if executive and case.found.own_row and case.row == "result_total":
        return case.asked(Target("table3", case.row, "*"))
    return None


def _below_other_things(case: Case) -> Scope | None:
    """主动公开条数：386: what stands before the colon is no part of the form."""
    headed = case.scope.decoy and case.scope.colon
    return case.aside(Use.NARRATIVE, "表格以外的数") if headed and not case.item.labels else None


def _of_other_things(case: Case) -> Scope | None:
    if case.found.row is not None and case.found.own_row and case.scope.decoy and may_be_others(case.found):
        return case.aside(Use.NARRATIVE, "表格以外的数")
    return None


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
    behind = _passed(case).but(sibling=None)
    return behind.but(last_period=behind.told[-1]) if case.scope.out == "季度数" else behind


def _unfit(case: Case) -> Scope | None:
    assert case.target is not None
    why, token = unfit(case.item, case.target, case.form), case.item.figure.token
    if why == "asked" or (case.target.col == "*" and token.value):
        case.asked(case.target, words=case.item.gap)
        # 许可三百零几来着，噢，三百一十二件: the exact figure of what was vague may follow
        return _passed(case).but(correcting=token.approx or case.scope.correcting)
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


def _passed(case: Case) -> Scope:
    """The scope behind a figure that is not stated although its place is known."""
    assert case.found.row is not None
    assert case.target is not None
    token = case.item.figure.token
    # what is only about holds for nothing said behind it (三四件，都维持了)
    value = None if token.approx else token.value
    told = Told(case.found.row, case.target.col, value, case.item.figure.span, case.scope.sentence)
    return case.scope.after(told)


_REFUSALS: tuple[Callable[[Case], Scope | None], ...] = (
    _below_other_things, _is_planned, _explains_correction, _negative, _turns_back, _told_again, _is_a_part, _all_done, _of_a_leaf, _sums_up, _repeats, _narrows, _of_other_cases, _weak_and_far, _stands_alone, _not_even_one,
    _of_a_case, _fits_two_rows, _of_decisions, _of_other_things, _placeless, _out_of_scope, _part_of_received, _told_already, _unfit,
    _of_another_sentence,
)  # fmt: skip
"""asked in this order; the first that knows better ends it"""
