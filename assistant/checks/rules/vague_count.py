"""VAGUE_COUNT: core figures are exact."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import figure, reading_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity


@rule("VAGUE_COUNT", "主要数据使用准确数字", Severity.INFO, "numerals")
def vague_count(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：申请、复议、文件等主要数据在表格中有准确数字，正文不宜用“余”“多”“近”“约”。
    不合格：全年收到政府信息公开申请20余件。
    合格：全年收到政府信息公开申请23件。
    修改：改写为与表格相同的准确数字。
    """
    for claim in ctx.claims.vague:
        cells = claim.readings[0]
        total = ctx.total(cells)
        exact = f"；表格中“{reading_name(ctx.form, cells)}”为 {figure(total)}" if total is not None else ""
        yield Hit(
            claim.span.key,
            f"“{claim.words}”使用了约数，宜写准确数字{exact}",
            expected=total,
            got=claim.words,
            cells=cells,
            spans=(claim.span,),
        )
