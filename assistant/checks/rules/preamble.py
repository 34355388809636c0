"""PREAMBLE: what stands before section one."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.lazy import Words
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity

_ITEMS = (
    ("编制依据", Words("条例|国办|格式")),
    (
        "统计期限",
        Words("统计期限|12月31日|十二月三十一日|统计数据|数据期限|数据期间|统计时间|统计期间|统计周期"),
    ),
    ("联系方式", Words("电话|联系|地址|邮编|邮政编码|邮箱|致电|来电|来信|座机|咨询")),
    ("电子版网址", Words("http|www|网址|网站|下载|电子版")),
)


@rule("PREAMBLE", "报告前言要素齐全", Severity.INFO, "practice")
def preamble(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：第一部分之前通常写明编制依据、统计期限、电子版网址和联系方式，方便公众查阅和咨询。
    不合格：标题之后直接写“一、总体情况”。
    合格：标题之后写明依据条例和国办公开办函〔2021〕30号编制，统计期限为1月1日至12月31日，并附网址和电话。
    修改：补写缺少的内容。
    """
    text = ctx.passage("preamble").compact
    if not text and not ctx.finished:
        yield Unknown("preamble", "前言尚未填写")
        return
    lower = text.lower()
    missing = [name for name, words in _ITEMS if not words.found_in(lower)]
    if missing:
        said = "没有前言" if not text else "前言不完整"
        yield Hit(
            "preamble",
            f"{said}，缺少{'、'.join(missing)}",
            expected="、".join(n for n, _ in _ITEMS),
            got="、".join(missing),
        )
