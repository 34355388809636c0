"""Tells a unit's name and year from a file name, and whether two names are one unit's."""

from __future__ import annotations

import re

from assistant.numerals import fold

__all__ = [
    "INDEX",
    "INDEX_FILES",
    "REPLACED",
    "FolderNames",
    "folder_name",
    "plain_name",
    "unit_in",
    "year_of",
]

INDEX = "总览"
"""name of the index files without suffix"""
INDEX_FILES = (f"{INDEX}.html", f"{INDEX}.xlsx")
REPLACED = "被替换的旧稿"
"""folder for what a new result takes the place of, where a person may have changed it"""

_ORDINAL = re.compile(r"^\s*[（(\[]?\d{1,4}[）)\].、_\-\s]+")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)\s*年?度?")
_SUBJECT = re.compile(
    r"(的|关于)?\s*(政府信息公开|政务公开|信息公开|依申请公开|公开)?(工作)?(年度)?"
    r"(年报|报告|情况|数据|材料|素材|台账|填报表|统计表|汇总表)+.*$"
)
_EDGES = ' 　_-—·.,，。、（）()[]【】《》“”"'
_SEAT = re.compile(r"(人民政府|政府)$")
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_TAKEN = frozenset({*INDEX_FILES, REPLACED})
"""names in the results folder that are not a unit's, whatever the unit is called"""
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""names that Windows keeps for itself"""
_LONGEST = 80
"""characters; folder names on common file systems hold at most 255 bytes"""


def unit_in(stem: str) -> str:
    """The unit's name in a file name without its suffix: ordinals, year and words such as 年报数据 are left out."""
    text = _ORDINAL.sub("", fold(stem))
    found = _YEAR.search(text)
    text = text[: found.start()] if found and found.start() else _YEAR.sub("", text)
    return _SUBJECT.sub("", text).strip(_EDGES)


def year_of(stem: str) -> int | None:
    """The one year a file name gives, None when it gives none or several."""
    years = {int(year) for year in _YEAR.findall(fold(stem))}
    return years.pop() if len(years) == 1 else None


def plain_name(org: str) -> str:
    """A name in the form in which two spellings of one unit are equal: no spaces, 人民政府 at the end left out."""
    text = re.sub(r"\s+", "", fold(org)).strip(_EDGES)
    return _SEAT.sub("", text) or text


def folder_name(org: str, taken: int = 0) -> str:
    """A folder's name for a unit; ``taken`` is how many units of that name came before."""
    cleaned = _UNSAFE.sub("_", org).strip(" ._")[:_LONGEST].rstrip(" .") or "未命名单位"
    if cleaned.casefold() in _TAKEN or _DEVICES.fullmatch(cleaned):
        cleaned = f"{cleaned}（单位）"
    return cleaned if not taken else f"{cleaned}（{taken + 1}）"


class FolderNames:
    """Gives every unit of a batch a folder of its own, the same in every run over the same input."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def take(self, org: str) -> str:
        """A name that no unit before has, also where one is really called 水利局（2）."""
        number = 0
        while (name := folder_name(org, number)).casefold() in self._given:
            number += 1
        self._given.add(name.casefold())
        return name
