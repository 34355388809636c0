"""Every example of docs/reading.md is read as the page says."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.drafting.pipeline import DraftOptions, draft_texts
from assistant.forms import CellKey

_PAGE = (Path(__file__).parents[2] / "docs/reading.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```read (\d{4})\n(.*?)^```$", re.M | re.S)
_EXAMPLES = [
    (int(year), *(part.strip("\n") for part in body.partition("→")[::2]))
    for year, body in _BLOCK.findall(_PAGE)
]


@pytest.mark.parametrize(("year", "text", "told"), _EXAMPLES, ids=[text[:20] for _, text, _ in _EXAMPLES])
def test_an_example_is_read_as_the_page_says(year: int, text: str, told: str) -> None:
    draft = draft_texts({"材料": text}, DraftOptions(org="某县水利局", year=year))
    codes = {f.code for f in draft.findings} | {q.code for q in draft.questions}
    for line in told.split("→"):
        name, value = line.split()
        if name == "ask":
            assert value in codes
            continue
        cell = draft.report.value(CellKey.parse(name))
        assert cell == (None if value == "blank" else Decimal(value)), line


def test_the_page_has_examples_of_every_kind() -> None:
    told = " ".join(told for _, _, told in _EXAMPLES)
    assert len(_EXAMPLES) > 6
    assert "blank" in told
    assert "ask" in told
