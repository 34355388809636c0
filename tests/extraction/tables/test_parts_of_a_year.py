"""Tables of the halves or quarters of one year are read as one; parts that make no year are asked about."""

from __future__ import annotations

from dataclasses import replace

from assistant.documents.blocks import Block
from assistant.extraction.structure import Situation
from assistant.extraction.tables import read_tables
from assistant.extraction.tables.declared import NOTHING_SAID
from assistant.forms import load_form
from tests.extraction.tables.sheets import block_of, cells_of


def _sheet(period: str, received: int, over: int, licences: int) -> Block:
    rows: list[list[object]] = [
        ["项目", "件数"],
        ["新收", received],
        ["上年结转", over],
        ["行政许可", licences],
    ]
    block, _ = block_of(rows, [period])
    return replace(block, start=block.start, headings=(period,))


def _cells(*blocks: Block) -> dict[str, str]:
    found = read_tables([(b, NOTHING_SAID) for b in blocks], Situation(2024, "某县水利局"), load_form("2021"))
    return {key: value for reading in found for key, value in cells_of(reading).items()}


def test_two_halves_are_a_year() -> None:
    cells = _cells(_sheet("上半年", 5, 1, 10), _sheet("下半年", 7, 0, 11))
    assert cells == {
        "table3.new_received.total": "12",
        "table3.carried_over.total": "1?",
        "table2.admin_license.decisions": "21",
    }


def test_three_quarters_are_none() -> None:
    assert not _cells(
        _sheet("一季度", 5, 1, 10), _sheet("二季度", 7, 0, 11), _sheet("三季度", 2, 0, 3)
    )  # fmt: skip
