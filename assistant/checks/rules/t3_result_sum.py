"""T3_RESULT_SUM: the total of outcomes in table 3 is the sum of the outcome rows, in every column."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import column_name, listed
from assistant.checks.registry import Hit, Unknown, rule
from assistant.checks.sums import broken_sums, hit, open_sums
from assistant.report.findings import Severity


@rule("T3_RESULT_SUM", "办理结果总计等于各项之和", Severity.ERROR, "format_tables")
def t3_result_sum(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：“（七）总计”是前列各项办理结果的合计，任何一列都应相等；不等说明有一项漏填、多填或者总计填错。
    不合格：“自然人”一列各项办理结果相加为 26 件，“（七）总计”填 20 件。
    合格：“自然人”一列各项办理结果相加为 26 件，“（七）总计”填 26 件。
    修改：按台账逐项核对办理结果，改正填错的一项或者总计。
    """
    for result in broken_sums(ctx, "T3_RESULT_SUM"):
        (total,) = result.identity.left
        yield hit(
            ctx,
            result,
            str(total),
            f"“{column_name(ctx.form, 'table3', total.col)}”一列各项办理结果相加为 {result.right} 件，"
            f"“（七）总计”为 {result.left} 件，相差 {result.gap} 件{result.partial}",
            (result.right, result.left),
        )
    blank = [f"“{column_name(ctx.form, 'table3', r.identity.line)}”" for r in open_sums(ctx, "T3_RESULT_SUM")]
    if blank:
        yield Unknown("table3", f"{listed(blank, 3)}有空白格，无法核对办理结果总计")
