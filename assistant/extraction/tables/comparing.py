"""Compares the percentages of growth that a table prints with the figures of its two years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from assistant.documents.blocks import Cell
from assistant.extraction.statements import Remark, Span, Statement
from assistant.extraction.tables.lines import Layout
from assistant.numerals import fold

__all__ = ["wrong_growth"]

_PERCENT = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*%")


def wrong_growth(layout: Layout, statements: Sequence[Statement]) -> Iterator[Remark]:
    """1098 | 1186 | +18.0%: a percentage that the two years beside it do not make; rounding aside, and whatever its sign."""
    rows = {Span(f.cell.start, f.cell.end): f.cell.row for f in layout.figures}
    now, before = (_by_row(rows, statements, prior) for prior in (False, True))
    for cell in _growths(layout):
        this, last = now.get(cell.row), before.get(cell.row)
        given = _PERCENT.findall(fold(cell.text))
        if this is None or last is None or len(given) != 1 or this.target != last.target or not last.value:
            continue
        digits = len(given[0].partition(".")[2])
        exact = abs(Decimal(this.value or 0) - Decimal(last.value)) * 100 / Decimal(last.value)
        if this.unit != last.unit or abs(exact - Decimal(given[0])) <= Decimal(1).scaleb(-digits):
            continue
        expected = round(exact, max(digits, 1))
        message = f"{last.value}→{this.value} 的增减幅应为 {expected}%，写的是 {given[0]}%"
        yield Remark(
            "PERCENT",
            f"{this.target.table}.{this.target.row}",
            message,
            Span(cell.start, cell.end),
            "warning",
            expected=expected,
            got=Decimal(given[0]),
        )


def _by_row(rows: Mapping[Span, int], statements: Sequence[Statement], prior: bool) -> dict[int, Statement]:
    """The only figure of each row for this year, or for the year before."""
    found: dict[int, list[Statement]] = {}
    for statement in statements:
        row = rows.get(statement.span)
        if row is not None and statement.kind == "value" and statement.prior == prior and not statement.spans:
            found.setdefault(row, []).append(statement)
    return {row: ones[0] for row, ones in found.items() if len(ones) == 1}


def _growths(layout: Layout) -> Iterator[Cell]:
    """The cells below 同比, 增减幅."""
    yield from layout.differences
    for figure in layout.figures:
        line = layout.columns.get(figure.column)
        if line is not None and any("diff" in label.marks for label in line.labels):
            yield figure.cell
