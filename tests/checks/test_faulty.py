"""Reports with faults as clerks make them: what is found stays found, and nothing else is called an error or a warning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant import check, read
from assistant.report import AnnualReport
from assistant.report.findings import Severity

FOLDER = Path(__file__).parent / "faulty"
FAULTS: dict[str, dict[str, list[dict[str, Any]]]] = yaml.safe_load(
    (FOLDER / "faults.yaml").read_text(encoding="utf-8")
)
FOLLOWS = {"CELL_BLANK", "DEADLINE"}
"""codes that a fault of another kind brings with it"""


def _last_year(name: str) -> AnnualReport | None:
    path = FOLDER / f"{name}.last-year"
    return read(path.read_bytes(), f"{name}.txt") if path.is_file() else None


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_the_faults_are_found(name: str) -> None:
    result = check(read(FOLDER / f"{name}.txt"), previous=_last_year(name))
    found = {finding.code for finding in result.findings}
    known = {code for kind in FAULTS[name].values() for fault in kind for code in fault["codes"]}
    assert [fault for fault in FAULTS[name]["found"] if found.isdisjoint(fault["codes"])] == []
    severe = {f.code for f in result.findings if f.severity in (Severity.ERROR, Severity.WARNING)}
    assert severe - known - FOLLOWS == set(), "a finding that its author knows nothing of"


def test_four_of_five_faults_are_found() -> None:
    found = sum(len(faults["found"]) for faults in FAULTS.values())
    missed = sum(len(faults["missed"]) for faults in FAULTS.values())
    assert found >= 0.8 * (found + missed)
