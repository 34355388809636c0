"""SECRECY: a public report bears no mark of secrecy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.checks.pages import pages_of
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity

_WORDS = "绝密|机密|秘密|密级|内部资料|内部文件|内部使用|不得外传|严禁外传"
_WORD = regex(_WORDS, needs=_WORDS)
_MARK = regex(
    r"(?:绝密|机密|秘密)(?:[ 　]*[★☆])|密级[：:][ 　]*(?!无|公开|非密)\S{1,4}|内部(?:资料|文件|使用)[^，。\n]{0,6}(?:注意保存|不得外传|严禁外传|妥善保管)"
    r"|不得外传|严禁外传"
)
_ALONE = regex(r"[ 　【（(]*(?:绝密|机密|秘密|内部资料|内部文件)[ 　】）)]*")
"""Such a word alone on its line is a mark."""


@rule("SECRECY", "没有密级和内部资料标志", Severity.ERROR, "regulation_17")
def secrecy(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：年度报告向社会公开，带有密级或者“内部资料”标志的不能公布；如果标志属实，更不能公开。
    不合格：首页印有“秘密★一年”；页眉印有“内部资料 注意保存”。
    合格：正文谈到“属于国家秘密的不予公开”。
    修改：核实后删去误加的标志；确有涉密内容的，不得公布。
    """
    for page in pages_of(ctx):
        last = 0
        for word in _WORD.finditer(page.text):
            place = _mark(page.text, word)
            if place is not None and place[0] >= last:
                last = place[1]
                mark = page.text[place[0] : place[1]].strip()
                yield page.hit(place, f"印有“{mark}”标志，公开的报告不应带有", mark)


def _mark(text: str, word: re.Match[str]) -> tuple[int, int] | None:
    """Where the mark stands that begins with this word; None when the word is part of a sentence (属于国家秘密)."""
    match = _MARK.match(text, word.start())
    if match is not None:
        return match.span()
    start, end = text.rfind("\n", 0, word.start()) + 1, text.find("\n", word.end())
    end = len(text) if end < 0 else end
    return (start, end) if _ALONE.fullmatch(text, start, end) else None
