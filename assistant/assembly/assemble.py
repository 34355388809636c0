"""Lays the facts into the form, lets arithmetic fill what it fixes, and says what contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.assembly.constraints import (
    Clash,
    Equation,
    Network,
    aggregate_equation,
    equations_of,
    smallest_clash,
)
from assistant.assembly.scopes import Scopes, applicant_columns
from assistant.assembly.zeros import ZeroSweep, sums_of
from assistant.facts import Evidence, Fact, FactKind, FactStatus, Origin, Value
from assistant.findings import Finding, Severity
from assistant.forms import CellKey, Form
from assistant.outcome import AggregateValue, Cell
from assistant.report import AnnualReport, InfoFee, UnitProfile

__all__ = ["Assembly", "assemble"]


@dataclass
class Assembly:
    """Figures, their origins, and what went wrong while laying them in."""

    report: AnnualReport
    cells: tuple[Cell, ...]
    aggregates: tuple[AggregateValue, ...]
    findings: tuple[Finding, ...]
    prior: AnnualReport | None
    """last year's figures that the message itself gives, as a partial report"""
    facts: tuple[Fact, ...]


def assemble(
    facts: Iterable[Fact],
    *,
    form: Form,
    year: int | None,
    profile: UnitProfile,
    previous: AnnualReport | None = None,
    confirm_zeros: bool = False,
) -> Assembly:
    """Build the report's figures from ledger facts.

    ``previous`` is last year's report (its 结转下年度 is this year's 上年结转); ``confirm_zeros`` records 其余为 0 for the
    cells that nothing speaks of. Stated totals stay as stated; sums that break are left to the rules. Never raises for
    contradictory facts.
    """
    return _Assembler(tuple(facts), form, year, profile, previous, confirm_zeros).run()


@dataclass
class _Filled:
    value: Value
    origin: Origin
    facts: tuple[str, ...]


