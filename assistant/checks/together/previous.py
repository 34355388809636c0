"""Finds and judges last year's report: which of many is the unit's, and whether one that was given can be compared at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from assistant.checks.together.areas import named, same_unit
from assistant.report import AnnualReport

__all__ = ["Earlier", "Pairing", "wrong_previous", "wrong_unit", "wrong_year"]

T = TypeVar("T")


def wrong_previous(
    report: AnnualReport, previous: AnnualReport, renamed: Mapping[str, str] | None = None
) -> str:
    """Why a report cannot be the unit's last one, in one Chinese sentence without its end; empty when nothing speaks against it.

    ``renamed`` gives the former names of units by their present ones. What the reports do not say is not held against them.
    """
    return wrong_year(report, previous) or wrong_unit(report, previous, renamed)


def wrong_year(report: AnnualReport, previous: AnnualReport) -> str:
    """Why a report cannot be that of the year before, as :func:`wrong_previous` says it."""
    this, last = report.year, previous.year
    if this is None or last is None or this - last == 1:
        return ""
    same = "，与本报告同一年度" if this == last else ""
    return f"提供的对比报告是 {last} 年度的{same}，不是 {this - 1} 年度的"


def wrong_unit(report: AnnualReport, previous: AnnualReport, renamed: Mapping[str, str] | None = None) -> str:
    """Why a report cannot be the same unit's, as :func:`wrong_previous` says it."""
    ours, theirs = report.org.name, previous.org.name
    if not ours or not theirs or same_unit(ours, theirs) or same_unit(_former(ours, renamed), theirs):
        return ""
    return f"提供的对比报告是“{theirs}”的，不是本单位（{ours}）的"


def _former(name: str, renamed: Mapping[str, str] | None) -> str:
    """The name the unit had before."""
    return next((old for new, old in (renamed or {}).items() if same_unit(new, name)), name)


class Earlier(NamedTuple, Generic[T]):
    """A report that may be somebody's last one: its unit's name, its year where known, and what stands for it."""

    name: str
    year: int | None
    report: T


class Pairing(Generic[T]):
    """Finds each unit's last report among many, by the unit's name and the year. Of equals the first given is taken."""

    def __init__(self, earlier: Iterable[Earlier[T]]) -> None:
        self._by_body: dict[str, list[Earlier[T]]] = defaultdict(list)
        for one in earlier:
            if one.name:
                self._by_body[named(one.name).body].append(one)

    def find(
        self,
        name: str,
        year: int | None,
        renamed: Mapping[str, str] | None = None,
        *,
        other_years: bool = False,
    ) -> T | None:
        """The unit's report of the year before ``year``, else one whose year nobody knows; None when there is none.

        ``renamed`` gives the former names of units by their present ones. ``other_years`` takes one of a wrong year rather
        than none, so that it can be named to the user.
        """
        if not name:
            return None
        wanted = None if year is None else year - 1
        for alias in dict.fromkeys((name, _former(name, renamed))):
            found = self._of_unit(alias)
            fitting = [one for one in found if wanted is None or one.year in (wanted, None)]
            fitting.sort(key=lambda one: one.year is None)
            if chosen := fitting or (found if other_years else []):
                return chosen[0].report
        return None

    def _of_unit(self, name: str) -> list[Earlier[T]]:
        """The reports of one unit: those of exactly its name, else those whose shorter or longer name fits only one unit."""
        parts = named(name)
        alike = [one for one in self._by_body[parts.body] if same_unit(one.name, name)]
        exact = [one for one in alike if named(one.name) == parts]
        units = {named(one.name) for one in alike}
        return exact or (alike if len(units) == 1 else [])
