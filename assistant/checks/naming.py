"""How messages name rows, columns, figures and cells in plain Chinese."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.forms import CellKey, Form
from assistant.report.facts import Value

__all__ = ["column_name", "figure", "listed", "reading_name", "row_name", "table_name"]

_ORDER = "一二三四五六"


def figure(value: Value) -> str:
    """A figure as printed: no exponent, no trailing zeros."""
    return str(value) if isinstance(value, int) else f"{value:f}"


def column_name(form: Form, table: str, col: str) -> str:
    """Name of a column, with its group where the label alone says little: 法人或其他组织—其他."""
    column = next(c for c in form.table(table).columns if c.key == col)
    return f"{column.group}—{column.label}" if column.group and column.label == "其他" else column.label


def row_name(form: Form, table: str, row: str) -> str:
    """Short name of a row: 部分公开."""
    return form.table(table).row(row).name


def table_name(form: Form, table: str) -> str:
    """A table by the section it stands in: 第二部分表格."""
    section = form.table(table).section
    return f"第{_ORDER[[s.key for s in form.sections].index(section)]}部分表格"


def reading_name(form: Form, cells: tuple[CellKey, ...]) -> str:
    """What a group of cells is called: the label of a single cell, the name of a known sum, or the cells joined by 加."""
    if len(cells) == 1:
        (key,) = cells
        label = form.label(key)
        return label.removesuffix("·总计")
    for aggregate in form.aggregates:
        for line in {getattr(key, "col" if aggregate.along == "rows" else "row") for key in cells}:
            if set(aggregate.cells(line)) == set(cells):
                return aggregate.label
    names = [form.label(key).removesuffix("·总计") for key in cells]
    return "、".join(names) + "合计" if len(names) <= 4 else f"“{names[0]}”等 {len(names)} 项合计"


def listed(words: Iterable[str], limit: int = 6) -> str:
    """Words joined by 、, shortened with 等 when there are many."""
    items = list(words)
    return "、".join(items[:limit]) + (f"等 {len(items)} 处" if len(items) > limit else "")
