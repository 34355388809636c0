"""Lays the facts into the form, lets arithmetic fill what it fixes, and says what contradicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.assembly.board import Board, Filled
from assistant.assembly.confirming import affirmed_cells, confirmed_cells
from assistant.assembly.conflicts import (
    contradiction_findings,
    double_findings,
    marked,
    refuted_findings,
    rest_findings,
    text_findings,
)
from assistant.assembly.deriving import Arithmetic
from assistant.assembly.scopes import Scopes
from assistant.assembly.stating import carry, declare_zeros, explain_open, lay_whole_rows, state
from assistant.assembly.sweeping import Sweeper
from assistant.forms import CellKey, Form
from assistant.report import AnnualReport, InfoFee, UnitProfile
from assistant.report.draft import AggregateValue, Cell
from assistant.report.facts import Fact, FactKind, Value
from assistant.report.findings import Finding

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
    board = Board(tuple(facts), form)
    state(board)
    scopes = _scopes(board)
    declare_zeros(board, scopes)
    lay_whole_rows(board)
    carry(board, previous, scopes.blocked)
    arithmetic = Arithmetic(board, scopes.blocked)
    arithmetic.settle_rivals()
    everything = arithmetic.given()
    arithmetic.derive()
    sweeper = Sweeper(board, arithmetic, scopes)
    sweeper.rest()
    sweeper.listed_in_full()
    if confirm_zeros:
        sweeper.confirmed()
    board.confirmed, board.affirmed = confirmed_cells(board), affirmed_cells(board)
    findings = [
        *contradiction_findings(board, arithmetic.reconciler, everything, arithmetic.contradictions),
        *double_findings(board, arithmetic.reconciler, arithmetic.given()),
        *refuted_findings(board),
        *rest_findings(board, scopes),
        *text_findings(board),
    ]
    return Assembly(
        report=AnnualReport(
            form=form.version, org=profile, year=year, tables=_tables(board), info_fee=_fee(board)
        ),
        cells=tuple(_cell(board, key) for key in form.cells),
        aggregates=_aggregates(board),
        findings=tuple(findings),
        prior=_prior(board, year, profile),
        facts=marked(board.facts, board),
    )


def _scopes(board: Board) -> Scopes:
    """What declarations cover, once the open figures are explained that what is known explains."""
    form = board.form
    # a row whose total is in dispute was spoken of, whatever its parts are
    disputed = {(k.table, k.row) for k in board.conflicts}
    rows = [k for t in form.tables for k in t.cells if (k.table, k.row) in disputed]
    scopes = Scopes(form, frozenset([*board.filled, *rows])).awaiting(board.facts)
    scopes = explain_open(board, scopes, board.values(), len(form.cells))
    if scopes.blocked:
        # where the sums leave one cell alone the value of an open figure, that is where it belongs
        scopes = explain_open(board, scopes, _without_open(board, scopes), 1)
    return scopes


def _without_open(board: Board, scopes: Scopes) -> dict[CellKey, Value]:
    """The cells that would be filled, besides those that are told, were there no open figure."""
    trial = board.copy()
    declare_zeros(trial, scopes.without_open())
    lay_whole_rows(trial)
    filled = {**trial.values(), **Arithmetic(trial).pinned()}
    return {key: value for key, value in filled.items() if key not in board.filled}


_Tables = dict[str, dict[str, dict[str, Value | None]]]


def _tables(board: Board) -> _Tables:
    tables: _Tables = {}
    for key, held in board.filled.items():
        tables.setdefault(key.table, {}).setdefault(key.row, {})[key.col] = held.value
    return tables


def _cell(board: Board, key: CellKey) -> Cell:
    held = board.filled.get(key)
    if held is None:
        return Cell(table=key.table, row=key.row, col=key.col)
    return Cell(
        table=key.table,
        row=key.row,
        col=key.col,
        value=held.value,
        origin=held.origin,
        status=_status(board, key, held),
        evidence=board.evidence(held.facts),
        sources=held.facts,
    )


def _status(board: Board, key: CellKey, held: Filled) -> Literal["", "unconfirmed", "confirmed"]:
    if board.is_sure(key, held) and not board.is_disputed(key):
        return ""
    return "confirmed" if key in board.affirmed else "unconfirmed"


def _aggregates(board: Board) -> tuple[AggregateValue, ...]:
    return tuple(
        AggregateValue(row=row, col=col, value=fact.value, evidence=fact.evidence)
        for fact in board.live(FactKind.AGGREGATE)
        if fact.value is not None
        for row, col in [fact.where.split(".", 1)]
    )


def _fee(board: Board) -> InfoFee:
    values: dict[str, int | Decimal] = {}
    for fact in board.live(FactKind.FEE):
        if fact.value is not None:
            values[fact.where.split(".")[1]] = fact.value
    if values.get("yuan") == 0:
        values.setdefault("cases", 0)
    return InfoFee(yuan=values.get("yuan"), cases=values.get("cases"))


def _prior(board: Board, year: int | None, profile: UnitProfile) -> AnnualReport | None:
    """Last year's figures that the message gives."""
    facts = [f for f in board.live(FactKind.PRIOR) if board.form.has(CellKey.parse(f.where))]
    if not facts or year is None:
        return None
    tables: _Tables = {}
    for fact in facts:
        key = CellKey.parse(fact.where)
        tables.setdefault(key.table, {}).setdefault(key.row, {})[key.col] = fact.value
    return AnnualReport(form=board.form.version, org=profile, year=year - 1, tables=tables)
