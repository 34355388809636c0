"""Finds the units in a folder, a workbook, a CSV table or a JSONL file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.batch.mappings import unit_of
from assistant.batch.names import unit_in, year_of
from assistant.batch.table import is_unit_table, sheet_text, table_units
from assistant.batch.units import UnitInput
from assistant.documents.filenames import legible
from assistant.documents.readable import is_readable, readable_kinds
from assistant.errors import InputError, reason_of

__all__ = ["Units", "units_in"]

_UNREADABLE = frozenset(
    {".wps", ".et", ".ofd", ".rtf", ".odt", ".ods", ".zip", ".rar", ".7z", ".eml", ".msg"}
)
"""kinds of files in which a unit's material may come and which cannot be read; left out silently, the unit would be lost"""


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
        nothing = f"文件夹 {path} 里没有可以读取的材料（支持 {readable_kinds()}）；请检查路径"
        return _listed(list(_folder_units(path)), nothing)
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
            yield _subfolder_unit(path)
        elif _is_readable(path):
            yield _file_unit(path)
        elif path.suffix.lower() in _UNREADABLE:
            problem = f"不能读取 {path.suffix} 文件；请另存为 docx、xlsx 或 pdf（压缩包请先解压）"
            yield replace(_file_unit(path), files=(), problem=problem)


def _subfolder_unit(path: Path) -> UnitInput:
    name = legible(path.name)
    files = tuple(sorted(p for p in path.rglob("*") if _is_readable(p)))
    nothing = f"文件夹里没有可以读取的材料（支持 {readable_kinds()}）；请补充后用 --resume 续做"
    return UnitInput(
        unit_in(name) or name,
        files=files,
        year=year_of(name),
        origin=name,
        problem="" if files else nothing,
    )


def _file_unit(path: Path) -> UnitInput:
    stem = legible(path.stem)
    return UnitInput(unit_in(stem) or stem, files=(path,), year=year_of(stem), origin=legible(path.name))


def _is_readable(path: Path) -> bool:
    return path.is_file() and is_readable(path)


def _workbook_units(path: Path) -> Iterator[UnitInput]:
    """One unit a row where a sheet has a column of unit names, else one unit a sheet."""
    from assistant.documents.limits import load_bytes
    from assistant.documents.sheet.reading import sheet_rows

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

    from assistant.documents.encoding import decode
    from assistant.documents.limits import load_bytes

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
        raise InputError(f"无法打开“{path}”：{reason_of(error)}；请核对文件名和权限") from error
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
