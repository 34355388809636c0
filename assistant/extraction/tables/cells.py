"""Tells what one cell of a table holds: a figure, a dash, a date, a share, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from assistant.extraction.lexicon import default_units
from assistant.numerals import LONGEST, find_numerals, fold, parse_numeral

__all__ = ["Content", "Holds", "Part", "content_of", "parts_of"]


class Holds(StrEnum):
    """What a cell holds."""

    BLANK = "blank"
    FIGURE = "figure"
    DASH = "dash"
    """— / 无: nothing counted"""
    PENDING = "pending"
    """待补: the figure comes later"""
    DATE = "date"
    PERSON = "person"
    """the number of a telephone or an identity card: never a count"""
    SHARE = "share"
    TICK = "tick"
    ABOUT = "about"
    """约30件: a figure that is not exact"""
    SEVERAL = "several"
    """words with figures in them: 制发3废止1"""
    WORDS = "words"


@dataclass(frozen=True)
class Content:
    """What a cell holds; ``value`` and ``unit`` of a figure (万 where only the scale is written), ``unit_kind`` count, money, other or
    empty."""

    holds: Holds
    value: int | Decimal | None = None
    unit: str = ""
    unit_kind: str = ""
    signed: bool = False


_DASH = re.compile(r"[-—–―─－/\\／~～]{1,4}|无|没有|空|×|none|null|nil|N/?A|n/a|\*+")
_PENDING = re.compile(r"(?:待|暂缺|暂无数据|未报|未提供|未统计|统计中|后补|[?？]+|缺|另报|随后)[^\d]{0,8}")
_TICK = re.compile(r"[√✓✔☑■●▲◆○△☐□]+")
_DATE = re.compile(
    r"(?:20\d\d[-/.年]\d{1,2}(?:[-/.月]\d{1,2}[日号]?)?|\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?)(?:\s*\d{1,2}:\d\d(?::\d\d)?)?|\d{1,2}月\d{1,2}[日号]"
)
_PERSONAL = re.compile(r"1[3-9]\d{9}|\d{17}[\dXx]|(?:0\d{2,3}[-—])\d{7,8}")
_SHARE = re.compile(r"[-+]?[\d,.]+\s*(?:[%％‰]|个百分点)|[↑↓]\s*[\d,.]+\s*[%％‰]?")
_FIGURE = re.compile(
    r"(?P<sign>[-+]|增加?|减少?|多|少|共计?|合计|总计)?\s*(?P<number>[\d,]*\d(?:\.\d+)?|[零〇一二两三四五六七八九十百千万]+)(?P<scale>[万亿])?\s*(?P<unit>[\u4e00-\u9fff]{0,3})"
)
_ABOUT = re.compile(r"约|近|大约|余|多(?=[件份]|$)|左右|上下|来(?=[件份])|几|超|逾|±")
_IN_LABELS = re.compile(
    r"^[(]?\d{1,2}(?:[.、)]|(?=[^\d\s.,:]{2}))|^[(][一二三四五六七八九十\d]{1,3}[)]\d{1,2}[.、]?|20[0-4]\d(?:年度?|$)|[(]第?\d{1,2}[项条类][)]"
    r"|(?<!\d)(?:1[0-2]|[1-9])(?:[-—~至](?:1[0-2]|[1-9]))?(?:月份?|季度?)|Q[1-4]"
)
"""figures that belong to the words of a label: 1.国家秘密, 2024年, 1-6月, （第3项）"""
_TIMES = frozenset("月年日号季周天时")
_MINUS = frozenset({"-", "减", "减少", "少"})


@lru_cache(maxsize=65_536)
def content_of(text: str) -> Content:
    """What the text of a cell holds."""
    folded = " ".join(fold(text).split())
    if not folded:
        return Content(Holds.BLANK)
    if len(folded) <= LONGEST:
        for holds, pattern in _WHOLE if folded != "一" else ():
            if pattern.fullmatch(folded):
                return Content(holds)
        figure = _figure(folded) if folded != "一" else None
        if figure is not None:
            return figure
    if folded == "一":
        # one, or a dash typed with the wrong key
        return Content(Holds.ABOUT, 1)
    if not any(char.isdigit() for char in _IN_LABELS.sub("", folded)):
        return Content(Holds.WORDS)
    numbers = [numeral for numeral in find_numerals(folded) if not numeral.chinese]
    if not numbers:
        return Content(Holds.WORDS)
    if _ABOUT.search(folded) and len(numbers) == 1 and len(folded) < 12:
        return Content(Holds.ABOUT, numbers[0].value)
    return Content(Holds.SEVERAL)


_WHOLE = (
    (Holds.DASH, _DASH),
    (Holds.PENDING, _PENDING),
    (Holds.TICK, _TICK),
    (Holds.DATE, _DATE),
    (Holds.PERSON, _PERSONAL),
    (Holds.SHARE, _SHARE),
)


def _figure(folded: str) -> Content | None:
    match = _FIGURE.fullmatch(folded)
    if match is None:
        return None
    number, sign, unit = match["number"], match["sign"] or "", match["unit"]
    if re.fullmatch(r"[\d,]+(?:\.\d+)?", number) and "," in number:
        if not re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number):
            return None
        number = number.replace(",", "")
    scale = match["scale"] or ""
    if scale and unit.startswith("元"):
        unit, scale = scale + unit, ""
    kind = _unit_kind(unit)
    if unit and (not kind or unit[0] in _TIMES):
        return None
    value = parse_numeral(number + scale)
    if value is None or (not number[0].isdigit() and not unit and len(number) > 1 and "十" not in number):
        return None
    if sign in _MINUS:
        value = -value
    return Content(
        Holds.FIGURE,
        value,
        unit or scale,
        kind,
        signed=bool(sign) and sign not in ("共", "共计", "合计", "总计"),
    )


@dataclass(frozen=True)
class Part:
    """One of several figures of a cell: the words before it, and its place in the cell."""

    words: str
    start: int
    end: int
    content: Content


_PART = re.compile(
    r"[，,、；;。.()（）\s]*(?P<words>[^\d，,、；;。()（）:：\s]{0,14})[:：\s]*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[\u4e00-\u9fff]{0,2})"
)
_REST = re.compile(r"[，,、；;。.()（）\s]*")


def parts_of(text: str) -> tuple[Part, ...]:
    """The figures of a cell that holds several, each with its words (制发3件，废止1件); empty where anything else stands between."""
    folded, found, at = fold(text), list[Part](), 0
    while not _REST.fullmatch(folded, at):
        match = _PART.match(folded, at)
        unit = next((u for u in _units(match["unit"] if match else "") if _unit_kind(u)), "")
        content = content_of(match["number"] + unit) if match else Content(Holds.WORDS)
        if match is None or content.holds is not Holds.FIGURE or _ABOUT.search(match["words"]):
            return ()
        at = match.end("number") if not unit else match.start("unit") + len(unit)
        found.append(Part(match["words"], match.start("number"), at, content))
    return tuple(found) if len(found) > 1 or (found and found[0].words) else ()


def _units(words: str) -> tuple[str, ...]:
    return words, words[:1]


@lru_cache(maxsize=256)
def _unit_kind(unit: str) -> str:
    return next((entry.key for entry in default_units().lookup(unit)), "") if unit else ""
