"""Finds the counted and measured figures of formal prose with their unit and the words that name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from assistant.checks.lazy import one_of, regex
from assistant.numerals import LONGEST, parse_chinese, parse_numeral
from assistant.report.facts import Value

__all__ = ["HEDGE", "REQUEST_UNITS", "Quantity", "read_quantities"]

REQUEST_UNITS = frozenset(("件", "份", "宗", "起", "例", "封"))
"""Units in which applications, cases and decisions are counted; 条、篇、次、人 count other things."""

_UNITS = (
    *(
        "万元",
        "亿元",
        "元",
        "件次",
        "件",
        "人次",
        "人",
        "场次",
        "场",
        "份",
        "宗",
        "起",
        "例",
        "封",
        "条",
        "个百分点",
    ),
    *("个", "项", "期", "篇", "名", "次", "处", "家", "所", "户", "批", "%", "倍"),
)
_NO_UNIT: dict[str, tuple[str, ...]] = {
    "件": ("事",),
    "份": ("额",),
    "封": ("闭",),
    "条": ("例", "件"),
    "个": ("工作日", "月", "小时", "人", "体", "别"),
    "人": ("民", "员", "大", "力", "事", "才"),
    "次": ("年", "日"),
    "处": ("理", "罚", "室", "分"),
    "户": ("外",),
}
"""A unit followed by one of these is part of another word: 3个月, 第1条例."""
_BY_FIRST = {first: [unit for unit in _UNITS if unit[0] == first] for first in {unit[0] for unit in _UNITS}}
# A run of numerals is looked for first: that is quick, and most characters of a report are none.
_RUN = regex(r"[0-9〇零一二两三四五六七八九十百千][0-9〇零一二两三四五六七八九十百千万,.]*")
_ARABIC = regex(r"\d+(?:,\d{3})*(?:\.\d+)?(?![\d.])")
_DIGITS = "〇零一二两三四五六七八九十百千"
_AFTER_CHINESE = frozenset("".join(_BY_FIRST) + "万余多几")
"""First characters of all units, and of what may stand before one."""
_HEDGE_END = frozenset("约近超过逾足到似多破少右共为达有")
_NO_FIGURE_BEFORE = frozenset("0123456789.,〔-/第ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_BOUNDARY = frozenset("，,。；！？：（）、\n")
HEDGE = regex(
    rf"(?:约|近|超过?|逾|不足|不到|将近|接近|大约|至少|突破|多达|左右){one_of('共为达有')}*$",
    needs="约|近|超|逾|不足|不到|至少|突破|多达|左右",
)
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
        chinese = text[start] in _DIGITS
        if chinese and text[run.end() : run.end() + 1] not in _AFTER_CHINESE:
            # 一是, 第二, 十四五: no unit can follow
            continue
        digits_end = _chinese_end(run) if chinese else _arabic_end(text, start)
        number = text[start:digits_end]
        scale = (
            ""
            if chinese or text[digits_end + 1 : digits_end + 2] == "元"
            else text[digits_end : digits_end + 1]
        )
        factor = _SCALE.get(scale)
        end = digits_end + 1 if factor else digits_end
        over = text.startswith(("余", "多", "几") if chinese else ("余", "多"), end)
        unit = _unit(text, end + 1 if over else end)
        if not number or (chinese and not unit):
            continue
        end += len(unit) + 1 if over else len(unit)
        if not unit and "\u4e00" <= text[end : end + 1] <= "\u9fff":
            # 2023年, 12日, 30号, 12345热线
            continue
        value = _value(number)
        if value is None:
            continue
        if factor:
            scaled = value * factor
            value = int(scaled) if scaled == int(scaled) else scaled
        label_start = _label_start(text, start, last_end)
        label = text[label_start:start]
        hedged = (
            over
            or (label[-1:] in _HEDGE_END and HEDGE.search(label) is not None)
            or text.startswith(("左右", "以上"), end)
        )
        yield Quantity(
            value=value,
            unit=unit,
            label=label,
            label_start=label_start,
            start=start,
            end=end,
            digits_end=digits_end,
            hedged=hedged or bool(factor and isinstance(value, Decimal)),
            decimals=0 if chinese else len(number.partition(".")[2]),
        )
        last_end = end


def _chinese_end(run: re.Match[str]) -> int:
    """Where a numeral in characters ends that a run begins with: one 万 may stand inside."""
    rest = run.group().lstrip(_DIGITS)
    return run.end() - len(rest.removeprefix("万").lstrip(_DIGITS))


def _arabic_end(text: str, start: int) -> int:
    """Where a number in digits ends; its start when it is none (1.2.3)."""
    match = _ARABIC.match(text, start)
    return start if match is None else match.end()


def _value(number: str) -> Value | None:
    if number.isdecimal() and len(number) <= LONGEST:
        return int(number)
    return parse_chinese(number) if number[0] in _DIGITS else parse_numeral(number)


def _unit(text: str, at: int) -> str:
    """The unit that stands at a place, empty when none does."""
    for unit in _BY_FIRST.get(text[at : at + 1], ()):
        if text.startswith(unit, at) and not text.startswith(_NO_UNIT.get(unit, ()), at + len(unit)):
            return unit
    return ""


def _label_start(text: str, start: int, last_end: int) -> int:
    """Where the words that name a figure begin: after the last mark or figure; 公民、法人 is one name."""
    while start > last_end:
        character = text[start - 1]
        if character in _BOUNDARY and not (character == "、" and text.endswith("公民", 0, start - 1)):
            break
        start -= 1
    return start
