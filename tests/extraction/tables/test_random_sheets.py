"""Random sheets of lawful reports: nothing false is stated, every figure has one account, most figures are read."""

from __future__ import annotations

import os
from collections import Counter

from assistant.extraction.statements import Statement
from assistant.extraction.structure import Situation
from assistant.extraction.tables import read_table
from assistant.extraction.tables.cells import Holds, content_of
from assistant.forms import load_form
from tests.extraction.tables.generator import Sheet, random_sheet
from tests.extraction.tables.sheets import block_of, covered

_SEEDS = int(os.environ.get("TABLE_SEEDS", "500"))
_RECALL = 0.97


def _is_true(statement: Statement, sheet: Sheet) -> bool:
    truth = sheet.prior if statement.prior else sheet.truth
    if statement.kind == "zero":
        row = [
            v
            for k, v in truth.items()
            if k[:2] == statement.target[:2] and statement.target.col in ("*", k[2])
        ]
        return not any(row)
    value = truth.get((statement.target.table, statement.target.row, statement.target.col))
    return statement.kind == "value" and statement.value == value


def test_nothing_false_is_stated_and_every_figure_has_one_account() -> None:
    shown: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for seed in range(_SEEDS):
        sheet = random_sheet(seed)
        block, _text = block_of(sheet.rows, sheet.headings)
        reading = read_table(block, Situation(sheet.year, sheet.unit), load_form("2021"))
        assert reading is not None or not sheet.shown, seed
        if reading is None:
            continue
        false = [s for s in reading.statements if not _is_true(s, sheet)]
        assert not false, (seed, sheet.kind, false[:3])
        places = Counter((span.start, span.end) for span in covered(reading))
        assert block.table is not None
        for cell in block.table.cells:
            if content_of(cell.text).holds in (Holds.FIGURE, Holds.ABOUT, Holds.SEVERAL, Holds.SHARE):
                assert places[cell.start, cell.end] == 1, (
                    seed,
                    sheet.kind,
                    cell,
                    places[cell.start, cell.end],
                )
        stated = {tuple(s.target) for s in reading.statements if not s.prior}
        shown[sheet.kind] += len(sheet.shown)
        read[sheet.kind] += len(sheet.shown & stated)
    for kind, count in shown.items():
        assert read[kind] >= _RECALL * count, (kind, read[kind] / count)
