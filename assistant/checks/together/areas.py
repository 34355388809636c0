"""Takes a unit's name apart: the areas it stands in, and the body, so that units of one area and two spellings are recognised."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from assistant.checks.lazy import HAN, regex

__all__ = ["UnitName", "named", "same_unit", "within"]


class UnitName(NamedTuple):
    """``areas`` from the larger to the smaller (邢台市, 清河县); ``body`` is what follows: 水利局, 双庙镇; empty for the
    government of the last area itself."""

    areas: tuple[str, ...]
    body: str


# Each kind of area with what must not follow it: 市 of 市场, 州 of 广州市, 区 of 社区街道 belong to longer words.
_TOWN_NEXT = "镇|乡(?!村)|街道|村"
_AREA = regex(
    rf"{HAN}{{1,8}}?(?:省|自治区|自治州|自治县|自治旗|地区"
    rf"|市(?!{_TOWN_NEXT}|区|场|容|政(?!府|务|协|法)|民(?!政|族|宗|兵|用|防|营))"
    rf"|州(?!{_TOWN_NEXT}|[市县区])|盟(?!{_TOWN_NEXT})|[县旗](?!{_TOWN_NEXT}|区)|区(?!{_TOWN_NEXT}|域|块))"
)
_NO_AREA = regex(
    r"和|及|与|局|委|办|政府|人民|管理|服务|中心|^[全各本我该]|^(?:城市|社区|景区|园区|库区|灾区|[市县]域)"
)
"""words that no name of an area has: what was taken for one is part of a department's name (住房和城市建设局)"""
_EDGE = regex(r"^[^\w]+|\s+|(?:关于|政府信息公开(?!办)).*$|年度?$|[^\w）]+$")
"""what may stick to a name that was taken from a heading"""
_SEAT = regex(r"(?:人民政府|政府|办事处|管理委员会|管委会)$")
_TOWN = regex(r"(?:镇|乡|苏木|街道)(?:人民政府|政府|办事处|办)?$")
_GENERIC = regex(r"^(?:[省县区旗州]|市(?!场|政(?!府)|容|民))(?=.{2,}(?:局|委|办|厅|院|中心|委员会|办公室)$)")
"""县水利局 names no county"""
_DEEPEST = 4


@lru_cache(maxsize=8192)
def named(name: str) -> UnitName:
    """The parts of a name; no areas where it names none (双庙镇人民政府, 县水利局)."""
    rest = _EDGE.sub("", name)
    areas: list[str] = []
    while len(areas) < _DEEPEST and (found := _AREA.match(rest)) and not _NO_AREA.search(found.group()):
        areas.append(found.group())
        rest = rest[found.end() :]
    if _TOWN.search(rest) or not _SEAT.sub("", rest):
        rest = _SEAT.sub("", rest)
    return UnitName(tuple(areas), _GENERIC.sub("", rest))


def same_unit(one: str, other: str) -> bool:
    """Whether two names may be one unit's: the same body, and areas that do not contradict each other."""
    first, second = named(one), named(other)
    if first.body != second.body:
        return False
    # an area's own government is nothing but its areas
    return within(first.areas, second.areas) and (bool(first.body) or bool(first.areas and second.areas))


def within(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two ways to name an area agree: the shorter one is the end of the longer."""
    least = min(len(one), len(other))
    return not least or one[-least:] == other[-least:]
