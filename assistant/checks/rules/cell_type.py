"""CELL_TYPE: every figure is of the kind its column asks for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from assistant.checks.context import CheckInput
from assistant.checks.naming import figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import CellKey, load_form
from assistant.forms.model import Kind
from assistant.numerals import parse_numeral
from assistant.report.facts import Value
from assistant.report.findings import Severity

_MOST = 10**9
"""No unit of any level counts a billion of anything in these tables."""
_MOST_MONEY = 10**12
"""A trillion: the purchases of a whole province, in 元, stay below it."""
_FEN_PLACES = 6
"""Decimals of an amount in 万元 that is exact to the 分, the smallest unit of money."""


@rule("CELL_TYPE", "单元格填写的数字类型正确", Severity.ERROR, "format_tables")
def cell_type(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：件数只能是不小于零的整数；收费金额以万元为单位，是不小于零的数，精确到分时至多六位小数。
    不合格：予以公开填 -1 件；行政许可填 12.5 件；收费金额填 0.1234567 万元。
    合格：予以公开填 1 件；收费金额填 190.457379 万元。
    修改：核对原始台账后改填正确的数字。
    """
    kinds = _kinds(ctx.form.version)
    for table, rows in ctx.report.tables.items():
        for row, cols in rows.items():
            for col, value in cols.items():
                if not value:
                    continue
                key = CellKey(table, row, col)
                problem = _problem(kinds[key], value)
                if problem:
                    yield _hit(ctx, key, value, problem)
    if ctx.report.printed is None:
        return
    for cell in ctx.report.printed.cells:
        number = parse_numeral(cell.text)
        key = CellKey.parse(cell.where)
        if number is not None and ctx.form.has(key) and ctx.value(key) is None:
            yield _hit(ctx, key, number, _problem(ctx.form.column(key).kind, number) or "不能按数字读取")


@cache
def _kinds(version: str) -> dict[CellKey, Kind]:
    form = load_form(version)
    return {key: form.column(key).kind for key in form.cells}


def _problem(kind: Kind, value: Value) -> str:
    """What is wrong with a figure of that kind; empty when nothing is."""
    if kind != "signed" and value < 0:
        return "不能是负数"
    if kind != "amount" and not isinstance(value, int):
        return "应为整数"
    if kind == "amount" and isinstance(value, Decimal) and _places(value) > _FEN_PLACES:
        return f"小数超过 {_FEN_PLACES} 位（万元为单位精确到分即为 {_FEN_PLACES} 位）"
    most = _MOST_MONEY if kind == "amount" else _MOST
    return "数值过大，明显不合常理" if not -most < value < most else ""


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _hit(ctx: CheckInput, key: CellKey, value: Value, problem: str) -> Hit:
    return Hit(str(key), f"“{ctx.form.label(key)}”填为 {figure(value)}，{problem}", got=value, cells=(key,))
