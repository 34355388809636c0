"""Random sheets as collected and reported on: many offices with subtotals and a sum, months with subtotals, applicants down and
results across, columns of measures; telephone numbers, serials, dates and other years between."""

from __future__ import annotations

import random

from assistant.report import AnnualReport
from tests.extraction.tables.generator import Draft, Sheet, Truth, listed, rows_used, split
from tests.extraction.tables.wordings import COLUMNS, GROUPS, HALVES, MONTHS, ROWS

__all__ = ["make_collected", "make_halves", "make_measured", "make_months", "make_turned"]

_TOWNS = ["城关镇", "石桥镇", "白塔乡", "黄泥乡", "青山街道"]
_OFFICES = ["县教育体育局", "县公安局", "县自然资源局", "县民政局", "县应急管理局"]
_GROUPED = {
    "新收申请": [("自然人", "new_received", "natural_person"), ("法人或其他组织", "new_received", "legal_persons"), ("小计", "new_received", "total")],
    "上年结转": [("", "carried_over", "total")],
    "办理结果": [
        ("予以公开", "granted", "total"), ("部分公开", "partial", "total"), ("不予公开", "deny_subtotal", "total"),
        ("无法提供", "na_subtotal", "total"), ("不予处理", "np_subtotal", "total"), ("其他处理", "ot_subtotal", "total"),
        ("办结小计", "result_total", "total"),
    ],
    "结转下年": [("", "carried_forward", "total")],
}  # fmt: skip
_DECISIONS = [("许可", "admin_license"), ("处罚", "admin_penalty"), ("强制", "admin_compulsion")]
_CASES = [
    ("维持", "upheld"),
    ("纠正", "corrected"),
    ("其他", "other"),
    ("未审结", "pending"),
    ("小计", "total"),
]


def _columns(rng: random.Random) -> list[tuple[str, str, tuple[str, ...]]]:
    """Header over header, and the cell that a column holds."""
    found: list[tuple[str, str, tuple[str, ...]]] = []
    if rng.random() < 0.6:
        head = rng.choice(["行政执法决定", "行政执法情况"])
        found += [(head, words, ("table2", row, "decisions")) for words, row in _DECISIONS]
    for head, inner in _GROUPED.items():
        found += [(head, words, ("table3", row, col)) for words, row, col in inner]
    if rng.random() < 0.5:
        found += [("行政复议", words, ("table4", "review", col)) for words, col in _CASES]
    return found


