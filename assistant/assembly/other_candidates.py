"""Words every question the blanks of tables 4 and 2 could call for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assistant.assembly.asking import Candidate, Offer, ask, cells_at, pending_note, stated_sum
from assistant.assembly.assemble import Assembly
from assistant.forms import CellKey, Form, Row, Table
from assistant.report import AnnualReport

__all__ = ["of_cases", "of_second_table"]


def of_cases(
    report: AnnualReport, form: Form, assembly: Assembly, opened: Collection[CellKey]
) -> Iterator[Candidate]:
    table = form.table("table4")
    values = report.table4
    sued, lumped = [r for r in table.rows if r.path], stated_sum(assembly, "litigation_all")
    unsplit = bool(lumped) and all(values[r.key]["total"] is None for r in sued)
    if unsplit:
        yield ask(
            "MISSING_BREAKDOWN",
            f"行政诉讼 {lumped} 件中，未经复议直接起诉和复议后起诉各有几件？",
            [CellKey("table4", r.key, "total") for r in sued],
            [
                Offer(f"行政诉讼{lumped}件，都是{r.label}的", ((CellKey("table4", r.key, "total"), lumped),))
                for r in sued
                if lumped is not None
            ],
            hinges=[CellKey("table4", r.key, c.key) for r in sued for c in table.columns],
        )
        if not any(
            (a.row, a.col) == ("litigation_all", c.key)
            for a in assembly.aggregates
            for c in table.columns
            if c.key != "total"
        ):
            yield ask(
                "MISSING_OUTCOME",
                f"行政诉讼 {lumped} 件的结果分别是什么（维持、纠正、其他结果、尚未审结）？",
                [CellKey("table4", r.key, c.key) for r in sued for c in table.columns if c.key != "total"],
                (Offer(f"行政诉讼{lumped}件，均维持"), Offer(f"行政诉讼{lumped}件，均尚未审结")),
            )
    rows = [r for r in table.rows if not (unsplit and r in sued)]
    spoken_of = {key.row for key in opened if key.table == table.key}
    blank = [r for r in rows if all(v is None for v in values[r.key].values()) and r.key not in spoken_of]
    if blank:
        yield ask(
            "MISSING_FIELD",
            f"本年因政府信息公开引起的{'、'.join(r.name for r in blank)}各有几件，结果如何？",
            [CellKey("table4", r.key, c.key) for r in blank for c in table.columns],
            _no_cases(table, blank),
            about=tuple(f"table4.{r.key}" for r in blank),
        )
    for row in rows:
        total = values[row.key]["total"]
        open_columns = [c for c in table.columns if values[row.key][c.key] is None]
        if open_columns and row not in blank:
            amount = f" {total} 件" if total is not None else ""
            amount += pending_note(assembly, CellKey("table4", row.key, "total"))
            yield ask(
                "MISSING_OUTCOME",
                f"{row.name}{amount}的结果分别是什么（维持、纠正、其他结果、尚未审结）？",
                [CellKey("table4", row.key, c.key) for c in open_columns],
                [
                    Offer(
                        f"{row.name}{total}件，均{c.label.removeprefix('结果')}",
                        ((CellKey("table4", row.key, c.key), total),),
                    )
                    for c in table.columns
                    if c.key in ("upheld", "corrected", "pending") and total is not None
                ],
            )


def _no_cases(table: Table, rows: list[Row]) -> list[Offer]:
    """None of them, then none of each; by the row's own label, because 没有行政诉讼 would mean both kinds of lawsuits."""
    none = {r.key: cells_at(0, [k for k in table.cells if k.row == r.key]) for r in rows}
    every = tuple(cell for cells in none.values() for cell in cells)
    if len(rows) == len(table.rows):
        return [Offer("没有复议，没有诉讼", every)]
    each = [Offer(f"没有{r.label}", none[r.key]) for r in rows]
    return [Offer("，".join(one.text for one in each), every), *each] if len(each) > 1 else each


def of_second_table(report: AnnualReport, form: Form, opened: Collection[CellKey]) -> Iterator[Candidate]:
    table = form.table2
    values = report.table2
    spoken_of = {key.row for key in opened if key.table == table.key}
    blank = [
        r for r in table.rows if all(v is None for v in values[r.key].values()) and r.key not in spoken_of
    ]
    if blank:
        names = "、".join(r.name for r in blank)
        whole = len(blank) == len(table.rows)
        yield ask(
            "MISSING_FIELD",
            f"表二尚未提供：{names}的数量各是多少？" if whole else f"{names}的数量各是多少？",
            [CellKey(table.key, r.key, c.key) for r in blank for c in table.columns_of(r.key)],
            (
                Offer(
                    "表二全是0" if whole else f"{names}都没有",
                    cells_at(0, [k for k in table.cells if k.row in {r.key for r in blank}]),
                ),
            ),
            about=(table.key,) if whole else tuple(f"{table.key}.{r.key}" for r in blank),
        )
    for row in table.rows:
        missing = [c for c in table.columns_of(row.key) if values[row.key][c.key] is None]
        if missing and row not in blank:
            yield ask(
                "MISSING_FIELD",
                f"{row.name}的{'、'.join(c.label for c in missing)}是多少？",
                [CellKey(table.key, row.key, c.key) for c in missing],
                (
                    Offer(
                        f"{row.name}{'、'.join(f'{c.label}0' for c in missing)}",
                        cells_at(0, [CellKey(table.key, row.key, c.key) for c in missing]),
                    ),
                ),
            )
