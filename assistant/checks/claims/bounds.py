"""Tells which figures of a sentence are of another year or another scope than the report's own."""

from __future__ import annotations

from assistant.checks.claims import patterns as p
from assistant.checks.claims.passages import Passage
from assistant.checks.claims.types import Claim
from assistant.checks.lazy import regex
from assistant.report import AnnualReport, Level, Scope

__all__ = ["Bounds"]

_YEAR_MARK = regex(
    r"\d{4}(?=年)|上年|上一年|去年|前年|前一年|近(?:两年|三年|四年|五年|几年)|历年|上半年|下半年|一季度|二季度|三季度|四季度"
    r"|\d{1,2}月(?!\d*日?[，,]?共)|十三五|十四五|十五五|以来"
)
_SAME_YEAR_AFTER = ("年相比", "相比", "度结转", "结转", "年结转", "年度结转")
_COMPARE_LEAD = ("比", "较", "与", "同", "和")
_PLAN = regex(r"计划|力争|争取|预计|目标|拟|将(?!.{0,6}(?:纳入|结转))")
_OF_YEARS, _OF_SCOPES = "年月季五来", "全各直内我本政"
"""One of these stands in every word of time or scope; to look for a single character is quick."""


def _any(characters: str, text: str) -> bool:
    return any(character in text for character in characters)


class Bounds:
    """Year and scope of one passage; ``begin`` is where the sentence of a figure begins in its compact text."""

    def __init__(self, report: AnnualReport, passage: Passage) -> None:
        self._report, self._passage = report, passage

    def other_year(self, begin: int, label_start: int, start: int, claim: Claim | None = None) -> bool:
        """Whether the nearest mention of a time before the figure is not the report's own year."""
        if claim is not None and claim.readings[0][0].row in ("carried_over", "carried_forward"):
            start = label_start
        before = self._passage.compact[begin:start]
        if "截" in before:
            before = p.CUT_OFF.sub("", before)
        for mark in reversed(list(_YEAR_MARK.finditer(before))) if _any(_OF_YEARS, before) else ():
            if before[: mark.start()].endswith(_COMPARE_LEAD) or before.startswith(
                _SAME_YEAR_AFTER, mark.end()
            ):
                continue
            if mark.group().isdigit():
                return self._report.year is not None and int(mark.group()) != self._report.year
            return (
                not before[mark.end() :].removeprefix("度").startswith(("结转", "无结转", "没有结转", "末"))
            )
        return self._passage.key == "s5" and bool(_PLAN.search(before))

    def other_scope(self, begin: int, start: int) -> bool:
        """Whether the last word of scope before the figure names another scope than the report's own."""
        org, before = self._report.org, self._passage.compact[begin:start]
        if not _any(_OF_SCOPES, before):
            return False
        area = max(
            (m.end() for m in p.AREA_WORDS.finditer(before) if not self._own_area(m.group())), default=-1
        )
        organ = max((m.end() for m in p.ORGAN_WORDS.finditer(before)), default=-1)
        if org.scope is Scope.GOVERNMENT:
            return organ > area
        return area > organ and org.level is not None

    def _own_area(self, word: str) -> bool:
        return self._report.org.level is Level.TOWN and word in ("全镇", "全乡", "全街道")
