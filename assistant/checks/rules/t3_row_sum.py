"""T3_ROW_SUM: the total column of table 3 is the sum of the six kinds of applicants, in every row."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import row_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.checks.sums import broken_sums, hit, open_sums
from assistant.report.findings import Severity


@rule("T3_ROW_SUM", "申请办理表各行总计等于各类申请人之和", Severity.ERROR, "format_tables")
def t3_row_sum(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：每一行的“总计”是自然人与五类法人或其他组织的合计；不等说明申请人类别或者总计填错。
    不合格：“予以公开”一行自然人 4 件、商业企业 1 件、其余为 0，总计填 4 件。
    合格：“予以公开”一行自然人 4 件、商业企业 1 件、其余为 0，总计填 5 件。
    修改：核对该行各类申请人的件数；各类齐全且总计列吻合时，按合计改正总计。
    """
    for result in broken_sums(ctx, "T3_ROW_SUM"):
        (total,) = result.identity.left
        yield hit(
            ctx,
            result,
            str(total),
            f"“{row_name(ctx.form, 'table3', total.row)}”一行各类申请人相加为 {result.right} 件，"
            f"总计为 {result.left} 件，相差 {result.gap} 件{result.partial}",
            (result.right, result.left),
        )
    blank = open_sums(ctx, "T3_ROW_SUM")
    if blank:
        yield Unknown("table3", f"有空白格的 {len(blank)} 行无法核对总计")
