"""Terse writing: abbreviations among their like, rows of figures, appended parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.drafting.pipeline import DraftOptions, draft_text
from assistant.extraction.appended import openings
from assistant.extraction.lexicon import default_lexicon
from assistant.extraction.sentences.terse import short_words
from assistant.numerals import fold

_CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "terse.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", _CASES, ids=[case["text"].splitlines()[0][:24] for case in _CASES])
def test_terse_writing_states_its_cells_and_no_others(case: dict[str, Any]) -> None:
    draft = draft_text(case["text"], DraftOptions(org="青溪县水利局", year=2024))
    stated = {
        f"{c.table}.{c.row}.{c.col}": float(c.value)
        for c in draft.cells
        if c.value and c.origin is not None and str(c.origin.value) == "stated"
    }
    assert stated == {key: float(value) for key, value in case["cells"].items()}


@pytest.mark.parametrize("text", ["自3月起重新登记", "过3天再报", "法3案卷借出", "他来过2次，重2斤"])
def test_a_lone_character_is_no_label(text: str) -> None:
    assert short_words(text, default_lexicon()) == {}


def test_every_opening_of_an_appended_part_opens_one() -> None:
    for opening in openings():
        assert [e for e in opening.examples if not opening.pattern.match(fold(e))] == []