def make_collected(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """Offices and towns one a row, each group with its subtotal, then the sum of all; a body outside the sum behind it. The report
    is the whole area's, whose figures are the sum, or one office's."""
    draft = Draft(rng, truth, report, "collected")
    whole = rng.random() < 0.5
    draft.sheet.unit = "清河县人民政府" if whole else "清河县民政局"
    contacts = rng.random() < 0.4
    columns = _columns(rng)
    lead: list[object] = ["单位", *(["联系人", "联系电话"] if contacts else [])]
    heads: list[object] = ["<" if n and columns[n - 1][0] == c[0] else c[0] for n, c in enumerate(columns)]
    rows: list[list[object]] = [[*lead, *heads], [*["^"] * len(lead), *[c[1] or "^" for c in columns]]]
    groups = [("县直部门小计", _OFFICES), ("乡镇小计", _TOWNS)]
    if rng.random() < 0.3:
        groups = [("", [*_OFFICES, *_TOWNS])]
    cells = [cell for _, _, cell in columns]
    values = _values(rng, truth, cells, [name for _, names in groups for name in names], whole)
    for label, names in groups:
        rows += [[name, *_contact(rng, contacts), *map(str, values[name])] for name in names]
        if label:
            rows.append([label, *[""] * (len(lead) - 1), *_added(values, names)])
    rows.append(
        [rng.choice(["全县合计", "合计", "总计"]), *[""] * (len(lead) - 1), *_added(values, list(values))]
    )
    draft.sheet.shown |= set(cells)
    if rng.random() < 0.5:
        other = rng.choice(["国家税务总局清河县税务局（参考，不计入合计）", "县气象局（不计入）"])
        rows.append([other, *_contact(rng, contacts), *[str(rng.randint(0, 40)) for _ in columns]])
    return draft.done(rows)


def _added(values: dict[str, list[int]], names: list[str]) -> list[str]:
    return [str(sum(parts)) for parts in zip(*(values[name] for name in names), strict=True)]


def _values(
    rng: random.Random, truth: Truth, cells: list[tuple[str, ...]], names: list[str], whole: bool
) -> dict[str, list[int]]:
    """What each office tells: its share of the whole, or anything beside the one that the report is of."""
    if whole:
        parts = [split(rng, int(truth[cell]), len(names)) for cell in cells]
        return dict(zip(names, (list(one) for one in zip(*parts, strict=True)), strict=True))
    ours = [int(truth[cell]) for cell in cells]
    return {name: ours if name == "县民政局" else [rng.randint(0, 40) for _ in cells] for name in names}


def _contact(rng: random.Random, shown: bool) -> list[object]:
    if not shown:
        return []
    phone = rng.choice([f"138{rng.randint(10**7, 10**8 - 1)}", f"0571-{rng.randint(2 * 10**6, 8 * 10**6)}"])
    return [rng.choice(["张三", "李四", "王五"]), phone]


def make_months(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """Months down, subtotals between, the year, last year and the change behind."""
    draft = Draft(rng, truth, report, "months")
    named = [(label, key) for label, key in listed(rng, truth) if not _is_stock(key)][:6]
    parts = [split(rng, int(truth[key]), 12) for _, key in named]
    rows: list[list[object]] = [["月份", *[label for label, _ in named]]]
    every = rng.choice([3, 6])
    for month, name in enumerate(MONTHS):
        rows.append([name, *[str(part[month]) for part in parts]])
        if (month + 1) % every == 0:
            words = f"{'一二三四'[month // 3]}季度" if every == 3 else HALVES[month // 6]
            first = month + 1 - every
            rows.append([f"{words}小计", *[str(sum(part[first : month + 1])) for part in parts]])
    rows.append([rng.choice(["全年合计", "全年累计", f"{draft.sheet.year}年合计"]), *[str(truth[key]) for _, key in named]])  # fmt: skip
    draft.sheet.shown |= {key for _, key in named}
    if rng.random() < 0.6:
        last = [rng.randint(0, 300) for _ in named]
        rows.append([f"{draft.sheet.year - 1}年", *map(str, last)])
        draft.sheet.prior |= {key: value for (_, key), value in zip(named, last, strict=True)}
        rows.append(["同比", *[rng.choice(["+7.6%", "-15.2%", "持平"]) for _ in named]])
    return draft.done(rows)


def _is_stock(key: tuple[str, ...]) -> bool:
    return key[1] in ("carried_over", "carried_forward") or key[2] in ("in_force", "pending", "amount_wan")


def make_halves(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """Half-years beside the whole year and the year before, years named or not."""
    draft = Draft(rng, truth, report, "halves")
    year = draft.sheet.year
    rows: list[list[object]] = [["项目", *HALVES, f"{year}年全年", f"{year - 1}年全年"]]
    for label, key in listed(rng, truth):
        if key[2] == "amount_wan":
            continue
        value = int(truth[key])
        parts = [value, value] if key[2] in ("in_force", "pending") else split(rng, value, 2)
        if key[1] == "carried_over":
            parts = [value, 0]
        if key[1] == "carried_forward":
            parts = [0, value]
        last = rng.randint(0, 300)
        shown: list[object] = [str(part) if part or rng.random() < 0.5 else "—" for part in parts]
        rows.append([label, *shown, str(value), str(last)])
        draft.sheet.shown.add(key)
        draft.sheet.prior[key] = last
    return draft.done(rows)


def make_turned(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """Applicants down, results across below short heads, and a block of another year below or above with a title of its own."""
    draft = Draft(rng, truth, report, "turned")
    year = draft.sheet.year
    keys = [key for key in ROWS if key != "ot_other"]
    if rng.random() < 0.5:
        keys = [key for key in rows_used(rng, truth) if key != "ot_other"]
    heads = [
        next((words[-1] for start, words in GROUPS.items() if key.startswith(start)), "") for key in keys
    ]
    short = [ROWS[key][min(1, len(ROWS[key]) - 1)] for key in keys]
    top: list[object] = ["申请人类型"]
    for n, (head, words) in enumerate(zip(heads, short, strict=True)):
        top.append("<" if head and n and heads[n - 1] == head else head or words)
    header: list[list[object]] = [
        top,
        ["^", *[words if head else "^" for head, words in zip(heads, short, strict=True)]],
    ]
    ours: list[list[object]] = [
        [COLUMNS[col][0], *[draft.show(("table3", key, col), dash=0.5) for key in keys]] for col in COLUMNS
    ]
    rows: list[list[object]] = [*header, *ours]
    if rng.random() < 0.6:
        block = _of_last_year(draft, keys)
        title: list[list[object]] = [[f"附：{year - 1}年同口径数据（上年年报数）", *["<"] * len(keys)]]
        rows = [*rows, *title, *header, *block]
    return draft.done(rows)


def _of_last_year(draft: Draft, keys: list[str]) -> list[list[object]]:
    found: list[list[object]] = []
    for col, words in COLUMNS.items():
        row: list[object] = [words[0]]
        for key in keys:
            value = draft.rng.randint(0, 60)
            draft.sheet.prior["table3", key, col] = value
            row.append(str(value))
        found.append(row)
    return found


def make_measured(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """Indicators with a code, their measure, this year and last; a telephone number at the end."""
    draft = Draft(rng, truth, report, "measured")
    coded = rng.random() < 0.6
    rows: list[list[object]] = [["指标名称", *(["代码"] if coded else []), "计量单位", "本年", "上年"]]
    for n, (label, key) in enumerate(listed(rng, truth), 1):
        measure = "万元" if key[2] == "amount_wan" else "件"
        last = rng.randint(0, 300)
        draft.sheet.prior[key] = last
        bare = label.replace("（万元）", "").replace("（件）", "")
        rows.append([bare, *([f"{100 + n}"] if coded else []), measure, draft.show(key), str(last)])
    if rng.random() < 0.5:
        rows.append(["联系电话", *([""] if coded else []), "", f"139{rng.randint(10**7, 10**8 - 1)}", ""])
    return draft.done(rows)
