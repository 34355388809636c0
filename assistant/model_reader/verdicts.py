"""What a referee has before it and what it decides: the offline reading, the source, facts let in, items refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.forms import CellKey
from assistant.model_reader.asked import Names, Place
from assistant.model_reader.grounding import Ground
from assistant.model_reader.remarks import rejected, shown
from assistant.report import UnitProfile
from assistant.report.facts import Evidence, Fact, FactStatus
from assistant.report.findings import Finding

__all__ = ["Bench", "Judged", "OfflineView", "merged_facts"]

_LIVE = (FactStatus.STATED, FactStatus.CONFLICTING)


@dataclass(frozen=True)
class OfflineView:
    """What the offline reader and arithmetic make of the same sources, before the model is heard.

    ``known`` are the values of cells that are not blank, whatever their origin.
    """

    facts: tuple[Fact, ...]
    known: Mapping[CellKey, int | Decimal]

    def live(self, place: Place) -> Fact | None:
        """The statement that holds at that place."""
        return next(
            (f for f in self.facts if f.status in _LIVE and (f.kind, f.where) == (place.kind, place.where)),
            None,
        )

    def overtaken(self, place: Place, value: int | Decimal) -> bool:
        """Whether the user said that value there and took it back."""
        return any(
            f.value == value and (f.kind, f.where) == (place.kind, place.where)
            for f in self.facts
            if f.status in (FactStatus.SUPERSEDED, FactStatus.WITHDRAWN)
        )


@dataclass
class Judged:
    """Facts that may enter the ledger, ids of offline facts the model confirms, and what is shown to the clerk."""

    facts: list[Fact] = field(default_factory=list)
    agreed: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    rejected: int = 0


@dataclass
class Bench:
    """One source and everything that is known about it."""

    ground: Ground
    names: Names
    profile: UnitProfile
    offline: OfflineView
    source: str
    prefix: str = "m"
    """first part of the ids of new facts"""

    def evidence(self, start: int, end: int) -> Evidence:
        """A span of the source as evidence."""
        return Evidence(source=self.source, start=start, end=end, quote=self.ground.text[start:end])

    def reject(self, out: Judged, cell: str, quote: str, reason: str) -> None:
        """Show an item that is not used, with the reason."""
        out.rejected += 1
        place = self.names.place(cell)
        name = shown(cell) if place is None else self.label(place)
        out.findings.append(rejected(place.where if place else "", name, quote, reason))

    def label(self, place: Place) -> str:
        """The place in words."""
        key = place.key
        return self.ground.form.label(key) if key is not None else place.where


def merged_facts(facts: Sequence[Fact], judged: Judged) -> list[Fact]:
    """The ledger of both readers: the offline facts, those confirmed marked so and sure, then what only the model found."""
    both = {"read_by": "both", "sure": True}
    kept = [f.model_copy(update=both) if f.id in judged.agreed else f for f in facts]
    return [*kept, *judged.facts]
