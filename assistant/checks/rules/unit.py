"""UNIT: fees are reported in 万元, not in 元."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.claims.passages import Span
from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.checks.naming import figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import CellKey
from assistant.report import Level
from assistant.report.facts import Value
from assistant.report.findings import Edit, Fix, Severity

_YUAN = regex(r"事业性收费[^，。；\d]{0,12}(\d+(?:,\d{3})*(?:\.\d+)?)元", needs="事业性收费")


@rule("UNIT", "收费金额以万元为单位", Severity.WARNING, "format_tables", forms=("2021",))
def unit(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：行政事业性收费一格的单位是万元；把元直接填进去，金额会放大一万倍，汇总时影响全局。
    不合格：某镇全年收费 1904573.79 元，表格填 1904573.79。
    合格：某镇全年收费 1904573.79 元，表格填 190.457379。
    修改：把元换算为万元，不作四舍五入。
    """
    key = CellKey(ctx.form.table2.key, "admin_fee", "amount_wan")
    value = ctx.value(key)
    if not value:
        return
    for passage in ctx.sections:
        for match in _YUAN.finditer(passage.compact):
            if Decimal(match[1].replace(",", "")) == value:
                yield _hit(
                    ctx,
                    key,
                    value,
                    f"正文写“{match.group()}”，表格的单位是万元",
                    (passage.span(*match.span()),),
                )
                return
    # the departments of a province gather what all its roads or schools pay
    province = ctx.report.org.name.endswith("厅")
    small = ctx.report.org.level in (Level.TOWN, Level.DEPARTMENT) and not province
    if small and value >= ctx.settings.fee_ceiling_wan:
        yield _hit(ctx, key, value, "对乡镇或者部门而言明显偏大，表格的单位是万元，疑似按元填写", ())


def _hit(ctx: CheckInput, key: CellKey, value: Value, said: str, spans: tuple[Span, ...]) -> Hit:
    right = Decimal(value) / 10_000
    return Hit(
        str(key),
        f"“{ctx.form.label(key)}”填为 {figure(value)}，{said}；如为元，应填 {figure(right)}",
        expected=right,
        got=value,
        fix=Fix(title=f"改为 {figure(right)}（万元）", edits=(Edit(where=str(key), value=right),)),
        cells=(key,),
        spans=spans,
    )
