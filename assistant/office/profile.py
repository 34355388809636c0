"""What an office sets for its reports: the unit itself and how its rules judge (tables [unit] and [rules] of nianbao.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from assistant.errors import UsageError
from assistant.office.settings_file import near_file, read_tables, unknown_key
from assistant.report import AnnualReport, Contact, Level, Scope, UnitKind, UnitProfile
from assistant.report.findings import Severity

__all__ = ["Profile", "RuleSettings", "UnitSettings", "described", "find_profile", "load_profile"]

_DAY = r"(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?"
_SEVERITIES = {"错误": "error", "警告": "warning", "提示": "info"}


def _day(value: object) -> object:
    """(month, day) from “1-31” or “1月31日”; a day that no year has is refused."""
    from datetime import date

    found = re.fullmatch(_DAY, value.strip()) if isinstance(value, str) else None
    pair = tuple(map(int, found.groups())) if found else value
    if isinstance(pair, list | tuple) and len(pair) == 2 and all(isinstance(part, int) for part in pair):
        date(2023, *pair)
    return pair


def _severity(value: object) -> object:
    return _SEVERITIES.get(value.strip(), value.strip().lower()) if isinstance(value, str) else value


def _severity_allowed(value: object) -> object:
    named = _severity(value)
    if named == Severity.ASK:
        raise ValueError("ask is no severity of a rule")
    return named


_Judged = Annotated[Severity, BeforeValidator(_severity_allowed)]


@dataclass(frozen=True)
class RuleSettings:
    """How an office has its rules judge. The description of each item is what docs/settings.md prints."""

    disabled: Annotated[frozenset[str], Field(description="不用的规则，填规则代码")] = frozenset()
    severity: Annotated[
        Mapping[str, _Judged],
        Field(description="改变某条规则的严重程度：error 错误、warning 警告、info 提示（也可写中文）"),
    ] = field(default_factory=dict)
    deadline: Annotated[
        tuple[int, int] | None,
        BeforeValidator(_day),
        Field(description='本地规定的公布期限，如 "1-20"；不填时部门为1月31日，本级政府为3月31日'),
    ] = None
    overview_limit: Annotated[int, Field(ge=1, description="第一部分的字数上限")] = 1000
    reused_share: Annotated[
        float, Field(ge=0, le=1, description="与上年报告相同的句子所占比例，超过即提示")
    ] = 0.5
    twin_share: Annotated[
        float, Field(ge=0, le=1, description="与同批另一单位相同的句子所占比例，超过即提示")
    ] = 0.8
    jump_range: Annotated[
        tuple[Annotated[float, Field(ge=0)], Annotated[float, Field(ge=0)]],
        Field(description="本年数除以上年数的正常范围，超出即提示"),
    ] = (0.2, 5.0)
    jump_base: Annotated[int, Field(ge=0, description="上年数达到多少才比较增减")] = 10
    fee_ceiling_wan: Annotated[
        int, Field(ge=1, description="乡镇、部门的收费金额超过多少万元，就提示可能把元填成了万元")
    ] = 10_000
    peer_average: Annotated[
        int, Field(ge=0, description="同批其他单位的平均数超过多少，本单位为 0 时提示")
    ] = 100
    roster: Annotated[tuple[str, ...], Field(description="应当报送的全部单位名称，汇总时核对有无遗漏")] = ()
    renamed: Annotated[
        Mapping[str, str],
        Field(description="更名的单位，现名称对应原名称，用于查找和核对上年报告"),
    ] = field(default_factory=dict)


@dataclass(frozen=True)
class UnitSettings:
    """The reporting body as its office describes it; None and empty leave what the report itself shows."""

    name: Annotated[str, Field(description="单位全称；只对这个单位的年报生效，不填时对所有年报生效")] = ""
    level: Annotated[
        Level | None,
        Field(description="层级：province 省、city 市、county 县、town 乡镇街道、department 部门"),
    ] = None
    kind: Annotated[
        UnitKind | None, Field(description="性质：government 一级人民政府、department 部门或其他单位")
    ] = None
    scope: Annotated[
        Scope | None, Field(description="口径：organ 本机关的年报、government 本级政府的汇总年报")
    ] = None
    may_make_rules: Annotated[bool | None, Field(description="有没有规章制定权：true 有、false 没有")] = None
    contact: Annotated[
        Contact,
        Field(description="联系方式：address 地址、postcode 邮编、phone 电话、email 邮箱、website 网址"),
    ] = field(default_factory=Contact)

    def over(self, found: UnitProfile) -> UnitProfile:
        """The body found in a report with these settings laid over it; unchanged when the settings name another body."""
        if not self.concerns(found.name):
            return found
        level = self.level or found.level
        if level != found.level or not found.name:
            contact = found.contact
            found = UnitProfile.infer(found.name or self.name, level, self.scope)
            found = found.model_copy(update={"contact": contact})
        given = {
            "level": level,
            "kind": self.kind,
            "scope": self.scope,
            "may_make_rules": self.may_make_rules,
        }
        update: dict[str, object] = {name: value for name, value in given.items() if value is not None}
        lines = {name: value for name, value in self.contact if value}
        if lines:
            update["contact"] = found.contact.model_copy(update=lines)
        return found.model_copy(update=update) if update else found

    def laid_over(self, report: AnnualReport) -> AnnualReport:
        """The report with its body as these settings describe it."""
        org = self.over(report.org)
        return report if org == report.org else report.model_copy(update={"org": org})

    def concerns(self, name: str) -> bool:
        """Whether these settings are about the body of that name (empty: nobody knows yet)."""
        one, other = _bare(self.name), _bare(name)
        return not one or not other or one.endswith(other) or other.endswith(one)


def _bare(name: str) -> str:
    return "".join(name.split())


_Part = TypeVar("_Part", UnitSettings, RuleSettings)


@dataclass(frozen=True)
class Profile:
    """The settings in force; ``source`` is the file they come from, None when there is none."""

    unit: UnitSettings = field(default_factory=UnitSettings)
    rules: RuleSettings = field(default_factory=RuleSettings)
    source: Path | None = None


def find_profile(folder: Path | None = None, given: Path | None = None) -> Profile:
    """The profile of a file that was ``given``, else of the one beside the reports, else of the working directory's."""
    if given is not None:
        if not given.is_file():
            raise UsageError(f"找不到设置文件 {given}；请核对 --profile 的路径")
        return load_profile(given)
    path = near_file(folder)
    return load_profile(path) if path is not None else Profile()


