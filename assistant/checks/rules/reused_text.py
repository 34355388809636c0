"""REUSED_TEXT: section five is not last year's."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.claims.sentences import cores_of, share_in
from assistant.checks.context import CheckInput
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity


@rule("REUSED_TEXT", "存在问题及改进情况不照抄上年", Severity.WARNING, "format_problems", needs_previous=True)
def reused_text(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：格式要求如实反映问题，点名批评年年雷同；第五部分过半语句与上年度报告相同的，应当重写。
    不合格：第五部分 6 句话中有 5 句与上年度报告只差年份和数字。
    合格：写出本年度的新问题，以及上年问题的整改结果。
    修改：按本年度实际情况重写存在的问题和改进措施。
    """
    if ctx.previous is None:
        return
    last = CheckInput(ctx.previous)
    for key in ("s5", "s1"):
        passage = ctx.passage(key)
        cores = list(cores_of(passage))
        others = {core for core, _, _ in cores_of(last.passage(key))}
        limit = ctx.settings.reused_share if key == "s5" else 0.9
        share = share_in(cores, others)
        if len(cores) < 2 or share <= limit:
            continue
        same = [(start, end) for core, start, end in cores if core in others]
        yield Hit(
            key,
            f"“{ctx.form.section(key).name}”的 {len(cores)} 句话中有 {len(same)} 句（{share:.0%}）与上年度报告相同，应按本年度情况重写",
            expected=f"不超过 {limit:.0%}",
            got=f"{share:.0%}",
            spans=tuple(passage.span(start, end) for start, end in same),
            severity=None if key == "s5" else Severity.INFO,
        )
