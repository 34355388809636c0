"""UNGROUNDED_NUMBER: every figure of a drafted text goes back to a cell or to something the user said."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.claims.passages import Passage
from assistant.checks.context import CheckInput
from assistant.checks.naming import figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.numerals import find_numerals, fold
from assistant.report.facts import Value
from assistant.report.findings import Severity


@rule(
    "UNGROUNDED_NUMBER",
    "草稿中的数字都有来源",
    Severity.ERROR,
    "format_figures",
    applies=lambda ctx: ctx.facts is not None,
)
def ungrounded_number(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：起草时只能使用填报人提供的数字或者由表格算出的数字；没有来源的数字可能是凭空写出的。
    不合格：填报人没有提到培训，草稿写“组织培训5次”。
    合格：填报人说“培训了3次”，草稿写“组织培训3次”。
    修改：删去没有来源的数字，或者请填报人补充说明。
    """
    known = _known(ctx)
    for passage in ctx.sections:
        for quantity in passage.quantities:
            if quantity.unit and quantity.value not in known:
                yield _hit(passage, quantity.label_start, quantity.end, quantity.value)


def _known(ctx: CheckInput) -> set[Value]:
    """All figures the user gave, the cells hold, or a known sum of cells gives."""
    known: set[Value] = {value for _, value in ctx.report.filled()}
    fee = ctx.report.info_fee
    known |= {value for value in (fee.yuan, fee.cases) if value is not None}
    for fact in ctx.facts or ():
        if fact.value is not None:
            known.add(fact.value)
        for text in (fact.text, *(one.quote for one in fact.evidence)):
            known |= {numeral.value for numeral in find_numerals(fold(text))}
    for aggregate in ctx.form.aggregates:
        table = ctx.form.table(aggregate.table)
        for line in table.columns if aggregate.along == "rows" else table.rows:
            total = ctx.total(aggregate.cells(line.key))
            if total is not None:
                known.add(total)
    if ctx.previous is not None:
        known |= {value for _, value in ctx.previous.filled()}
    return known


def _hit(passage: Passage, start: int, end: int, value: Value) -> Hit:
    return Hit(
        passage.key,
        f"“{passage.compact[start:end]}”中的数字 {figure(value)} 没有来源：既不是填报人说的，也不是表格中的",
        got=value,
        spans=(passage.span(start, end),),
    )
