"""Random registers are recounted: nothing false is stated, whatever their layout, and most of what is true is."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from assistant.documents.blocks import Block
from assistant.extraction.ledgers import read_registers
from assistant.extraction.structure import Situation, StructureReading, Use
from assistant.forms import Form, load_form
from tests.extraction.ledgers.generator import make_register
from tests.extraction.ledgers.made import Made
from tests.extraction.ledgers.shapes import Shaped, make_cards, make_lines
from tests.extraction.ledgers.tables import text_of
from tests.extraction.ledgers.words import YEAR

SITUATION = Situation(YEAR, "某县水利局")
BATCHES = 25


def _read(blocks: Sequence[Block], form: Form) -> StructureReading | None:
    """The counts of the tables of one register."""
    found = read_registers("", blocks, SITUATION, form)
    return found[0].reading if found else None


@pytest.mark.parametrize("batch", range(BATCHES))
def test_nothing_false_is_stated(batch: int) -> None:
    form = load_form("2021")
    true = stated = 0
    for seed in range(batch * 20, batch * 20 + 20):
        made = make_register(seed)
        reading = _read(made.blocks, form)
        assert reading is not None, seed
        told = {place for unplaced in reading.unplaced for place in unplaced.places}
        for statement in reading.statements:
            _, row, col = statement.target
            right = made.truth[row, col] == statement.value
            # rows with unknown words are asked about; only the cells they may belong to may still rise
            assert right or statement.target in told, (seed, statement)
            assert right or made.truth[row, col] > (statement.value or 0), (seed, statement)
            stated += right
        true += sum(1 for (_, col), n in made.truth.items() if n and (made.typed or col == "total"))
    assert stated >= true * 0.85


def test_most_registers_are_counted_in_full() -> None:
    form = load_form("2021")
    known = whole = 0
    for seed in range(200):
        made = make_register(seed)
        reading = _read(made.blocks, form)
        assert reading is not None
        totals = {s.target.row: s.value for s in reading.statements if s.target.col == "total" and s.sure}
        known += sum(totals.get(row) == n for (row, col), n in made.truth.items() if col == "total")
        whole += sum(1 for (_, col) in made.truth if col == "total")
    assert known >= whole * 0.9


def test_no_name_is_evidence_and_every_row_has_an_account() -> None:
    form = load_form("2021")
    for seed in range(100):
        made = make_register(seed)
        reading = _read(made.blocks, form)
        assert reading is not None
        text = text_of(made.blocks)
        spans = [s for statement in reading.statements for s in statement.spans]
        spans += [s for unplaced in reading.unplaced for s in unplaced.spans]
        for span in spans:
            quoted = text[span.start : span.end]
            assert not any(name in quoted for name in made.names), (seed, quoted)
        rows = [a for a in reading.accounts if a.use in (Use.COUNTED, Use.LEFT_OUT)]
        assert len(rows) >= len(made.requests)


def _erased(made: Made, rng: random.Random) -> list[Block]:
    """The same tables with one cell that holds a figure, an outcome or a type made unreadable."""
    block = rng.choice([block for block in made.blocks if block.table is not None])
    assert block.table is not None
    cells = [
        c
        for c in block.table.cells
        if c.row > 2 and c.text and (any(d.isdigit() for d in c.text) or len(c.text) > 3)
    ]
    if not cells:
        return made.blocks
    gone = rng.choice(cells)
    changed = replace(gone, text="▢" * len(gone.text))
    grid = tuple(tuple(changed if cell is gone else cell for cell in row) for row in block.table.grid)
    return [replace(b, table=replace(block.table, grid=grid)) if b is block else b for b in made.blocks]


@pytest.mark.parametrize("batch", range(10))
def test_an_unreadable_cell_makes_no_other_figure_silently_wrong(batch: int) -> None:
    form = load_form("2021")
    for seed in range(batch * 30, batch * 30 + 30):
        made = make_register(seed)
        found = read_registers("", _erased(made, random.Random(seed)), SITUATION, form)
        told = {place for one in found for unplaced in one.reading.unplaced for place in unplaced.places}
        rows = {place.row for place in told if place.col == "*"}
        stated = [statement for one in found for statement in one.reading.statements]
        # sheets that cannot be told apart stay apart, and what both of them state is a contradiction that is asked
        often = Counter(statement.target for statement in stated)
        for statement in stated:
            _, row, col = statement.target
            right = made.truth[row, col] == statement.value
            asked = statement.target in told or row in rows or often[statement.target] > 1
            assert right or not statement.sure or asked, (seed, statement)


@pytest.mark.parametrize(("make", "least"), [(make_lines, 0.9), (make_cards, 0.95)])
def test_registers_that_are_no_tables_of_rows(make: Callable[[int], Shaped], least: float) -> None:
    form = load_form("2021")
    true = stated = 0
    for seed in range(150):
        made = make(seed)
        for register in read_registers(made.text, made.blocks, SITUATION, form):
            told = {place for unplaced in register.reading.unplaced for place in unplaced.places}
            for statement in register.reading.statements:
                _, row, col = statement.target
                right = made.truth[row, col] == statement.value
                assert right or statement.target in told, (seed, statement)
                stated += right
        true += sum(1 for n in made.truth.values() if n)
    assert stated >= true * least


def test_five_hundred_rows_are_quick() -> None:
    form = load_form("2021")
    made = make_register(7, size=500)
    _read(made.blocks, form)
    started = time.process_time()
    _read(made.blocks, form)
    assert time.process_time() - started < 0.5
