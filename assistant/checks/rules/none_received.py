"""NONE_RECEIVED: “未收到申请” stands exactly where the table shows none."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import CellKey
from assistant.report.findings import Severity

_TOTAL = CellKey("table3", "new_received", "total")


@rule("NONE_RECEIVED", "“未收到申请”的表述与表格一致", Severity.ERROR, "format_figures")
def none_received(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：正文说没有收到申请，表格却有新收件数，两者必有一错。
    不合格：正文写“未收到政府信息公开申请”，表格本年新收总计为 2 件。
    合格：正文写“未收到政府信息公开申请”，表格本年新收总计为 0 件。
    修改：核对申请登记台账，改正正文或者表格。
    """
    statements = [(s.span, s.words) for s in ctx.claims.none_received]
    statements += [(c.span, c.words) for c in ctx.claims.figures if c.says_none_received]
    if not statements:
        return
    total = ctx.value(_TOTAL)
    if total is None:
        yield Unknown(str(_TOTAL), "正文称未收到申请，但表格本年新收总计尚未填写")
    elif total:
        for span, words in statements:
            yield Hit(
                str(_TOTAL),
                f"正文写“{words}”，但表格本年新收总计为 {figure(total)} 件",
                expected=0,
                got=total,
                cells=(_TOTAL,),
                spans=(span,),
            )
