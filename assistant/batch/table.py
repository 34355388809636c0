"""Reads a table with one unit a row into units, and a sheet of one unit into text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.batch.units import UnitInput
from assistant.numerals import fold
from assistant.report import Level, Scope

__all__ = ["is_unit_table", "sheet_text", "table_units"]

_ORG = re.compile(r"(填报|报送|报告|所属)?(单位|机关|部门|机构)(全称|名称|名)?|org|name|unit")
_YEAR = re.compile(r"(报告|填报)?年(度|份)|year")
_LEVEL = re.compile(r"(单位)?(层级|级别)|level")
_SCOPE = re.compile(r"(统计)?口径|scope")
_NUMBER = re.compile(r"序号|编号|no\.?|#")
_WORDS = re.compile(r"(原始)?(材料|数据|事实|内容|情况|说明|备注)|facts|text|message")
_LEVELS = {"省": "province", "市": "city", "州": "city", "县": "county", "区": "county", "乡镇": "town", "镇": "town", "乡": "town",
           "街道": "town", "部门": "department"}  # fmt: skip
_SCOPES = {"本机关": "organ", "本级政府": "government", "汇总": "government"}


def is_unit_table(head: Sequence[str]) -> bool:
    """Whether a header row has a column of unit names and at least one more column."""
    return _column(head, _ORG) is not None and sum(bool(cell.strip()) for cell in head) > 1


def table_units(rows: Iterable[Sequence[str]], where: str) -> Iterator[UnitInput]:
    """One unit a row. Columns without a meaning of their own become facts worded as “header：value”; blanks say nothing."""
    lines = iter(rows)
    head = [cell.strip() for cell in next(lines, [])]
    places = {name: _column(head, pattern) for name, pattern in
              (("org", _ORG), ("year", _YEAR), ("level", _LEVEL), ("scope", _SCOPE), ("number", _NUMBER))}  # fmt: skip
    known = {place for place in places.values() if place is not None}
    for number, row in enumerate(lines, 2):
        if not any(cell.strip() for cell in row):
            continue
        own = {
            name: row[at].strip() if at is not None and at < len(row) else "" for name, at in places.items()
        }
        yield _unit(own, _facts(head, row, known), f"{where} 第 {number} 行")


def _unit(own: dict[str, str], facts: str, origin: str) -> UnitInput:
    org = own["org"]
    if not org:
        return UnitInput("未命名单位", origin=origin, problem="这一行没有单位名称；请补上")
    year = re.fullmatch(r"(20\d{2})\s*(年度?)?", fold(own["year"])) if own["year"] else None
    if own["year"] and year is None:
        return UnitInput(org, origin=origin, problem=f"年度“{own['year']}”看不懂；请写成 2025")
    try:
        level = Level(_LEVELS.get(own["level"].rstrip("级"), own["level"])) if own["level"] else None
        scope = Scope(_SCOPES.get(own["scope"], own["scope"])) if own["scope"] else None
    except ValueError:
        said = "”或“".join(word for word in (own["level"], own["scope"]) if word)
        problem = f"层级或口径“{said}”看不懂；层级请写成省、市、县、乡镇或部门，口径请写成本机关或本级政府"
        return UnitInput(org, origin=origin, problem=problem)
    return UnitInput(
        org,
        texts={origin: facts},
        year=int(year[1]) if year else None,
        level=level,
        scope=scope,
        origin=origin,
    )


def _facts(head: Sequence[str], row: Sequence[str], known: set[int]) -> str:
    lines = []
    for at, cell in enumerate(row):
        text = cell.strip()
        if at in known or not text:
            continue
        title = head[at] if at < len(head) else ""
        lines.append(text if not title or _WORDS.fullmatch(title) else f"{title}：{text}")
    return "\n".join(lines)


def sheet_text(rows: Iterable[Sequence[str]]) -> str:
    """A sheet of one unit as tab-separated lines, as it would be pasted from a workbook."""
    return (
        "\n".join("\t".join(" ".join(cell.split("\n")) for cell in row).rstrip("\t") for row in rows) + "\n"
    )


def _column(head: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    for at, cell in enumerate(head):
        if pattern.fullmatch(cell.strip().lower()):
            return at
    return None
