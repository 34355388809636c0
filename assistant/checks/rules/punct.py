"""PUNCT: Chinese punctuation is full-width, paired and not doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.claims.passages import Passage, Span
from assistant.checks.context import CheckInput
from assistant.checks.lazy import NUMERAL, Words, one_of, regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Edit, Fix, Severity

_HAN = r"\u4e00-\u9fff"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "．": "。"}
_NAMES = {",": "逗号", ";": "分号", ":": "冒号", "?": "问号", "!": "叹号", ".": "句点", "．": "句点"}
_ASCII = Words("|".join(',;:?!.．()[]"'))
_MARK = regex(
    rf"(?<=[{_HAN}）”》])(?:[,;:?!](?=[^\w/]|[{_HAN}]|$)|[.．](?=\s*[{_HAN}“（]|\s*$))", re.MULTILINE
)
_BRACKETS = regex(rf"\(([^()\n]*[{_HAN}][^()\n]*)\)")
_STRAIGHT = regex(rf"\"([^\"\n]*[{_HAN}][^\"\n]*)\"")
_DOUBLED = regex(r"[，。；：、！？]{2,}")
_LAWFUL_PAIR = regex(r"[！？]+")
_DOCUMENT = regex(r"(?<=[发办函字令规通告决])([\[【（(])(20\d\d)([\]】）)])(第)?(0*)(?=\d+号)")
_BRACKETED_YEAR = Words("[20|【20|（20|(20")
"""Part of every match of _DOCUMENT, and quicker to look for."""
_AFTER_ORDINAL = regex(
    rf"^(?:\s*)(（{NUMERAL}{{1,3}}）)({one_of('、，,.')})",
    re.MULTILINE,
    needs="|".join(f"{number}）{mark}" for number in "一二三四五六七八九十" for mark in "、，,."),
)
_BLANK = regex(rf"(?<=[{_HAN}）)]) +(?=[{_HAN}\d])|(?<=\d) +(?=[{_HAN}])")
_PAIRS = (("“", "”", "引号"), ("（", "）", "括号"), ("《", "》", "书名号"), ("〔", "〕", "六角括号"))
_LONG = 40
"""A line of so many characters is a paragraph, not a heading, and ends with a full stop."""


@rule("PUNCT", "标点符号使用规范", Severity.WARNING, "punctuation")
def punct(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：中文正文使用全角标点，发文字号的年份用六角括号；半角标点、标点重复和括号不配对都属于文字差错。
    不合格：存在问题.主要包括公开意识需要强化；国办公开办函[2021]30号。
    合格：存在问题。主要包括公开意识需要强化；国办公开办函〔2021〕30号。
    修改：改为规范的标点符号；引用法规名称中的文字不作改动。
    """
    for passage in ctx.passages:
        text = passage.text
        if _ASCII.found_in(text):
            yield from _marks(ctx, passage)
            if "(" in text:
                yield from _pairs_of(ctx, passage, _BRACKETS, "半角括号“()”", "（", "）")
            if '"' in text:
                yield from _pairs_of(ctx, passage, _STRAIGHT, "直引号", "“", "”")
        if "号" in text and _BRACKETED_YEAR.found_in(text):
            yield from _documents(ctx, passage)
        for match in _DOUBLED.finditer(text):
            if not _LAWFUL_PAIR.fullmatch(match.group()):
                yield _doubled(ctx, passage, match)
        if "）、" in text or "），" in text or "）," in text or "）." in text:
            for match in _AFTER_ORDINAL.finditer(text):
                span = Span(passage.key, match.start(2), match.end(2))
                fix = Fix(title="删去序号后的标点", edits=ctx.rewording(span, ""), certain=True)
                yield _hit(passage, span, f"序号“{match[1]}”后不加标点“{match[2]}”", fix)
        if passage.key.startswith("s"):
            yield from _paragraphs(passage)
        if ctx.finished and " " in text:
            yield from _blanks(ctx, passage)


def _doubled(ctx: CheckInput, passage: Passage, match: re.Match[str]) -> Hit:
    """Marks that follow each other; only a mark repeated as it is can be put right without asking."""
    span, marks = Span(passage.key, *match.span()), match.group()
    fix = None
    if len(set(marks)) == 1:
        fix = Fix(title="删去多余的标点", edits=ctx.rewording(span, marks[0]), certain=True)
    return _hit(passage, span, f"标点重复“{marks}”", fix)


