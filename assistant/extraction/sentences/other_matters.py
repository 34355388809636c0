"""Figures of other things than the form's: plans, cases about other things, what stands below or behind words for other work."""

from __future__ import annotations

from assistant.extraction.sentences.case import FAR, Case, passed
from assistant.extraction.sentences.causes import names_other_cause
from assistant.extraction.sentences.judging import (
    may_be_others,
)
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.statements import Target
from assistant.extraction.structure import Use

__all__ = [
    "below_other_things",
    "is_planned",
    "narrows",
    "of_a_case",
    "of_decisions",
    "of_other_cases",
    "of_other_things",
    "weak_and_far",
]

_PLANS = ("拟", "计划", "打算", "准备")
_CASES = ("review", "litigation_direct", "litigation_after_review", "litigation_all")


def narrows(case: Case) -> Scope | None:
    """复议12件，跟信息公开有关的只有1件: the row's own count takes the place of the wider one."""
    narrower = any(p.cue("narrows") for p in case.item.cues)
    if case.target is None or not case.is_bare or not narrower or case.row not in _CASES:
        return None
    case.out.widened(case.target.row, case.scope.sentence)
    return None


def is_planned(case: Case) -> Scope | None:
    """2026年拟制发规范性文件2件: a plan of the next year is no figure of this one."""
    row, pieces = case.found.row, (*case.item.labels, case.item.figure)
    carries = row is None or row.key in ("carried_forward", "carried_over")
    plans = any(p.gap.endswith(_PLANS) for p in pieces)
    if carries or not (
        plans or (row is not None and row.table != "table3" and any(p.cue("next") for p in case.item.cues))
    ):
        return None
    return case.aside(Use.LEFT_OUT, "下年的打算")


def of_other_cases(case: Case) -> Scope | None:
    """涉文化市场的行政复议3件，维持2件: table 4 counts only cases about the disclosure of information."""
    row, scope = case.found.row, case.scope
    if row is None or row.table != "table4" or any(p.cue("narrows") for p in case.item.cues):
        return None
    labels = tuple(p for p in case.item.labels if p.kind == "label")
    if not scope.other_cases and not names_other_cause(labels):
        return None
    case.out.account(case.item.figure, Use.NARRATIVE, "表格以外的数")
    behind = scope if case.target is None else passed(case)
    return behind.but(other_cases=True)


def of_a_case(case: Case) -> Scope | None:
    """去年留的1件判了, where cases are spoken of."""
    term = case.found.row is not None and case.found.own_row and case.found.row.official
    if case.scope.table == "table4" and case.row.startswith("carried") and not term:
        return case.asked(Target("table3", case.row, "*"))
    results = any(s.table == "table4" for p in case.item.behind for s in p.senses[:1])
    if case.scope.table == "table4" and case.row == "new_received" and results:
        return case.aside(Use.NARRATIVE, "案件的数")
    return None


def weak_and_far(case: Case) -> Scope | None:
    """专职政务公开岗位2个: a word that is weak for a row, and others between it and the figure."""
    row, gap = case.found.row, case.item.figure.gap
    if row is None or not (case.found.own_row and row.weak) or case.item.behind or len(gap) < FAR:
        return None
    if row.key not in ("granted", "partial"):
        return None
    if row.table != "table3" or case.scope.correcting or case.found.own_col:
        return None
    told = case.scope.sibling is not None and case.scope.sibling.sentence == case.scope.sentence
    if told and case.target is not None:
        return case.asked(case.target._replace(col="*"))
    return case.aside(Use.NARRATIVE, "表格以外的数")


def of_decisions(case: Case) -> Scope | None:
    """处罚立案27起、结案25起."""
    last = case.scope.last if case.scope.last_sentence == case.scope.sentence else None
    executive = last is not None and last.key.startswith("admin_") and not case.scope.colon
    if executive and case.found.own_row and case.row == "result_total":
        return case.asked(Target("table3", case.row, "*"))
    return None


def below_other_things(case: Case) -> Scope | None:
    """主动公开条数：386: what stands before the colon is no part of the form."""
    headed = case.scope.decoy and case.scope.colon
    return case.aside(Use.NARRATIVE, "表格以外的数") if headed and not case.item.labels else None


def of_other_things(case: Case) -> Scope | None:
    """12345工单208件，办结208件: what was done with other things."""
    if case.found.row is not None and case.found.own_row and case.scope.decoy and may_be_others(case.found):
        return case.aside(Use.NARRATIVE, "表格以外的数")
    return None
