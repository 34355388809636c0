"""Random sheets with two things on one axis: applicants within years, quarters or offices; and lists of combinations."""

from __future__ import annotations

import random

from assistant.report import AnnualReport
from tests.extraction.tables.generator import Draft, Sheet, Truth, listed, rows_used, split
from tests.extraction.tables.wordings import COLUMNS, GROUPS, HALVES, OFFICES, QUARTERS, ROWS, UNKNOWN

__all__ = ["make_long", "make_nested"]

_APPLICANTS = ["natural_person", "biz_enterprise", "other_org", "total"]


def make_nested(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """Applicants below or beside years, periods or offices; header cells merged or left blank."""
    draft = Draft(rng, truth, report, "nested")
    year, name = draft.sheet.year, report.org.name
    outer, ours = _outer(rng, year, name)
    inner = _APPLICANTS if rng.random() < 0.6 else ["total"]
    inner = [c for c in inner if c != "total" or rng.random() < 0.8] or ["natural_person"]
    swapped = len(inner) > 1 and rng.random() < 0.4
    pairs = [(o, c) for c in inner for o in outer] if swapped else [(o, c) for o in outer for c in inner]
    merged = rng.random() < 0.6
    heads = [[COLUMNS[c][0], o] if swapped else [o, COLUMNS[c][0]] for o, c in pairs]
    top: list[object] = ["项目"]
    for at, (upper, _) in enumerate(heads):
        again = at > 0 and heads[at - 1][0] == upper
        top.append(("<" if merged else "") if again else upper)
    rows: list[list[object]] = [top, ["^" if merged else "", *[lower for _, lower in heads]]]
    for key in rows_used(rng, truth):
        label = rng.choice(ROWS[key])
        rows.append([label, *_cells(draft, key, pairs, outer, ours)])
    if rng.random() < 0.3:
        at = rng.randint(2, len(rows))
        rows.insert(at, [rng.choice(UNKNOWN), *[str(rng.randint(0, 9)) for _ in pairs]])
    return draft.done(rows, transpose=merged and rng.random() < 0.3)


def _outer(rng: random.Random, year: int, name: str) -> tuple[list[str], str]:
    """Labels of the outer axis and the one that is ours; periods have their sum for ours."""
    kind = rng.choice(["years", "offices", "periods"])
    if kind == "years":
        return [f"{year - 2}年", f"{year - 1}年", f"{year}年"][rng.randint(0, 1) :], f"{year}年"
    if kind == "offices":
        others = rng.sample(OFFICES, k=2)
        offices = [others[0], name, others[1]]
        return [*offices, *(["合计"] if rng.random() < 0.5 else [])], name
    return [*rng.choice([QUARTERS, HALVES]), "全年合计"], "全年合计"


def _cells(draft: Draft, key: str, pairs: list[tuple[str, str]], outer: list[str], ours: str) -> list[object]:
    rng, sheet = draft.rng, draft.sheet
    cells: list[object] = []
    periods = [o for o in outer if o.endswith(("季度", "半年"))]
    parts = {c: split(rng, int(sheet.truth["table3", key, c]), max(1, len(periods))) for _, c in pairs}
    stock = key in ("carried_over", "carried_forward")
    for label, column in pairs:
        cell = ("table3", key, column)
        if label == ours:
            cells.append(draft.show(cell, 0.3, 0.1))
        elif label in periods:
            part = sheet.truth[cell] if stock else parts[column][periods.index(label)]
            cells.append(str(part))
        else:
            value = rng.randint(0, 50)
            cells.append(str(value))
            if label == f"{sheet.year - 1}年":
                sheet.prior[cell] = value
    return cells


def make_long(rng: random.Random, truth: Truth, report: AnnualReport) -> Sheet:
    """One combination a row: applicant, outcome, count; group labels merged, blank or repeated; other years between."""
    draft = Draft(rng, truth, report, "long")
    year = draft.sheet.year
    dated = rng.random() < 0.4
    repeat = rng.choice(["again", "blank", "merged"])
    rows: list[list[object]] = [[*(["年度"] if dated else []), "申请人类别", "办理情况", "件数"]]
    for column in ("natural_person", "biz_enterprise", "legal_service_org", "total"):
        first = True
        for key in rows_used(rng, truth):
            group = next((words[0] for start, words in GROUPS.items() if key.startswith(start)), "")
            label = f"{group}{ROWS[key][0]}" if key == "ot_other" else ROWS[key][0]
            again = {"again": COLUMNS[column][0], "blank": "", "merged": "^"}[repeat]
            shown = draft.show(("table3", key, column), 0.2)
            rows.append(
                [*([f"{year}年"] if dated else []), COLUMNS[column][0] if first else again, label, shown]
            )
            first = False
    if dated:
        for label, _ in listed(rng, truth)[:5]:
            rows.append([f"{year - 3}年", "自然人", label, str(rng.randint(1, 99))])
    return draft.done(rows)
