"""TREND_TEXT: an increase or decrease the prose states follows from the two years."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.claims.changes import changes_of
from assistant.checks.claims.read import Trend
from assistant.checks.context import CheckInput
from assistant.checks.naming import figure, reading_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.facts import Value
from assistant.report.findings import Severity


@rule("TREND_TEXT", "与上年相比的增减计算正确", Severity.ERROR, "format_figures")
def trend_text(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：正文写“比上年增加”“同比下降”的，应能由两个年度的报告算出来。
    不合格：上年新收 9 件，本年新收 12 件，正文写“比上年增加5件”。
    也核对同一句中写明两个年度数字的：“57件，比上年的60件增加3件”应为减少 3 件。
    合格：上年新收 9 件，本年新收 12 件，正文写“比上年增加3件”或者“同比增长33.3%”。
    修改：按两个年度的数字重新计算。
    """
    for passage in ctx.sections:
        for change in changes_of(passage):
            if not change.percent:
                yield Hit(
                    passage.key,
                    f"“{change.words}”与句中的数字不符，{change.right}",
                    expected=change.expected,
                    got=change.got,
                    spans=(passage.span(change.start, change.end),),
                )
    trends = ctx.claims.trends
    if not trends:
        return
    previous = ctx.previous
    if previous is None:
        yield Unknown("s1", f"正文有 {len(trends)} 处与上年相比的表述，没有提供上年度报告，无法核对")
        return
    last = CheckInput(previous)
    for trend in trends:
        cells = trend.claim.readings[0]
        if not all(previous.layout.has(key) for key in cells):
            continue
        before = last.total(cells)
        if before is None:
            yield Unknown(trend.span.key, f"上年度报告中“{reading_name(ctx.form, cells)}”空白，无法核对增减")
        elif not _holds(trend, before):
            yield _hit(ctx, trend, before)


def _holds(trend: Trend, before: Value) -> bool:
    change = trend.claim.value - before
    if not trend.percent:
        return change == trend.change
    if not before:
        return False
    exact = Decimal(change) * 100 / Decimal(before)
    # rounded or cut off at the decimals given
    return abs(exact - Decimal(trend.change)) < Decimal(1).scaleb(-trend.decimals)


def _hit(ctx: CheckInput, trend: Trend, before: Value) -> Hit:
    now, cells = trend.claim.value, trend.claim.readings[0]
    change = now - before
    if not trend.percent:
        right = (
            f"应为{'增加' if change > 0 else '减少'} {figure(max(change, -change))} 件"
            if change
            else "应为与上年持平"
        )
        expected: Value | str = change
    elif before:
        rate = round(Decimal(change) * 100 / Decimal(before), max(trend.decimals, 1))
        right = (
            f"应为{'增长' if rate > 0 else '下降'} {figure(max(rate, -rate))}%" if rate else "应为与上年持平"
        )
        expected = rate
    else:
        right, expected = "不能计算百分比", "不能计算百分比"
    return Hit(
        trend.span.key,
        f"正文写“{trend.words}”，“{reading_name(ctx.form, cells)}”上年为 {figure(before)}，本年为 {figure(now)}，{right}",
        expected=expected,
        got=trend.change,
        cells=cells,
        spans=(trend.span,),
    )
