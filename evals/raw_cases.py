"""Cases as other people write them down: JSON lines with raw facts or a file, the published tables and a gold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.report.facts import Value
from evals.cases import Case, load_cases, placed

__all__ = ["cases_of"]

_TABLES = ("table2", "table2_2019", "table3", "table4")
_SAID = ("error", "ask", "warn", "warning")


def cases_of(path: Path) -> list[Case]:
    """The cases of a YAML dataset or of JSON lines. ValidationError for a case that does not fit, FileNotFoundError for a
    file that is missing."""
    if path.suffix != ".jsonl":
        return list(load_cases(path))
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Case.model_validate(_case(json.loads(line), path.parent)) for line in lines if line.strip()]


def _case(raw: Mapping[str, Any], home: Path) -> Mapping[str, Any]:
    gold = raw["gold"]
    said = [f for f in gold["findings"] if f["severity"] in _SAID]
    return placed(
        {
            "id": raw["id"],
            "style": raw.get("style", ""),
            # 某镇人民政府（2023）: what stands behind the name only tells cases apart
            "org": raw["org_name"].split("（")[0],
            "level": raw["org_level"],
            "year": raw["year"],
            "message": "" if raw.get("file") else raw["raw_input_zh"],
            "file": raw.get("file", ""),
            "cells": _by_name(gold["cells"]),
            "derived": _by_name(gold.get("derived", [])),
            "published": dict(_flat(raw["facts"])),
            "complete_table3": bool(raw.get("complete_table3")),
            "zero": tuple(gold.get("zero", [])),
            "findings": tuple(dict.fromkeys(f["code"] for f in said)),
            "also": tuple(dict.fromkeys(f["code"] for f in gold["findings"])),
        },
        home,
    )


def _by_name(cells: list[Mapping[str, Any]]) -> dict[str, Value]:
    return {f"{c['table']}.{c['row']}.{c['col']}": c["value"] for c in cells}


def _flat(tables: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    """Cells of the published tables by name, blanks left out."""
    for table, rows in tables.items():
        for row, cols in (rows or {}).items() if table in _TABLES else ():
            for col, value in cols.items() if isinstance(cols, dict) else ():
                if value is not None:
                    yield f"{table}.{row}.{col}", value
