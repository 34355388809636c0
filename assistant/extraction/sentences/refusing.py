"""What a figure is instead of a cell: a sum, a part, another unit's, another matter's, or one that must be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.totals import tell_sum
from assistant.extraction.sentences.words import FormMap
from assistant.extraction.statements import Target
from assistant.extraction.structure import Use

__all__ = ["Case", "refused"]


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


def _stands_alone(case: Case) -> Scope | None:
    if case.target is None or not case.is_bare or may_be_bare(case.item, case.scope, case.found):
        return None
    return case.asked(Target(case.target.table, case.target.row, "*"), words=case.item.gap)


def _not_even_one(case: Case) -> Scope | None:
    """一件申请都没收到."""
    token, row = case.item.figure.token, case.found.row
    none = token.value == 1 and token.chinese and any(p.cue("zero") for p in case.item.cues)
    if row is None or not none:
        return None
    columns = case.form.columns_of(row.table, row.key)
    if case.found.col is None and "total" not in columns and len(columns) > 1:
        behind = case.asked(Target(row.table, row.key, "*"))
        return behind.but(last=row, last_sentence=case.scope.sentence)
    col = "*" if case.found.col is None else case.found.col.key
    span = span_over(case.item)
    case.out.zero(Target(row.table, row.key, col), span, sure=False, sentence=case.scope.sentence)
    case.out.account(case.item.figure, Use.CHECKED, "没有")
    return case.scope.after(Told(row, "*", 0, case.item.figure.span, case.scope.sentence, True))


def _of_a_case(case: Case) -> Scope | None:
    """去年留的1件判了, where cases are spoken of."""
    if case.scope.table == "table4" and case.row.startswith("carried"):
        return case.asked(Target("table3", case.row, "*"))
    return None


def _is_a_part(case: Case) -> Scope | None:
    if case.target is not None and is_part_of_told(case.item, case.found, case.scope):
        return case.aside(Use.NARRATIVE, "其中的数，已包含在内")
    return None


def _fits_two_rows(case: Case) -> Scope | None:
    if case.row == "carried_forward" and may_be_either_carry(case.item, case.scope):
        return case.asked(Target("table3", "carried_over", "*"), Target("table3", "carried_forward", "*"))
    return None


def _of_decisions(case: Case) -> Scope | None:
    """处罚立案27起、结案25起."""
    last = case.scope.last if case.scope.last_sentence == case.scope.sentence else None
    executive = last is not None and last.key.startswith("admin_") and not case.scope.colon
    if executive and case.found.own_row and case.row == "result_total":
        return case.asked(Target("table3", case.row, "*"))
    return None


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


def _out_of_scope(case: Case) -> Scope | None:
    if not case.scope.out:
        return None
    case.out.account(case.item.figure, Use.LEFT_OUT, case.scope.out)
    return _passed(case).but(sibling=None)


def _unfit(case: Case) -> Scope | None:
    assert case.target is not None
    why, token = unfit(case.item, case.target, case.form), case.item.figure.token
    if why == "asked" or (case.target.col == "*" and token.value):
        case.asked(case.target, words=case.item.gap)
        return _passed(case)
    return case.aside(Use.NARRATIVE, why) if why else None


def _of_another_sentence(case: Case) -> Scope | None:
    assert case.target is not None
    scope, token = case.scope, case.item.figure.token
    near = case.found.own_row or scope.last_sentence == scope.sentence or bool(scope.pending)
    if near or token.value == 0 or token.kind == "slash" or carries_over(scope):
        return None
    return case.asked(Target(case.target.table, "*", case.target.col))


def _passed(case: Case) -> Scope:
    """The scope behind a figure that is not stated although its place is known."""
    assert case.found.row is not None
    assert case.target is not None
    token = case.item.figure.token
    told = Told(case.found.row, case.target.col, token.value, case.item.figure.span, case.scope.sentence)
    return case.scope.after(told)


_REFUSALS: tuple[Callable[[Case], Scope | None], ...] = (
    _negative, _sums_up, _stands_alone, _not_even_one, _of_a_case, _is_a_part, _fits_two_rows, _of_decisions, _of_other_things,
    _placeless, _out_of_scope, _unfit, _of_another_sentence,
)  # fmt: skip
"""asked in this order; the first that knows better ends it"""
