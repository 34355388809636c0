"""Reports that people wrote, each in the manner of another office: lawful ones stay without an error or a warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import check, read
from assistant.report.findings import Severity

WRITTEN = sorted((Path(__file__).parent / "written").glob("*.txt"))


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_a_lawful_report_is_left_alone(path: Path) -> None:
    report = read(path)
    assert all(report.value(key) is not None for key in report.layout.cells), "every cell is read"
    found = [f for f in check(report).findings if f.severity in (Severity.ERROR, Severity.WARNING)]
    assert [(f.code, f.message) for f in found] == []
