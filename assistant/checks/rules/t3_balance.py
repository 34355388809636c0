"""T3_BALANCE: the balance printed in the corner of table 3 holds in every column."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import column_name, listed
from assistant.checks.registry import Hit, Unknown, rule
from assistant.checks.sums import broken_sums, hit, open_sums
from assistant.report.findings import Severity


@rule("T3_BALANCE", "申请办理表各列勾稽平衡", Severity.ERROR, "format_balance")
def t3_balance(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：表格左上角印明，每一列中本年新收加上年结转，应等于办理结果总计加结转下年度。只看“总计”一列不够，申请人类别填串时总计列仍会平衡。
    不合格：“自然人”一列新收 12 件、上年结转 0 件，办理结果总计 11 件、结转下年度 0 件。
    合格：“自然人”一列新收 12 件、上年结转 0 件，办理结果总计 11 件、结转下年度 1 件。
    修改：逐列核对申请台账，改正填错的一格；与其他合计都吻合的唯一改法会作为修改建议给出。
    """
    for result in broken_sums(ctx, "T3_BALANCE"):
        yield hit(
            ctx,
            result,
            f"table3.{result.identity.line}",
            f"“{column_name(ctx.form, 'table3', result.identity.line)}”一列不平衡{result.partial}："
            f"新收加上年结转为 {result.left} 件，办理结果加结转下年度为 {result.right} 件，相差 {result.gap} 件",
            (result.left, result.right),
        )
    blank = [f"“{column_name(ctx.form, 'table3', r.identity.line)}”" for r in open_sums(ctx, "T3_BALANCE")]
    if blank:
        yield Unknown("table3", f"{listed(blank, 3)}有空白格，无法核对勾稽关系")
