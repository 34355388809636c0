"""TWIN_TEXT: sibling units do not send in the same text."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.checks.sentences import cores_of, share_in
from assistant.findings import Severity
from assistant.report import AnnualReport


@rule(
    "TWIN_TEXT",
    "同批单位的报告不雷同",
    Severity.WARNING,
    "format_problems",
    applies=lambda ctx: bool(ctx.peers),
)
def twin_text(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：多个单位的报告大段相同，说明照抄照搬，没有反映本单位的实际情况，有的地方会因此追究责任。
    不合格：甲镇与乙镇报告的总体情况、存在问题除单位名称外基本相同。
    合格：两个单位使用相同的框架，但事项、数字和问题各不相同。
    修改：由雷同的单位按实际情况重写。
    """
    mine = _words(ctx.report)
    if len(mine) < 3:
        return
    for peer in ctx.peers:
        if peer.org.name == ctx.report.org.name:
            continue
        share = share_in([(core, 0, 0) for core in mine], set(_words(peer)))
        if share > ctx.settings.twin_share:
            yield Hit(
                "s1",
                f"与{peer.org.name or '同批另一单位'}的报告雷同：{len(mine)} 句话中有 {share:.0%} 相同",
                expected=f"不超过 {ctx.settings.twin_share:.0%}",
                got=f"{share:.0%}",
            )


_SELF = regex(r"我(?:街道|[局委办厅院处署镇乡县市区省旗州])|本(?:机关|单位|部门)")


def _words(report: AnnualReport) -> list[str]:
    """The sentences of sections one and five without the unit's own name and without self-references."""
    ctx, name = CheckInput(report), report.org.name
    words = []
    for key in ("s1", "s5"):
        for core, _, _ in cores_of(ctx.passage(key)):
            words.append(_SELF.sub("", core.replace(name, "") if name else core))
    return words
