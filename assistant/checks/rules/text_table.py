"""TEXT_TABLE: figures of the prose that name a table quantity equal the table."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import figure, reading_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity


@rule("TEXT_TABLE", "正文数字与表格一致", Severity.ERROR, "format_figures")
def text_table(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：同一件事在正文和表格中只能有一个数字；不一致时公众无从判断哪一个是真的，也会被认定为数据不准确。
    不合格：正文写“新收政府信息公开申请2件”，表格本年新收总计为 3 件。
    合格：正文写“新收政府信息公开申请3件”，表格本年新收总计为 3 件。
    修改：按台账核实后，改正正文或者表格中错误的一处。统计范围不同的数字应写明范围。
    """
    blank = 0
    for claim in ctx.claims.figures:
        if claim.says_none_received:
            continue
        totals = [ctx.total(reading) for reading in claim.readings]
        if any(total is not None and claim.agrees(total) for total in totals):
            continue
        if None in totals:
            blank += 1
            continue
        (cells, total) = (claim.readings[0], totals[0])
        name = reading_name(ctx.form, cells)
        yield Hit(
            ".".join(cells[0]) if len(cells) == 1 else claim.span.key,
            f"正文“{claim.words}”与表格不一致：表格中“{name}”为 {figure(total) if total is not None else ''}，"
            f"正文为 {figure(claim.value)}",
            expected=total,
            got=claim.value,
            cells=cells,
            spans=(claim.span,),
        )
    if blank:
        yield Unknown("s1", f"正文有 {blank} 处数字对应的单元格尚未填写，无法核对")
