"""The reporting body: its level, what it is, how it is reached, and what its name shows of all that."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Self

from pydantic import Field

from assistant.report.facts import Frozen

__all__ = ["Contact", "Level", "Scope", "UnitKind", "UnitProfile"]


class Level(StrEnum):
    """Level of the reporting body; a department of any level is ``department``, a street office counts as town."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    DEPARTMENT = "department"


class Scope(StrEnum):
    """organ = the body's own report (本机关); government = the aggregate of a whole area (本级政府)."""

    ORGAN = "organ"
    GOVERNMENT = "government"


class UnitKind(StrEnum):
    """What the body is, where its name does not show it."""

    GOVERNMENT = "government"
    """one of the 各级人民政府"""
    DEPARTMENT = "department"
    """a department, an agency, or another body that makes reports"""


class Contact(Frozen):
    """How the public reaches the unit (printed in the preamble)."""

    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


# Endings are compared as words: every start would otherwise compile a dozen patterns for the one name of a report.
_DEPARTMENT_ENDS = (
    *(
        "局",
        "委",
        "委员会",
        "办公室",
        "厅",
        "办",
        "院",
        "中心",
        "大队",
        "支队",
        "总队",
        "分局",
        "署",
        "部",
        "税务所",
    ),
    *("社", "会", "处"),
)
_TOWNS = ("镇", "乡", "苏木", "街道", "街道办事处", "街道办")
_TOWN_ENDS = tuple(town + body for town in _TOWNS for body in ("", "人民政府", "政府", "办事处"))
_AREAS = ("自治区", "实验区", "开发区", "地区", "新区", "省", "市", "州", "盟", "县", "旗", "区")
"""The longer first: a 自治区 is more than a 区."""
_AREA_BODIES = ("", "人民政府", "政府", "管委会", "管理委员会")
_STATE_BODY = re.compile(r"^(国家.*(局|委|委员会|总局|署)|.{2,12}部|中国人民银行|审计署|.*总署|.*总局)$")


class UnitProfile(Frozen):
    """The reporting body.

    ``level`` and ``scope`` default to what the name shows; None means unknown. ``may_make_rules`` says whether the body
    may make 规章 (立法法: State Council departments, provincial governments, governments of cities divided into
    districts and of autonomous prefectures).
    """

    name: str = ""
    level: Level | None = None
    scope: Scope = Scope.ORGAN
    may_make_rules: bool | None = None
    contact: Contact = Contact()
    kind: UnitKind | None = Field(default=None, exclude_if=lambda kind: kind is None)
    """set by the office; None = what level and name show"""

    @classmethod
    def infer(cls, name: str, level: Level | None = None, scope: Scope | None = None) -> Self:
        """Fill level, scope and rule-making power from the body's name where the caller does not give them."""
        name = name.strip()
        bare = name[: _note_start(name)]
        guessed = level or cls._level_of(bare)
        if scope is None:
            area = guessed in (Level.PROVINCE, Level.CITY, Level.COUNTY) and not _is_department(bare)
            scope = Scope.GOVERNMENT if area else Scope.ORGAN
        return cls(name=name, level=guessed, scope=scope, may_make_rules=cls._rules_power(bare, guessed))

    @staticmethod
    def _level_of(name: str) -> Level | None:
        if name.endswith(_TOWN_ENDS):
            return Level.TOWN
        if not name:
            return None
        kind = _area_kind(name)
        if kind is None:
            return Level.DEPARTMENT if _ends_like_department(name) else None
        if kind in ("省", "自治区"):
            return Level.PROVINCE
        if kind in ("县", "旗", "区"):
            return Level.COUNTY
        # a name with a city and then another area (…市…市) is a county-level city
        return Level.COUNTY if kind == "市" and re.search(r"[市州盟]..+市", name) else Level.CITY

    @staticmethod
    def _rules_power(name: str, level: Level | None) -> bool | None:
        if level is None:
            return None
        if level in (Level.PROVINCE, Level.CITY) and name.endswith(("政府办公厅", "政府办公室")):
            # its report may be that of the 本政府机关, whose 规章 are the government's
            return None
        if level in (Level.PROVINCE, Level.CITY):
            return not _is_department(name) or name.endswith(("人民政府", "政府"))
        return bool(level is Level.DEPARTMENT and _STATE_BODY.match(name))

    @property
    def is_government(self) -> bool:
        """Whether the body is one of the 各级人民政府 (条例 art 50(4) then asks for 考核、评议、责任追究)."""
        if self.kind is not None:
            return self.kind is UnitKind.GOVERNMENT
        if self.level in (Level.PROVINCE, Level.CITY, Level.COUNTY):
            return not _is_department(self.name)
        return self.level is Level.TOWN and "街道" not in self.name

    @property
    def short_self(self) -> str:
        """How the body calls itself in prose: 我局, 我镇, 我乡, 我街道, 我县, 本机关."""
        if not self.name:
            return "本机关"
        if "街道" in self.name:
            return "我街道"
        for word in ("镇", "乡", "苏木"):
            if self.name.endswith((word, f"{word}人民政府", f"{word}政府")):
                return f"我{word}"
        if _is_department(self.name):
            tail = re.search(r"(局|委|厅|办|院|中心|署|部)(员会|公室)?$", self.name)
            return f"我{tail.group(1)}" if tail else "本机关"
        area = _area_kind(self.name)
        return f"我{area[-1]}" if area else "本机关"


def _is_department(name: str) -> bool:
    if name.endswith((*_TOWN_ENDS, "人民政府", "管委会", "管理委员会")):
        return False
    return _ends_like_department(name)


def _ends_like_department(name: str) -> bool:
    return name.endswith(_DEPARTMENT_ENDS) or "政府办" in name or _note_start(name) < len(name)


def _note_start(name: str) -> int:
    """Where a note in brackets begins that ends the name, its length where there is none: 某局（某中心）."""
    if not name.endswith("）"):
        return len(name)
    start = name.find("（", name.rfind("）", 0, -1) + 1)
    return start if start >= 0 else len(name)


def _area_kind(name: str) -> str | None:
    """The kind of area a government's name ends with: 市 of 某市人民政府."""
    return next((area for area in _AREAS if name.endswith(tuple(area + body for body in _AREA_BODIES))), None)
