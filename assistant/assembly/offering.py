"""Keeps only the one-tap answers that nothing in the material contradicts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from assistant.assembly.asking import Candidate, Offer
from assistant.assembly.assemble import Assembly
from assistant.assembly.scopes import applicant_columns
from assistant.balance import Given, Reconciler
from assistant.forms import CellKey
from assistant.report.facts import FactKind, FactStatus

__all__ = ["Offering"]

_LARGEST = 10**15
"""larger figures are misreadings, and take no part in sums"""


@dataclass
class Offering:
    """What is known when choices are offered.

    ``awaited`` are cells whose figure was promised, told vaguely, or may be an open one; no choice says anything of them.
    """

    assembly: Assembly
    reconciler: Reconciler
    awaited: Collection[CellKey]

    def __post_init__(self) -> None:
        report = self.assembly.report
        self._given: Given = {
            key: (value, str(key))
            for key, value in report.filled()
            if isinstance(value, int) and report.layout.column(key).kind == "count" and 0 <= value <= _LARGEST
        }
        self._named = self._applicants()
        self._consistent = self.reconciler.refuted(self._given) is None

    def _applicants(self) -> set[str]:
        """The kinds of applicants that the material names with a figure, be it an open one."""
        columns = applicant_columns(self.assembly.report.layout)
        live = (FactStatus.STATED, FactStatus.HEDGED, FactStatus.CONFLICTING)
        places = {
            place.rpartition(".")[2]
            for fact in self.assembly.facts
            if fact.status in live and fact.kind in (FactKind.CELL, FactKind.OPEN) and fact.value != 0
            for place in fact.where.split()
        }
        return places.intersection(columns)

    def of(self, candidate: Candidate) -> Candidate:
        """The question with the choices that may be true."""
        if not candidate.offers:
            return candidate
        if not candidate.cells.isdisjoint(self.awaited):
            return candidate.offering(lambda offer: False)
        return candidate.offering(self._fits)

    def _fits(self, offer: Offer) -> bool:
        if offer.sweeping and self._named - {offer.sweeping}:
            # 都是自然人 where an enterprise was named
            return False
        if not self._consistent:
            return True
        told = {
            key: (value, "offer")
            for key, value in offer.cells
            if isinstance(value, int) and self.assembly.report.layout.column(key).kind == "count"
        }
        return not told or self.reconciler.refuted({**told, **self._given}) is None
