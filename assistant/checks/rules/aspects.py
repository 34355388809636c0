"""ASPECTS: section one covers its five aspects, and in governments the results of supervision."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.lazy import Words
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report import Level
from assistant.report.facts import ASPECTS, Aspect
from assistant.report.findings import Severity

_WORDS = {
    Aspect.DISCLOSURE: Words("主动公开|主动发布"),
    Aspect.REQUESTS: Words("依申请公开|信息公开申请|公开申请"),
    Aspect.MANAGEMENT: Words(
        "信息管理|信息资源|保密审查|审核制度|动态调整|发布审核|审核发布|三审三校|公文属性|公开属性|规范性文件|公开目录|公开指南|文件库|信息管清|信息管好|管好信息"
    ),
    Aspect.PLATFORM: Words("平台|网站|新媒体|载体|专栏"),
    Aspect.OVERSIGHT: Words("监督|保障|培训|考核|检查"),
}
_RESULTS = (
    ("工作考核", Words("考核|考评")),
    ("社会评议", Words("评议|满意度|测评")),
    ("责任追究", Words("追究|问责|追责|通报批评|处分|诫勉|约谈")),
)


@rule("ASPECTS", "总体情况五个方面齐全", Severity.WARNING, "format_overview")
def aspects(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：格式规定总体情况包括主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面；条例第五十条还要求各级政府报告工作考核、社会评议和责任追究结果。
    不合格：第一部分没有写政府信息管理；县人民政府的报告没有写社会评议和责任追究。
    合格：五个方面各有一段，政府的报告在监督保障中写明考核、评议和追究结果。
    修改：补写缺少的方面；没有发生责任追究的，写明没有发生。
    """
    passage = ctx.passage("s1")
    text = passage.compact
    if not text:
        if ctx.finished:
            yield Hit("s1", "第一部分没有内容，应写明主动公开等五个方面的情况")
        else:
            yield Unknown("s1", "第一部分尚未填写")
        return
    missing = [ASPECTS[aspect] for aspect, words in _WORDS.items() if not words.found_in(text)]
    if missing and not ctx.finished:
        yield Unknown("s1", f"第一部分尚缺{'、'.join(missing)}的内容")
    elif missing:
        yield Hit("s1", f"第一部分没有写{'、'.join(missing)}", expected="五个方面", got="、".join(missing))
    if not ctx.report.org.is_government:
        return
    told = text + ctx.passage("s6").compact
    absent = [name for name, words in _RESULTS if not words.found_in(told)]
    if absent and not ctx.finished:
        yield Unknown("s1", f"第一部分尚缺{'、'.join(absent)}结果")
    elif absent:
        # many counties ask this of themselves and not of their towns, although the regulation speaks of 各级人民政府
        # and a 管委会 is none
        small = ctx.report.org.level is Level.TOWN or not ctx.report.org.name.endswith("政府")
        yield Hit(
            "s1",
            f"各级人民政府的报告还应写明{'、'.join(absent)}结果（条例第五十条第四项）",
            expected="工作考核、社会评议和责任追究结果",
            got="、".join(absent),
            severity=Severity.INFO if small else None,
        )
