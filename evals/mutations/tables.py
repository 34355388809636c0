"""Faults in the tables and in how they are printed."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from assistant.checks import CheckInput
from assistant.forms import CellKey
from assistant.report import Printed, PrintedCell, PrintedLabel, PrintedRival
from assistant.report.facts import Value
from evals.mutations.registry import mutation, with_cells
from evals.printing import as_printed


def _bump(ctx: CheckInput, key: CellKey, by: int = 1) -> CheckInput | None:
    value = ctx.value(key)
    return None if value is None else with_cells(ctx, {key: value + by})


def _printed(ctx: CheckInput) -> tuple[CheckInput, Printed]:
    """The input as a finished report, whatever it was."""
    report = ctx.report if ctx.finished else as_printed(ctx.report)
    if report.printed is None:
        raise ValueError("a printed report was expected")
    return replace(ctx, report=report), report.printed


def _reprinted(ctx: CheckInput, **changes: object) -> CheckInput:
    ctx, printed = _printed(ctx)
    return replace(ctx, report=ctx.report.model_copy(update={"printed": printed.model_copy(update=changes)}))


@mutation("T3_BALANCE")
def unbalance(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    identity = rng.choice(list(ctx.form.identities_of("T3_BALANCE")))
    return _bump(ctx, rng.choice(identity.cells), rng.randint(1, 5))


@mutation("T3_RESULT_SUM")
def wrong_outcome(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    identity = rng.choice(list(ctx.form.identities_of("T3_RESULT_SUM")))
    return _bump(ctx, rng.choice(identity.cells), rng.randint(1, 5))


@mutation("T3_ROW_SUM")
def wrong_row_total(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    identity = rng.choice(list(ctx.form.identities_of("T3_ROW_SUM")))
    return _bump(ctx, rng.choice(identity.cells), rng.randint(1, 5))


@mutation("T3_MISFILED_PAIR")
def misfile(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    """One application moves to another kind of applicant among those received, its outcome stays."""
    received = CellKey("table3", "new_received", "natural_person")
    columns = [c.key for c in ctx.form.table("table3").columns if c.key not in ("total", "natural_person")]
    other = received._replace(col=rng.choice(columns))
    people, others = ctx.value(received), ctx.value(other)
    if not people or others is None:
        return None
    return with_cells(ctx, {received: people - 1, other: others + 1})


@mutation("T4_SUM")
def wrong_dispute_total(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    identity = rng.choice(list(ctx.form.identities_of("T4_SUM")))
    return _bump(ctx, rng.choice(identity.cells), rng.randint(1, 5))


@mutation("CELL_TYPE")
def wrong_kind(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    key = rng.choice(ctx.form.cells)
    wrong: dict[str, list[Value]] = {
        "count": [-1, Decimal("1.5"), 10**12],
        "signed": [Decimal("0.5"), 10**12],
        "amount": [Decimal("-0.5"), 10**12],
    }
    return with_cells(ctx, {key: rng.choice(wrong[ctx.form.column(key).kind])})


@mutation("CELL_BLANK")
def blank(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    key = rng.choice(ctx.form.cells)
    spoiled = with_cells(ctx, {key: None})
    return _reprinted(
        spoiled, cells=(PrintedCell(where=str(key), text=rng.choice(["", "/", "-", "无", "详见附表"])),)
    )


@mutation("CONFLICT")
def changed_twice(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    key = rng.choice(ctx.form.cells)
    here = str(ctx.value(key))
    other = str(rng.randint(1_000, 9_999))
    return _reprinted(ctx, rivals=(PrintedRival(where=str(key), text=here, other=other),))


@mutation("AUTHORITY_RULES")
def rules_of_a_town(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.report.org.may_make_rules is not False:
        return None
    keys = [key for key in ctx.form.table2.cells if key.row == "rules"]
    return with_cells(ctx, {rng.choice(keys): rng.randint(1, 9)})


@mutation("OLD_FORM")
def old_labels(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.report.form != "2021":
        return None
    return _reprinted(ctx, old_form_marks=(rng.choice(["本年新制作数量", "上一年项目数量", "政府集中采购"]),))


@mutation("LABEL")
def misprint(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    table = rng.choice(ctx.form.tables)
    row = rng.choice(table.rows)
    cut = rng.randrange(len(row.label))
    text = row.label[:cut] + row.label[cut + 1 :]
    if not any("\u4e00" <= c <= "\u9fff" for c in row.label[cut]):
        return None
    return _reprinted(
        ctx, labels=(PrintedLabel(table=table.key, kind="row", key=row.key, expected=row.label, text=text),)
    )


@mutation("SECTIONS")
def wrong_headings(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    ctx, printed = _printed(ctx)
    headings = list(printed.headings)
    at = rng.randrange(len(headings) - 1)
    kind = rng.choice(["drop", "swap", "rename"])
    if kind == "drop":
        del headings[at]
    elif kind == "swap":
        headings[at], headings[at + 1] = headings[at + 1], headings[at]
    else:
        headings[at] = headings[at].model_copy(update={"text": headings[at].text + "说明"})
    return _reprinted(ctx, headings=tuple(headings))
