"""Writes the JSON Schema of the datasets (``python -m evals.case_schema``), so that editors check them while they are written."""

from __future__ import annotations

import json

from pydantic import TypeAdapter

from evals.cases import DATASETS, Case

__all__ = ["SCHEMA", "schema_text"]

SCHEMA = DATASETS / "schema.json"


def schema_text() -> str:
    """The schema of one dataset: a list of cases."""
    schema = TypeAdapter(list[Case]).json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "nianbao eval cases"
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
