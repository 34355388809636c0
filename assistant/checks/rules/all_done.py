"""ALL_DONE: “全部办结” stands only where nothing is carried forward."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import CellKey
from assistant.report.findings import Severity

_OPEN = CellKey("table3", "carried_forward", "total")


@rule("ALL_DONE", "“全部办结”的表述与结转一致", Severity.ERROR, "format_figures")
def all_done(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：还有结转下年度继续办理的申请，就不能说已经全部办结或者全部答复。
    不合格：正文写“均已按时办结”，表格结转下年度继续办理为 2 件。
    合格：正文写“均已按时办结”，表格结转下年度继续办理为 0 件。
    修改：核对台账；有结转的，正文改为写明办结和结转的件数。
    """
    statements = ctx.claims.all_done
    if not statements:
        return
    total = ctx.value(_OPEN)
    if total is None:
        yield Unknown(str(_OPEN), "正文称全部办结，但表格结转下年度继续办理尚未填写")
    elif total:
        for statement in statements:
            yield Hit(
                str(_OPEN),
                f"正文写“{statement.words}”，但表格结转下年度继续办理为 {figure(total)} 件",
                expected=0,
                got=total,
                cells=(_OPEN,),
                spans=(statement.span,),
            )
