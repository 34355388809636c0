"""NUMBER_MISSING: no figure is left out or left as a placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from assistant.checks.claims.passages import Passage
from assistant.checks.context import CheckInput
from assistant.checks.lazy import Words, one_of, regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity


class _Gap(NamedTuple):
    """Something left out. One of ``words`` occurs in every match, and hardly in a report that lacks nothing."""

    words: Words
    pattern: re.Pattern[str]
    said: str = "缺少数字"


def _joined(*parts: str) -> Words:
    """All words made of one piece of each part: 共|共计, 件|条 -> 共件|共条|共计件|共计条."""
    return Words("|".join(map("".join, product(*(part.split("|") for part in parts)))))


_LEFT = "留有没有填写的占位内容"
_WORD_PIECE = "文案信来要证稿邮附条事办各几多每逐零"
_STOP = rf"(?={one_of('，。；、（')}|$)"
_CROSSES = _Gap(Words("X|x|×|*"), regex(r"[Xx×*]{2,}"), _LEFT)
_GAPS = (
    _Gap(
        _joined("待", "补|填|定|核"),
        regex(r"[【\[（][^】\]）\n]{0,4}待(?:补|填|定|核)[^】\]）\n]{0,24}[】\]）]|待补充"),
        _LEFT,
    ),
    _CROSSES,
    _Gap(Words("_|＿"), regex(r"[_＿]{2,}"), _LEFT),
    _Gap(Words("（）"), regex(r"（）"), _LEFT),
    _Gap(Words("?|？"), regex(r"[?？]{2,}"), _LEFT),
    _Gap(Words("年月"), regex(r"\d{4}年月(?:日)?"), _LEFT),
    _Gap(
        _joined("申请", "件|份|宗"),
        regex(rf"(?:收到|受理|新收|办结|答复|办理)[^，。；\d]{{0,12}}申请[件份宗]{_STOP}"),
    ),
    _Gap(
        _joined("息|开|布|新", "条|篇"),
        regex(rf"(?:公开|发布|更新)(?:[^，。；\d]{{0,8}}信息)?[条篇]{_STOP}"),
    ),
    _Gap(
        _joined("训|训共|训共计", "人|场|次"),
        regex(rf"(?:培训|参训|受训)(?:共|共计)?(?:人次|场次|次|人){_STOP}"),
    ),
    _Gap(
        _joined("共|共计", "件|条|篇|人次|场次|万元|元"),
        regex(rf"共计?(?![{_WORD_PIECE}])(?:件|条|篇|人次|场次|万元|元){_STOP}"),
    ),
    _Gap(
        _joined("长|降|加|少|占|率|为|达|到", "%"),
        regex(r"(?:增长|下降|增加|减少|占|率为?|达到?)%"),
    ),
)
_UNSAID = regex(r"通过[^，。；\d]{2,20}(?:全年)?(?:累计|共)?主动公开(?=[，。；]|$)")
_UNSAID_ENDS = ("主动公开，", "主动公开。", "主动公开；")


@rule("NUMBER_MISSING", "没有遗漏的数字和占位符", Severity.ERROR, "format_figures")
def number_missing(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：“件”“条”前面没有数字、留有“XX”“【待补】”或者空括号的，是没有写完的文稿，不能公开。
    不合格：全年收到政府信息公开申请件；组织培训XX次；【待补充：公开数量】。
    合格：全年收到政府信息公开申请3件；组织培训2次。
    修改：补写数字；确实没有数字的，改写句子。
    """
    if not ctx.finished and "待补" in ctx.words:
        yield Unknown("s1", "草稿中还有待补充的内容")
        return
    gaps = [gap for gap in _GAPS if gap.words.found_in(ctx.words)]
    for passage in ctx.passages if gaps else ():
        for gap in gaps:
            for match in gap.pattern.finditer(passage.compact):
                if gap is not _CROSSES or not _is_name(passage.compact, match):
                    yield _hit(passage, match, f"“{_around(passage.compact, match)}”处{gap.said}")
    overview = ctx.passage("s1")
    if not any(words in overview.compact for words in _UNSAID_ENDS) and not overview.compact.endswith(
        "主动公开"
    ):
        return
    for match in _UNSAID.finditer(overview.compact):
        yield _hit(overview, match, f"“{match.group()}”没有写明公开了多少信息", Severity.WARNING)


def _hit(passage: Passage, match: re.Match[str], said: str, severity: Severity | None = None) -> Hit:
    return Hit(passage.key, said, got=match.group(), spans=(passage.span(*match.span()),), severity=severity)


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Letters inside a web or mail address are no placeholder."""
    before, after = text[: match.start()], text[match.end() :]
    if re.search(r"^[\w.-]*(?:@[\w-]|\.(?:gov|com|cn|org|net)\b)", after, re.ASCII):
        return True
    return bool(re.search(r"[\w./:@-]$", before) and re.search(r"^[\w./@-]*[.@/]", after))


def _around(text: str, match: re.Match[str]) -> str:
    """The match with a few words before it, inside its line."""
    before = re.split(r"[\n。]", text[max(0, match.start() - 8) : match.start()])[-1]
    return before + match.group()
