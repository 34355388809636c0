"""NUMBER_MISSING: no figure is left out or left as a placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.registry import Hit, Unknown, rule
from assistant.findings import Severity

# (words that must occur, pattern): the words are looked for first because that is quick
_PLACEHOLDERS = (
    (
        ("待补", "待填", "待定", "待核"),
        re.compile(r"[【\[（][^】\]）\n]{0,4}待(?:补|填|定|核)[^】\]）\n]{0,24}[】\]）]|待补充"),
    ),
    (("X", "x", "×", "*"), re.compile(r"[Xx×*]{2,}(?=年|月|件|条|次|人|个|项|期|局|镇|县|市|%|$)?")),
    (("_", "＿"), re.compile(r"[_＿]{2,}")),
    (("（",), re.compile(r"（）")),
    (("?", "？"), re.compile(r"[?？]{2,}")),
    (("年月",), re.compile(r"\d{4}年月(?:日)?")),
)
_WORD_PIECE = "文案信来要证稿邮附条事办各几多每逐零"
_NO_FIGURE = (
    (
        ("申请件", "申请份", "申请宗"),
        re.compile(r"(?:收到|受理|新收|办结|答复|办理)[^，。；\d]{0,12}申请[件份宗](?=[，。；、（]|$)"),
    ),
    (
        ("信息条", "信息篇", "公开条", "发布条"),
        re.compile(r"(?:公开|发布|更新)(?:[^，。；\d]{0,8}信息)?[条篇](?=[，。；、（]|$)"),
    ),
    (("培训",), re.compile(r"(?:培训|参训|受训)(?:共|共计)?(?:人次|场次|次|人)(?=[，。；、（]|$)")),
    (("共", "计"), re.compile(rf"共计?(?![{_WORD_PIECE}])(?:件|条|篇|人次|场次|万元|元)(?=[，。；、（]|$)")),
    (("%",), re.compile(r"(?:增长|下降|增加|减少|占|率为?|达到?)%")),
)
_UNSAID = re.compile(r"通过[^，。；\d]{2,20}(?:全年)?(?:累计|共)?主动公开(?=[，。；]|$)")


@rule("NUMBER_MISSING", "没有遗漏的数字和占位符", Severity.ERROR, "format_figures")
def number_missing(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：“件”“条”前面没有数字、留有“XX”“【待补】”或者空括号的，是没有写完的文稿，不能公开。
    不合格：全年收到政府信息公开申请件；组织培训XX次；【待补充：公开数量】。
    合格：全年收到政府信息公开申请3件；组织培训2次。
    修改：补写数字；确实没有数字的，改写句子。
    """
    if not ctx.finished and any("待补" in passage.text for passage in ctx.passages):
        yield Unknown("s1", "草稿中还有待补充的内容")
        return
    for passage in ctx.passages:
        text = passage.compact
        for words, pattern in (*_PLACEHOLDERS, *_NO_FIGURE):
            if not any(word in text for word in words):
                continue
            for match in pattern.finditer(text):
                if (words, pattern) == _PLACEHOLDERS[1] and _is_name(text, match):
                    continue
                kind = "缺少数字" if (words, pattern) in _NO_FIGURE else "留有没有填写的占位内容"
                yield Hit(
                    passage.key,
                    f"“{_around(text, match)}”处{kind}",
                    got=match.group(),
                    spans=(passage.span(*match.span()),),
                )
        if passage.key == "s1" and "主动公开" in text:
            for match in _UNSAID.finditer(text):
                yield Hit(
                    passage.key,
                    f"“{match.group()}”没有写明公开了多少信息",
                    got=match.group(),
                    spans=(passage.span(*match.span()),),
                    severity=Severity.WARNING,
                )


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Letters inside a web or mail address are no placeholder."""
    return bool(
        re.search(r"[\w./:@-]$", text[: match.start()]) and re.search(r"^[\w./@-]*[.@/]", text[match.end() :])
    )


def _around(text: str, match: re.Match[str]) -> str:
    """The match with a few words before it, inside its line."""
    before = re.split(r"[\n。]", text[max(0, match.start() - 8) : match.start()])[-1]
    return before + match.group()
