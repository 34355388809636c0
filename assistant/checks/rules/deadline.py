"""DEADLINE: the report is public in time, and not before the year has ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report import Scope
from assistant.report.findings import Severity

_STATED = regex(
    r"(?:发布|公布|发文|成文|公开|生成|更新)(?:日期|时间)[：:]?\s*(20\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})"
)
_DAY_LINE = regex(r"[ \t　]*(20\d\d)年(\d{1,2})月(\d{1,2})日[ \t　]*")
_ORGAN_DAY, _GOVERNMENT_DAY = (1, 31), (3, 31)


@rule(
    "DEADLINE",
    "按期公布",
    Severity.WARNING,
    "regulation_49",
    applies=lambda ctx: ctx.finished or ctx.published is not None,
)
def deadline(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：条例第四十九条规定，县级以上政府部门每年1月31日前公布上一年度报告，本级政府的报告3月31日前公布；数据截至12月31日，也不应提前公布。
    不合格：某县教育局 2023 年度报告于2024年2月20日公布。
    合格：某县教育局 2023 年度报告于2024年1月25日公布。
    修改：按期公布；当地主管部门另有规定的，在配置中设定期限。
    """
    day, year = ctx.published or _printed_day(ctx), ctx.report.year
    if day is None or year is None:
        yield Unknown("title", "没有找到公布日期" if day is None else "不清楚报告年度，无法判断是否按期公布")
        return
    default = _GOVERNMENT_DAY if ctx.report.org.scope is Scope.GOVERNMENT else _ORGAN_DAY
    last = date(year + 1, *(ctx.settings.deadline or default))
    shown = f"{day.year}年{day.month}月{day.day}日"
    if day > last:
        limit = f"{last.year}年{last.month}月{last.day}日"
        yield Hit("title", f"公布日期为{shown}，晚于规定期限{limit}", expected=limit, got=shown)
    elif day <= date(year, 12, 31):
        yield Hit(
            "title",
            f"公布日期为{shown}，早于数据截止日{year}年12月31日",
            expected=f"{year}年12月31日以后",
            got=shown,
        )


def _printed_day(ctx: CheckInput) -> date | None:
    """The day the page or the last line of the document gives; None when there is none or it is no date."""
    printed = ctx.report.printed
    if printed is None:
        return None
    dated = "日期" in printed.text or "时间" in printed.text
    match = (_STATED.search(printed.text) if dated else None) or _last_day(printed.text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last_day(text: str) -> re.Match[str] | None:
    """The last line that is a date and nothing else (成文日期)."""
    for line in reversed(text.split("\n")):
        match = _DAY_LINE.fullmatch(line) if "年" in line and len(line) < 40 else None
        if match:
            return match
    return None