def load_profile(path: Path) -> Profile:
    """The profile a file holds. UsageError (one Chinese line) when an item does not exist or its value does not fit."""
    state = path.stat()
    # hundreds of reports share one file; it may change while a program goes on
    return _load(path, str(path.resolve()), (state.st_mtime_ns, state.st_size))


@lru_cache(maxsize=64)
def _load(path: Path, _place: str, _state: tuple[int, int]) -> Profile:
    tables = read_tables(path)
    unit, rules = (dict(tables.get(name, {})) for name in ("unit", "rules"))
    if isinstance(unit.get("contact"), dict):
        _refuse_unknown(path, "unit.contact", unit["contact"], list(Contact.model_fields))
    return Profile(
        _read(path, "unit", unit, UnitSettings), _read(path, "rules", rules, RuleSettings), source=path
    )


def _refuse_unknown(path: Path, table: str, content: Mapping[str, Any], known: list[str]) -> None:
    for name in content:
        if name not in known:
            raise UsageError(unknown_key(path, table, name, known))


def _read(path: Path, table: str, content: dict[str, Any], kind: type[_Part]) -> _Part:
    _refuse_unknown(path, table, content, [item.name for item in fields(kind)])
    # an empty text is how a template leaves an item open
    content = {name: value for name, value in content.items() if value != ""}
    try:
        return TypeAdapter(kind).validate_python(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        place = ".".join(str(part) for part in first["loc"] if part != "[key]")
        raise UsageError(
            f"设置文件 {path} 的 [{table}] 中“{place}”的值不合要求（{described(kind)[name]}）；请改正"
        ) from None


def described(kind: type[UnitSettings] | type[RuleSettings]) -> dict[str, str]:
    """The description of each item, in Chinese."""
    from typing import get_type_hints

    hints = get_type_hints(kind, include_extras=True)
    return {
        item.name: next(m.description for m in hints[item.name].__metadata__ if getattr(m, "description", ""))
        for item in fields(kind)
    }
