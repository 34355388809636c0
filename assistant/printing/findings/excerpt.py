"""Cuts out of a table the few rows and columns that a finding speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.forms import CellKey
from assistant.printing.findings.places import cell_of, part_name
from assistant.printing.reports.view import print_value
from assistant.report import AnnualReport
from assistant.report.findings import Finding

__all__ = ["Excerpt", "Figure", "excerpt_of"]

_ROWS = 8
"""rows that are shown; of a longer list those that are zero are left out first"""

Role = Literal["", "part", "suspect"]


@dataclass(frozen=True)
class Figure:
    """One cell: ``part`` takes part in the finding, ``suspect`` is the likeliest wrong one."""

    text: str
    role: Role


@dataclass(frozen=True)
class Excerpt:
    """A small table with the labels of the form."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Figure, ...]], ...]
    left_out: str
    """says how many rows are not shown; empty when all are"""


def excerpt_of(report: AnnualReport, finding: Finding) -> Excerpt | None:
    """The rows and columns of the cells that take part; None where a finding names no cell."""
    form = report.layout
    named = finding.cells or (finding.where,)
    keys = [key for key in (cell_of(form, name) for name in named) if key is not None]
    if not keys:
        return None
    # a finding about two tables is shown where its likeliest cell is
    keys = [key for key in keys if key.table == keys[0].table]
    table = form.table(keys[0].table)
    wanted_rows = {key.row for key in keys}
    rows = [row for row in table.rows if row.key in wanted_rows]
    shown = _shown([row.key for row in rows], keys, report)
    wanted = {key.col for key in keys}
    columns = [column for column in table.columns if column.key in wanted]
    odd = {} if report.printed is None else {cell.where: cell.text for cell in report.printed.cells}

    def figure(key: CellKey) -> Figure:
        if not form.has(key):
            return Figure("", "")
        text = odd.get(str(key)) or print_value(report.value(key)) or "空白"
        return Figure(text, "suspect" if key == keys[0] else "part" if key in keys else "")

    hidden = [key for key in keys if key.row not in shown]
    left = len(rows) - len(shown)
    zero = "为 0，" if all(report.value(key) == 0 for key in hidden) else ""
    return Excerpt(
        title=part_name(form, table.key),
        columns=tuple(column.label for column in columns),
        rows=tuple(
            (row.name, tuple(figure(CellKey(table.key, row.key, column.key)) for column in columns))
            for row in rows
            if row.key in shown
        ),
        left_out=f"其余 {left} 行{zero}未列出" if left else "",
    )


def _shown(rows: Sequence[str], keys: Sequence[CellKey], report: AnnualReport) -> set[str]:
    """Which rows of a long list are shown: the suspect's, then those that are not zero."""
    if len(rows) <= _ROWS:
        return set(rows)
    weighty = [k.row for k in keys if report.value(k) != 0]
    return set(list(dict.fromkeys([keys[0].row, *weighty]))[:_ROWS])
