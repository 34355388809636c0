"""Random workbooks, from the file to the filled cells: nothing false stands in a cell without a word."""

from __future__ import annotations

import os

from assistant.drafting.pipeline import DraftOptions, draft_texts
from assistant.reading.material import read_material
from tests.extraction.tables.generator import Sheet, random_sheet
from tests.extraction.tables.workbooks import workbook

_SEEDS = int(os.environ.get("WORKBOOK_SEEDS", "60"))


def _silent(sheet: Sheet, seed: int) -> list[tuple[str, object, object]]:
    name = f"{seed}.xlsx"
    draft = draft_texts(
        {name: read_material(workbook(sheet, seed), name)}, DraftOptions(org=sheet.unit, year=sheet.year)
    )
    named = {place for f in draft.findings for place in (f.where, *f.cells)}
    named |= {place for q in draft.questions for place in q.about}
    wrong: list[tuple[str, object, object]] = []
    for cell in draft.cells:
        key = f"{cell.table}.{cell.row}.{cell.col}"
        right = sheet.truth.get((cell.table, cell.row, cell.col))
        # a sheet may leave out columns; what arithmetic makes of the others is not the sheet's word
        left_out = cell.origin == "derived" and (cell.table, cell.row, cell.col) not in sheet.shown
        if cell.value is None or cell.value == right or left_out or named & {key, key.rpartition(".")[0]}:
            continue
        wrong.append((key, cell.value, right))
    return wrong


def test_nothing_false_is_filled_without_a_word() -> None:
    for seed in range(_SEEDS):
        sheet = random_sheet(seed)
        wrong = _silent(sheet, seed)
        assert not wrong, (seed, sheet.kind, wrong[:3])
