"""Finds the counted and measured figures of formal prose with their unit and the words that name them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from assistant.checks.lazy import regex
from assistant.facts import Value
from assistant.numerals import parse_numeral

__all__ = ["HEDGE", "REQUEST_UNITS", "Quantity", "read_quantities"]

REQUEST_UNITS = frozenset(("件", "份", "宗", "起", "例", "封"))
"""Units in which applications, cases and decisions are counted; 条、篇、次、人 count other things."""

_ARABIC = r"\d+(?:,\d{3})*(?:\.\d+)?(?![\d.])"
_CHINESE = r"[〇零一二两三四五六七八九十百千]+万?[〇零一二两三四五六七八九十百千]*"
_UNIT = (
    r"万元|亿元|元|件次|人次|场次|件(?!事)|份(?!额)|宗|起|例|封(?!闭)|条(?!例|件)|个(?!工作日|月|小时|人|体|别|百分点)|项|期|篇"
    r"|人(?!民|员|大|力|事|才)|名|场|次(?!年|日)|处(?!理|罚|室|分)|家|所|户(?!外)|批|%|个百分点|倍"
)
# A run of numerals is looked for first: that is quick, and most characters of a report are none.
_RUN = regex(r"[0-9〇零一二两三四五六七八九十百千][0-9〇零一二两三四五六七八九十百千万,.]*")
_QUANTITY = regex(
    rf"(?:(?P<arabic>{_ARABIC})(?P<scale>(?:万|亿)(?!元))?(?P<over>余|多)?(?P<unit>{_UNIT})?"
    rf"|(?P<chinese>{_CHINESE})(?P<over2>余|多|几)?(?P<unit2>{_UNIT}))"
)
_CHINESE_DIGITS = frozenset("〇零一二两三四五六七八九十百千")
_AFTER_CHINESE = frozenset("万亿元件人场份宗起例封条个项期篇名次处家所户批%倍余多几")
"""First characters of all units, and of what may stand before one."""
_HEDGE_END = frozenset("约近超过逾足到似多破少右共为达有")
_NO_FIGURE_BEFORE = frozenset("0123456789.,〔-/第ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_BOUNDARY = frozenset("，,。；！？：（）、\n")
HEDGE = regex(r"(?:约|近|超过?|逾|不足|不到|将近|接近|大约|至少|突破|多达|左右)(?:共|为|达|有)*$")
_SCALE = {"万": 10_000, "亿": 100_000_000}


class Quantity(NamedTuple):
    """A figure in the compact text of a passage (offsets are offsets there)."""

    value: Value
    unit: str
    """empty when none of the known units follows"""
    label: str
    """the words between the last punctuation mark or figure and the numeral"""
    label_start: int
    start: int
    end: int
    """end of the unit"""
    digits_end: int
    hedged: bool
    """约、近、余: not an exact count"""
    decimals: int


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """All figures of a compact text (see Passage.compact) in order; years, dates, ordinals and numbers of documents are
    left out, and so are numerals in characters without a unit."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[Quantity]:
    last_end = 0
    for run in _RUN.finditer(text):
        start = run.start()
        if start and text[start - 1] in _NO_FIGURE_BEFORE:
            continue
        if text[start] in _CHINESE_DIGITS and text[run.end() : run.end() + 1] not in _AFTER_CHINESE:
            # 一是, 第二, 十四五: no unit can follow
            continue
        match = _QUANTITY.match(text, start)
        if match is None:
            continue
        end = match.end()
        unit = match["unit"] or match["unit2"] or ""
        if not unit and "\u4e00" <= text[end : end + 1] <= "\u9fff":
            # 2023年, 12日, 30号, 12345热线
            continue
        number = match["arabic"] or match["chinese"]
        value = int(number) if number.isdecimal() else parse_numeral(number)
        if value is None:
            continue
        if match["scale"]:
            scaled = value * _SCALE[match["scale"]]
            value = int(scaled) if scaled == int(scaled) else scaled
        label_start = _label_start(text, start, last_end)
        label = text[label_start:start]
        hedged = bool(
            match["over"]
            or match["over2"]
            or (label[-1:] in _HEDGE_END and HEDGE.search(label))
            or text.startswith(("左右", "以上"), end)
        )
        yield Quantity(
            value=value,
            unit=unit,
            label=label,
            label_start=label_start,
            start=start,
            end=end,
            digits_end=match.end("arabic") if match["arabic"] else match.end("chinese"),
            hedged=hedged or bool(match["scale"] and isinstance(value, Decimal)),
            decimals=len(number.partition(".")[2]) if match["arabic"] else 0,
        )
        last_end = end


def _label_start(text: str, start: int, last_end: int) -> int:
    """Where the words that name a figure begin: after the last mark or figure; 公民、法人 is one name."""
    while start > last_end:
        character = text[start - 1]
        if character in _BOUNDARY and not (character == "、" and text.endswith("公民", 0, start - 1)):
            break
        start -= 1
    return start
