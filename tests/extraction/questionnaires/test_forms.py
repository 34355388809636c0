"""Forms and questionnaires: what is stated, what waits, what is asked; and every numeral has a place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.documents.blocks import Block
from assistant.documents.reading_blocks import blocks_of_text
from assistant.extraction.questionnaires import read_form
from assistant.extraction.structure import Situation
from assistant.forms import load_form
from assistant.numerals import find_numerals, fold
from tests.extraction.ledgers.tables import table_block, text_of

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "forms.yaml").read_text(encoding="utf-8")
)


def _material(case: dict[str, Any]) -> tuple[str, list[Block]]:
    if "rows" in case:
        rows = [line.split("|") for line in case["rows"].rstrip("\n").split("\n")]
        blocks = [table_block(rows)]
        return text_of(blocks), blocks
    found = blocks_of_text(case["text"])
    return found.text, list(found.blocks)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_form(case: dict[str, Any]) -> None:
    text, blocks = _material(case)
    reading = read_form(text, blocks, Situation(2025, "某县水利局"), load_form("2021"))
    if case.get("none"):
        assert reading is None
        return
    assert reading is not None
    loose = case.get("unsure_at_least", [])
    kept = [s for s in reading.statements if s.sure or not loose]
    got = {".".join(s.target): "无" if s.kind == "zero" else _plain(s.value, s.unit) for s in kept}
    assert got == case["cells"]
    unsure = {".".join(s.target) for s in kept if not s.sure}
    assert unsure == set(case.get("unsure", ()))
    words = [unplaced.words for unplaced in reading.unplaced]
    assert len(words) == len(case.get("unplaced", ()))
    for expected in case.get("unplaced", ()):
        assert any(expected in found for found in words), words


def _plain(value: int | Decimal | None, unit: str) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize("case", [c for c in CASES if not c.get("none")], ids=lambda c: c["name"])
def test_every_numeral_has_a_place(case: dict[str, Any]) -> None:
    text, blocks = _material(case)
    reading = read_form(text, blocks, Situation(2025, "某县水利局"), load_form("2021"))
    assert reading is not None
    places = [s.span for s in reading.statements] + [a.span for a in reading.accounts]
    places += [*reading.prose, *(span for unplaced in reading.unplaced for span in unplaced.spans)]
    for numeral in find_numerals(fold(text)):
        inside = [p for p in places if p.start <= numeral.start and numeral.end <= p.end]
        assert inside, text[numeral.start - 6 : numeral.end + 3]
