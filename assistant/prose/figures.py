"""Finds the figures of a Chinese text and writes counts in Arabic digits (GB/T 15835)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.numerals import Numeral, find_numerals, fold

__all__ = ["Figure", "counts_in_arabic", "figures_of"]


class Figure(NamedTuple):
    """A figure of a text: ``text[start:end]``; ordinals, fixed words (一事一审) and approximations (两三件) are none."""

    start: int
    end: int
    text: str


_ARABIC = re.compile(
    r"[0-9０-９]{1,3}(?:,[0-9０-９]{3})+(?![0-9０-９])(?:[.．][0-9０-９]+)?|[0-9０-９]+(?:[.．][0-9０-９]+)?"
)
_PURE = re.compile(r"[0-9０-９]+")

# Measure words that follow a count in reports; 个, 项 and 条 also make fixed words (三项制度), hence the closer look.
_MEASURE = re.compile(r"人次|场次|批次|万元|[次条件项期篇份场名家户处块元页册轮个]")
_LOOSE = frozenset("个项条名家")
_STOP = re.compile(r"$|[，。；、：！？（）,;:()\s]")
_COUNTING = re.compile(
    r"(公开|发布|制发|印发|新增|更新|开展|召开|举办|报送|受理|收到|答复|培训|整改|公示|了|共|计|为|达)$"
)
_FIXED = re.compile(r"(件事|次办|次性|条龙|个)")


def figures_of(text: str) -> tuple[Figure, ...]:
    """All figures of the text from left to right: numbers in digits, and counts written in Chinese characters."""
    found = [Figure(m.start(), m.end(), m.group()) for m in _ARABIC.finditer(text)]
    found += [Figure(c.start, c.end, text[c.start : c.end]) for c in _chinese_counts(text)]
    return tuple(sorted(found))


def counts_in_arabic(text: str) -> str:
    """Counts in digits: full-width digits become half-width, 1,136 becomes 1136, 十二次 becomes 12次.

    Ordinals, dates, fixed words and approximations stay as they are.
    """
    for count in reversed(list(_chinese_counts(text))):
        text = f"{text[: count.start]}{count.value}{text[count.end :]}"
    return _ARABIC.sub(lambda m: re.sub(r",(?=\d{3})", "", fold(m.group())), text)


def _chinese_counts(text: str) -> Iterator[Numeral]:
    folded = fold(text)
    for numeral in find_numerals(folded):
        if numeral.chinese and _is_count(folded, numeral):
            yield numeral


def _is_count(text: str, numeral: Numeral) -> bool:
    word, before, after = text[numeral.start : numeral.end], text[: numeral.start], text[numeral.end :]
    measure = _MEASURE.match(after)
    if measure is None or before.endswith(("第", "几", "每", "数", "上")) or _PURE.search(before[-1:]):
        return False
    if len(word) > 1 and not re.search("[十百千万亿拾佰仟廿卅]", word):
        return False  # 两三件 is an approximation, not 23
    rest = after[measure.end() :]
    at_end = _STOP.match(rest) is not None
    if at_end:
        return True
    if numeral.value == 1 and _FIXED.match(after):
        return False
    if numeral.value <= 10 and measure.group() in _LOOSE:
        return _COUNTING.search(before) is not None and not (numeral.value == 1 and measure.group() != "条")
    return True
