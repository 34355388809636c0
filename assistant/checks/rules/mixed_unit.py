"""MIXED_UNIT: figures of different units are not added into one sum."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity


@rule("MIXED_UNIT", "不把不同单位的数字相加", Severity.INFO, "numerals")
def mixed_unit(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：条、人、所等不同单位的数字相加得出的总数没有实际意义。
    不合格：公开信息50条，包括通知公告20条、领导介绍10人、学校20所。
    合格：公开信息50条，包括通知公告20条、领导介绍信息10条、学校信息20条。
    修改：统一计数单位，或者分别表述。
    """
    for passage, found in ctx.breakdowns:
        units = list(dict.fromkeys(part.unit for part in found.parts if part.unit))
        if found.same_unit or len(units) < 2 or found.total != found.whole.value:
            continue
        yield Hit(
            passage.key,
            f"总数 {figure(found.whole.value)} {found.whole.unit}由不同单位的数字相加得出（{'、'.join(units)}），请统一单位或者分别表述",
            got="、".join(units),
            spans=(passage.span(found.whole.label_start, found.parts[-1].end),),
        )
