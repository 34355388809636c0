"""ROLLUP: an area's figures are the sum of its units'."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import column_name, figure, listed, row_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.facts import Value
from assistant.findings import Severity
from assistant.forms import CellKey
from assistant.report import Scope


def _is_sum(ctx: CheckInput) -> bool:
    return ctx.report.org.scope is Scope.GOVERNMENT and bool(ctx.units)


@rule("ROLLUP", "本级政府数据等于各单位之和", Severity.ERROR, "regulation_49", applies=_is_sum)
def rollup(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：本级政府的报告由各单位报告汇总而成，每一格都应等于各单位同一格之和；缺报的单位应当列明。
    不合格：全县本年新收填 95 件，各单位相加为 97 件。
    合格：全县本年新收填 97 件，各单位相加为 97 件。
    修改：核对差额所在的单位；补齐缺报单位后重新汇总。部门自己的报告不适用本规则。
    """
    names = {unit.org.name for unit in ctx.units}
    missing = [name for name in ctx.settings.roster if name not in names]
    if missing:
        yield Hit(
            "title",
            f"汇总缺少 {len(missing)} 个单位的报告：{listed(missing, 20)}",
            expected=len(ctx.settings.roster),
            got=len(ctx.settings.roster) - len(missing),
        )
    blank = 0
    for table in ctx.form.tables:
        for row in table.rows:
            wrong: list[tuple[CellKey, Value, Value]] = []
            for column in table.columns_of(row.key):
                key = CellKey(table.key, row.key, column.key)
                own, total = ctx.value(key), _total(ctx, key)
                if own is None or total is None:
                    blank += 1
                elif own != total and (own < total or not missing):
                    wrong.append((key, total, own))
            if wrong:
                yield _hit(ctx, wrong)
    if blank:
        yield Unknown("units", f"有 {blank} 格在本报告或者某个单位的报告中空白，无法核对汇总")


def _total(ctx: CheckInput, key: CellKey) -> Value | None:
    values = [unit.value(key) if unit.layout.has(key) else None for unit in ctx.units]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _hit(ctx: CheckInput, wrong: list[tuple[CellKey, Value, Value]]) -> Hit:
    key, total, own = wrong[-1]
    detail = "；".join(
        f"“{column_name(ctx.form, k.table, k.col)}”本报告 {figure(o)}，各单位之和 {figure(t)}"
        for k, t, o in wrong
    )
    return Hit(
        str(key),
        f"“{row_name(ctx.form, key.table, key.row)}”与 {len(ctx.units)} 个单位之和不符：{detail}",
        expected=total,
        got=own,
        cells=tuple(k for k, _, _ in wrong),
    )
