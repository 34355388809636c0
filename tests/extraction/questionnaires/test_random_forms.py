"""Random forms of lawful reports: nothing false is stated, every numeral has a place, nearly all is read."""

from __future__ import annotations

import os

from assistant.extraction.questionnaires import read_form
from assistant.extraction.statements import Statement
from assistant.extraction.structure import Situation, StructureReading
from assistant.forms import load_form
from assistant.numerals import find_numerals, fold
from tests.extraction.ledgers.tables import table_block, text_of
from tests.extraction.questionnaires.generator import Form, random_form

_SEEDS = int(os.environ.get("FORM_SEEDS", "500"))
_RECALL = 0.97


def _read(form: Form) -> tuple[str, StructureReading | None]:
    blocks = [table_block(form.rows)]
    text = text_of(blocks)
    return text, read_form(text, blocks, Situation(form.year, form.unit), load_form("2021"))


def _is_true(statement: Statement, form: Form) -> bool:
    table, row, col = statement.target
    if table == "fee":
        return False
    if statement.kind == "zero":
        return not any(v for k, v in form.truth.items() if k[:2] == (table, row) and col in ("*", k[2]))
    value = form.truth.get((table, row, col))
    if statement.unit == "万元" or col != "amount_wan":
        return statement.value == value
    return value is not None and statement.value == value * 10_000


def _asked(form: Form) -> set[tuple[str, str]]:
    """The rows that the form asks for with a figure or none."""
    rows = {"新收": "new_received", "上年": "carried_over", "部分": "partial"}
    return {
        ("table3", key) for line in form.rows for words, key in rows.items() if words in "".join(line[:2])
    }


def test_nothing_false_is_stated_and_most_is_read() -> None:
    asked = found = 0
    for seed in range(_SEEDS):
        form = random_form(seed)
        _, reading = _read(form)
        assert reading is not None, seed
        false = [s for s in reading.statements if not _is_true(s, form)]
        assert not false, (seed, false[:3])
        told = {s.target[:2] for s in reading.statements}
        asked += len(_asked(form))
        found += len(_asked(form) & told)
    assert found >= _RECALL * asked, found / asked


def test_every_numeral_has_a_place() -> None:
    for seed in range(0, _SEEDS, 5):
        text, reading = _read(random_form(seed))
        assert reading is not None
        places = [s.span for s in reading.statements] + [a.span for a in reading.accounts]
        places += [*reading.prose, *(span for one in reading.unplaced for span in one.spans)]
        for numeral in find_numerals(fold(text)):
            inside = [p for p in places if p.start <= numeral.start and numeral.end <= p.end]
            assert inside, (seed, text[numeral.start - 6 : numeral.end + 3])
