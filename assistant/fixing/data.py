"""Changes a report that is kept as JSON: only the values that a repair touches."""

from __future__ import annotations

import json
import re
from typing import Any

from assistant.report import AnnualReport

__all__ = ["rewrite_json"]

_INDENT = re.compile(r"\{\r?\n([ \t]+)")


def rewrite_json(data: bytes, old: AnnualReport, new: AnnualReport) -> bytes:
    """The same JSON with the differences between two reports made in it; keys, their order and the indent stay."""
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    source = data.removeprefix(mark).decode()
    content: dict[str, Any] = json.loads(source)
    inner = content["report"] if isinstance(content.get("report"), dict) else content
    before, after = (json.loads(report.model_dump_json()) for report in (old, new))
    _merge(inner, before, after)
    if inner is not content:
        _cells(content.get("cells"), after["tables"])
    indent = _INDENT.match(source.lstrip())
    written = json.dumps(
        content,
        ensure_ascii=source.isascii() and "\\u" in source,
        indent=indent[1] if indent else None,
        separators=None if indent or ": " in source[:400] else (",", ":"),
    )
    return mark + (written + ("\n" if source.endswith("\n") else "")).encode()


def _merge(target: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> None:
    for key, value in after.items():
        if before.get(key) == value:
            continue
        if (
            isinstance(value, dict)
            and isinstance(before.get(key), dict)
            and isinstance(target.get(key), dict)
        ):
            _merge(target[key], before[key], value)
        else:
            target[key] = value


def _cells(cells: Any, tables: dict[str, Any]) -> None:
    """The list of cells beside the report, as a draft prints it, follows the tables."""
    for cell in cells if isinstance(cells, list) else ():
        value = tables.get(cell.get("table"), {}).get(cell.get("row"), {}).get(cell.get("col"))
        if value is not None and cell.get("value") != value:
            cell["value"], cell["origin"] = value, "edited"
