"""Generates docs/report.schema.json, the JSON Schema of the report and the draft (``python -m evals.schema_docs``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from assistant.forms import FORM_VERSIONS, Column, Form, load_form
from assistant.report import AnnualReport
from assistant.report.draft import CheckResult, Draft

__all__ = ["SCHEMA_FILE", "schema_text"]

SCHEMA_FILE = Path(__file__).resolve().parent.parent / "docs" / "report.schema.json"


def schema_text() -> str:
    """The schema as the file holds it: JSON Schema 2020-12, with every cell of every form by name."""
    _, schema = models_json_schema(
        [(model, "serialization") for model in (AnnualReport, Draft, CheckResult)],
        title="nianbao",
        description="政府信息公开工作年度报告的数据格式；空白为 null，不等于 0。",
    )
    definitions: dict[str, Any] = schema["$defs"]
    definitions["AnnualReport"]["properties"]["tables"] = {
        "title": "Tables",
        "description": "{表: {行: {列: 数值或 null}}}；所用的表由 form 决定。",
        "oneOf": [{"$ref": f"#/$defs/Tables{version}"} for version in FORM_VERSIONS],
    }
    for version in FORM_VERSIONS:
        definitions |= _definitions(load_form(version))
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": "#/$defs/AnnualReport",
        **{name: schema[name] for name in ("title", "description")},
        "$defs": dict(sorted(definitions.items())),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _definitions(form: Form) -> dict[str, Any]:
    """The tables of one form: an object of tables, one of rows for each table, one of columns for each block."""
    found: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    for table in form.tables:
        rows: dict[str, Any] = {}
        for number, block in enumerate(table.blocks, start=1):
            name = f"{table.key}_{form.version}_columns{number}"
            found[name] = _object({c.key: _figure(c) for c in block.columns}, block.heading)
            rows |= {row.key: {"$ref": f"#/$defs/{name}", "description": row.label} for row in block.rows}
        tables[table.key] = _object(rows, form.section(table.section).name)
    return {**found, f"Tables{form.version}": _object(tables, f"{form.citation}的统计表")}


def _figure(column: Column) -> dict[str, Any]:
    # a report is kept as printed, so a misprinted fraction or negative figure is still a valid document;
    # text stands only for an amount that a JSON number cannot hold exactly
    return {"type": ["number", "string", "null"], "description": f"{column.label}，{column.unit}"}


def _object(properties: dict[str, Any], description: str) -> dict[str, Any]:
    named = {"description": description} if description else {}
    return {
        **named,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
    print(f"已生成 {SCHEMA_FILE.name}")
