"""A clerk who knows the whole report and answers questions from it."""

from __future__ import annotations

import random
from collections.abc import Iterable

from assistant.assembly import Assembly, assemble
from assistant.forms import CellKey, Form
from assistant.report import AnnualReport
from assistant.report.facts import Evidence, Fact, FactKind
from assistant.report.findings import Question

__all__ = ["cells_of", "full_report", "said", "stated"]


def stated(report: AnnualReport, cells: Iterable[CellKey]) -> dict[str, Fact]:
    """The truth about some cells as statements, by cell."""
    out = {}
    for key in cells:
        quote = Evidence(source="t", start=0, end=1, quote=str(key))
        out[str(key)] = Fact(
            id=f"say {key}", kind=FactKind.CELL, where=str(key), value=report.value(key), evidence=(quote,)
        )
    return out


def said(report: AnnualReport, facts: Iterable[Fact]) -> Assembly:
    """What the program makes of statements about the report; the fee is known."""
    fee = [
        Fact(id=f"fee {k}", kind=FactKind.FEE, where=f"info_fee.{k}", value=v)
        for k, v in (("yuan", report.info_fee.yuan), ("cases", report.info_fee.cases))
    ]
    return assemble([*facts, *fee], form=report.layout, year=report.year, profile=report.org)


def cells_of(question: Question, form: Form) -> list[CellKey]:
    """The cells a question asks about: named one by one, by the row, or by the table."""
    return [
        key
        for key in form.cells
        if not {str(key), f"{key.table}.{key.row}", key.table}.isdisjoint(question.about)
    ]


def full_report(rng: random.Random, report: AnnualReport) -> AnnualReport:
    """A report of the same unit in which every count is at least 1, so that no 0 gives another cell away."""
    form = report.layout
    changes: dict[CellKey, int] = {
        key: rng.randint(1, 9) for key in form.cells if form.column(key).kind != "amount"
    }
    table = form.table("table3")
    columns = [c.key for c in table.columns if c.key != "total"]
    leaves = [k.row for k in next(form.identities_of("T3_RESULT_SUM")).right]

    def at(row: str, col: str) -> CellKey:
        return CellKey("table3", row, col)

    for col in columns:
        changes[at("result_total", col)] = sum(changes[at(r, col)] for r in leaves)
        through = changes[at("result_total", col)] + changes[at("carried_forward", col)]
        changes[at("carried_over", col)] = rng.randint(1, through - 1)
        changes[at("new_received", col)] = through - changes[at("carried_over", col)]
    for row in table.rows:
        changes[at(row.key, "total")] = sum(changes[at(row.key, c)] for c in columns)
    for identity in form.identities_of("T4_SUM"):
        changes[identity.left[0]] = sum(changes[k] for k in identity.right)
    return report.with_cells(changes)
