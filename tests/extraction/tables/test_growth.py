"""A printed percentage of growth is compared with the two years beside it."""

from __future__ import annotations

import pytest

from tests.extraction.tables.sheets import read_rows


@pytest.mark.parametrize(
    ("growth", "wrong"),
    [
        ("+88 / +8.0%", False),
        ("+88 / +18.0%", True),
        ("8%", False),
        ("18%", True),
        ("-8.0%", False),
        ("—", False),
    ],
)
def test_a_wrong_percentage_is_told(growth: str, wrong: bool) -> None:
    rows = [
        ["指标", "2023年", "2024年", "同比"],
        ["行政许可", "1098", "1186", growth],
        ["新收", "10", "11", "10%"],
    ]
    reading = read_rows(rows, headings=[], year=2024, unit="", form="2021")
    assert reading is not None
    assert [remark.code for remark in reading.remarks] == ["PERCENT"] * wrong
