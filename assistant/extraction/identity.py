"""Hears which body and which year raw material is about, where nobody set them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.numerals import fold
from assistant.report import UnitProfile

__all__ = ["full_name", "unit_named", "year_named", "years_named"]

_HEAD = 200
"""characters in which material names its own body"""
_ENDS = "人民政府|政府|办事处|委员会|管委会|办公室|[局厅委院馆站队处乡镇]"
_ORG = re.compile(
    r"(?:^|[，。；\s：:（(])([\u4e00-\u9fff]{2,24}?(?:人民政府|办事处|委员会|办公室|[局厅委院乡镇]))(?=[\s，。；：:（(]*(?:20\d\d|$|的?年报|年度|汇总|依申请|政府信息))"
)
_SELF = re.compile(
    rf"(?:我们|我|这里|单位|单位名称|填报单位)(?:是|叫|为|[:：])\s*([\u4e00-\u9fff]{{2,24}}?(?:{_ENDS}))(?=[的，。；、,;\s]|$)"
)
_TOWN_SEAT = re.compile(r"(?<=[乡镇])政府$")
_WHOLE_AREA = re.compile("全[省市县区州旗]口径|本级政府")

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_SPOKEN = re.compile("二[〇零○][〇零一二三四五六七八九]{2}(?=年)")
_REPORT = re.compile(r"(20\d\d)\s*年?度?\s*(?:年报|政府信息公开|依申请|报告|年度报告)")
# 20250101年 and a document's 〔2021〕 are no years of a report
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_SHORT = re.compile(r"(?<![\d年])(2\d)\s*年度?(?=的?(?:年报|报告|数)|的?[，。；,;\s]|$)")
# 转2026年, 比2024年, 去年（2024年）: years beside the one the report is about
_BESIDE = re.compile(
    r"(?:[转延拖留推]|结转|顺延)(?:到|至|入|往|去|给)?了?\s*$|(?:比|较|同比|去年|上年|上一年度?|前年|明年|下年|次年)\s*[（(为是即]?\s*$"
)
_BESIDE_AFTER = re.compile(
    r"\s*度?(?:结转|遗留|剩|没办完|未办|转来|转入|[底末初]|以前|之前|前|起|以来|印发|发布|修订|制定|施行|的?(?:表|老表|模板|年报(?:里|中|上)))"
)
_RECEIVED = re.compile(r"\s*度?[^，。；;\n\d]{0,12}?(?:新收|收到|收了|受理|接到|接收|申请)")


def full_name(name: str) -> str:
    """石桥镇政府, 石桥镇: the name that stands on a report is 石桥镇人民政府."""
    name = _TOWN_SEAT.sub("人民政府", name)
    return f"{name}人民政府" if name.endswith(("乡", "镇")) else name


def unit_named(text: str) -> str:
    """The body that the head of a text names as its own, in full; empty where it names none of a known kind."""
    head = fold(text[:_HEAD])
    named = _ORG.search(head) or _SELF.search(head)
    if named is None or UnitProfile.infer(full_name(named[1])).level is None:
        return ""
    # the office that gathers the figures of a whole area writes for its government
    if _WHOLE_AREA.search(head) and named[1].endswith("人民政府办公室"):
        return named[1].removesuffix("办公室")
    return full_name(named[1])


def years_named(texts: Iterable[str]) -> tuple[int, ...]:
    """The years the texts are about as far as their words tell, in ascending order; several when they do not tell which.

    A year beside 年报 or 政府信息公开 decides; else years that only tell where something is carried to, comes from or is
    compared with do not count, and of several the one in which requests came in.
    """
    plain = [_SPOKEN.sub(lambda m: m[0].translate(_DIGITS), fold(text)) for text in texts]
    titled = {int(m[1]) for text in plain for m in _REPORT.finditer(text) if not _is_beside(text, m)}
    if titled:
        return tuple(sorted(titled))
    full = [(text, m) for text in plain for m in _YEAR.finditer(text)]
    own = [(text, m) for text, m in full if not _is_beside(text, m)]
    if not full:
        return tuple(sorted({2000 + int(m[1]) for text in plain for m in _SHORT.finditer(text[:_HEAD])}))
    years = {int(m[1]) for _, m in own}
    if len(years) > 1:
        received = {int(m[1]) for text, m in own if _RECEIVED.match(text, m.end())}
        years = received if len(received) == 1 else years
    return tuple(sorted(years))


def year_named(texts: Iterable[str]) -> int | None:
    """The one year of :func:`years_named`, None where there is none or the words leave it open."""
    years = years_named(texts)
    return years[0] if len(years) == 1 else None


def _is_beside(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 8) : found.start()]
    return _BESIDE.search(before) is not None or _BESIDE_AFTER.match(text, found.end()) is not None
