"""T4_SUM: in table 4 each total is the sum of its four results."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import row_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.checks.sums import sums_of
from assistant.forms import CellKey
from assistant.report.facts import Value
from assistant.report.findings import Edit, Fix, Severity


@rule("T4_SUM", "复议诉讼表各项总计等于四种结果之和", Severity.ERROR, "format_tables")
def t4_sum(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：行政复议、未经复议直接起诉、复议后起诉三块的“总计”，都是结果维持、结果纠正、其他结果、尚未审结四格的合计。
    不合格：行政复议结果维持 10 件、结果纠正 1 件，总计填 0 件。
    合格：行政复议结果维持 10 件、结果纠正 1 件，总计填 11 件。
    修改：四种结果齐全时按合计改正总计；如果总计无误，则核对四种结果。
    """
    for result in sums_of(ctx, "T4_SUM"):
        (total,) = result.identity.left
        name = row_name(ctx.form, "table4", total.row)
        if result.broken:
            fix = Fix(
                title=f"将“{name}”的总计改为 {result.right}",
                edits=(Edit(where=str(total), value=result.right),),
                certain=not _named(ctx, total, result.left),
            )
            yield Hit(
                str(total),
                f"“{name}”四种结果相加为 {result.right} 件，总计为 {result.left} 件，"
                f"相差 {result.gap} 件{result.partial}",
                expected=result.right,
                got=result.left,
                fix=fix if result.complete else None,
                cells=result.identity.cells,
            )
        elif not result.complete:
            yield Unknown(str(total), f"“{name}”有空白格，无法核对总计")


def _named(ctx: CheckInput, total: CellKey, value: Value) -> bool:
    """Whether the prose names the stated total too: then one of the four results may be the wrong one."""
    return any(claim.value == value and total in claim.readings[0] for claim in ctx.claims.figures)
