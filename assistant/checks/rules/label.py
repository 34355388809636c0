"""LABEL: row labels, column headers and the corner note are printed as the form has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import table_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.numerals import fold
from assistant.report import PrintedLabel
from assistant.report.facts import Evidence
from assistant.report.findings import Edit, Fix, Severity

_KINDS = {"row": "行标题", "column": "列标题", "block": "栏目标题", "corner": "勾稽关系说明"}


@rule("LABEL", "表格文字与规定格式一致", Severity.WARNING, "format_tables", applies=lambda ctx: ctx.finished)
def label(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：表格的行标题、列标题和勾稽关系说明由格式统一规定，改动一个字都可能改变统计口径，也不利于汇总。
    不合格：列标题印作“本年度止件数”。
    合格：列标题印作“本年废止件数”。
    修改：按规定格式改回原文。
    """
    printed = ctx.report.printed
    if printed is None:
        return
    narrow: list[PrintedLabel] = []
    for found in printed.labels:
        if _same_words(found.text, found.expected):
            narrow.append(found)
            continue
        kind, table = _KINDS.get(found.kind, "文字"), table_name(ctx.form, found.table)
        said = (
            f"印作“{found.text.strip()}”，应为“{found.expected}”"
            if found.text.strip()
            else f"缺少“{found.expected}”"
        )
        yield Hit(
            f"{found.table}.{found.key}" if found.key else found.table,
            f"{table}的{kind}{said}",
            expected=found.expected,
            got=found.text.strip() or None,
            fix=_fix(printed.text, found),
            places=_place(printed.text, found),
        )
    if narrow:
        yield _narrow(ctx, printed.text, narrow)
    if printed.merged_other and ctx.form.aggregate("ot_subtotal"):
        yield Hit(
            "table3.ot_subtotal",
            f"{table_name(ctx.form, 'table3')}的“（六）其他处理”只印一行，现行格式分为三行，应分别填写",
            got="（六）其他处理",
        )


def _narrow(ctx: CheckInput, text: str, labels: list[PrintedLabel]) -> Hit:
    """One finding for all labels that differ from the form only in half-width brackets or blanks."""
    edits = [edit for found in labels if (fix := _fix(text, found)) for edit in fix.edits]
    table = labels[0].table
    return Hit(
        table,
        f"{table_name(ctx.form, table)}有 {len(labels)} 处文字使用了半角括号或者多余空格，如“{labels[0].text.strip()}”，应为“{labels[0].expected}”",
        expected=labels[0].expected,
        got=labels[0].text.strip(),
        fix=Fix(title="改为规定的文字", edits=tuple(edits), certain=True),
        places=tuple(place for found in labels for place in _place(text, found)),
        severity=Severity.INFO,
    )


def _same_words(text: str, expected: str) -> bool:
    """Whether the label differs only in blanks and in half-width brackets or marks."""
    one, other = (re.sub(r"[\s“”\"'‘’]", "", fold(t)) for t in (text, expected))
    return one == other


def _place(text: str, found: PrintedLabel) -> tuple[Evidence, ...]:
    end = found.start + len(found.text)
    if not found.text or text[found.start : end] != found.text:
        return ()
    return (Evidence(source="report", start=found.start, end=end, quote=found.text),)


def _fix(text: str, found: PrintedLabel) -> Fix | None:
    place = _place(text, found)
    if not place:
        return None
    edit = Edit(start=place[0].start, end=place[0].end, text=found.expected)
    return Fix(title=f"改为“{found.expected}”", edits=(edit,), certain=True)
