"""Random sheets of lawful reports: nothing false is stated, every figure has one account, most figures are read."""

from __future__ import annotations

import os
import random
import time
from collections import Counter

import pytest

from assistant.extraction.statements import Statement
from assistant.extraction.structure import Situation, StructureReading
from assistant.extraction.tables import read_tables
from assistant.extraction.tables.cells import Holds, content_of
from assistant.extraction.tables.declared import NOTHING_SAID
from assistant.forms import load_form
from tests.extraction.tables.generator import Sheet, random_sheet
from tests.extraction.tables.sheets import block_of, covered, read_rows

_SEEDS = int(os.environ.get("TABLE_SEEDS", "500"))
_RECALL = 0.98
_FIGURES = frozenset({Holds.FIGURE, Holds.ABOUT, Holds.SEVERAL, Holds.SHARE})


def _read(sheet: Sheet) -> StructureReading | None:
    block, _ = block_of(sheet.rows, sheet.headings)
    (found,) = read_tables([(block, NOTHING_SAID)], Situation(sheet.year, sheet.unit), load_form("2021"))
    return found


def _is_true(statement: Statement, sheet: Sheet) -> bool:
    truth = sheet.prior if statement.prior else sheet.truth
    table, row, col = statement.target
    if statement.kind == "zero":
        return not any(v for k, v in truth.items() if k[:2] == (table, row) and col in ("*", k[2]))
    return statement.kind == "value" and statement.value == truth.get((table, row, col))


def test_nothing_false_is_stated_and_most_is_read() -> None:
    shown: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for seed in range(_SEEDS):
        sheet = random_sheet(seed)
        reading = _read(sheet)
        assert reading is not None or not sheet.shown, seed
        if reading is None:
            continue
        false = [s for s in reading.statements if not _is_true(s, sheet)]
        assert not false, (seed, sheet.kind, false[:3])
        stated = {tuple(s.target) for s in reading.statements if not s.prior}
        shown[sheet.kind] += len(sheet.shown)
        read[sheet.kind] += len(sheet.shown & stated)
    for kind, count in shown.items():
        assert read[kind] >= _RECALL * count, (kind, read[kind] / count)


def test_every_figure_has_one_account() -> None:
    for seed in range(0, _SEEDS, 3):
        sheet = random_sheet(seed)
        block, _ = block_of(sheet.rows, sheet.headings)
        reading = _read(sheet)
        assert block.table is not None
        if reading is None:
            continue
        places = Counter((span.start, span.end) for span in covered(reading))
        for cell in block.table.cells:
            if content_of(cell.text).holds in _FIGURES:
                assert places[cell.start, cell.end] == 1, (seed, sheet.kind, cell)


@pytest.mark.parametrize("token", ["▢", "涉稳"])
def test_an_unreadable_label_makes_no_other_cell_wrong(token: str) -> None:
    for seed in range(_SEEDS // 2):
        sheet = random_sheet(seed)
        rng = random.Random(f"erase {seed}")
        places = [
            (r, c)
            for r, row in enumerate(sheet.rows)
            for c, cell in enumerate(row)
            if cell not in ("", "<", "^") and content_of(str(cell)).holds is Holds.WORDS
        ]
        heads = [place for place in places if place[0] < 3]
        row, col = rng.choice(heads if rng.random() < 0.6 else places)
        gone, sheet.rows[row][col] = sheet.rows[row][col], token
        reading = _read(sheet)
        false = [s for s in reading.statements if not _is_true(s, sheet)] if reading else []
        assert not false, (seed, sheet.kind, gone, false[:3])


def test_an_unreadable_figure_makes_no_other_cell_wrong() -> None:
    for seed in range(_SEEDS // 2):
        sheet = random_sheet(seed)
        rng = random.Random(f"figure {seed}")
        places = [
            (r, c)
            for r, row in enumerate(sheet.rows)
            for c, cell in enumerate(row)
            if content_of(str(cell)).holds is Holds.FIGURE
        ]
        if not places:
            continue
        row, col = rng.choice(places)
        sheet.rows[row][col] = "▢"
        reading = _read(sheet)
        false = [s for s in reading.statements if not _is_true(s, sheet)] if reading else []
        assert not false, (seed, sheet.kind, (row, col), false[:3])


def test_five_hundred_rows_are_quick() -> None:
    rows: list[list[object]] = [["单位", "新收", "予以公开", "部分公开", "行政处罚"]]
    rows += [[f"某{n}村", "3", "1", "2", "4"] for n in range(500)]
    read_rows(rows[:3])
    start = time.process_time()
    read_rows(rows, unit="某县水利局")
    assert time.process_time() - start < 0.5
