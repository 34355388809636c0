"""T2_ABOLISHED_CAP: no more documents are abolished than there were."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import figure, row_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.checks.stock import stocks
from assistant.forms import CellKey
from assistant.report.findings import Severity


@rule(
    "T2_ABOLISHED_CAP",
    "废止件数不超过原有件数",
    Severity.WARNING,
    "format_figures",
    forms=("2021",),
    needs_previous=True,
)
def t2_abolished_cap(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：能够废止的，只有上年度现行有效的和本年度新制发的；废止件数超过两者之和，说明有数字填错。
    不合格：上年度现行有效 5 件，本年制发 0 件，本年废止填 12 件。
    合格：上年度现行有效 5 件，本年制发 0 件，本年废止填 5 件。
    修改：核对废止件数；上年度现行有效件数漏报的，在正文中说明。
    """
    for stock in stocks(ctx):
        if isinstance(stock, CellKey):
            yield Unknown(
                str(stock),
                f"“{row_name(ctx.form, stock.table, stock.row)}”本年度或者上年度有空白格，无法核对",
            )
            continue
        key, most = stock.cells[2], stock.before + stock.issued
        if stock.abolished > most:
            yield Hit(
                str(key),
                f"“{row_name(ctx.form, key.table, key.row)}”本年废止 {figure(stock.abolished)} 件，"
                f"多于上年度现行有效 {figure(stock.before)} 件与本年制发 {figure(stock.issued)} 件之和（{figure(most)} 件）",
                expected=most,
                got=stock.abolished,
                cells=(key, stock.cells[1], stock.cells[0]),
            )
