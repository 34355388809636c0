"""CELL_BLANK: in a finished report no figure is left blank or replaced by a mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import column_name, listed, row_name, table_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import CellKey
from assistant.numerals import parse_numeral
from assistant.report.findings import Severity

_FEW = 3
"""Up to this many incomplete rows of a table are named one by one."""


@rule("CELL_BLANK", "表格没有空白格", Severity.ERROR, "format_tables")
def cell_blank(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：空白、“/”、“-”、“无”或者“详见附表”都说不清是没有发生还是没有填写；没有发生的应当填 0。
    不合格：申请办理表只填“总计”一列，其余各列空白。
    合格：没有发生的各格都填 0。
    修改：逐格确认后补填数字；确实没有发生的填 0。空白不能由程序代填。
    """
    blank: dict[str, dict[str, list[CellKey]]] = defaultdict(lambda: defaultdict(list))
    for table, rows in ctx.report.tables.items():
        for row, cols in rows.items():
            if None in cols.values():
                blank[table][row] += [
                    CellKey(table, row, col) for col, value in cols.items() if value is None
                ]
    if not ctx.finished:
        for table, lines in blank.items():
            cells = sum(len(line) for line in lines.values())
            yield Unknown(table, f"{table_name(ctx.form, table)}还有 {cells} 格没有填写")
        return
    texts = {cell.where: cell.text.strip() for cell in ctx.report.printed.cells} if ctx.report.printed else {}
    for table, lines in blank.items():
        yield from _hits(ctx, table, _without_merged(ctx, lines, texts), texts)


def _without_merged(
    ctx: CheckInput, lines: dict[str, list[CellKey]], texts: dict[str, str]
) -> dict[str, list[CellKey]]:
    """Leave out rows that are printed as one (LABEL speaks of those) and figures of a wrong kind (CELL_TYPE does)."""
    merged: set[str] = set()
    if ctx.report.printed is not None and ctx.report.printed.merged_other:
        aggregate = ctx.form.aggregate("ot_subtotal")
        merged = set(aggregate.parts) if aggregate else set()
    kept = {
        row: [key for key in cells if parse_numeral(texts.get(str(key), "")) is None]
        for row, cells in lines.items()
        if row not in merged
    }
    return {row: cells for row, cells in kept.items() if cells}


def _hits(
    ctx: CheckInput, table: str, lines: dict[str, list[CellKey]], texts: dict[str, str]
) -> Iterator[Hit]:
    if len(lines) > _FEW:
        cells = tuple(key for line in lines.values() for key in line)
        names = listed(f"“{row_name(ctx.form, table, row)}”" for row in lines)
        yield Hit(
            table,
            f"{table_name(ctx.form, table)}有 {len(lines)} 行共 {len(cells)} 格没有填写数字{_marks(cells, texts)}：{names}；没有发生的应填 0",
            got=len(cells),
            cells=cells,
        )
        return
    for row, cells_of_row in lines.items():
        names = listed(f"“{column_name(ctx.form, table, key.col)}”" for key in cells_of_row)
        yield Hit(
            f"{table}.{row}",
            f"“{row_name(ctx.form, table, row)}”一行有 {len(cells_of_row)} 格没有填写数字"
            f"{_marks(tuple(cells_of_row), texts)}：{names}；没有发生的应填 0",
            got=len(cells_of_row),
            cells=tuple(cells_of_row),
        )


def _marks(cells: tuple[CellKey, ...], texts: dict[str, str]) -> str:
    """What stands there instead of figures."""
    marks = dict.fromkeys(f"“{texts[str(key)]}”" for key in cells if texts.get(str(key)))
    return f"（印作{listed(marks, 3)}）" if marks else ""
