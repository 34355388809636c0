"""On the statutory form: whatever follows from part of a lawful report is true of it, and nothing else is filled."""

from __future__ import annotations

import random

import pytest

from assistant.assembly import assemble
from assistant.balance import Reconciler, aggregate_key
from assistant.report.facts import Origin
from evals.lawful import lawful_report
from tests.assembly.answers import stated


@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("seed", range(20))
def test_what_is_hidden_is_derived_rightly_or_can_be_proven_open(seed: int, form: str) -> None:
    rng = random.Random(f"hidden {seed}")
    report = lawful_report(seed, form=form)
    layout = report.layout
    shown = {k: v for k, v in report.filled() if rng.random() < rng.choice((0.2, 0.5, 0.8))}
    lines = [
        (a, line)
        for a in layout.aggregates
        for line in ("total",)
        if a.along == "rows" and rng.random() < 0.3
    ]
    given = {
        key: (int(value), str(key)) for key, value in shown.items() if layout.column(key).kind == "count"
    }
    for aggregate, line in lines:
        values = [report.value(k) for k in aggregate.cells(line)]
        given[aggregate_key(aggregate, line)] = (int(sum(v for v in values if v is not None)), aggregate.key)
    outcome = Reconciler(layout, lines).solve(given)
    assert outcome.clash is None
    for key in (k for i in layout.identities for k in i.cells):
        if key in outcome.pinned:
            assert outcome.pinned[key] == report.value(key)
            assert outcome.facts(key) == tuple(sorted(set(outcome.facts(key)))), "each statement once"
        elif key not in given:
            witnesses = outcome.witnesses(key)
            assert witnesses is not None, key
            for figures in witnesses:
                assert all(
                    sum(figures[k] for k in i.left) == sum(figures[k] for k in i.right)
                    for i in layout.identities
                )
                assert all(figures[k] == value for k, (value, _) in given.items() if k in figures)
                assert min(figures.values()) >= 0
            assert witnesses[0][key] != witnesses[1][key]


@pytest.mark.parametrize("seed", range(30))
def test_the_assembly_fills_what_follows_and_nothing_else(seed: int) -> None:
    rng = random.Random(f"assembly {seed}")
    report = lawful_report(seed)
    layout = report.layout
    # rows that are told by applicant but without a total would be taken for listed in full
    shown = [
        k for k in layout.cells
        if rng.random() < 0.5 and not (k.table == "table3" and k.row in ("new_received", "carried_over", "carried_forward"))
    ]  # fmt: skip
    facts = stated(report, shown)
    drafted = assemble(facts.values(), form=layout, year=report.year, profile=report.org)
    given = {k: (int(v), str(k)) for k, v in report.filled() if k in set(shown) and k.table != "table2"}
    pinned = Reconciler(layout).solve(given).pinned
    for cell in drafted.cells:
        key = next(k for k in layout.cells if k == (cell.table, cell.row, cell.col))
        if key in shown:
            assert cell.origin is Origin.STATED
        elif cell.value is None:
            assert key not in pinned
        else:
            assert (cell.origin, cell.value) == (Origin.DERIVED, report.value(key))
            assert pinned[key] == cell.value
            assert cell.sources, "a derived cell names the facts it rests on"
