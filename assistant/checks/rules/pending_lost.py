"""PENDING_LOST: cases pending last year do not vanish."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import CellKey
from assistant.report.findings import Severity


@rule("PENDING_LOST", "上年尚未审结的案件有着落", Severity.INFO, "practice", needs_previous=True)
def pending_lost(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：上年度报告有尚未审结的复议诉讼案件，本年度复议诉讼表却全部为 0，可能漏报了这些案件的结果。
    不合格：上年度行政复议尚未审结 1 件，本年度复议诉讼表全部为 0。
    合格：上年度行政复议尚未审结 1 件，本年度行政复议结果维持 1 件。
    修改：核实上年未审结案件的结果；已经审结的填入本年度表格。
    """
    if ctx.previous is None:
        return
    rows = ctx.form.table("table4").rows
    pending = [CellKey("table4", row.key, "pending") for row in rows]
    before = CheckInput(ctx.previous).total(tuple(pending))
    now = ctx.total(ctx.form.table("table4").cells)
    if before is None or now is None:
        yield Unknown("table4", "本年度或者上年度复议诉讼表有空白格，无法核对")
    elif before and not now:
        yield Hit(
            "table4",
            f"上年度报告有尚未审结的复议诉讼案件 {figure(before)} 件，本年度复议诉讼表全部为 0，请核实是否漏报",
            expected=before,
            got=0,
            cells=tuple(pending),
        )
