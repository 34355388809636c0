"""Nothing false is filled without a word: what the reader and arithmetic make of a message is true of its report, or listed."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.assembly import Assembly, assemble
from assistant.assembly.questions import questions_of
from assistant.extraction.sources import SourceReading, read_sources
from assistant.forms import CellKey
from evals.messages import Message, message

SEEDS = 2000
BATCH = 250


def _read(sample: Message) -> tuple[SourceReading, Assembly]:
    truth = sample.report
    reading = read_sources({"input": sample.text}, year=truth.year, profile=truth.org)
    return reading, assemble(reading.facts, form=truth.layout, year=truth.year, profile=truth.org)


@pytest.mark.parametrize("first", range(0, SEEDS, BATCH))
def test_nothing_false_is_filled_in_silence(first: int) -> None:
    """A wrong cell with the status ``unconfirmed`` is not silent: the question CONFIRM lists it, see below. Any other wrong
    cell is, unless a finding names it."""
    silent = []
    for seed in range(first, first + BATCH):
        sample = message(seed)
        reading, drafted = _read(sample)
        named = {cell for f in (*reading.findings, *drafted.findings) for cell in (f.where, *f.cells)}
        for cell in drafted.cells:
            key = CellKey(cell.table, cell.row, cell.col)
            if cell.value is None or cell.value == sample.report.value(key):
                continue
            if cell.status != "unconfirmed" and str(key) not in named:
                silent.append((seed, sample.style, str(key), cell.value, sample.report.value(key)))
    assert silent == []


def test_one_question_lists_whatever_is_unconfirmed() -> None:
    listed = 0
    for seed in range(100):
        _, drafted = _read(message(seed))
        unsure = {f"{c.table}.{c.row}.{c.col}" for c in drafted.cells if c.status == "unconfirmed"}
        asked = [set(q.about) for q in questions_of(drafted) if q.code == "CONFIRM"]
        assert asked == ([unsure] if unsure else [])
        listed += bool(unsure)
    assert listed


def test_most_of_what_is_said_is_read() -> None:
    found: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for seed in range(200):
        sample = message(seed)
        _, drafted = _read(sample)
        for key, value in sample.report.filled():
            if value and key.table == "table3":
                there[sample.style] += 1
                found[sample.style] += drafted.report.value(key) == value
    for style in ("prose", "list", "matrix", "csv"):
        assert found[style] >= 0.9 * there[style], (style, found[style], there[style])


def test_every_quote_stands_where_the_evidence_says() -> None:
    for seed in range(60):
        sample = message(seed)
        for fact in _read(sample)[0].facts:
            assert fact.evidence
            for evidence in fact.evidence:
                assert sample.text[evidence.start : evidence.end] == evidence.quote
