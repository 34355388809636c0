"""Opens a workbook: its parts are checked before the library sees them, and what goes wrong is said in one line."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from assistant.documents.limits import check_archive, read_member
from assistant.documents.markup import parse_xml, refuse_entities
from assistant.errors import InputError, MissingDependency, install_hint

__all__ = ["checked_parts", "opened", "sheet_parts"]

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def checked_parts(data: bytes, name: str) -> dict[str, bytes]:
    """The parts of a workbook that hold markup. InputError when it is damaged, encrypted, too large, or no workbook."""
    members = check_archive(data, name)
    if _BOOK not in members:
        raise InputError(f"“{name}”不是 Excel 工作簿；请核对扩展名，或用办公软件重新另存为 xlsx")
    # refuses a part that unpacks beyond the limit before the library unpacks it
    parts = {m: read_member(data, m, name) for m in members if m.startswith("xl/") and m.endswith(".xml")}
    for part in parts.values():
        refuse_entities(part, name)
    if _RELATIONS in members:
        parts[_RELATIONS] = read_member(data, _RELATIONS, name)
    return parts


def sheet_parts(parts: dict[str, bytes], name: str) -> list[tuple[str, str]]:
    """Title and part of each sheet of cells, in the order of the workbook; ``parts`` are those of :func:`checked_parts`."""
    if _RELATIONS not in parts:
        return []
    relations = {str(r.get("Id")): r for r in parse_xml(parts[_RELATIONS], name)}
    found = []
    for sheet in parse_xml(parts[_BOOK], name).iter("{*}sheet"):
        number = next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        relation = relations.get(number)
        if relation is not None and str(relation.get("Type")).endswith("/worksheet"):
            target = str(relation.get("Target"))
            part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            found.append((str(sheet.get("name")), part))
    return found


@contextmanager
def opened(data: bytes, name: str, *, looks: bool = False) -> Iterator[list[Any]]:
    """The sheets of a workbook that was checked; formulas give their stored result.

    ``looks`` loads fonts, fills and merged cells as well; without it rows are read as they are asked for, from sheets of another
    class. InputError when the library stumbles inside the block, MissingDependency when it is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingDependency(f"读取 Excel 文件需要安装 openpyxl；{install_hint('docs')}") from error
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=not looks, data_only=True, rich_text=looks)
        yield list(book.worksheets)
    except (
        BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError,
    ) as error:  # fmt: skip
        # SyntaxError is the base of the XML parser's errors
        raise InputError(f"“{name}”已损坏，无法打开；请用 Excel 或 WPS 重新另存后再试") from error
