"""TWIN_TEXT: sibling units do not send in the same text."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.claims.own_words import own_sentences
from assistant.checks.context import CheckInput
from assistant.checks.registry import Hit, Unknown, rule
from assistant.checks.together.siblings import MATES
from assistant.report.findings import Severity

_LEAST = 3
"""sentences of its own without which a report is too short to be called a copy"""
_NAMED = 3
"""siblings named in one message"""


@rule(
    "TWIN_TEXT",
    "同批单位的报告不雷同",
    Severity.WARNING,
    "format_problems",
    applies=lambda ctx: ctx.beside.peers is not None or ctx.beside.unsettled,
)
def twin_text(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：多个单位的报告大段相同，说明照抄照搬，没有反映本单位的实际情况，有的地方会因此追究责任。
    不合格：甲镇与乙镇报告的总体情况、存在问题除单位名称和数字外基本相同。
    合格：两个单位使用相同的框架，但事项和问题各不相同；没有收到申请、未收取费用等照格式写的语句相同，不算雷同。
    修改：由雷同的单位按实际情况重写。
    """
    if ctx.beside.unsettled:
        yield Unknown("units", "本单位在同批中有几份内容不同的报告，没有与其他单位比较；请只保留定稿")
    peers = ctx.beside.peers
    if peers is None or len(peers.me.marks) < _LEAST:
        return
    twins = peers.twins(ctx.settings.twin_share)
    if not twins:
        return
    nearest, own = twins[0], len(peers.me.marks)
    names = "、".join(twin.sibling.org.name for twin in twins[:_NAMED])
    many = "以上" if len(twins) >= MATES else ""
    more = f"等 {len(twins)} 个{many}单位" if len(twins) > _NAMED else ""
    passages = [ctx.passage(key) for key in ("s1", "s5")]
    spans = [
        ctx.passage(one.key).span(one.start, one.end)
        for one in own_sentences(passages, ctx.report.org.name)
        if not nearest.sibling.all_marks.isdisjoint(one.marks)
    ]
    yield Hit(
        spans[0].key if spans else "s1",
        f"与{names}{more}的报告雷同：除套用格式的语句外，{own} 句话中有 {nearest.same} 句（{nearest.same / own:.0%}）相同",
        expected=f"不超过 {ctx.settings.twin_share:.0%}",
        got=f"{nearest.same / own:.0%}",
        spans=tuple(spans),
    )
