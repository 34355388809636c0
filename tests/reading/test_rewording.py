"""Greetings, unrelated sentences and other numerals never change a cell; the same text always reads the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.pipeline import DraftOptions, draft_text
from assistant.report import AnnualReport, Level

CASES: list[dict[str, Any]] = [
    case
    for name in ("tune_a", "tune_b")
    for case in yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))
]
GREETING = "您好，打扰了，下面是我们单位的材料，麻烦您看一下。\n"
FAREWELL = "\n以上就是全部情况，辛苦了，谢谢。\n食堂下周三起试营业。"


def _report(case: dict[str, Any], text: str) -> AnnualReport:
    options = DraftOptions(org=case["org"], level=Level(case["level"]), year=case["year"])
    return draft_text(text, options).report


def _full_width(text: str) -> str:
    """Digits only: other characters in full width may change a table's separators."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() else c for c in text)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_unrelated_sentences_change_no_cell(case: dict[str, Any]) -> None:
    plain = _report(case, case["message"])
    assert dict(_report(case, GREETING + case["message"]).filled()) == dict(plain.filled())
    assert dict(_report(case, case["message"] + FAREWELL).filled()) == dict(plain.filled())


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_full_width_digits_change_no_cell(case: dict[str, Any]) -> None:
    assert dict(_report(case, _full_width(case["message"])).filled()) == dict(
        _report(case, case["message"]).filled()
    )


def test_the_same_text_reads_the_same() -> None:
    case = CASES[0]
    options = DraftOptions(org=case["org"], level=Level(case["level"]), year=case["year"])
    assert draft_text(case["message"], options) == draft_text(case["message"], options)
