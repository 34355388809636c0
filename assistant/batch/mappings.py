"""Reads one unit from a mapping: a line of a JSONL file, or an item of a list that a program gives."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from assistant.batch.units import UnitInput
from assistant.report import Level, Scope

__all__ = ["unit_of"]

E = TypeVar("E", Level, Scope)

_KEYS = {
    "org": ("org", "name", "unit", "单位", "单位名称"),
    "texts": ("facts", "text", "message", "texts", "材料", "数据"),
    "files": ("files", "文件"),
    "year": ("year", "年度"),
    "level": ("level", "层级"),
    "scope": ("scope", "口径"),
    "previous": ("previous", "上年年报"),
}
_KNOWN = tuple(name for names in _KEYS.values() for name in names)


def unit_of(
    raw: UnitInput | Mapping[str, Any] | object, origin: str = "", name: str = "", home: Path | None = None
) -> UnitInput:
    """A unit from a mapping: org, facts (a text, a list of texts, or texts by name), files, year, level, scope, previous.

    With ``home``, the folder of a list that somebody sent, file names start there and must stay below it; without, the
    caller names files as it likes. A value or a key that does not fit makes a unit with a ``problem``.
    """
    if isinstance(raw, UnitInput):
        return raw
    if not isinstance(raw, Mapping):
        return UnitInput(name or "未命名单位", origin=origin, problem="这一项不是 JSON 对象；请核对格式")
    values = {
        key: next((raw[n] for n in names if raw.get(n) is not None), None) for key, names in _KEYS.items()
    }
    org = str(values["org"] or name or "未命名单位")
    try:
        _refuse_unknown(raw)
        last = _paths(values["previous"], home)
        return UnitInput(
            org=org,
            texts=_texts(values["texts"]),
            files=_paths(values["files"], home),
            year=_year(values["year"]),
            level=_choice(Level, "层级", values["level"]),
            scope=_choice(Scope, "口径", values["scope"]),
            previous=last[0] if last else None,
            origin=origin,
        )
    except ValueError as error:
        return UnitInput(org, origin=origin, problem=str(error))


def _refuse_unknown(raw: Mapping[Any, Any]) -> None:
    """ValueError for a key that nobody would read: what stands under it would be lost without a word."""
    from difflib import get_close_matches

    for key in raw:
        if key in _KNOWN:
            continue
        near = get_close_matches(str(key).lower(), _KNOWN, 1, 0.5)
        hint = (
            f"最接近的是“{near[0]}”" if near else f"可用：{'、'.join(names[0] for names in _KEYS.values())}"
        )
        raise ValueError(f"不认识的项“{key}”；{hint}")


def _paths(value: object, home: Path | None) -> tuple[Path, ...]:
    if not value:
        return ()
    names = [value] if isinstance(value, str | Path) else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str | Path) for name in names):
        raise ValueError("文件应为文件名或文件名的列表；请核对格式")
    return tuple(_path(Path(name), home) for name in names)


def _path(name: Path, home: Path | None) -> Path:
    """ValueError where a list names a file outside its own folder: what it says there would end in the report."""
    if home is None:
        return name
    if not (home / name).resolve().is_relative_to(home.resolve()):
        raise ValueError(
            f"文件“{name}”不在清单所在的文件夹里；请把它放到清单旁边，上年年报也可用 --previous 指定文件夹"
        )
    return home / name


def _year(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).strip().isdecimal():
        raise ValueError(f"年度“{value}”看不懂；请写成 2025")
    return int(value)


def _choice(kind: type[E], title: str, value: object) -> E | None:
    known = [one.value for one in kind]
    if not value:
        return None
    if value not in known:
        raise ValueError(f"{title}“{value}”看不懂；可用：{'、'.join(known)}")
    return kind(value)


def _texts(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if isinstance(value, str):
        return {"input": value}
    if isinstance(value, Mapping):
        return {str(name): str(text) for name, text in value.items()}
    if isinstance(value, list | tuple):
        return {f"第{number}条": str(text) for number, text in enumerate(value, 1)}
    raise ValueError("材料应为文字、文字列表或按名称分列的文字；请核对格式")
