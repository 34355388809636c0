"""ROLLUP: an area's figures are the sum of its units'."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

from assistant.checks.context import CheckInput
from assistant.checks.naming import column_name, figure, listed, row_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.checks.together.areas import same_unit
from assistant.forms import CellKey
from assistant.report import Scope
from assistant.report.facts import Value
from assistant.report.findings import Severity

_COMPLETE = 0.8
"""share of the area's figures, on average, from which the given units are taken for all of them where no roster says so"""
_NAMED = 500
"""names listed in one message: whoever is missing has to be told, so that all of them are named"""


def _is_sum(ctx: CheckInput) -> bool:
    beside = ctx.beside
    return ctx.report.org.scope is Scope.GOVERNMENT and bool(beside.units or beside.doubled)


@rule("ROLLUP", "本级政府数据等于各单位之和", Severity.ERROR, "regulation_49", applies=_is_sum)
def rollup(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：本级政府的报告由各单位报告汇总而成，每一格都应等于各单位同一格之和；缺报的单位应当列明。
    不合格：全县本年新收填 95 件，各单位相加为 97 件。
    合格：全县本年新收填 97 件，各单位相加为 97 件。
    修改：核对差额所在的单位；补齐缺报单位后重新汇总。部门自己的报告不适用本规则。一并核对的单位明显不全、设置中又没有 roster 的，
    只核对本级政府小于各单位之和的数据。
    """
    missing = _missing(ctx)
    if missing:
        yield Hit(
            "title",
            f"汇总缺少 {len(missing)} 个单位的报告：{listed(missing, _NAMED)}",
            expected=len(ctx.settings.roster),
            got=len(ctx.settings.roster) - len(missing),
        )
    yield from _in_the_way(ctx)
    settled = not (missing or ctx.beside.unclear or ctx.beside.doubled)
    if settled and not ctx.settings.roster and not _seems_complete(ctx):
        settled = False
        yield Unknown(
            "units",
            f"一并核对的只有 {len(ctx.beside.units)} 个单位的报告，多数数据远小于本级政府的，看来不是全部单位，没有核对是否等于各单位之和；"
            "请补齐各单位的报告，或者在 nianbao.toml 的 roster 中列出全部单位",
        )
    yield from _compared(ctx, settled=settled)


def _missing(ctx: CheckInput) -> list[str]:
    """Units of the roster that have sent no report."""
    names = [ctx.report.org.name, *(unit.org.name for unit in ctx.beside.units), *ctx.beside.doubled]
    return [name for name in ctx.settings.roster if not any(same_unit(name, other) for other in names)]


def _in_the_way(ctx: CheckInput) -> Iterator[Unknown]:
    """Reports that leave open what the sum is."""
    if ctx.beside.doubled:
        yield Unknown(
            "units",
            f"{listed(ctx.beside.doubled, _NAMED)}有几份内容不同的报告，没有计入各单位之和；请只保留定稿",
        )
    if ctx.beside.unclear:
        yield Unknown(
            "units",
            f"从名称看不出{listed(ctx.beside.unclear, _NAMED)}是否属于本级政府，没有计入各单位之和；"
            "请在报告中写单位全称，或者在 nianbao.toml 的 roster 中列出",
        )


def _compared(ctx: CheckInput, *, settled: bool) -> Iterator[Hit | Unknown]:
    """The cells that cannot be right: another sum where all units are known (``settled``), a smaller one in any case."""
    blank = 0
    for table in ctx.form.tables:
        for row in table.rows:
            wrong: list[tuple[CellKey, Value, Value]] = []
            for column in table.columns_of(row.key):
                key = CellKey(table.key, row.key, column.key)
                own, (total, whole) = ctx.value(key), _total(ctx, key)
                if own is None or (not whole and own >= total):
                    blank += 1
                elif own < total or (settled and own != total):
                    wrong.append((key, total, own))
            if wrong:
                yield _hit(ctx, wrong)
    if blank:
        yield Unknown("units", f"有 {blank} 格在本报告或者某个单位的报告中空白，无法核对汇总")


def _total(ctx: CheckInput, key: CellKey) -> tuple[Value, bool]:
    """The sum over the units that fill the cell, and whether all of them do."""
    values = [unit.value(key) for unit in ctx.beside.units]
    known = [value for value in values if value is not None]
    return sum(known), len(known) == len(values)


def _seems_complete(ctx: CheckInput) -> bool:
    """Whether the units make up most of the area's figures: a folder may hold only some of them."""
    shares = []
    for key, own in ctx.report.filled():
        if own:
            shares.append(min(1.0, float(_total(ctx, key)[0] / own)))
    return not shares or mean(shares) >= _COMPLETE


def _hit(ctx: CheckInput, wrong: list[tuple[CellKey, Value, Value]]) -> Hit:
    key, total, own = wrong[-1]
    detail = "；".join(
        f"“{column_name(ctx.form, k.table, k.col)}”本报告 {figure(o)}，各单位之和 {figure(t)}"
        for k, t, o in wrong
    )
    return Hit(
        str(key),
        f"“{row_name(ctx.form, key.table, key.row)}”与 {len(ctx.beside.units)} 个单位之和不符：{detail}",
        expected=total,
        got=own,
        cells=tuple(k for k, _, _ in wrong),
    )
