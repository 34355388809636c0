"""Tables, registers and forms pasted into a text, with the words beside them: what is stated, what is asked, what is left out."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.documents.reading_blocks import blocks_of_text
from assistant.extraction.lexicon import default_lexicon
from assistant.extraction.readers import read_structure
from assistant.extraction.structure import Situation, StructureReading
from assistant.forms import form_for_year

_CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "pasted_structure.yaml").read_text(encoding="utf-8")
)
_SHORT = {
    "natural_person": "自",
    "biz_enterprise": "企",
    "research_inst": "科",
    "public_welfare_org": "社",
    "legal_service_org": "法",
    "other_org": "其",
    "total": "计",
}


def _read(case: dict[str, Any]) -> StructureReading:
    year = case.get("year", 2024)
    situation = Situation(year, case.get("unit", "某市水利局"))
    return read_structure(blocks_of_text(case["text"]), situation, form_for_year(year), default_lexicon())


@pytest.mark.parametrize("case", _CASES, ids=[case["name"] for case in _CASES])
def test_pasted(case: dict[str, Any]) -> None:
    reading = _read(case)
    told: dict[str, list[str]] = defaultdict(list)
    for one in reading.statements:
        if not one.prior and one.target.table != "*":
            column = _SHORT.get(one.target.col, one.target.col)
            value = one.value if one.kind == "value" else "无"
            told[one.target.row].append(f"{column}{value}{'' if one.sure else '?'}")
    assert {row: " ".join(cells) for row, cells in told.items()} == case["rows"]
    asked = [one.words for one in reading.unplaced if one.question or one.places]
    assert asked == case.get("asked", [])
    assert set(case.get("left", [])) <= {account.why for account in reading.accounts}
