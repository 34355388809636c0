"""Finds nianbao.toml and reads its tables; the one place that knows how the file of settings looks."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from assistant.errors import UsageError

__all__ = ["FILE", "TABLES", "near_file", "read_tables", "settings_file", "unknown_key"]

FILE = "nianbao.toml"
TABLES = ("model", "unit", "rules")
"""the tables of the file; each is explained in docs/settings.md"""


def settings_file() -> Path:
    """The settings file: NIANBAO_CONFIG, or nianbao.toml in the working directory; it need not exist."""
    return Path(os.environ.get("NIANBAO_CONFIG") or FILE)


def near_file(folder: Path | None) -> Path | None:
    """The settings of a folder of reports: its own file, else :func:`settings_file`; None where neither exists.

    The model is never taken from the file beside a report: a folder that somebody sent must not choose the address.
    """
    for path in (folder / FILE if folder is not None else None, settings_file()):
        if path is not None and path.is_file():
            return path
    return None


def read_tables(path: Path) -> Mapping[str, Any]:
    """All tables of the file. UsageError (one Chinese line) when it cannot be read or has a table that does not exist."""
    import tomllib

    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        line = str(error).partition("at line ")[2].partition(",")[0]
        place = f"第 {line} 行" if line.isdigit() else "有一处"
        raise UsageError(
            f"设置文件 {path} 读不懂，{place}不合 TOML 的写法；请对照 docs/settings.md 改正"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"设置文件 {path} 读不懂（{type(error).__name__}）；请检查它是否为 UTF-8 编码的 TOML"
        ) from None
    for name, table in content.items():
        if name not in TABLES:
            raise UsageError(unknown_key(path, "", name, TABLES))
        if not isinstance(table, dict):
            raise UsageError(f"设置文件 {path} 中 {name} 应为一个表，写作 [{name}]；请改正")
    return content


def unknown_key(path: Path, table: str, name: str, known: Collection[str]) -> str:
    """One Chinese line about a key that does not exist, with the nearest one that does."""
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), known, 1, 0.5)
    place = f"的 [{table}] 中" if table else "中"
    hint = f"最接近的是“{near[0]}”" if near else f"可用：{'、'.join(known)}"
    return f"设置文件 {path} {place}有不认识的项“{name}”，{hint}；请改正或删去"
