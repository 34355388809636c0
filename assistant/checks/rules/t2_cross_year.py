"""T2_CROSS_YEAR: documents in force follow from last year's stock."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import figure, row_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.checks.stock import is_explained, stocks
from assistant.forms import CellKey
from assistant.report.findings import Severity


@rule(
    "T2_CROSS_YEAR",
    "现行有效件数与上年度报告衔接",
    Severity.WARNING,
    "format_figures",
    forms=("2021",),
    needs_previous=True,
)
def t2_cross_year(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：上年度现行有效件数，加本年制发，减本年废止，应等于本年度现行有效件数；清理、自然失效、机构改革可以打破这一关系，但应有说明。
    不合格：上年度现行有效 65 件，本年制发 88 件、废止 55 件，本年度现行有效填 698 件，正文没有说明。
    合格：上年度现行有效 65 件，本年制发 88 件、废止 55 件，本年度现行有效填 98 件。
    修改：核对三个数字；属于清理、失效或者统计口径变化的，在正文中说明原因。
    """
    for stock in stocks(ctx):
        if isinstance(stock, CellKey):
            yield Unknown(
                str(stock),
                f"“{row_name(ctx.form, stock.table, stock.row)}”本年度或者上年度有空白格，无法核对",
            )
            continue
        key, expected = stock.cells[0], stock.before + stock.issued - stock.abolished
        if expected != stock.now and not is_explained(ctx):
            yield Hit(
                str(key),
                f"“{row_name(ctx.form, key.table, key.row)}”现行有效件数不衔接：上年度 {figure(stock.before)} 件，"
                f"加制发 {figure(stock.issued)} 件，减废止 {figure(stock.abolished)} 件，应为 {figure(expected)} 件，"
                f"填报 {figure(stock.now)} 件；如因清理、失效、机构改革等调整，请说明",
                expected=expected,
                got=stock.now,
                cells=stock.cells,
            )
