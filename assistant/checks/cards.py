"""Rule cards: what a rule asks, why, on which legal basis, with a failing and a passing example."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.registry import Rule, all_rules, get_rule
from assistant.forms import FORM_VERSIONS, load_form
from assistant.report.findings import Severity

__all__ = ["rule_card", "rules_page"]

_LEVELS = {
    Severity.ERROR: "错误（改正后才能定稿）",
    Severity.WARNING: "提醒（应当核实）",
    Severity.INFO: "参考（供酌情处理）",
    Severity.ASK: "询问",
}


def rule_card(code: str) -> str:
    """The card of one rule as plain Chinese text; UsageError when there is no such rule."""
    one = get_rule(code)
    return "\n".join([f"{one.code}　{one.title}", *(f"{name}：{text}" for name, text in _lines(one))])


def rules_page() -> str:
    """All cards as one Markdown page (docs/rules.md)."""
    rules = all_rules()
    lines = [
        "# 审核规则",
        "",
        "本页由规则本身生成（`python -m evals.rule_docs`），请勿手工修改。查看单条规则：`nianbao rules 规则代码`。",
        "",
        "每条规则的结论有三种：符合、不符合、无法判断。缺少数据时给出“无法判断”并说明原因，不作为符合处理。",
        "“错误”改正后才能定稿；“提醒”和“参考”不妨碍定稿。",
        "",
        "| 规则代码 | 名称 | 级别 |",
        "|---|---|---|",
        *(
            f"| [{r.code}](#{r.code.lower()}) | {r.title} | {_LEVELS[r.severity].split('（')[0]} |"
            for r in rules
        ),
    ]
    for one in rules:
        lines += ["", f"## {one.code}", "", f"**{one.title}**", ""]
        lines += [f"- {name}：{text}" for name, text in _lines(one)]
    return "\n".join(lines) + "\n"


def _lines(one: Rule) -> Iterator[tuple[str, str]]:
    yield "级别", _LEVELS[one.severity]
    yield "法律依据", one.citation
    if set(one.forms) != set(FORM_VERSIONS):
        yield "适用格式", "、".join(load_form(version).citation for version in one.forms)
    if one.needs_previous:
        yield "需要", "上年度报告"
    for name, text in one.sections.items():
        yield ("修改方法" if name == "修改" else name), text
