"""Draws forms of lawful reports at random: labels and answers in columns, with serials, hints, boxes, groups and other questions."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from evals.lawful import lawful_report
from tests.extraction.tables.generator import Truth, truth_of
from tests.extraction.tables.wordings import COLUMNS, FLAT, ROWS

__all__ = ["Form", "random_form"]

_HINTS = ["按收到日期", "截至12月31日", "上年为27件", "含不公开的，去年51件", "可多选", "/", ""]
_OTHERS = [
    ("政府网站公开信息", "386条", ""), ("公开培训", "2次，85人次", ""), ("填报人／电话", "骆某　0573-5218806", ""),
    ("联系电话", "13800001111", ""), ("填报日期", "2026年1月8日", ""), ("接待来访群众", "31人次", ""),
    ("存在问题（限100字）", "12个社区中有3个全年更新不足6次。", "不照抄上年"),
]  # fmt: skip
_SHOWN = [
    "new_received",
    "carried_over",
    "granted",
    "partial",
    "na_not_held",
    "np_petition",
    "carried_forward",
]


@dataclass
class Form:
    """Rows of a form; ``truth`` holds every cell and aggregate of the report."""

    rows: list[list[str]]
    truth: Truth
    year: int
    unit: str


def random_form(seed: int) -> Form:
    """One random form; the same seed gives the same form."""
    rng = random.Random(f"form {seed}")
    report = lawful_report(seed)
    truth = truth_of(report)
    asked = [_of_table3(rng, truth, key) for key in _SHOWN]
    asked += [_of_table2(rng, truth, key) for key in FLAT if key[0] != "rules"]
    asked += [
        _of_cases(rng, truth, case) for case in ("review", "litigation_direct", "litigation_after_review")
    ]
    asked.insert(rng.randint(0, len(asked)), ("不予公开", _options(rng, truth)))
    if rng.random() < 0.3:
        rng.shuffle(asked)
    lines = [(label, answer, rng.choice(_HINTS)) for label, answer in asked]
    for other in rng.sample(_OTHERS, k=rng.randint(0, 4)):
        lines.insert(rng.randint(0, len(lines)), other)
    serial, hint, head = rng.random() < 0.6, rng.random() < 0.5, rng.random() < 0.8
    rows = [
        [*([f"{n}"] if serial else []), label, answer, *([words] if hint else [])]
        for n, (label, answer, words) in enumerate(lines, 1)
    ]
    if head or hint:
        title = [*(["序号"] if serial else []), "填报项目", "填报内容", *(["填报说明"] if hint else [])]
        rows.insert(0, title)
    return Form(rows, truth, report.year or 2024, report.org.name)


def _of_table3(rng: random.Random, truth: Truth, key: str) -> tuple[str, str]:
    """新收 | 13件（其中自然人10件，商业企业3件）."""
    value = truth["table3", key, "total"]
    applicants = {
        c: int(truth["table3", key, c]) for c in COLUMNS if c != "total" and truth["table3", key, c]
    }
    label = rng.choice(ROWS[key][1:3])
    if not value:
        return label, rng.choice(["无", "0件", "□有 ☑无", "0"])
    parts = [f"{COLUMNS[c][0] if c != 'other_org' else '其他组织'}{v}件" for c, v in applicants.items()]
    only = next(iter(applicants)) if len(applicants) == 1 else ""
    name = COLUMNS[only][0] if only and only != "other_org" else ""
    ways: list[Callable[[], str]] = [
        lambda: f"{value}件",
        lambda: f"{value}件（其中：{'，'.join(parts)}）",
        lambda: f"{value}件（{'、'.join(parts)}）",
        lambda: f"☑有　{value}件　□无",
    ]
    if name:
        ways += [
            lambda: f"{value}件（均为{name}）",
            lambda: f"{value}件，{name}",
            lambda: f"{value}件（{name}）",
        ]
    return label, rng.choice(ways)()


def _of_table2(rng: random.Random, truth: Truth, key: tuple[str, str]) -> tuple[str, str]:
    """是否作出行政处罚决定 | ☑是　46件　□否."""
    value = truth["table2", *key]
    label = FLAT[key][0]
    unit = "万元" if key[1] == "amount_wan" else "件"
    yes, no = rng.choice([("是", "否"), ("有", "无")])
    if not value:
        return label, rng.choice(["无", f"0{unit}", f"□{yes}　　{unit}　　☑{no}", f"☑{no}　□{yes}"])
    return label, rng.choice([f"{value}{unit}", f"☑{yes}　{value}{unit}　□{no}"])


def _of_cases(rng: random.Random, truth: Truth, case: str) -> tuple[str, str]:
    """行政复议 | 2件，其中维持1件、未审结1件."""
    names = {"review": "行政复议", "litigation_direct": "行政诉讼（未经复议直接起诉）", "litigation_after_review": "行政诉讼（复议后起诉）"}  # fmt: skip
    words = {"upheld": "维持", "corrected": "纠正", "other": "其他结果", "pending": "尚未审结"}
    results = {r: int(truth["table4", case, r]) for r in words if truth["table4", case, r]}
    total = truth["table4", case, "total"]
    if not total:
        return names[case], rng.choice(["无", "☑无　□有", "0件"])
    if len(results) == 1:
        (result,) = results
        return names[case], rng.choice(
            [f"☑有　{total}件，结果：{words[result]}　□无", f"{total}件，均{words[result]}"]
        )
    listed = "、".join(f"{words[r]}{v}件" for r, v in results.items())
    return names[case], rng.choice([f"{total}件，其中{listed}", f"{total}件（{listed}）"])


def _options(rng: random.Random, truth: Truth) -> str:
    """☑保护第三方合法权益 2件　□国家秘密: every reason is printed, those with a figure are ticked."""
    found: list[str] = []
    for key, words in ROWS.items():
        if not key.startswith("deny_"):
            continue
        value = truth["table3", key, "total"]
        natural = truth["table3", key, "natural_person"] == value and rng.random() < 0.5
        label = words[1]
        found.append(f"☑{label} {value}件{'（均为自然人）' if natural else ''}" if value else f"□{label}")
    rng.shuffle(found)
    return "　".join(found)
