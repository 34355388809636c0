"""NARRATIVE_SUM: the parts a sentence lists add up to the whole it names."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.claims.added_up import added_up_in
from assistant.checks.claims.breakdowns import Breakdown
from assistant.checks.claims.passages import Passage
from assistant.checks.context import CheckInput
from assistant.checks.naming import figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity


@rule("NARRATIVE_SUM", "正文分项之和等于总数", Severity.ERROR, "format_figures")
def narrative_sum(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：正文写出总数又逐项列出的，分项相加应等于总数。分项多于总数是错误；写明“分别为”“包括”而分项少于总数的作为提醒；“其中”之后没有列全的只作参考。
    不合格：公开信息115条，其中包括动态信息80条、通知公告40条。
    合格：公开信息120条，其中包括动态信息80条、通知公告40条；公开信息2224条，其中网站227条、公众号518条。
    修改：核对各分项和总数；没有列全的，用“其中”表述或者补写其余各项。
    """
    for passage, found in ctx.breakdowns:
        hit = _judge(passage, found) if found.same_unit else None
        if hit is not None:
            yield hit
    for passage in ctx.sections:
        for wrong in added_up_in(passage):
            total = sum(wrong.parts)
            sums = "＋".join(map(figure, wrong.parts))
            yield Hit(
                passage.key,
                f"“{passage.compact[wrong.start : wrong.end]}”中各项相加为 {figure(total)} {wrong.unit}（{sums}），与所写的 {figure(wrong.stated)} {wrong.unit} 不符",
                expected=total,
                got=wrong.stated,
                spans=(passage.span(wrong.start, wrong.end),),
                severity=Severity.WARNING,
            )


def _judge(passage: Passage, found: Breakdown) -> Hit | None:
    whole, total = found.whole.value, found.total
    largest = max(part.value for part in found.parts)
    if total == whole:
        return None
    if total > whole:
        sure = found.closed or largest > whole
        severity, said = (Severity.ERROR if sure else Severity.WARNING), "多于"
    elif found.closed:
        severity, said = Severity.WARNING, "少于"
    elif len(found.parts) > (2 if found.enumerated else 3):
        severity, said = Severity.INFO, "少于"
    else:
        return None
    unit = found.whole.unit
    sums = "＋".join(figure(part.value) for part in found.parts)
    end = found.parts[-1].end
    # a list in brackets is shown with its closing bracket
    end += passage.compact.startswith("）", end) and "（" in passage.compact[found.whole.end : end]
    text = passage.compact[found.whole.label_start : end]
    shown = text if len(text) <= 60 else f"{text[:40]}……{text[-16:]}"
    return Hit(
        passage.key,
        f"“{shown}”中分项相加为 {figure(total)} {unit}（{sums}），{said}总数 {figure(whole)} {unit}，"
        f"相差 {figure(max(total, whole) - min(total, whole))} {unit}",
        expected=total,
        got=whole,
        spans=(passage.span(found.whole.label_start, end),),
        severity=severity,
    )
