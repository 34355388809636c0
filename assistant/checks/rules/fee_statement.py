"""FEE_STATEMENT: section six says whether 信息处理费 was collected."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.checks.naming import figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity

_FEE = regex(r"信息(?:公开)?(?:信息)?处理(?:的)?费用?|信息公开处理费|信息公开(?:收费|费用)|申请(?:收费|费用)")
_UNIT_FEE = 10
"""The smallest step of the statutory scale (信息处理费管理办法): every lawful total is a multiple of 10 yuan."""


@rule("FEE_STATEMENT", "第六部分写明信息处理费收取情况", Severity.WARNING, "format_fee", forms=("2021",))
def fee_statement(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：格式要求在第六部分报告收取信息处理费的情况，没有收取的也应说明；它与表格中的行政事业性收费不是一回事。
    不合格：第六部分只写“没有其他需要报告的事项”；或者只写行政事业性收费。
    合格：第六部分写“2023年，我局未收取政府信息公开信息处理费”。
    修改：在第六部分补写本年度收取信息处理费的件数和金额；没有收取的写明未收取。
    """
    text = ctx.passage("s6").compact
    if not ctx.finished and (not text or "待补" in text):
        yield Unknown("s6", "第六部分尚未填写")
        return
    fee, yuan = _FEE.search(text), ctx.report.info_fee.yuan
    if fee is None:
        elsewhere = next((p for p in ctx.sections if p.key != "s6" and "信息处理费" in p.compact), None)
        if elsewhere is not None:
            said = "信息处理费收取情况写在了其他部分，应在第六部分报告"
        elif "事业性收费" in text:
            said = "第六部分写的是行政事业性收费，没有写明信息处理费收取情况"
        else:
            said = "第六部分没有写明信息处理费收取情况；没有收取的也应说明"
        yield Hit("s6", said, expected="信息处理费收取情况")
    elif yuan and yuan % _UNIT_FEE:
        yield Hit(
            "s6",
            f"信息处理费合计 {figure(yuan)} 元不是 {_UNIT_FEE} 元的整数倍，按收费标准不会产生这样的金额，请核对",
            got=yuan,
            spans=(ctx.passage("s6").span(fee.start(), fee.end()),),
            severity=Severity.INFO,
        )
