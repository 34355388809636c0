"""LENGTH: section one keeps to about a thousand characters."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity


@rule("LENGTH", "总体情况篇幅适当", Severity.INFO, "format_overview", forms=("2021",))
def length(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：格式要求总体情况简明扼要，原则上不超过一千字。
    不合格：第一部分 1860 字。
    合格：第一部分 850 字。
    修改：删去工作过程和评价性文字，保留事实和数字。
    """
    count = len(ctx.passage("s1").compact.replace("\n", ""))
    limit = ctx.settings.overview_limit
    if count > limit:
        yield Hit("s1", f"第一部分共 {count} 字，原则上不超过 {limit} 字", expected=limit, got=count)
