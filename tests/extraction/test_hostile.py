"""Hostile text: what the reader compares has an end, and a look by index finds what a walk through all would find."""

from __future__ import annotations

import random

import pytest

from assistant import check, draft, read, render
from assistant.documents.limits import MAX_FACTS
from assistant.errors import InputError
from assistant.extraction.activities import read_activities
from assistant.extraction.sources import read_sources
from assistant.extraction.statements import Places, Span
from assistant.numerals import LONGEST, find_numerals, parse_numeral


def test_places_finds_what_a_walk_finds() -> None:
    rng = random.Random(10)
    for _ in range(300):
        spans = [
            Span(a, a + rng.randint(1, 9)) for a in (rng.randint(0, 60) for _ in range(rng.randint(0, 8)))
        ]
        places = Places(spans)
        start = rng.randint(0, 60)
        one = Span(start, start + rng.randint(1, 12))
        assert places.met_by(one) == any(one.meets(span) for span in spans)
        touched = any(span.start < one.end and span.end > one.start for span in spans)
        assert places.touched_by(*one) == touched


@pytest.mark.parametrize(
    "words", ["新收{}件，予以公开3件", "收费{}.5万元", "公开信息{}条", "规章{}件", "办结率{}%"]
)
def test_a_run_of_digits_is_no_number(words: str) -> None:
    text = words.format("9" * 5000)
    report = draft(text, org="青溪县水利局", year=2024).report
    for form in ("txt", "json", "xlsx"):
        render(report, form)
    check(read(f"青溪县水利局2024年政府信息公开工作年度报告\n一、总体情况\n{text}".encode(), "年报.txt"))


def test_the_longest_number() -> None:
    assert parse_numeral("9" * LONGEST) == int("9" * LONGEST)
    assert parse_numeral("9" * (LONGEST + 1)) is None
    assert [n.value for n in find_numerals(f"{'9' * 5000} 和 7")] == [7]


def test_counts_of_nothing_are_told_without_trying_every_way() -> None:
    # with 零 both a word and a figure there were more ways to cut this than anybody could wait for
    text = "公开" + "零" * 400 + "条x"
    assert read_activities(text, [], "input") is not None
    assert read_activities("转办0）" * 400 + "x", [], "input") is not None


def test_a_correction_far_behind_quotes_the_clause_and_not_the_way_to_it() -> None:
    text = "复议1件。" + "加强政府信息公开工作。" * 400 + "大概均维持。" * 3
    assert (
        max(e.end - e.start for f in read_sources({"input": text}, year=2024).facts for e in f.evidence)
        <= 2000
    )


@pytest.mark.parametrize("piece", ["都", "申请", "其中", "合计", "自然人", "新收五件"])
def test_no_quote_goes_on_for_ever(piece: str) -> None:
    facts = read_sources({"input": piece * 3000}, year=2024).facts
    assert max((e.end - e.start for f in facts for e in f.evidence), default=0) <= 2000


def test_material_that_nobody_could_have_written_is_refused_with_the_way_out() -> None:
    with pytest.raises(InputError, match="请只留下与年报有关的部分"):
        draft("新收申请5件。" * (MAX_FACTS // 6), org="青溪县水利局", year=2024)
