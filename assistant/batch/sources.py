"""Finds the units in a folder, a workbook, a CSV table or a JSONL file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.batch.names import unit_in, year_of
from assistant.batch.table import is_unit_table, sheet_text, table_units
from assistant.batch.units import UnitInput
from assistant.errors import InputError
from assistant.report import Level, Scope

__all__ = ["READABLE", "Units", "unit_of", "units_in"]

READABLE = frozenset(
    {".txt", ".md", ".json", ".html", ".htm", ".docx", ".doc", ".xlsx", ".xls", ".pdf", ".csv", ".tsv"}
)
_KEYS = {
    "org": ("org", "name", "unit", "单位", "单位名称"),
    "texts": ("facts", "text", "message", "texts", "材料", "数据"),
    "files": ("files", "文件"),
    "year": ("year", "年度"),
    "level": ("level", "层级"),
    "scope": ("scope", "口径"),
    "previous": ("previous", "上年年报"),
}


@dataclass(frozen=True)
class Units:
    """The units of an input: how many there are, and a way to go through them, reading as it goes."""

    count: int | None
    open: Callable[[], Iterator[UnitInput]]

    def __iter__(self) -> Iterator[UnitInput]:
        return self.open()


def units_in(source: str | Path | Iterable[UnitInput | Mapping[str, Any]]) -> Units:
    """The units of a folder (a file or subfolder each), an xlsx or csv (a row or sheet each), a JSONL file, or a list.

    A row or line that cannot be understood becomes a unit with a ``problem``; InputError when nothing can be read at all.
    """
    if not isinstance(source, str | Path):
        count = len(source) if isinstance(source, list | tuple) else None
        return Units(count, lambda: map(unit_of, source))
    path = Path(source)
    if not path.exists():
        raise InputError(f"找不到 {path}；请检查路径")
    if path.is_dir():
        return _listed(
            list(_folder_units(path)),
            f"文件夹 {path} 里没有可以读取的材料（支持 {'、'.join(sorted(READABLE))}）",
        )
    kind = path.suffix.lower()
    if kind in (".jsonl", ".ndjson"):
        return _lines(path)
    if kind == ".xlsx":
        return _listed(list(_workbook_units(path)), f"“{path.name}”中没有单位；请核对文件内容")
    if kind in (".csv", ".tsv"):
        return _csv(path)
    return _listed([_file_unit(path)], "")


def _listed(units: list[UnitInput], nothing: str) -> Units:
    if not units:
        raise InputError(nothing)
    return Units(len(units), lambda: iter(units))


def _folder_units(root: Path) -> Iterator[UnitInput]:
    for path in sorted(root.iterdir()):
        if path.name.startswith((".", "~$")):
            continue
        if path.is_dir():
            files = tuple(sorted(p for p in path.rglob("*") if _is_readable(p)))
            if files:
                yield UnitInput(
                    unit_in(path.name) or path.name, files=files, year=year_of(path.name), origin=path.name
                )
        elif _is_readable(path):
            yield _file_unit(path)


def _file_unit(path: Path) -> UnitInput:
    return UnitInput(
        unit_in(path.stem) or path.stem, files=(path,), year=year_of(path.stem), origin=path.name
    )


def _is_readable(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in READABLE and not path.name.startswith((".", "~$"))


def _workbook_units(path: Path) -> Iterator[UnitInput]:
    """One unit a row where a sheet has a column of unit names, else one unit a sheet."""
    from assistant.reading.limits import load_bytes
    from assistant.reading.sheet import sheet_rows

    for title, rows in sheet_rows(load_bytes(path), path.name):
        filled = [row for row in rows if any(cell.strip() for cell in row)]
        if not filled:
            continue
        if is_unit_table(filled[0]):
            yield from table_units(filled, f"{path.name} 表“{title}”")
        else:
            org = unit_in(title) or title
            origin = f"{path.name} 表“{title}”"
            yield UnitInput(org, texts={title: sheet_text(filled)}, year=year_of(title), origin=origin)


def _csv(path: Path) -> Units:
    """One unit a row; a table without a column of unit names is one unit's facts."""
    import csv

    from assistant.reading.encoding import decode
    from assistant.reading.limits import load_bytes

    lines = decode(load_bytes(path), path.name).splitlines(keepends=True)
    dialect = "\t" if path.suffix.lower() == ".tsv" or "\t" in (lines[0] if lines else "") else ","
    head = next(csv.reader(lines, delimiter=dialect), [])
    if not is_unit_table(head):
        return _listed([_file_unit(path)], "")
    count = sum(
        any(cell.strip() for cell in row) for row in islice(csv.reader(lines, delimiter=dialect), 1, None)
    )
    if not count:
        raise InputError(f"“{path.name}”中没有单位；请核对文件内容")
    return Units(count, lambda: table_units(csv.reader(lines, delimiter=dialect), path.name))


def _lines(path: Path) -> Units:
    """One JSON object a line, read as it goes."""
    try:
        with path.open("rb") as file:
            count = sum(bool(line.strip()) for line in file)
    except OSError as error:
        raise InputError(f"无法打开“{path}”：{error.strerror}；请核对文件名和权限") from error
    if not count:
        raise InputError(f"“{path.name}”是空文件；请核对文件内容")
    return Units(count, lambda: _line_units(path))


def _line_units(path: Path) -> Iterator[UnitInput]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            origin = f"{path.name} 第 {number} 行"
            try:
                raw = json.loads(line.decode("utf-8-sig"))
            except ValueError:
                yield UnitInput(f"第{number}行", origin=origin, problem="这一行不是 JSON 对象；请核对格式")
                continue
            yield unit_of(raw, origin, f"第{number}行", path.parent)


def unit_of(
    raw: UnitInput | Mapping[str, Any] | object, origin: str = "", name: str = "", home: Path | None = None
) -> UnitInput:
    """A unit from a mapping: org, facts (a text, a list of texts, or texts by name), files, year, level, scope, previous.

    Relative file names start at ``home``. A value that does not fit makes a unit with a ``problem``.
    """
    if isinstance(raw, UnitInput):
        return raw
    if not isinstance(raw, Mapping):
        return UnitInput(name or "未命名单位", origin=origin, problem="这一项不是 JSON 对象；请核对格式")
    values = {
        key: next((raw[n] for n in names if raw.get(n) is not None), None) for key, names in _KEYS.items()
    }
    org = str(values["org"] or name or "未命名单位")
    base = home or Path()
    try:
        files = values["files"] or ()
        return UnitInput(
            org=org,
            texts=_texts(values["texts"]),
            files=tuple(base / str(f) for f in ([files] if isinstance(files, str) else files)),
            year=None if values["year"] is None else int(values["year"]),
            level=Level(values["level"]) if values["level"] else None,
            scope=Scope(values["scope"]) if values["scope"] else None,
            previous=base / str(values["previous"]) if values["previous"] else None,
            origin=origin,
        )
    except (ValueError, TypeError) as error:
        return UnitInput(
            org, origin=origin, problem=f"有一项的内容不合要求（{error}）；请核对年度、层级和材料"
        )


def _texts(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if isinstance(value, str):
        return {"input": value}
    if isinstance(value, Mapping):
        return {str(name): str(text) for name, text in value.items()}
    if isinstance(value, list):
        return {f"第{number}条": str(text) for number, text in enumerate(value, 1)}
    raise TypeError("材料应为文字、文字列表或按名称分列的文字")
