"""Own sheets of many layouts: what is stated, what is asked, what is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.extraction.tables.sheets import cells_of, read_rows

_CASES: list[dict[str, Any]] = [
    case
    for path in sorted(Path(__file__).parent.glob("sheets_*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def _rows(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]


@pytest.mark.parametrize("case", _CASES, ids=[case["name"] for case in _CASES])
def test_sheet(case: dict[str, Any]) -> None:
    reading = read_rows(
        _rows(case["rows"]),
        headings=case.get("headings", []),
        year=case.get("year", 2024),
        unit=case.get("unit", ""),
        form=case.get("form", "2021"),
    )
    if case.get("none"):
        assert reading is None
        return
    assert reading is not None
    assert cells_of(reading) == {key: str(value) for key, value in case["cells"].items()}
    assert cells_of(reading, prior=True) == {k: str(v) for k, v in case.get("prior", {}).items()}
    assert [one.words for one in reading.unplaced] == case.get("asked", [])
    reasons = {account.why for account in reading.accounts}
    assert set(case.get("left", [])) <= reasons
