"""Hears the unit's name and the year in what a person says, asked or unasked."""

from __future__ import annotations

import re

from assistant.findings import Question
from assistant.numerals import fold
from assistant.outcome import Draft
from assistant.report import UnitProfile

__all__ = ["is_unit_answer", "unit_in"]

_ENDS = "人民政府|政府|办事处|委员会|管委会|办公室|[局厅委院馆站队处乡镇]"
_ORG = re.compile(
    r"(?:^|[，。；\s：:（(])([\u4e00-\u9fff]{2,24}?(?:人民政府|办事处|委员会|办公室|[局厅委院乡镇]))(?=[\s，。；：:（(]*(?:20\d\d|$|的?年报|年度|汇总|依申请|政府信息))"
)
_SELF = re.compile(
    rf"(?:我们|我|这里|单位|单位名称|填报单位)(?:是|叫|为|[:：])\s*([\u4e00-\u9fff]{{2,24}}?(?:{_ENDS}))(?=[的，。；、,;\s]|$)"
)
_BARE = re.compile(
    rf"[\u4e00-\u9fff（）()]{{2,28}}(?:{_ENDS}|[校学所会社]|中心|街道|集团|公司)(?:（[^）]*）)?"
)
_LEAD = re.compile(r"^(?:我们|我|这里|单位|单位名称|全称)?(?:是|叫|为|[:：])?\s*")
_YEAR = re.compile(r"(?<!\d)(?:20)?([1-4]\d)\s*年(?!来|前|后|内|间|多)(?:度)?(?:的)?(?:年报|报告)?")
_FULL_YEAR = re.compile(r"(20[12]\d)\s*年")
_SHORT_YEAR = re.compile(r"(?<![\d年])(2\d)\s*年度?(?=的?(?:年报|报告|数)|的?[，。；,;\s]|$)")
_TOWN_SEAT = re.compile(r"(?<=[乡镇])政府$")
_EDGES = " 。.，,；;！!\t\n"


def is_unit_answer(text: str, asked: Question | None, draft: Draft) -> dict[str, object]:
    """The profile that a message sets which is nothing but the unit's name, the year, or both; empty for any other.

    A name is heard where one was asked for, and later where it ends with the name known: 清源县石桥镇人民政府.
    """
    bare = fold(text).strip(_EDGES)
    if asked is None or len(bare) > 40:
        return {}
    profile: dict[str, object] = {}
    year = _YEAR.search(bare)
    if year is not None:
        bare = (bare[: year.start()] + bare[year.end() :]).strip(_EDGES + "的")
        bare = _LEAD.sub("", bare) if bare else bare
        profile["year"] = 2000 + int(year[1])
    else:
        bare = _LEAD.sub("", bare).removesuffix("的")
    if not bare:
        return profile if (profile and asked.code == "PROFILE") or _FULL_YEAR.search(text) else {}
    known = draft.report.org.name
    wanted = not known or (bare != known and _full(bare).endswith(known))
    if not wanted or _BARE.fullmatch(bare) is None:
        return {}
    return {**profile, "org": _full(bare)}


def unit_in(text: str, draft: Draft) -> dict[str, object]:
    """The unit and the year as the material itself names them, where they are not known yet."""
    head = fold(text[:200])
    found: dict[str, object] = {}
    if not draft.report.org.name:
        named = _ORG.search(head) or _SELF.search(head)
        if named is not None and UnitProfile.infer(_full(named[1])).level is not None:
            # the office that gathers the figures of a whole area writes for its government
            whole = re.search("全[省市县区州旗]口径|本级政府", head) and named[1].endswith("人民政府办公室")
            found["org"] = named[1].removesuffix("办公室") if whole else _full(named[1])
    if draft.report.year is None:
        years = {int(y) for y in _FULL_YEAR.findall(head)} or {
            2000 + int(y) for y in _SHORT_YEAR.findall(head)
        }
        if len(years) == 1:
            found["year"] = years.pop()
    return found


def _full(name: str) -> str:
    """石桥镇政府, 石桥镇: the name that stands on a report is 石桥镇人民政府."""
    name = _TOWN_SEAT.sub("人民政府", name)
    return f"{name}人民政府" if name.endswith(("乡", "镇")) else name
