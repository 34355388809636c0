"""What of a text is not read although it is no block of its own: quotations of other texts, numbered lines taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.extraction.statements import Span
from assistant.numerals import parse_numeral

__all__ = ["left_out", "without"]

_QUOTATION = re.compile(r"“[^“”\n]{12,300}”")
_DRAFTED = re.compile("正文|文字|总体情况|初稿|稿子|稿里|稿中|那句|那段|这句|这段")
_BEFORE = 24
"""characters before a quotation that tell whose it is"""
_DIGIT = re.compile(r"[\d一二三四五六七八九十百]")
_WITHDRAWN = re.compile(
    r"第\s?(?P<which>\d{1,2}|[一二三四五六七八九十]{1,3})[条点项][^，,。；;\n]{0,4}"
    r"(?:作废|不算数?|不作数|取消|撤回|收回|删掉|删除|划掉|当我没说)"
)
_EXAMPLE = re.compile(
    r"(?:填[报写表]?)?(?:示例|样例|范例)[:：][^\n]*|(?<!例)如[^，,。；;\n]{2,24}[，,]则填[^。；;\n]*"
)
_EMPHASIS = re.compile(r"\*\*(?=[^\s*])|(?<=[^\s*])\*\*")
_NUMBERED = re.compile(
    r"^[ \t]*[(（]?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、:：][^\n]*", re.MULTILINE
)


def left_out(text: str) -> list[tuple[Span, str]]:
    """The places that are not read, in order and apart, each with the reason."""
    found = [
        *((span, "引文") for span in _quotations(text)),
        *((span, "已作废") for span in _withdrawn(text)),
    ]
    found += [(Span(*example.span()), "填报示例") for example in _EXAMPLE.finditer(text)]
    apart: list[tuple[Span, str]] = []
    for span, why in sorted(found):
        if not apart or span.start >= apart[-1][0].end:
            apart.append((span, why))
    return apart


def without(text: str, places: list[tuple[Span, str]]) -> str:
    """The text with these places, and the marks of bold words, as blanks."""
    text = _EMPHASIS.sub("  ", text)
    parts, at = [], 0
    for (start, end), _ in places:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]]) if parts else text


def _quotations(text: str) -> Iterator[Span]:
    """Long quotations that give figures: they are another text's, unless the words before say that they are the draft's."""
    for found in _QUOTATION.finditer(text) if "“" in text else ():
        if _DIGIT.search(found.group()) and not _DRAFTED.search(
            text, max(0, found.start() - _BEFORE), found.start()
        ):
            yield Span(*found.span())


def _withdrawn(text: str) -> Iterator[Span]:
    """3）更正：予以公开改成8 … 第3条作废: the line with that number, where it stands before what takes it back."""
    for said in _WITHDRAWN.finditer(text):
        number = parse_numeral(said["which"])
        lines = (m for m in _NUMBERED.finditer(text, 0, said.start()) if parse_numeral(m["number"]) == number)
        for line in list(lines)[-1:]:
            if line.end() < text.rfind("\n", 0, said.start()) + 1:
                yield Span(*line.span())
