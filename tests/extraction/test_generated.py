"""Whatever the reader states, and whatever arithmetic adds, is true of the report a message was worded from."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.assembly import assemble
from assistant.extraction.reader import read_facts
from assistant.forms import CellKey
from assistant.report.facts import FactKind, FactStatus
from evals.messages import message

SEEDS = 2000
BATCH = 250


@pytest.mark.parametrize("first", range(0, SEEDS, BATCH))
def test_nothing_is_stated_or_derived_that_is_not_true(first: int) -> None:
    wrong = []
    for seed in range(first, first + BATCH):
        sample = message(seed)
        truth = sample.report
        reading = read_facts(sample.text, year=truth.year, profile=truth.org)
        for fact in reading.facts:
            if fact.kind is FactKind.CELL and fact.status is FactStatus.STATED:
                value = truth.value(CellKey.parse(fact.where))
                if value != fact.value:
                    wrong.append((seed, sample.style, fact.where, fact.value, value))
        drafted = assemble(reading.facts, form=truth.layout, year=truth.year, profile=truth.org)
        for key, value in drafted.report.filled():
            if value != truth.value(key):
                wrong.append((seed, sample.style, str(key), value, truth.value(key)))
    assert wrong == []


def test_most_of_what_is_said_is_read() -> None:
    found: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for seed in range(200):
        sample = message(seed)
        reading = read_facts(sample.text, year=sample.report.year, profile=sample.report.org)
        drafted = assemble(
            reading.facts, form=sample.report.layout, year=sample.report.year, profile=sample.report.org
        )
        for key, value in sample.report.filled():
            if value and key.table == "table3":
                there[sample.style] += 1
                found[sample.style] += drafted.report.value(key) == value
    for style in ("prose", "list", "matrix", "csv"):
        assert found[style] >= 0.9 * there[style], (style, found[style], there[style])


def test_every_quote_stands_where_the_evidence_says() -> None:
    for seed in range(60):
        sample = message(seed)
        for fact in read_facts(sample.text, year=sample.report.year).facts:
            assert fact.evidence
            for evidence in fact.evidence:
                assert sample.text[evidence.start : evidence.end] == evidence.quote
