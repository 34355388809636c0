"""Registers as clerks keep them: every figure that is stated, every one that waits, and every question."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.documents.blocks import Block
from assistant.documents.reading_blocks import blocks_of_text
from assistant.extraction.ledgers import Register, read_registers
from assistant.extraction.structure import Situation
from assistant.forms import load_form
from tests.extraction.ledgers.tables import table_block

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = [
    case
    for name in ("registers.yaml", "belonging.yaml", "shapes.yaml")
    for case in yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
]


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


def _registers(case: dict[str, Any]) -> list[Register]:
    """The registers of a text, or of tables whose columns are parted by |."""
    situation = Situation(case.get("year", 2025), case.get("unit", "某县水利局"))
    form = load_form(case.get("form", "2021"))
    if "text" in case:
        blocks = blocks_of_text(case["text"])
        return read_registers(blocks.text, blocks.blocks, situation, form)
    return read_registers("", _blocks(case), situation, form)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_register(case: dict[str, Any]) -> None:
    found = _registers(case)
    if case.get("none"):
        assert not found
        return
    statements = [s for register in found for s in register.reading.statements]
    got: dict[str, dict[str, Any]] = defaultdict(dict)
    for statement in statements:
        assert statement.target.table == case.get("table", statement.target.table)
        assert statement.target.col not in got[statement.target.row]
        got[statement.target.row][statement.target.col] = statement.value
    assert dict(got) == case["cells"]
    unsure = {f"{s.target.row}.{s.target.col}" for s in statements if not s.sure}
    every = {f"{row}.{col}" for row, cols in got.items() for col in cols}
    assert unsure == (every if case.get("unsure") == ["all"] else set(case.get("unsure", ())))
    asked = [unplaced.question for register in found for unplaced in register.reading.unplaced]
    expected = case.get("asked", [])
    assert len(asked) == len(expected), asked
    for words in expected:
        assert any(words in question for question in asked), asked
    reasons = {account.why for register in found for account in register.reading.accounts}
    assert set(case.get("left_out", ())) <= reasons
