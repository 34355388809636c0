"""SCOPE_MISMATCH: figures of another scope do not stand for the report's own."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.claims.patterns import ORGAN_WORDS
from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.checks.naming import figure, reading_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report import Scope
from assistant.report.findings import Severity

_INCLUDED = regex(
    r"(?:包含|包括|含|计入|纳入|统计)在?(?:上述|以上|前述|总数|合计|其中|内|本报告)",
    needs="包含|包括|含|计入|纳入|统计",
)


@rule("SCOPE_MISMATCH", "本机关数据与本级政府数据不混用", Severity.WARNING, "format_figures")
def scope_mismatch(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：本机关的报告只反映本机关的数据，本级政府的报告反映全县（市、区）汇总数据；两种数据混在一起，正文和表格就对不上。
    不合格：县民政局的报告写“全县收到政府信息公开申请95件”，表格本年新收为 17 件。
    合格：县民政局的报告写“收到政府信息公开申请17件”，表格本年新收为 17 件。
    修改：删去其他范围的数字，或者在同一句中写明哪些是本机关的。
    """
    own = "本级政府汇总" if ctx.report.org.scope is Scope.GOVERNMENT else "本机关"
    for claim in ctx.claims.foreign:
        passage = ctx.passage(claim.span.key)
        if own == "本机关" and _marks_own(passage.text, claim.span.start, claim.span.end):
            continue
        if _is_named_part(passage.text, claim.span.end):
            continue
        cells = claim.readings[0]
        total = ctx.total(cells)
        table = f"，表格中“{reading_name(ctx.form, cells)}”为 {figure(total)}" if total is not None else ""
        yield Hit(
            ".".join(cells[0]) if len(cells) == 1 else claim.span.key,
            f"“{claim.words}”的统计范围与本报告（{own}数据）不同{table}；请写明范围或者改用本报告范围的数字",
            expected=total,
            got=claim.value,
            cells=cells,
            spans=(claim.span,),
        )


def _is_named_part(text: str, end: int) -> bool:
    """Whether the same sentence says that the figure is a part of the report's own: 已包含在上述数据内."""
    stop = text.find("。", end)
    return _INCLUDED.search(text, end, stop if stop >= 0 else len(text)) is not None


def _marks_own(text: str, start: int, end: int) -> bool:
    """Whether the same sentence sets the unit's own figure apart (全县95件，其中本机关17件)."""
    stop = text.find("。", end)
    return bool(ORGAN_WORDS.search(text, end, stop if stop >= 0 else len(text)))
