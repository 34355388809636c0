"""Knows a heading by its marks: 一、…, （一）…, 1. …, **…**, # …, 【…】, —— … ——, a title, a line that ends with a colon."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.documents.lines import marks
from assistant.numerals import fold

__all__ = ["Found", "heading_of", "run_in", "title_of"]

_LONGEST = 40
_NUMBERED = (
    ("part", re.compile(r"第[一二三四五六七八九十]{1,3}(?:部分|章|节)[、:： ]?")),
    ("一、", re.compile(r"[一二三四五六七八九十]{1,3}\s?[、．.,，]\s?")),
    ("（一）", re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]\s?")),
    ("1.", re.compile(r"\d{1,2}\s?[、．.](?!\d)\s?")),
    ("（1）", re.compile(r"[（(]\d{1,2}[）)]\s?|\d{1,2}[）)]\s?")),
)
_FRAMED = re.compile(
    r"(?:[—―－=~*·•#]{1,}|-{2,})\s*(?P<words>[^\s—―－=~*·•#-].{0,36}?)\s*(?:[—―－=~*·•#]{1,}|-{2,})"
)
_BRACED = re.compile(
    r"(?:【(?P<a>[^【】]{1,30})】|〖(?P<b>[^〖〗]{1,30})〗|\[(?P<c>[^\[\]\d]{2,30})\]|《(?P<d>[^《》]{2,30})》)[:：]?"
)
_BOLD = re.compile(r"(?:\*\*|__)(?P<words>[^*_]{1,50})(?:\*\*|__)[:：]?")
_MARKDOWN = re.compile(r"(?P<depth>#{1,6})\s+(?P<words>.{1,60})")
_TITLE_TAIL = re.compile(
    r".{0,40}(?:情况|统计|表|台[账帐]|总结|说明|报告|材料|汇总|登记簿?|数据|小结|简报|函|请示|年报|清单|明细|打算|计划|要点|表[一二三四])(?:[（(][^（）()]{1,16}[）)])?[:：]?"
)
_TOPIC = re.compile(r"[^。；;，,？?！!：:\d]{2,20}(?:情况|部分|数据|方面|统计)")
_SENTENCE = re.compile(r"[。；;？?！!，,]")
_ENDS = re.compile(r"[。；;？?！!：:]|[，,].*[，,：:]|.{24}[，,]")
_YEAR = re.compile(r"20\d\d\s?年?度?|[12]\d年度?")
_CLOSING = re.compile(r"(?:其中|包括|即|注|备注|说明|分别是|如下)[:：]")


class Found(NamedTuple):
    """A heading: its rank, its words without marks, and where it ends in the line."""

    rank: str
    words: str
    end: int


def heading_of(line: str) -> Found | None:
    """The heading that a line is, as a whole."""
    words = line.strip()
    if not words or len(words) > 64:
        return None
    found = _marked(words)
    if found:
        return Found(found.rank, found.words, len(line))
    for rank, pattern in _NUMBERED:
        mark = pattern.match(words)
        if mark:
            return _numbered(rank, words, words[mark.end() :], len(line))
    if _is_ruling(words):
        return Found("：", words.rstrip(":： "), len(line))
    if _TOPIC.fullmatch(words) and not marks.STATED.search(words):
        return Found("情况", words, len(line))
    return None


def _marked(words: str) -> Found | None:
    markdown = _MARKDOWN.fullmatch(words)
    if markdown:
        rank = "title" if markdown["depth"] == "#" else markdown["depth"]
        return Found(rank, markdown["words"].strip(" #*"), 0)
    for rank, pattern in (("**", _BOLD), ("——", _FRAMED), ("【】", _BRACED)):
        mark = pattern.fullmatch(words)
        if mark:
            inner = next(group for group in mark.groups() if group)
            if not _counts(inner):
                return _inner(rank, inner)
    return None


def _inner(rank: str, inner: str) -> Found:
    """**一、申请情况** is of the rank of its number."""
    for own, pattern in _NUMBERED:
        if pattern.match(inner):
            return Found(own, inner.strip(), 0)
    return Found(rank, inner.strip(), 0)


def _numbered(rank: str, words: str, rest: str, end: int) -> Found | None:
    """A number and a short name. Arabic numbers count items too, so there the name must sound like a heading."""
    name = rest.strip().rstrip(":：")
    pausing = rank in ("part", "一、", "（一）")
    if not name or len(name) > _LONGEST or _counts(name) or marks.STATED.search(name):
        return None
    # 一、提高站位，把政务公开摆上重要位置
    if (_ENDS if pausing else _SENTENCE).search(name):
        return None
    if rank in ("1.", "（1）") and not (rest.rstrip().endswith((":", "：")) or _TOPIC.fullmatch(name)):
        return None
    return Found(rank, words.rstrip(":："), end)


def _is_ruling(words: str) -> bool:
    """A short line that ends with a colon rules what follows."""
    if not words.endswith((":", "：")) or len(words) > 26 or _CLOSING.fullmatch(words):
        return False
    name = words[:-1]
    return not (_SENTENCE.search(name) or re.search(r"[:：]", name) or _counts(name))


def _counts(words: str) -> bool:
    """Whether there are digits besides a year: a heading tells no figures."""
    return re.search(r"\d", _YEAR.sub("", fold(words))) is not None


def title_of(line: str) -> Found | None:
    """The title of a material, in its first line: …情况统计表, 洪泽区2023."""
    words = line.strip()
    folded = fold(words)
    if len(words) > 50 or re.search(r"[。；;？?！!]", words):
        return None
    if _counts(re.sub(r"[（(][^（）()]*[）)]", "", words)):
        return None
    named = _TITLE_TAIL.fullmatch(words) or re.fullmatch(
        r"[^\d，,：:]{2,20}20\d\d年?度?|20\d\d年?度?[^\d，,：:]{2,20}", folded
    )
    if not named or marks.STATED.search(words) or re.search(r"[，,]", words):
        return None
    return Found("title", words.rstrip(":："), len(line))


def run_in(line: str) -> Found | None:
    """A heading with its text on the same line: 一、申请情况。2025年…, 【局机关】新收12件."""
    words = line.lstrip()
    lead = len(line) - len(words)
    braced = re.match(r"【([^【】\d]{1,30})】[:：]?\s*(?=\S)", words)
    if braced:
        return Found("【】", braced[1].strip(), lead + braced.end())
    for rank, pattern in _NUMBERED:
        mark = pattern.match(words)
        if mark is None:
            continue
        named = re.match(r"[^。；;？?！!：:\d]{2,30}。\s*(?=\S)", words[mark.end() :])
        if named is None or marks.STATED.search(named.group()):
            return None
        end = mark.end() + named.end()
        return Found(rank, words[:end].rstrip("。 "), lead + end)
    return None
