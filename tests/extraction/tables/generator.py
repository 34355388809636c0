"""Lays lawful figures out at random: axes turned, labels worded and merged differently, other years and offices, noise."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.forms import CellKey, load_form
from assistant.report import AnnualReport
from evals.lawful import lawful_report
from tests.extraction.tables.wordings import (
    CASES,
    COLUMNS,
    FLAT,
    GROUPS,
    HALVES,
    MONTHS,
    NOISE,
    OFFICES,
    QUARTERS,
    RESULTS,
    ROWS,
)

__all__ = ["Draft", "Sheet", "Truth", "listed", "random_sheet", "rows_used", "split", "truth_of"]

Truth = dict[tuple[str, ...], "int | Decimal"]


@dataclass
class Sheet:
    """A laid out table. ``truth`` holds every cell and aggregate of the report, ``shown`` those printed as figures."""

    rows: list[list[object]]
    truth: Truth
    prior: Truth
    shown: set[tuple[str, ...]]
    kind: str
    year: int
    unit: str
    headings: list[str] = field(default_factory=list)


def random_sheet(seed: int) -> Sheet:
    """One random sheet; the same seed gives the same sheet."""
    rng = random.Random(f"sheet {seed}")
    report = lawful_report(seed)
    truth = truth_of(report)
    from tests.extraction.tables.nested import make_long, make_nested
    from tests.extraction.tables.wide import (
        make_collected,
        make_halves,
        make_measured,
        make_months,
        make_turned,
    )

    make = rng.choice(
        [
            _matrix,
            _matrix,
            _periods,
            _years,
            _offices,
            _documents,
            _cases,
            _list,
            make_nested,
            make_nested,
            make_long,
            make_collected,
            make_collected,
            make_months,
            make_halves,
            make_turned,
            make_measured,
        ]
    )
    sheet = make(rng, truth, report)
    if rng.random() < 0.4:
        title = f"{report.org.name}{report.year}年政府信息公开统计表"
        sheet.rows.insert(0, [title, *["<"] * (len(sheet.rows[0]) - 1)])
    if rng.random() < 0.3:
        sheet.rows.append(
            [rng.choice(["注：数据截至12月31日。", "填报人：王某"]), *[""] * (len(sheet.rows[0]) - 1)]
        )
    return sheet


def truth_of(report: AnnualReport) -> Truth:
    """Every cell and every aggregate of a report."""
    form = load_form("2021")
    truth: Truth = {}
    for key in form.cells:
        value = report.value(CellKey(*key))
        assert value is not None
        truth[tuple(key)] = value
    for aggregate in form.aggregates:
        table = form.table(aggregate.table)
        lines = [c.key for c in table.columns] if aggregate.along == "rows" else [r.key for r in table.rows]
        for line in lines:
            parts = [truth[tuple(part)] for part in aggregate.cells(line)]
            row, col = (aggregate.key, line) if aggregate.along == "rows" else (line, aggregate.key)
            truth[aggregate.table, row, col] = sum(parts, 0)
    return truth


class Draft:
    """Lines of (label, cells by column) before they are turned into rows."""

    def __init__(self, rng: random.Random, truth: Truth, report: AnnualReport, kind: str) -> None:
        self.rng = rng
        self.sheet = Sheet([], truth, {}, set(), kind, report.year or 2024, report.org.name)

    def show(self, key: tuple[str, ...], blank: float = 0.0, dash: float = 0.0) -> str:
        """How a true figure is printed."""
        value = self.sheet.truth[key]
        if not value and self.rng.random() < blank:
            return ""
        if not value and self.rng.random() < dash:
            return self.rng.choice(["—", "-", "/", "无"])
        self.sheet.shown.add(key)
        return _printed(self.rng, value)

    def done(self, rows: list[list[object]], transpose: bool = False) -> Sheet:
        """The sheet of these rows; all are made equally wide."""
        width = max(len(row) for row in rows)
        rows = [[*row, *[""] * (width - len(row))] for row in rows]
        if transpose:
            turned = {"<": "^", "^": "<"}
            rows = [[turned.get(str(v), v) for v in line] for line in zip(*rows, strict=True)]
        self.sheet.rows = rows
        return self.sheet


def _printed(rng: random.Random, value: int | Decimal) -> str:
    if isinstance(value, int) and value >= 1000 and rng.random() < 0.3:
        return f"{value:,}"
    if isinstance(value, int) and rng.random() < 0.05:
        return f"{value}件"
    return str(value)


def rows_used(rng: random.Random, truth: Truth) -> list[str]:
    """All rows, or those with a figure and some of the others."""
    if rng.random() < 0.4:
        return list(ROWS)
    return [key for key in ROWS if truth["table3", key, "total"] or rng.random() < 0.3]


def _columns_used(rng: random.Random, truth: Truth) -> list[str]:
    used = [c for c in COLUMNS if any(truth["table3", r, c] for r in ROWS) or rng.random() < 0.4]
    used = [c for c in used if c != "total"] + (["total"] if rng.random() < 0.85 else [])
    if rng.random() < 0.3:
        others = [c for c in used if c != "total" and c != "other_org"]
        rng.shuffle(others)
        used = others + [c for c in used if c in ("other_org", "total")]
        if "total" in used and rng.random() < 0.3:
            used = ["total", *[c for c in used if c != "total"]]
    return used or ["natural_person", "total"]


def _matrix(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """Table 3 by applicants: official or shortened labels, group labels merged, subtotals, noise."""
    draft = Draft(rng, truth, report, "matrix")
    style = rng.choice(["official", "short", "short"])
    columns = _columns_used(rng, truth)
    blank, dash = rng.choice([(0.0, 0.0), (0.7, 0.0), (0.0, 0.7), (0.3, 0.3)])
    heads: list[object] = [rng.choice(COLUMNS[c]) if style == "short" else COLUMNS[c][0] for c in columns]
    if "other_org" in columns and columns.index("other_org") == 0:
        heads[0] = "其他组织"
    grouped = style == "official" or rng.random() < 0.3
    subtotals = not grouped and rng.random() < 0.3
    label_width = 2 if grouped else 1
    rows: list[list[object]] = [[*(["办理情况", *["<"] * (label_width - 1)]), *heads]]
    previous = ""
    for key in rows_used(rng, truth):
        group = next((g for g in GROUPS if key.startswith(g)), "")
        label = ROWS[key][0] if style == "official" else rng.choice(ROWS[key])
        cells = [draft.show(("table3", key, c), blank, dash) for c in columns]
        if subtotals and group and group != previous:
            total = f"{group}subtotal"
            rows.append([GROUPS[group][1] + rng.choice(["", "小计"]), *[draft.show(("table3", total, c)) for c in columns]])  # fmt: skip
        if grouped:
            if group and key == "ot_other":
                label = rng.choice(["3.其他", "其他"])
            outer = "^" if group and group == previous else rng.choice(GROUPS[group]) if group else label
            rows.append([outer, label if group else "<", *cells])
        else:
            rows.append([label, *cells])
        previous = group
    if not grouped and not subtotals and rng.random() < 0.5:
        rows = _noisy(rng, rows)
    if not grouped and rng.random() < 0.3:
        return draft.done(rows, transpose=True)
    if rng.random() < 0.3:
        rows = [["序号" if at == 0 else at, *row] for at, row in enumerate(rows)]
    if rng.random() < 0.2:
        rows = [
            [*row, "备注" if at == 0 else rng.choice(["", "已核对", "见台账"])] for at, row in enumerate(rows)
        ]
    return draft.done(rows)


def _noisy(rng: random.Random, rows: list[list[object]]) -> list[list[object]]:
    """Rows of other work between those of the form."""
    width = len(rows[0])
    for label in rng.sample(NOISE, k=rng.randint(1, 3)):
        figures: list[object] = [rng.choice(["", str(rng.randint(1, 9000))]) for _ in range(width - 1)]
        rows.insert(rng.choice([len(rows), rng.randint(1, len(rows))]), [label, *figures])
    return rows


def listed(rng: random.Random, truth: Truth) -> list[tuple[str, tuple[str, ...]]]:
    """Labels that name a cell by themselves: totals of table 3, cells of table 2, results of cases."""
    found: list[tuple[str, tuple[str, ...]]] = []
    if rng.random() < 0.8:
        found += [(rng.choice(ROWS[key]), ("table3", key, "total")) for key in rows_used(rng, truth)]
    if rng.random() < 0.6 or not found:
        found += [(rng.choice(words), ("table2", *key)) for key, words in FLAT.items() if rng.random() < 0.8]
    if rng.random() < 0.4 or not found:
        for case, names in CASES.items():
            name = rng.choice(names)
            found += [(f"{name}{RESULTS[r][0]}", ("table4", case, r)) for r in RESULTS]
    return found


def _periods(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """Quarters, months or half-years, with a column for the whole year or without."""
    draft = Draft(rng, truth, report, "periods")
    periods = rng.choice([QUARTERS, QUARTERS, HALVES, MONTHS])
    whole = rng.random() < 0.6
    rows: list[list[object]] = [["项目", *periods, *(["全年合计"] if whole else [])]]
    for label, key in listed(rng, truth):
        stock = key[1] in ("carried_over", "carried_forward") or key[2] in (
            "in_force",
            "pending",
            "amount_wan",
        )
        if stock and (not whole or key[2] == "amount_wan"):
            continue
        parts = split(rng, int(truth[key]), len(periods))
        if stock:
            parts = [int(truth[key])] * len(periods)
        if whole or all(parts):
            draft.sheet.shown.add(key)
        blank = rng.choice([0.0, 0.6])
        cells: list[object] = [str(p) if p or rng.random() >= blank else "" for p in parts]
        rows.append([label, *cells, *([str(truth[key])] if whole else [])])
    return draft.done(rows, transpose=rng.random() < 0.3)


def split(rng: random.Random, value: int, count: int) -> list[int]:
    parts = [0] * count
    for _ in range(value if value < 500 else 0):
        parts[rng.randrange(count)] += 1
    if value >= 500:
        parts[0] = value
    return parts


def _years(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """This year beside others, differences and shares."""
    draft = Draft(rng, truth, report, "years")
    year = draft.sheet.year
    names = {
        year - 2: f"{year - 2}年",
        year - 1: rng.choice([f"{year - 1}年", "上年", "上年同期", "去年数"]),
        year: rng.choice([f"{year}年", "本年", "今年", f"{year}年度"]),
    }
    shown = [y for y in names if y == year or rng.random() < 0.7]
    if rng.random() < 0.3:
        shown.reverse()
    extra = rng.choice([[], ["同比"], ["增减", "增减率"], ["增长%"]])
    rows: list[list[object]] = [["项目", *[names[y] for y in shown], *extra]]
    for label, key in listed(rng, truth):
        cells: list[object] = []
        for y in shown:
            if y == year:
                cells.append(draft.show(key))
            else:
                value = rng.randint(0, 400)
                cells.append(str(value))
                if y == year - 1:
                    draft.sheet.prior[key] = value
        figures = [rng.choice(["+3", "-12", "15.2%", "", "持平", "7"]) for _ in extra]
        rows.append([label, *cells, *figures])
    return draft.done(rows, transpose=rng.random() < 0.25)


def _offices(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """Our office among others, in rows or columns, with a sum."""
    draft = Draft(rng, truth, report, "offices")
    name = report.org.name
    others = rng.sample(OFFICES, k=rng.randint(1, 4))
    offices = [*others, name]
    rng.shuffle(offices)
    summed = rng.random() < 0.6
    rows: list[list[object]] = [["项目", *offices, *(["合计"] if summed else [])]]
    for label, key in listed(rng, truth):
        if key[2] == "amount_wan":
            continue
        cells: list[object] = []
        total = 0
        for office in offices:
            value = int(truth[key]) if office == name else rng.randint(0, 90)
            total += value
            cells.append(draft.show(key) if office == name else str(value))
        rows.append([label, *cells, *([str(total)] if summed else [])])
    return draft.done(rows, transpose=rng.random() < 0.5)


def _documents(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """Table 2 in the official blocks, one below the other."""
    draft = Draft(rng, truth, report, "documents")
    rows: list[list[object]] = []
    for block in load_form("2021").table2.blocks:
        if rng.random() < 0.5:
            rows.append([block.heading, *["<"] * 3])
        heads = [c.label for c in block.columns]
        rows.append(["信息内容", *heads])
        for row in block.rows:
            rows.append([row.label, *[draft.show(("table2", row.key, c.key), 0.2) for c in block.columns]])
    return draft.done(rows)


def _cases(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """Table 4 as three rows, or as one row of 15 below three header rows."""
    draft = Draft(rng, truth, report, "cases")
    if rng.random() < 0.5:
        results = [key for key in RESULTS if key != "total"]
        rng.shuffle(results)
        results.append("total")
        heads = [RESULTS[r][0] for r in results]
        rows: list[list[object]] = [["类别", *heads]]
        for case, names in CASES.items():
            rows.append([rng.choice(names), *[draft.show(("table4", case, r), 0.2, 0.2) for r in results]])
        return draft.done(rows, transpose=rng.random() < 0.3)
    top: list[object] = ["行政复议", *["<"] * 4, "行政诉讼", *["<"] * 9]
    middle: list[object] = ["^", *["<"] * 4, "未经复议直接起诉", *["<"] * 4, "复议后起诉", *["<"] * 4]
    rows = [top, middle, [RESULTS[r][0] for _ in CASES for r in RESULTS]]
    rows.append([draft.show(("table4", case, r), 0.1) for case in CASES for r in RESULTS])
    return draft.done(rows)


def _list(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """One figure a row, panels side by side or one list."""
    draft = Draft(rng, truth, report, "list")
    named: Sequence[tuple[str, tuple[str, ...]]] = listed(rng, truth)
    pairs: list[list[object]] = [[label, draft.show(key, 0.2, 0.1)] for label, key in named]
    if rng.random() < 0.4 and len(pairs) > 3:
        half = (len(pairs) + 1) // 2
        left, right = pairs[:half], pairs[half:]
        right += [["", ""]] * (half - len(right))
        rows = [[*a, *b] for a, b in zip(left, right, strict=True)]
        return draft.done([["项目", "数量", "项目", "数量"], *rows])
    return draft.done([["项目", "数量"], *_noisy(rng, [["", ""], *pairs])[1:]])
