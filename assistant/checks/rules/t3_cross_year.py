"""T3_CROSS_YEAR: what is carried over equals what last year's report carried forward."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.checks.naming import column_name, figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import CellKey
from assistant.report.facts import Value
from assistant.report.findings import Edit, Fix, Severity

_REASON = regex(r"更正|有误|误填|统计口径|机构改革|职能(?:划转|调整)|撤并|核减|系统(?:调整|原因)|数据调整")


@rule("T3_CROSS_YEAR", "上年结转与上年度报告衔接", Severity.ERROR, "format_figures", needs_previous=True)
def t3_cross_year(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：上年度报告写明结转下年度继续办理的件数，就是本年度的上年结转件数，申请人类别也应一致。总计不符是错误，只有类别移动的作为提醒。
    不合格：上年度报告结转下年度 3 件，本年度上年结转填 2 件。
    合格：上年度报告结转下年度 3 件，本年度上年结转填 3 件。
    修改：按上年度报告填写；上年度报告本身有误或者因机构改革等调整的，在正文中说明原因。
    """
    if ctx.previous is None or _explained(ctx):
        return
    blank, wrong = [], []
    for identity in ctx.form.identities_of("T3_BALANCE"):
        now, before = identity.left[1], identity.right[1]
        got, expected = ctx.value(now), ctx.previous.value(before)
        if got is None or expected is None:
            blank.append(now)
        elif got != expected:
            wrong.append((now, expected, got))
    if blank:
        yield Unknown(str(blank[-1]), f"上年结转或者上年度报告的结转有 {len(blank)} 格空白，无法核对")
    total = next((w for w in wrong if w[0].col == "total"), None)
    columns = [w for w in wrong if w[0].col != "total"]
    detail = "；".join(
        f"“{column_name(ctx.form, 'table3', key.col)}”上年结转 {figure(got)} 件，上年度报告结转 {figure(expected)} 件"
        for key, expected, got in columns
    )
    if total is not None:
        key, expected, got = total
        yield Hit(
            str(key),
            f"上年结转为 {figure(got)} 件，上年度报告结转下年度继续办理为 {figure(expected)} 件，"
            f"相差 {figure(max(got, expected) - min(got, expected))} 件{f'（{detail}）' if detail else ''}",
            expected=expected,
            got=got,
            cells=(key, *(k for k, _, _ in columns)),
        )
    elif columns:
        yield _shifted(columns, detail)


def _shifted(columns: list[tuple[CellKey, Value, Value]], detail: str) -> Hit:
    edits = tuple(Edit(where=str(key), value=expected) for key, expected, _ in columns)
    return Hit(
        f"table3.carried_over.{columns[0][0].col}",
        f"上年结转总计与上年度报告相符，但申请人类别不同：{detail}",
        expected=columns[0][1],
        got=columns[0][2],
        fix=Fix(title="按上年度报告调整申请人类别", edits=edits),
        cells=tuple(key for key, _, _ in columns),
        severity=Severity.WARNING,
    )


def _explained(ctx: CheckInput) -> bool:
    """Whether the prose gives a reason for a difference in what was carried over."""
    return any(
        "结转" in (text := passage.compact[s.start : s.end]) and _REASON.search(text)
        for passage in ctx.sections
        if "结转" in passage.compact
        for s in passage.sentences
    )
