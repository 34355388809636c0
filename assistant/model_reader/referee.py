"""The referee: lets a figure of a model into the ledger only when the source bears it out and the offline reader does not gainsay it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.extraction.tokens import Token
from assistant.forms import CellKey
from assistant.model_reader.answers import ParsedReading, ReadCell
from assistant.model_reader.asked import Place
from assistant.model_reader.declarations import judge_activity, judge_applicants, judge_withdrawal
from assistant.model_reader.grounding import Fit
from assistant.model_reader.remarks import asked_about, model_only
from assistant.model_reader.verdicts import Bench, Judged
from assistant.report import Scope
from assistant.report.facts import Fact, FactKind, FactStatus, to_value

__all__ = ["Referee"]


@dataclass(frozen=True)
class _Found:
    """The figure of the source that an item means, what it is in the unit of the cell, and how well its words fit."""

    figure: Token
    value: int | Decimal
    fit: Fit


@dataclass
class Referee(Bench):
    """Judges the items that a model read from one source. Pure: reads no file, calls no model, changes no fact."""

    def judge(self, reading: ParsedReading) -> Judged:
        """What of a reading may be used."""
        out = Judged()
        self._uses = self._figure_uses()
        for item in reading.cells:
            self._cell(item, FactKind.CELL, out)
        for item in reading.last_year:
            self._cell(item, FactKind.PRIOR, out)
        for correction in reading.corrections:
            if correction.verb == "replace":
                self._cell(
                    ReadCell(cell=correction.cell, value=correction.value, quote=correction.quote),
                    FactKind.CELL,
                    out,
                )
            elif correction.verb == "withdraw":
                judge_withdrawal(self, correction, out)
        for declared in reading.applicants:
            judge_applicants(self, declared, out)
        for activity in reading.activities:
            judge_activity(self, activity, out)
        return out

    # ------------------------------------------------------------ figures
    def _cell(self, item: ReadCell, kind: FactKind, out: Judged) -> None:
        place = self.names.place(item.cell)
        if place is None:
            self.reject(out, item.cell, item.quote, "表中没有这个单元格")
            return
        if kind is FactKind.PRIOR:
            if place.kind is not FactKind.CELL:
                return
            place = Place(FactKind.PRIOR, place.where)
        if item.value and not _number(item.value):
            # zeros and blanks are never asked of a model, so they are not taken from it
            self.reject(out, item.cell, item.quote, "不是可填的数")
            return
        found = self._figure(item, place, out)
        if found is not None:
            self._weigh(item, place, found, out)

    def _figure(self, item: ReadCell, place: Place, out: Judged) -> _Found | None:
        """The figure of the quote that bears the item out best; None, and a rejection, when there is none."""
        spans = self.ground.locate(item.quote)
        if not spans:
            self.reject(out, item.cell, item.quote, "原文没有这句话")
            return None
        held = [self.ground.figures(*span) for span in spans]
        meant = [t for figures in held for t in self._meant(item, place, figures)]
        amounts = [(t, self.ground.amount(t, place)) for t in meant]
        ranked = [(self._fit(t, place), t, a) for t, a in amounts if a is not None]
        if not ranked:
            self.reject(out, item.cell, item.quote, _no_figure(item, meant, any(held)))
            return None
        fit, figure, value = max(ranked, key=lambda r: r[0])
        if fit is Fit.AGAINST and not self._agrees(place, value):
            self.reject(out, item.cell, item.quote, "原文这个数字说的是别的事项")
            return None
        return _Found(figure, value, fit)

    def _meant(self, item: ReadCell, place: Place, figures: Sequence[Token]) -> list[Token]:
        """The figures of one quotation that the item may mean.

        A value that the model repeats must be among them. Otherwise cells and figures go together in order where they are as
        many (zeros need not be counted), a single figure serves all cells, and where neither helps the words must name it.
        """
        if item.value:
            value = _number(item.value)
            return [t for t in figures if value in (t.value, self.ground.amount(t, place))]
        filled = [t for t in figures if t.value]
        inline = [row[item.turn] for row in (filled, figures) if len(row) == item.turns][:1]
        alone = inline or (filled if len(filled) == 1 else [])
        if alone and (self._fit(alone[0], place) is not Fit.AGAINST or self._has(place, alone[0])):
            return [t for t in alone if t.value]
        named = [t for t in filled if self._fit(t, place) is Fit.NAMED]
        return named if len({t.value for t in named}) == 1 else [t for t in alone if t.value]

    def _has(self, place: Place, figure: Token) -> bool:
        amount = self.ground.amount(figure, place)
        return amount is not None and self._agrees(place, amount)

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

    def _weigh(self, item: ReadCell, place: Place, found: _Found, out: Judged) -> None:
        """Compare with what is known; agreement, a new fact, a question, or a rejection."""
        figure, value = found.figure, found.value
        held = self.offline.live(place)
        if self._agrees(place, value):
            out.agreed |= {held.id} if held is not None else set()
            return
        objection = self._objection(figure, place, value)
        if objection:
            self.reject(out, item.cell, item.quote, objection)
            return
        fact = self._fact(place, found, item)
        known = held.value if held is not None else self._known(place)
        if known is not None:
            out.findings.append(asked_about(self.ground.form, fact, known, held))
            return
        if any((f.kind, f.where, f.value) == (fact.kind, fact.where, fact.value) for f in out.facts):
            return
        if found.fit is Fit.OPEN and (self._uses.get(figure.start) or self.ground.is_elsewhere(figure)):
            self.reject(out, item.cell, item.quote, "原文没有说明这个数字属于哪一格")
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

    def _fact(self, place: Place, found: _Found, item: ReadCell) -> Fact:
        figure = found.figure
        start, end = next(
            s for s in self.ground.locate(item.quote) if s[0] <= figure.start and figure.end <= s[1]
        )
        if item.turns > 1:
            start, end = self.ground.own_part(figure, start, end)
        hedged = figure.approx or self.ground.cue(figure, "hedge")
        return Fact(
            id=f"{self.prefix}{place.kind}.{place.where}@{start}",
            kind=place.kind,
            where=place.where,
            value=found.value,
            unit=figure.unit,
            status=FactStatus.HEDGED if hedged else FactStatus.STATED,
            evidence=(self.evidence(start, end),),
            read_by="model",
            # what only a model says is filled, marked and confirmed by a person
            sure=False,
        )

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


def _no_figure(item: ReadCell, meant: Sequence[Token], any_figure: bool) -> str:
    """Why a quotation gives the item no figure."""
    if meant:
        return "单位不符"
    if item.value:
        return f"引文里没有 {item.value}"
    return "引文里的数字与单元格对不上" if any_figure else "引文里没有可填的数"


def _number(text: str) -> int | Decimal | None:
    try:
        return to_value(text.strip())
    except ValueError:
        return None