@dataclass
class _Assembler:
    facts: tuple[Fact, ...]
    form: Form
    year: int | None
    profile: UnitProfile
    previous: AnnualReport | None
    confirm_zeros: bool
    filled: dict[CellKey, _Filled] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    conflicts: dict[CellKey, list[Fact]] = field(default_factory=dict)
    suspect: set[CellKey] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)

    def run(self) -> Assembly:
        self.by_id = {f.id: f for f in self.facts}
        self._state()
        spoken = frozenset([*self.filled, *self.conflicts])
        self.scopes = Scopes(self.form, spoken)
        self._declared_zero()
        self._whole_rows()
        self._carry()
        self.network = Network([*equations_of(self.form), *self._aggregates()])
        self._derive()
        self._rest()
        self._listed_in_full()
        if self.confirm_zeros:
            self._zero(
                [
                    k
                    for k in self.form.cells
                    if k not in self.filled and k not in self.conflicts and k not in self._hedged()
                ],
                (),
            )
        self._conflict_findings()
        self._text_findings()
        return self._result()

    # ------------------------------------------------------------ what was said
    def _live(self, *kinds: FactKind) -> list[Fact]:
        return [f for f in self.facts if f.kind in kinds and f.status is FactStatus.STATED]

    def _state(self) -> None:
        said: dict[CellKey, list[Fact]] = {}
        for fact in self._live(FactKind.CELL):
            said.setdefault(CellKey.parse(fact.where), []).append(fact)
        for key, facts in said.items():
            if len({f.value for f in facts}) > 1:
                self.conflicts[key] = facts
            elif facts[0].value is not None:
                origin = Origin.EDITED if any(f.edited for f in facts) else Origin.STATED
                self.filled[key] = _Filled(facts[0].value, origin, tuple(f.id for f in facts))

    def _hedged(self) -> set[CellKey]:
        """Cells the user was not sure about: never confirmed by a sweeping 其余为 0."""
        out: set[CellKey] = set()
        for fact in self.facts:
            if fact.status is not FactStatus.HEDGED:
                continue
            if fact.kind is FactKind.CELL:
                out.add(CellKey.parse(fact.where))
            elif fact.kind is FactKind.ZERO:
                out.update(self.scopes.exact(fact))
        return out

    def _declared_zero(self) -> None:
        for fact in self._live(FactKind.ZERO):
            for key in self.scopes.exact(fact):
                held = self.filled.get(key)
                if held is None and key not in self.conflicts:
                    self.filled[key] = _Filled(0, Origin.STATED, (fact.id,))
                elif (
                    held is not None
                    and held.value != 0
                    and key.col != "total"
                    and not self._superseded_by(held, fact)
                ):
                    self.conflicts[key] = [self.by_id[i] for i in held.facts] + [fact]
                    del self.filled[key]

    def _whole_rows(self) -> None:
        """5件，均为自然人: the clause states the applicant's figure as much as the total."""
        applicants = applicant_columns(self.form)
        for row in self.form.table("table3").rows:
            total = self.filled.get(CellKey("table3", row.key, "total"))
            blank = [c for c in applicants if CellKey("table3", row.key, c) not in self.filled]
            zeros = [self.filled[CellKey("table3", row.key, c)] for c in applicants if c not in blank]
            if total is None or len(blank) != 1 or any(z.value != 0 for z in zeros):
                continue
            key = CellKey("table3", row.key, blank[0])
            clauses = {i for z in zeros for i in z.facts}
            if key not in self.conflicts and all(".except." in self.by_id[i].where for i in clauses):
                self.filled[key] = _Filled(total.value, Origin.STATED, (*total.facts, *sorted(clauses)))

    @staticmethod
    def _superseded_by(held: _Filled, fact: Fact) -> bool:
        return held.origin is not Origin.STATED

    def _carry(self) -> None:
        """Last year's 结转下年度 is expected as this year's 上年结转 where nothing is said about it."""
        if self.previous is None:
            return
        for key in self.form.table("table3").cells:
            if key.row != "carried_over" or key in self.filled or key in self.conflicts:
                continue
            value = self.previous.tables["table3"]["carried_forward"].get(key.col)
            if value is not None:
                self.filled[key] = _Filled(value, Origin.CARRIED, ())

    def _aggregates(self) -> list[Equation]:
        out = []
        for fact in self._live(FactKind.AGGREGATE):
            name, line = fact.where.split(".", 1)
            aggregate = self.form.aggregate(name) or self.form.aggregate(line)
            if aggregate is None or not isinstance(fact.value, int):
                continue
            on_line = line if aggregate.key == name else name
            try:
                cells = aggregate.cells(on_line)
            except KeyError:
                continue
            if all(self.form.has(k) for k in cells):
                out.append(aggregate_equation(aggregate, on_line, fact.value, fact.id))
        return out

    # ------------------------------------------------------------ arithmetic
    def _given(self) -> dict[CellKey, tuple[int, str]]:
        given = {}
        for key, filled in self.filled.items():
            kind = self.form.column(key).kind
            if (
                kind == "count"
                and isinstance(filled.value, int)
                and filled.value >= 0
                and key not in self.suspect
            ):
                given[key] = (filled.value, filled.facts[0] if filled.facts else f"{filled.origin}:{key}")
        return given

    def _derive(self) -> None:
        """Fill what the sums fix; statements in a contradiction are set aside first, so that nothing rests on them."""
        for _ in range(40):
            given = self._given()
            solution = self.network.solve(given, self._usable())
            if solution.clash is None:
                break
            clash = smallest_clash(self.network, given, solution.clash)
            self._set_aside(clash, given)
        else:
            return
        for key, bound in solution.bounds.items():
            if key in self.conflicts and bound.low not in {f.value for f in self.conflicts[key]}:
                # arithmetic must not decide for a third value that nobody said
                continue
            if bound.fixed and key not in self.filled and self.form.has(key):
                facts = tuple(sorted(f for f in bound.facts if f in self.by_id))
                self.filled[key] = _Filled(bound.low, Origin.DERIVED, facts)

    def _usable(self) -> frozenset[str]:
        return frozenset(f.id for f in self._live(FactKind.AGGREGATE) if f.id not in self.broken)

    def _set_aside(self, clash: Clash, given: Mapping[CellKey, tuple[int, str]]) -> None:
        cells = {key for key, (_, fact) in given.items() if fact in clash.facts}
        self.suspect |= cells
        self.broken |= {f for f in clash.facts if f in self.by_id}
        stated = [self.by_id[f] for f in sorted(clash.facts) if f in self.by_id]
        only_cells = all(f.kind is FactKind.CELL for f in stated)
        if not cells or (only_cells and self._visible_to_a_rule(cells)):
            return
        quotes = "；".join(f"“{f.evidence[0].quote.strip()}”" for f in stated if f.evidence)
        names = sorted(str(k) for k in cells) or [stated[0].where]
        self.findings.append(
            Finding(
                code="CONFLICT",
                severity=Severity.ASK,
                where=names[0],
                cells=tuple(names),
                message=f"以下说法不能同时成立，请确认哪一处有误：{quotes}",
                evidence=tuple(e for f in stated for e in f.evidence),
            )
        )

    def _visible_to_a_rule(self, cells: set[CellKey]) -> bool:
        """A broken sum whose cells are all filled is reported by its own rule."""
        return any(cells >= set(i.cells) for i in self.form.identities)

    # ------------------------------------------------------------ the rest
    def _rest(self) -> None:
        for fact in self._live(FactKind.ZERO):
            cells = [k for k in self.scopes.rest(fact) if k not in self.filled and k not in self.conflicts]
            parts = fact.where.split(".")
            named = parts[parts.index("rest") + 1 :] if "rest" in parts else []
            self._zero(cells, (fact.id,), taker=named[0] if named else "")

    def _listed_in_full(self) -> None:
        """自然人 80、企业 1 without a total: the applicants of a row are listed in full."""
        for row in ("new_received", "carried_over", "carried_forward"):
            total = CellKey("table3", row, "total")
            listed = [
                f
                for f in self._live(FactKind.CELL)
                if f.where.startswith(f"table3.{row}.") and f.where != str(total)
            ]
            if total in self.filled or total in self.conflicts or not any(f.value for f in listed):
                continue
            others = [
                k
                for k in self.form.table("table3").cells
                if k.row == row and k != total and k not in self.filled and k not in self.conflicts
            ]
            if not any(k in self.suspect for k in self.form.table("table3").cells if k.row == row):
                self._zero(others, tuple(f.id for f in listed), Origin.DERIVED)

    def _zero(
        self,
        cells: list[CellKey],
        facts: tuple[str, ...],
        origin: Origin = Origin.CONFIRMED_ZERO,
        taker: str = "",
    ) -> None:
        """Set cells to zero where every sum they take part in still holds with all of them zero.

        ``taker`` is the applicant column that takes what remains (其余都是自然人).
        """
        given = self._given()
        bounds = self.network.solve(given, self._usable()).bounds
        known = {k: f.value for k, f in self.filled.items() if isinstance(f.value, int)}
        stated = [
            (e.plus, e.minus, e.constant)
            for e in self.network.equations
            if e.facts and not e.facts & self.broken
        ]
        sweep = ZeroSweep([*sums_of(self.form), *stated], known, taker)
        chosen = sweep.narrow({k for k in cells if k not in bounds or bounds[k].low == 0})
        while chosen:
            zeros = {k: (0, f"zero:{k}") for k in chosen}
            clash = self.network.solve(given | zeros, self._usable()).clash
            if clash is None:
                break
            narrower = sweep.narrow({k for k in chosen if f"zero:{k}" not in clash.facts})
            # a contradiction among the facts themselves, which no zero takes part in, would never end
            chosen = set() if narrower == chosen else narrower
        for key in cells:
            if key in chosen:
                self.filled[key] = _Filled(0, origin, facts)
        if chosen:
            self._derive()

    # ------------------------------------------------------------ findings
    def _conflict_findings(self) -> None:
        for key, facts in self.conflicts.items():
            values = "、".join(str(v) for v in dict.fromkeys(f.value for f in facts))
            quotes = "；".join(f"“{e.quote.strip()}”" for f in facts for e in f.evidence[:1])
            self.findings.append(
                Finding(
                    code="CONFLICT",
                    severity=Severity.ASK,
                    where=str(key),
                    cells=(str(key),),
                    message=f"“{self.form.label(key)}”有不同的说法（{values}）：{quotes}；请确认以哪个为准",
                    evidence=tuple(e for f in facts for e in f.evidence),
                )
            )

    def _text_findings(self) -> None:
        for fact in self._live(FactKind.TEXT):
            key = CellKey.parse(fact.where)
            held = self.filled.get(key)
            if held is None or held.value == fact.value:
                continue
            self.findings.append(
                Finding(
                    code="TEXT_TABLE",
                    severity=Severity.ERROR,
                    where=str(key),
                    expected=held.value,
                    got=fact.value,
                    cells=(str(key),),
                    message=f"正文写“{self.form.label(key)}”为 {fact.value}，表格为 {held.value}，正文与表格须一致",
                    evidence=fact.evidence,
                )
            )

    # ------------------------------------------------------------ result
    def _result(self) -> Assembly:
        tables: dict[str, dict[str, dict[str, Value | None]]] = {}
        for key, filled in self.filled.items():
            tables.setdefault(key.table, {}).setdefault(key.row, {})[key.col] = filled.value
        report = AnnualReport(
            form=self.form.version, org=self.profile, year=self.year, tables=tables, info_fee=self._fee()
        )
        return Assembly(
            report=report,
            cells=tuple(self._cell(key) for key in self.form.cells),
            aggregates=tuple(
                AggregateValue(row=row, col=col, value=f.value, evidence=f.evidence)
                for f in self._live(FactKind.AGGREGATE)
                if f.value is not None
                for row, col in [f.where.split(".", 1)]
            ),
            findings=tuple(self.findings),
            prior=self._prior(),
            facts=self._marked(),
        )

    def _cell(self, key: CellKey) -> Cell:
        held = self.filled.get(key)
        if held is None:
            return Cell(table=key.table, row=key.row, col=key.col)
        evidence: tuple[Evidence, ...] = tuple(
            dict.fromkeys(e for i in held.facts for e in self.by_id[i].evidence)
        )
        return Cell(
            table=key.table,
            row=key.row,
            col=key.col,
            value=held.value,
            origin=held.origin,
            evidence=evidence,
            sources=held.facts,
        )

    def _fee(self) -> InfoFee:
        values: dict[str, int | Decimal] = {}
        for fact in self._live(FactKind.FEE):
            if fact.value is not None:
                values[fact.where.split(".")[1]] = fact.value
        if values.get("yuan") == 0:
            values.setdefault("cases", 0)
        return InfoFee(yuan=values.get("yuan"), cases=values.get("cases"))

    def _prior(self) -> AnnualReport | None:
        facts = [f for f in self._live(FactKind.PRIOR) if self.form.has(CellKey.parse(f.where))]
        if not facts or self.year is None:
            return None
        tables: dict[str, dict[str, dict[str, Value | None]]] = {}
        for fact in facts:
            key = CellKey.parse(fact.where)
            tables.setdefault(key.table, {}).setdefault(key.row, {})[key.col] = fact.value
        return AnnualReport(form=self.form.version, org=self.profile, year=self.year - 1, tables=tables)

    def _marked(self) -> tuple[Fact, ...]:
        clashing = {f.id for facts in self.conflicts.values() for f in facts}
        return tuple(
            f.model_copy(update={"status": FactStatus.CONFLICTING}) if f.id in clashing else f
            for f in self.facts
        )
