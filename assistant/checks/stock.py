"""The stock of 规章 and 行政规范性文件 over two years, for the rules that compare them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.forms import CellKey
from assistant.report.facts import Value

__all__ = ["Stock", "is_explained", "stocks"]

_REASON = regex(
    r"清理|失效|机构改革|职能(?:划转|调整)|统计口径|口径调整|重新(?:梳理|统计|核定)|核减|有效期(?:届满|已过)|到期|撤并|更正"
)
_SUBJECT = regex(r"规范性文件|规章(?!制度)|现行有效")


class Stock(NamedTuple):
    """One row of table 2 over two years. ``before``: last year's 现行有效件数; the others are of this year."""

    cells: tuple[CellKey, ...]
    """现行有效, 制发, 废止"""
    now: Value
    issued: Value
    abolished: Value
    before: Value


def stocks(ctx: CheckInput) -> Iterator[Stock | CellKey]:
    """The rows of table 2 with a stock, where last year's report was made on the same form; only the key of its
    现行有效件数 where a figure is blank."""
    previous = ctx.previous
    if previous is None or previous.form != ctx.report.form:
        return
    for row in ctx.form.table2.rows:
        keys = {
            c.key: CellKey(ctx.form.table2.key, row.key, c.key) for c in ctx.form.table2.columns_of(row.key)
        }
        if "in_force" not in keys:
            continue
        cells = (keys["in_force"], keys["issued"], keys["abolished"])
        now, issued, abolished = (ctx.value(key) for key in cells)
        before = previous.value(cells[0])
        if now is None or issued is None or abolished is None or before is None:
            yield cells[0]
        else:
            yield Stock(cells, now, issued, abolished, before)


def is_explained(ctx: CheckInput) -> bool:
    """Whether a sentence of the prose gives a reason for a gap in the stock of documents."""
    return any(
        _SUBJECT.search(text := passage.compact[s.start : s.end]) and _REASON.search(text)
        for passage in ctx.sections
        if _REASON.search(passage.compact)
        for s in passage.sentences
    )
