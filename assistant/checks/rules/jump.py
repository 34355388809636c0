"""JUMP: a figure that is many times last year's is worth a second look."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity


@rule("JUMP", "与上年相比没有异常变化", Severity.INFO, "practice", needs_previous=True)
def jump(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：与上年相比增减到五倍以上或者五分之一以下的数字，常见原因是多写少写一位、单位写错或者统计口径变化。
    不合格：行政许可上年 420 件，本年 4200 件。
    合格：行政许可上年 420 件，本年 510 件。
    修改：核对原始数据；情况属实的不必改动，可在正文中说明原因。
    """
    previous = ctx.previous
    if previous is None or previous.form != ctx.report.form:
        return
    low, high = ctx.settings.jump_range
    for key in ctx.form.cells:
        if key.table == "table3" and key.col != "total":
            continue
        now, before = ctx.value(key), previous.value(key)
        if now is None or before is None or before < ctx.settings.jump_base:
            continue
        ratio = float(now) / float(before)
        if not low <= ratio <= high:
            yield Hit(
                str(key),
                f"“{ctx.form.label(key).removesuffix('·总计')}”上年为 {figure(before)}，本年为 {figure(now)}，变化较大，请核实",
                expected=before,
                got=now,
                cells=(key,),
            )
