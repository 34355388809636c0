"""Registers as clerks keep them: every figure that is stated, every one that waits, and every question."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.documents.blocks import Block
from assistant.extraction.ledgers import read_register
from assistant.extraction.structure import Situation
from assistant.forms import load_form
from tests.extraction.ledgers.tables import table_block

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "registers.yaml").read_text(encoding="utf-8")
)


def _blocks(case: dict[str, Any]) -> list[Block]:
    sheets = case.get("sheets") or [{"name": "", "rows": case["rows"]}]
    blocks: list[Block] = []
    for sheet in sheets:
        rows = [[cell.strip() for cell in line.split("|")] for line in sheet["rows"].rstrip("\n").split("\n")]
        merges = [tuple(merge) for merge in case.get("merges", ())]
        offset = blocks[-1].end + 1 if blocks else 0
        headings = [case["title"]] if case.get("title") else []
        blocks.append(table_block(rows, merges, sheet["name"], headings, offset))
    return blocks


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_register(case: dict[str, Any]) -> None:
    year = case.get("year", 2025)
    reading = read_register(_blocks(case), Situation(year, "某县水利局"), load_form(case.get("form", "2021")))
    if case.get("none"):
        assert reading is None
        return
    assert reading is not None
    got: dict[str, dict[str, Any]] = defaultdict(dict)
    for statement in reading.statements:
        assert statement.target.table == case.get("table", "table3")
        got[statement.target.row][statement.target.col] = statement.value
    assert dict(got) == case["cells"]
    unsure = {f"{s.target.row}.{s.target.col}" for s in reading.statements if not s.sure}
    assert unsure == set(case.get("unsure", ()))
    asked = [unplaced.question for unplaced in reading.unplaced]
    expected = case.get("asked", [])
    assert len(asked) == len(expected), asked
    for words in expected:
        assert any(words in question for question in asked), asked