def _hit(passage: Passage, span: Span, said: str, fix: Fix | None, expected: str | None = None) -> Hit:
    text = passage.text
    words = (
        re.split(r"\n", text[max(0, span.start - 8) : span.start])[-1]
        + text[span.start : span.end + 6].split("\n")[0]
    )
    return Hit(
        passage.key,
        f"“{words.strip()}”处{said}",
        expected=expected,
        got=text[span.start : span.end],
        fix=fix,
        spans=(span,),
    )


def _marks(ctx: CheckInput, passage: Passage) -> Iterator[Hit]:
    for match in _MARK.finditer(passage.text):
        span, mark = Span(passage.key, match.start(), match.end()), match.group()
        full = _FULL[mark]
        fix = Fix(title=f"将“{mark}”改为“{full}”", edits=ctx.rewording(span, full), certain=True)
        yield _hit(passage, span, f"使用了半角{_NAMES[mark]}“{mark}”，应为“{full}”", fix, full)


def _pairs_of(
    ctx: CheckInput, passage: Passage, pattern: re.Pattern[str], name: str, opening: str, closing: str
) -> Iterator[Hit]:
    """One finding for all pairs of a kind in a passage: they have one cause and one remedy."""
    found = list(pattern.finditer(passage.text))
    if not found:
        return
    edits: list[Edit] = []
    for match in found:
        edits += ctx.rewording(Span(passage.key, match.start(), match.start() + 1), opening)
        edits += ctx.rewording(Span(passage.key, match.end() - 1, match.end()), closing)
    times = f"共 {len(found)} 处" if len(found) > 1 else ""
    yield Hit(
        passage.key,
        f"使用了{name}{times}，如“{found[0].group()}”，应为全角“{opening}{closing}”",
        expected=opening + closing,
        got=found[0].group(),
        fix=Fix(title=f"改为全角“{opening}{closing}”", edits=tuple(edits), certain=True),
        spans=tuple(Span(passage.key, m.start(), m.end()) for m in found),
    )


def _documents(ctx: CheckInput, passage: Passage) -> Iterator[Hit]:
    for match in _DOCUMENT.finditer(passage.text):
        span = Span(passage.key, match.start(), match.end())
        right = f"〔{match[2]}〕"
        fix = Fix(title=f"改为“{right}”", edits=ctx.rewording(span, right), certain=True)
        yield _hit(passage, span, f"发文字号中的“{match.group()}”应为“{right}”", fix, right)


def _blanks(ctx: CheckInput, passage: Passage) -> Iterator[Hit]:
    """Blanks inside Chinese text; a text layer sets them for justification, so only typed sources are judged."""
    printed = ctx.report.printed
    if printed is None or printed.source.lower().endswith(".pdf"):
        return
    found = list(_BLANK.finditer(passage.text))
    if not found:
        return
    edits = [edit for m in found for edit in ctx.rewording(Span(passage.key, m.start(), m.end()), "")]
    first = found[0]
    words = passage.text[max(0, first.start() - 6) : first.end() + 4].split("\n")[-1]
    yield Hit(
        passage.key,
        f"中文与数字、序号之间有多余空格 {len(found)} 处，如“{words}”",
        got=" ",
        fix=Fix(title="删去多余空格", edits=tuple(edits), certain=True),
        spans=tuple(Span(passage.key, m.start(), m.end()) for m in found),
        severity=Severity.INFO,
    )


def _paragraphs(passage: Passage) -> Iterator[Hit]:
    start, uneven = 0, [pair for pair in _PAIRS if passage.text.count(pair[0]) != passage.text.count(pair[1])]
    for line in passage.text.split("\n"):
        stripped = line.rstrip()
        for opening, closing, name in uneven:
            if line.count(opening) != line.count(closing):
                span = Span(passage.key, start, start + len(line))
                yield Hit(passage.key, f"{name}不配对：“{line.strip()[:24]}”一段", got=name, spans=(span,))
        if len(stripped) > _LONG and (stripped[-1] in "，、" or "\u4e00" <= stripped[-1] <= "\u9fff"):
            span = Span(passage.key, start + len(stripped) - 1, start + len(stripped))
            yield _hit(passage, span, "段落末尾缺少句号", None, "。")
        start += len(line) + 1
