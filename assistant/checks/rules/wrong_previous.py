"""WRONG_PREVIOUS: the report that was given for comparison is the unit's own of the year before."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.registry import Hit, Unknown, rule
from assistant.checks.together.previous import wrong_previous
from assistant.report.findings import Severity


@rule(
    "WRONG_PREVIOUS",
    "对比的是本单位上一年度的报告",
    Severity.WARNING,
    "practice",
    applies=lambda ctx: ctx.previous is not None,
)
def wrong_previous_(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：拿同一年度、其他年度或者其他单位的报告来对比，结转、现行有效件数和增减情况都无从核对，还会让人以为已经核对过。
    不合格：核对 2023 年度报告时，提供的上年报告也是 2023 年度的，或者是别的单位的。
    合格：核对 2023 年度报告时，提供本单位 2022 年度的报告。
    修改：换成本单位上一年度的报告；单位更名的，在设置的 renamed 中写明原名称。
    """
    if ctx.previous is None:
        return
    reason = wrong_previous(ctx.report, ctx.previous, ctx.settings.renamed)
    if not reason:
        return
    year = "上一" if ctx.report.year is None else f" {ctx.report.year - 1} "
    yield Hit(
        "title",
        f"{reason}，没有用于跨年核对；请换成本单位{year}年度的报告，单位更名的在 nianbao.toml 的 renamed 中写明原名称",
        expected=f"{ctx.report.org.name or '本单位'}{year.strip()}年度",
        got=f"{ctx.previous.org.name}{ctx.previous.year or ''}年度",
    )
