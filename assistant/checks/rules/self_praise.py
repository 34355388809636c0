"""SELF_PRAISE: praise is backed by a figure."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity

_PRAISE = regex(
    r"成效显著|效果显著|成绩显著|取得了?(?:显著|明显|良好|较好|丰硕|突出)的?(?:成效|成绩|效果|成果)|(?:走|位)[在居][^，。；]{0,6}前列|名列前茅|广受好评"
    r"|(?:广泛|高度|一致|普遍)(?:好评|赞誉|认可)|圆满完成|(?:显著|大幅|极大|明显)(?:地)?(?:提升|提高|增强|改善)|再创佳绩|得到[^，。；]{0,10}充分肯定"
)

_WORDS = (
    "显著",
    "取得",
    "前列",
    "前茅",
    "好评",
    "赞誉",
    "认可",
    "圆满",
    "大幅",
    "极大",
    "明显",
    "佳绩",
    "充分肯定",
)
"""One of these occurs in every match; looking for them first is quick."""


@rule("SELF_PRAISE", "不作没有数据支撑的自我评价", Severity.INFO, "language")
def self_praise(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：年度报告应当客观，“成效显著”“走在前列”之类的评价没有数字支撑时宜删去。
    不合格：政府信息公开工作成效显著，群众满意度大幅提升。
    合格：全年公开信息1136条，比上年增加210条。
    修改：用事实和数字代替评价。
    """
    if not any(word in ctx.words for word in _WORDS):
        return
    for passage in ctx.sections:
        for match in _PRAISE.finditer(passage.compact):
            sentence = next((s for s in passage.sentences if s.start <= match.start() < s.end), None)
            if sentence is not None and passage.quantities_in(sentence):
                continue
            yield Hit(
                passage.key,
                f"“{match.group()}”属于自我评价，没有数据支撑，宜改为客观表述",
                got=match.group(),
                spans=(passage.span(*match.span()),),
            )
