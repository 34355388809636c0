"""Reads numerals as Chinese clerks write them: 12, １２, 1,318, 1.29万, 十二, 两千三百, 二〇二三, 一万零六百九十.

All functions are pure and keep offsets: :func:`fold` maps text character by character, so a span in the folded text is
the same span in the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

__all__ = [
    "LONGEST",
    "Numeral",
    "find_numerals",
    "fold",
    "leading_numeral",
    "parse_chinese",
    "parse_numeral",
    "plain",
    "to_chinese",
    "with_digits",
]

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
    "壹": 1,
    "贰": 2,
}
_DIGITS |= {"叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_SCALES = _SMALL | _LARGE
LONGEST = 40
"""characters of a numeral; a longer run is noise, and reading or printing it would be slow or fail"""
_TENS = {"廿": 20, "卅": 30}
_CHINESE = "".join([*_DIGITS, *_SMALL, *_TENS])

_FOLD = {0xFF01 + i: 0x21 + i for i in range(94)}
_FOLD |= {
    ord("　"): ord(" "),
    ord("\xa0"): ord(" "),
    ord("﹣"): ord("-"),
    ord("－"): ord("-"),
    ord("−"): ord("-"),
}
_FOLD |= {ord("\u2009"): ord(" "), ord("\u3000"): ord(" "), ord("\ufeff"): ord(" "), ord("\u200b"): ord(" ")}


def fold(text: str) -> str:
    """Half-width form of digits, letters and punctuation, one character for one character (offsets stay valid)."""
    return text if text.isascii() else text.translate(_FOLD)


_UNREADABLE = re.compile(
    r"[▢\ufffd█▇]+|(?<![A-Za-z×_?])(?:[Xx×]{1,4}|(?<!\d)_{2,8}|\?{2,4})(?=\s?(?:[件份宗起]|万?元))"
)
_UNREADABLE_SIGNS = frozenset("▢\ufffd█▇Xx×_?")


def with_digits(text: str) -> tuple[str, frozenset[int]]:
    """A folded text with a digit wherever a figure is blotted out or left to be filled in (▢件, XX件, __件), and those places.

    Whoever reads the text then sees a figure there, and knows that nobody can tell its value.
    """
    if _UNREADABLE_SIGNS.isdisjoint(text):
        return text, frozenset()
    places = frozenset(at for match in _UNREADABLE.finditer(text) for at in range(*match.span()))
    return "".join("8" if at in places else char for at, char in enumerate(text)) if places else text, places


class Numeral(NamedTuple):
    """A numeral found in a text; ``chinese`` tells that it is written in characters."""

    start: int
    end: int
    value: int | Decimal
    chinese: bool = False
    scaled: bool = False
    """written with 万 or 亿 at the end (1.29万, 三点五万)"""
    about: bool = False
    """two numbers side by side for one between them (七八, 三四十, 十七八)"""


_MAY_BE_NUMERAL = frozenset("\u200b\ufeff+＋-﹣－−" + _CHINESE)
"""what a text that is one numeral may start with besides a digit or a blank, folded or not"""
_ARABIC = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"


@cache
def _pattern() -> re.Pattern[str]:
    """Any numeral. Compiled when first used: a check of a report gets by without it."""
    return re.compile(
        rf"(?P<arabic>(?:{_ARABIC}))(?P<scale>\s?[万亿千百](?![元件]?分))?(?P<rest>\d+千|(?<=万)[1-9](?![\d.,千百件份个项条次月日年%万亿]))?"
        rf"|(?<!唯)(?P<chinese>[{_CHINESE}][{_CHINESE}万亿]*(?:点[{''.join(_DIGITS)}]+)?[万亿]?)"
    )


def find_numerals(text: str) -> Iterator[Numeral]:
    """All numerals of a folded text, left to right; words that merely contain numeral characters are included too, so
    the caller decides by context whether 一 in 一共 counts."""
    for match in _pattern().finditer(text):
        numeral = _numeral(match)
        if numeral is not None:
            yield numeral


def leading_numeral(text: str) -> Numeral | None:
    """The numeral a folded text starts with, None when it starts with something else."""
    match = _pattern().match(text)
    return None if match is None else _numeral(match)


def _numeral(match: re.Match[str]) -> Numeral | None:
    arabic, scale, rest, chinese = match.groups()
    start, end = match.span()
    if arabic is None:
        parsed = parse_chinese(chinese)
        scaled = chinese[-1] in _LARGE
        if parsed is None:
            return _between(start, end, chinese)
        return Numeral(
            start, end, parsed, chinese=True, scaled=scaled, about=_between(start, end, chinese) is not None
        )
    if len(arabic) > LONGEST:
        return None
    value: int | Decimal = _arabic(arabic)
    if scale:
        value = _exact(value * _SCALES[scale.strip()])
    if rest:
        # 3万2千, and 3万2 for the same
        value += int(rest.removesuffix("千")) * 1000
    return Numeral(start, end, value, scaled=bool(scale))


_NEIGHBOURS = frozenset("一二三四五六七八九"[i : i + 2] for i in range(8)) | {"两三"}


def _between(start: int, end: int, chinese: str) -> Numeral | None:
    """七八, 三四十, 十七八: a number between two; its value is the lower one. None for any other numeral."""
    for at in range(len(chinese) - 1 if len(chinese) <= LONGEST else 0):
        pair = chinese[at : at + 2]
        rest = chinese[at + 2 :]
        if pair not in _NEIGHBOURS or (at and chinese[at - 1] not in "十百千") or rest.strip("十百千万"):
            continue
        lower = parse_chinese(chinese[: at + 1] + rest)
        if lower is not None:
            return Numeral(start, end, lower, chinese=True, about=True)
    return None


def _arabic(digits: str) -> int | Decimal:
    if digits.isdecimal():
        return int(digits)
    return _exact(Decimal(digits.replace(",", "")))


@lru_cache(maxsize=10_000)
def parse_chinese(text: str) -> int | Decimal | None:
    """Value of a numeral in characters, None when it is not one (十百, 千). 二〇二三 reads digit by digit."""
    if not text or len(text) > LONGEST:
        return None
    whole, _, fraction = text.partition("点")
    scale = 1
    if fraction and fraction[-1] in _LARGE:
        scale, fraction = _LARGE[fraction[-1]], fraction[:-1]
    value = _whole(whole)
    if value is None or ("点" in text and not fraction):
        return None
    if not fraction:
        return value
    if any(c not in _DIGITS for c in fraction):
        return None
    return _exact((value + Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))) * scale)


def _whole(text: str) -> int | None:
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    for mark in ("亿", "万"):
        head, found, tail = text.rpartition(mark)
        if found:
            high = _whole(head) if head else None
            # 两万三 is 23 000 when it ends there
            low = 0 if not tail else _short_tail(tail, _LARGE[mark]) or _whole(tail)
            return None if high is None or low is None else high * _LARGE[mark] + low
    return _below_10000(text)


def _below_10000(text: str) -> int | None:
    total, digit, last_unit, zero = 0, None, 10_000, False
    for c in text:
        if c in _DIGITS:
            if digit is not None:
                return None
            if _DIGITS[c] == 0:
                zero = True
            else:
                digit = _DIGITS[c]
        elif c in _TENS:
            total, last_unit = total + _TENS[c], 10
        else:
            unit = _SMALL.get(c)
            if unit is None or unit >= last_unit or (digit is None and unit != 10):
                return None
            total += (1 if digit is None else digit) * unit
            digit, last_unit, zero = None, unit, False
    if digit is not None:
        # 两千三 is 2 300, 两千零三 is 2 003
        total += digit if zero or last_unit in (10, 10_000) else digit * (last_unit // 10)
    return total


def _short_tail(tail: str, unit: int) -> int | None:
    if len(tail) == 1 and _DIGITS.get(tail):
        return _DIGITS[tail] * (unit // 10)
    return None


def parse_numeral(text: str) -> int | Decimal | None:
    """Value of a text that is one numeral and nothing else; None otherwise. A leading sign is understood."""
    first = text[:1]
    if first not in _MAY_BE_NUMERAL and not first.isdecimal() and not first.isspace():
        return None
    folded = fold(text).strip()
    sign = -1 if folded[:1] == "-" else 1
    folded = folded.lstrip("+-").strip()
    if len(folded) > LONGEST:
        return None
    whole, point, decimals = folded.partition(".")
    if whole.isdecimal() and (decimals.isdecimal() or not point):
        # most numerals are plain: the pattern of all others is large, and compiled only for them
        return sign * _arabic(folded)
    found = leading_numeral(folded)
    return None if found is None or found.end != len(folded) else sign * found.value


def to_chinese(number: int) -> str:
    """A whole number from 0 to 99 999 999 in characters: 105 -> 一百零五."""
    if not 0 <= number < 10**8:
        raise ValueError(f"out of range: {number}")
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return (
            to_chinese(high) + "万" + ("" if not low else ("零" if low < 1000 else "") + _small_chinese(low))
        )
    text = _small_chinese(number)
    return text[1:] if 10 <= number < 20 else text


def _small_chinese(number: int) -> str:
    if number == 0:
        return "零"
    digits, out, gap = "零一二三四五六七八九", "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if gap and out else "") + digits[digit] + name
            gap = False
        else:
            gap = True
    return out


def plain(value: Decimal) -> int | Decimal:
    """The figure without needless digits: int when whole."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def _exact(value: int | Decimal) -> int | Decimal:
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value
