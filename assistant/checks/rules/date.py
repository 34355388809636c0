"""DATE: dates exist, and weekdays fit them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Day

from assistant.checks.claims.passages import Passage
from assistant.checks.context import CheckInput
from assistant.checks.lazy import one_of, regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity

_DATE = regex(rf"([0-9]{{1,2}})月([0-9]{{1,2}})日(?:（?(?:星期|周|礼拜)({one_of('一二三四五六日天')})）?)?")
_YEAR = regex(r"(\d{4})年$")
_WEEKDAYS = "一二三四五六日"
_LEAP = 2024
"""Stands in where no year is given, so that 29 February passes."""


@rule("DATE", "日期真实存在", Severity.WARNING, "language")
def date(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：不存在的日期（如 2 月 30 日）和对不上的星期是明显差错。
    不合格：2023年2月30日召开会议；2023年5月1日（星期三）。
    合格：2023年2月28日召开会议；2023年5月1日（星期一）。
    修改：核对后改正日期或者星期。
    """
    for passage in ctx.passages:
        if "月" not in passage.compact:
            continue
        for match in _DATE.finditer(passage.compact):
            year = _YEAR.search(passage.compact[max(0, match.start() - 5) : match.start()])
            said = _problem(match, int(year[1]) if year else _told(ctx, passage, match.start()))
            if said:
                start = match.start() - (5 if year else 0)
                words = passage.compact[start : match.end()]
                yield Hit(
                    passage.key, f"“{words}”{said}", got=words, spans=(passage.span(start, match.end()),)
                )


def _told(ctx: CheckInput, passage: Passage, at: int) -> int | None:
    """The report year for a day of section one without a year, where the sentence names no other year."""
    start = passage.compact.rfind("。", 0, at) + 1
    return None if passage.key != "s1" or "年" in passage.compact[start:at] else ctx.report.year


def _problem(match: re.Match[str], year: int | None) -> str:
    try:
        day = Day(year or _LEAP, int(match[1]), int(match[2]))
    except ValueError:
        return "是不存在的日期"
    weekday = match[3]
    if weekday is None or year is None:
        return ""
    right = _WEEKDAYS[day.weekday()]
    return "" if weekday.replace("天", "日") == right else f"与星期不符，当天是星期{right}"
