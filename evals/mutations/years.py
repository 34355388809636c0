"""Faults that show only beside last year's report."""

from __future__ import annotations

import random

from assistant.checks import CheckInput
from assistant.forms import CellKey
from evals.mutations.registry import mutation, with_cells


@mutation("T3_CROSS_YEAR")
def lose_carried_over(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.previous is None:
        return None
    key = CellKey("table3", "carried_over", rng.choice(["natural_person", "other_org", "total"]))
    value = ctx.value(key)
    return None if value is None else with_cells(ctx, {key: value + rng.randint(1, 4)})


@mutation("T2_CROSS_YEAR")
def stock_without_reason(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.previous is None or ctx.previous.form != ctx.report.form:
        return None
    key = CellKey(ctx.form.table2.key, "normative_docs", rng.choice(["issued", "abolished", "in_force"]))
    value = ctx.value(key)
    return None if value is None else with_cells(ctx, {key: value + rng.randint(1, 400)})


@mutation("T2_ABOLISHED_CAP")
def abolish_too_many(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.previous is None or ctx.previous.form != ctx.report.form:
        return None
    key = CellKey(ctx.form.table2.key, "normative_docs", "abolished")
    before, issued = ctx.previous.value(key._replace(col="in_force")), ctx.value(key._replace(col="issued"))
    return (
        None
        if before is None or issued is None
        else with_cells(ctx, {key: before + issued + rng.randint(1, 9)})
    )
