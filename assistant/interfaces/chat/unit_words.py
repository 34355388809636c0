"""Hears the unit's name and the year in what a person says, asked or unasked."""

from __future__ import annotations

import re

from assistant.extraction.identity import full_name, unit_named, year_named
from assistant.numerals import fold
from assistant.report.draft import Draft
from assistant.report.findings import Question

__all__ = ["is_unit_answer", "unit_in"]

_ENDS = "人民政府|政府|办事处|委员会|管委会|办公室|[局厅委院馆站队处乡镇]"
_BARE = re.compile(
    rf"[\u4e00-\u9fff（）()]{{2,28}}(?:{_ENDS}|[校学所会社]|中心|街道|集团|公司)(?:（[^）]*）)?"
)
_LEAD = re.compile(r"^(?:我们|我|这里|单位|单位名称|全称)?(?:是|叫|为|[:：])?\s*")
_YEAR = re.compile(r"(?<!\d)(?:20)?([1-4]\d)\s*年(?!来|前|后|内|间|多)(?:度)?(?:的)?(?:年报|报告)?")
_FULL_YEAR = re.compile(r"(20[12]\d)\s*年")
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
    if year is None and asked.code == "PROFILE" and "年度" in asked.text:
        # 2026 or 26 to 哪一年度？
        year = re.fullmatch(r"(?:20)?([1-4]\d)(?:的|吧)?", bare)
    if year is not None:
        bare = (bare[: year.start()] + bare[year.end() :]).strip(_EDGES + "的")
        bare = _LEAD.sub("", bare) if bare else bare
        profile["year"] = 2000 + int(year[1])
    else:
        bare = _LEAD.sub("", bare).removesuffix("的")
    if not bare:
        return profile if (profile and asked.code == "PROFILE") or _FULL_YEAR.search(text) else {}
    known = draft.report.org.name
    # with the year of a report the name is that of the report: 双庙镇人民政府2025年年报
    titled = year is not None and text.rstrip(_EDGES).endswith(("年报", "年度报告"))
    wanted = not known or (bare != known and (titled or full_name(bare).endswith(known)))
    if not wanted or _BARE.fullmatch(bare) is None:
        return {}
    return {**profile, "org": full_name(bare)}


def unit_in(text: str, draft: Draft) -> dict[str, object]:
    """The unit and the year as the material itself names them, where they are not known yet."""
    found: dict[str, object] = {}
    if not draft.report.org.name and (org := unit_named(text)):
        found["org"] = org
    if draft.report.year is None and (year := year_named([text])) is not None:
        found["year"] = year
    return found
