"""The referee: lets an item of a model into the ledger only when the source bears it out and the offline reader does not gainsay it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.extraction.asked import (
    ALL_ROWS,
    Names,
    ParsedReading,
    Place,
    ReadActivity,
    ReadApplicants,
    ReadCell,
    ReadCorrection,
)
from assistant.extraction.grounding import Fit, Ground
from assistant.extraction.remarks import asked_about, model_only, rejected, shown
from assistant.extraction.tokens import Token
from assistant.facts import Aspect, Evidence, Fact, FactKind, FactStatus, to_value
from assistant.findings import Finding
from assistant.forms import CellKey
from assistant.report import Scope, UnitProfile

__all__ = ["Judged", "OfflineView", "Referee"]

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
class Referee:
    """Judges the items that a model read from one source. Pure: reads no file, calls no model, changes no fact."""

    ground: Ground
    names: Names
    profile: UnitProfile
    offline: OfflineView
    source: str
    prefix: str = "m"
    """first part of the ids of new facts"""

    def judge(self, reading: ParsedReading) -> Judged:
        """What of a reading may be used."""
        out = Judged()
        self._uses = self._figure_uses()
        for item in reading.cells:
            self._cell(item, FactKind.CELL, out)
        for item in reading.last_year:
            self._cell(item, FactKind.PRIOR, out)
        for correction in reading.corrections:
            self._correction(correction, out)
        for declared in reading.applicants:
            self._applicants(declared, out)
        for activity in reading.activities:
            self._activity(activity, out)
        return out

    # ------------------------------------------------------------ figures
    def _cell(self, item: ReadCell, kind: FactKind, out: Judged) -> None:
        place = self.names.place(item.cell)
        if place is None:
            self._reject(out, item.cell, item.quote, "表中没有这个单元格")
            return
        if kind is FactKind.PRIOR:
            if place.kind is not FactKind.CELL:
                return
            place = Place(FactKind.PRIOR, place.where)
        value = _number(item.value)
        if value is None or value == 0:
            # zeros and blanks are never asked of a model, so they are not taken from it
            self._reject(out, item.cell, item.quote, "不是可填的数")
            return
        figure = self._figure(item, place, value, out)
        if figure is not None:
            self._weigh(item, place, figure, out)

    def _figure(
        self, item: ReadCell, place: Place, value: int | Decimal, out: Judged
    ) -> tuple[Token, int | Decimal, Fit] | None:
        """The figure of the quote that bears the item out best; None, and a rejection, when there is none."""
        spans = self.ground.locate(item.quote)
        if not spans:
            self._reject(out, item.cell, item.quote, "原文没有这句话")
            return None
        holders = [t for start, end in spans for t in self.ground.figures(start, end)]
        amounts = [(t, self.ground.amount(t, place)) for t in holders]
        fitting = [(t, a) for t, a in amounts if a is not None and value in (a, t.value)]
        if not fitting:
            known = any(value == t.value for t in holders)
            self._reject(out, item.cell, item.quote, "单位不符" if known else f"引文里没有 {value}")
            return None
        ranked = [(self._fit(t, place), t, a) for t, a in fitting]
        best = max(ranked, key=lambda r: r[0])
        if best[0] is Fit.AGAINST and not self._agrees(place, best[2]):
            self._reject(out, item.cell, item.quote, "原文这个数字说的是别的事项")
            return None
        return best[1], best[2], best[0]

    def _fit(self, figure: Token, place: Place) -> Fit:
        """How well a figure fits, the offline reading of the same figure taken into account."""
        uses = self._uses.get(figure.start, set())
        fit = self.ground.fit(figure, place)
        if (place.kind, place.where) in uses:
            return Fit.NAMED
        if not uses:
            return fit
        same_row = any(where.rpartition(".")[0] == place.where.rpartition(".")[0] for _, where in uses)
        # one figure may fill a total and an applicant (都是自然人), never two rows
        return (
            fit if same_row and fit is Fit.NAMED and not self._other_applicant(uses, place) else Fit.AGAINST
        )

    @staticmethod
    def _other_applicant(uses: Iterable[tuple[FactKind, str]], place: Place) -> bool:
        columns = {where.rpartition(".")[2] for _, where in uses} - {"total"}
        return bool(columns) and place.where.rpartition(".")[2] not in columns

    def _agrees(self, place: Place, value: int | Decimal) -> bool:
        """Whether the offline reader, or arithmetic upon it, has that value there."""
        held = self.offline.live(place)
        return (held.value if held is not None else self._known(place)) == value

    def _weigh(
        self, item: ReadCell, place: Place, found: tuple[Token, int | Decimal, Fit], out: Judged
    ) -> None:
        """Compare with what is known; agreement, a new fact, a question, or a rejection."""
        figure, value, fit = found
        held = self.offline.live(place)
        if self._agrees(place, value):
            out.agreed |= {held.id} if held is not None else set()
            return
        objection = self._objection(figure, place, value)
        if objection:
            self._reject(out, item.cell, item.quote, objection)
            return
        fact = self._fact(place, value, figure, item.quote)
        known = held.value if held is not None else self._known(place)
        if known is not None:
            out.findings.append(asked_about(self.ground.form, fact, known, held))
            return
        if any((f.kind, f.where, f.value) == (fact.kind, fact.where, fact.value) for f in out.facts):
            return
        if fit is Fit.OPEN and (self._uses.get(figure.start) or self.ground.is_elsewhere(figure)):
            self._reject(out, item.cell, item.quote, "原文没有说明这个数字属于哪一格")
            return
        out.facts.append(fact)
        out.findings.append(model_only(self.ground.form, fact))

    def _known(self, place: Place) -> int | Decimal | None:
        return self.offline.known.get(CellKey.parse(place.where)) if place.kind is FactKind.CELL else None

    def _objection(self, figure: Token, place: Place, value: int | Decimal) -> str:
        """Why a grounded figure still must not be used: another year, another scope, taken back, not meant as a fact."""
        row = place.where.split(".")[-2]
        ground = self.ground
        if self.offline.overtaken(place, value):
            return "这个数字后来已更正"
        prior = place.kind is FactKind.PRIOR
        last_year = ground.spoken_of(figure, "previous", "current", "next") == "previous"
        if last_year and not prior and row not in ("carried_over", "received_all"):
            return "这是上年的数字"
        if prior and not last_year:
            return "原文没有说这是上年的数字"
        other = "own_body" if self.profile.scope is Scope.GOVERNMENT else "whole_area"
        if ground.spoken_of(figure, "own_body", "whole_area") == other:
            return "统计口径不同"
        if ground.cue(figure, "question", "pending", "negated", "exclude"):
            return "原文不是确定的说法"
        return ""

    def _fact(self, place: Place, value: int | Decimal, figure: Token, quote: str) -> Fact:
        start, end = next(s for s in self.ground.locate(quote) if s[0] <= figure.start and figure.end <= s[1])
        hedged = figure.approx or self.ground.cue(figure, "hedge")
        return Fact(
            id=f"{self.prefix}{place.kind}.{place.where}@{start}",
            kind=place.kind,
            where=place.where,
            value=value,
            unit=figure.unit,
            status=FactStatus.HEDGED if hedged else FactStatus.STATED,
            evidence=(self._evidence(start, end),),
            read_by="model",
        )

    def _evidence(self, start: int, end: int) -> Evidence:
        return Evidence(source=self.source, start=start, end=end, quote=self.ground.text[start:end])

    def _figure_uses(self) -> dict[int, set[tuple[FactKind, str]]]:
        """By the start of each figure the places the offline reader filled from it; that reader may fill several from one."""
        uses: dict[int, set[tuple[FactKind, str]]] = {}
        for fact in self.offline.facts:
            if fact.value is None or fact.kind not in (
                FactKind.CELL,
                FactKind.PRIOR,
                FactKind.FEE,
                FactKind.AGGREGATE,
                FactKind.TEXT,
            ):
                continue
            place = Place(fact.kind, fact.where)
            for evidence in fact.evidence:
                if evidence.source != self.source:
                    continue
                holders = [
                    t
                    for t in self.ground.figures(evidence.start, evidence.end)
                    if self._same(t, place, fact.value)
                ]
                if holders:
                    uses.setdefault(holders[-1].start, set()).add((fact.kind, fact.where))
        return uses

    def _same(self, figure: Token, place: Place, value: int | Decimal) -> bool:
        return value in (self.ground.amount(figure, place), figure.value)

    # ------------------------------------------------------------ the other kinds of items
    def _correction(self, item: ReadCorrection, out: Judged) -> None:
        """Corrections are the user's to make: what the offline reader did not understand as one becomes a question."""
        place = self.names.place(item.cell)
        spans = self.ground.locate(item.quote)
        if place is None or not spans:
            self._reject(
                out, item.cell, item.quote, "表中没有这个单元格" if place is None else "原文没有这句话"
            )
            return
        if item.verb == "replace":
            self._cell(ReadCell(cell=item.cell, value=item.value, quote=item.quote), FactKind.CELL, out)
        elif item.verb == "withdraw":
            held = self.offline.live(place)
            self._drop(place, out)
            if (
                held is not None
                and held.value
                and self.ground.cue_in(*spans[0], "correction", "exclude", "negated")
            ):
                out.findings.append(
                    asked_about(self.ground.form, held, None, None, self._evidence(*spans[0]))
                )

    @staticmethod
    def _drop(place: Place, out: Judged) -> None:
        out.facts = [f for f in out.facts if (f.kind, f.where) != (place.kind, place.where)]
        out.findings = [f for f in out.findings if f.code != "MODEL_READ" or f.where != place.where]

    def _applicants(self, item: ReadApplicants, out: Judged) -> None:
        """都是自然人: all other applicants of the row are none. Taken only where the words say so and nothing speaks against it."""
        rows = self.names.rows if item.rows == ALL_ROWS else (item.rows,)
        if item.applicant not in self.names.applicants or not set(rows) <= set(self.names.rows):
            self._reject(out, f"{item.rows}.{item.applicant}", item.quote, "表中没有这样的申请人")
            return
        where = f"table3.{'*' if item.rows == ALL_ROWS else item.rows}.except.{item.applicant}"
        if any(
            f.kind is FactKind.ZERO and f.where.endswith(f".except.{item.applicant}")
            for f in self.offline.facts
        ):
            return
        bearing = [
            span
            for span in self.ground.locate(item.quote)
            if self.ground.cue_in(*span, "every")
            and any(t.has("col", item.applicant) for t in self.ground.between(*span))
        ]
        others = [c for c in self.names.applicants if c != item.applicant]
        spoken = any(self.offline.known.get(CellKey("table3", r, c)) for r in rows for c in others)
        if not bearing or spoken:
            self._reject(
                out, where, item.quote, "与已说明的申请人不符" if spoken else "原文没有说全部是这类申请人"
            )
            return
        evidence = (self._evidence(*bearing[0]),)
        out.facts.append(
            Fact(
                id=f"{self.prefix}zero.{where}",
                kind=FactKind.ZERO,
                where=where,
                value=0,
                evidence=evidence,
                read_by="model",
            )
        )

    def _activity(self, item: ReadActivity, out: Judged) -> None:
        spans = self.ground.locate(item.quote)
        if item.aspect not in list(Aspect) or not spans:
            self._reject(out, item.aspect, item.quote, "原文没有这句话" if not spans else "没有这个方面")
            return
        start, end = spans[0]
        covered = any(
            e.source == self.source and e.start < end and start < e.end
            for f in (*self.offline.facts, *out.facts)
            for e in f.evidence
        )
        if covered or self.ground.cue_in(start, end, "question"):
            return
        evidence = self._evidence(start, end)
        out.facts.append(
            Fact(
                id=f"{self.prefix}act@{start}",
                kind=FactKind.ACTIVITY,
                where=item.aspect,
                text=evidence.quote,
                evidence=(evidence,),
                read_by="model",
            )
        )

    def _reject(self, out: Judged, cell: str, quote: str, reason: str) -> None:
        out.rejected += 1
        place = self.names.place(cell)
        name = shown(cell) if place is None else self._label(place)
        out.findings.append(rejected(place.where if place else "", name, quote, reason))

    def _label(self, place: Place) -> str:
        key = place.key
        return self.ground.form.label(key) if key is not None else place.where


def _number(text: str) -> int | Decimal | None:
    try:
        return to_value(text.strip())
    except ValueError:
        return None


def merged_facts(facts: Sequence[Fact], judged: Judged) -> list[Fact]:
    """The ledger of both readers: the offline facts, those confirmed marked so, then what only the model found."""
    kept = [f.model_copy(update={"read_by": "both"}) if f.id in judged.agreed else f for f in facts]
    return [*kept, *judged.facts]
