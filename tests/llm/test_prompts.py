"""Holds that the prompts are well formed, and that their examples keep the rules they teach."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.drafting.rewriting.diff import fact_diff
from assistant.errors import FormError
from assistant.forms import load_form
from assistant.llm.prompts import load_prompt
from assistant.model_reader.answers import Reading
from assistant.model_reader.asked import Names, reading_schema
from assistant.model_reader.grounding import Ground
from assistant.report.facts import Aspect
from assistant.resources import prompts_dir

_IDS = sorted(path.stem for path in prompts_dir().glob("*.md") if path.stem != "README")


@pytest.mark.parametrize("name", _IDS)
def test_a_prompt_says_what_it_needs(name: str) -> None:
    prompt = load_prompt(name)
    assert prompt.purpose
    with pytest.raises(FormError, match="需要"):
        prompt.render(nothing="x")
    for needed in prompt.needs:
        assert needed in prompt.text


def test_every_quote_of_an_example_stands_in_its_message_and_holds_a_figure_for_each_cell() -> None:
    form = load_form("2021")
    names = Names(form)
    examples = load_prompt("extract").example
    assert examples
    for example in examples:
        ground = Ground(example.message, form, 2025)
        reading = Reading.model_validate_json(example.answer).parsed
        assert reading.broken == 0
        for item in (*reading.cells, *reading.last_year):
            place = names.place(item.cell)
            assert place is not None
            spans = ground.locate(item.quote)
            assert spans, item.quote
            filled = [t for t in ground.figures(*spans[0]) if t.value]
            assert len(filled) == item.turns, item
            assert ground.amount(filled[item.turn], place) is not None, item
        quotes = [i.quote for i in reading.applicants] + [i.quote for i in reading.corrections]
        for quote in quotes + [i.quote for i in reading.activities]:
            assert ground.locate(quote), quote
        assert {a.aspect for a in reading.activities} <= set(Aspect)


def test_the_examples_of_the_rewriting_change_no_fact() -> None:
    for example in load_prompt("rewrite").example:
        before, after = json.loads(example.message), json.loads(example.answer)["paragraphs"]
        assert len(before) == len(after)
        for one, two in zip(before, after, strict=True):
            assert [c for c in fact_diff(one, two) if c.grave] == []


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_names_are_unique_and_every_cell_has_one(version: str) -> None:
    form = load_form(version)
    names = Names(form)
    assert {place.where for place in names.places.values()} >= {str(key) for key in form.cells}
    entry = reading_schema(names)["properties"]["figures"]["items"]["properties"]
    assert entry["cells"]["items"]["enum"] == list(names.places)
    assert all(names.place(str(key)) == names.place(names.name(str(key))) for key in form.cells)
    described = "\n".join(names.describe())
    assert all(row.key in described for table in form.tables for row in table.rows)


@pytest.mark.parametrize(
    "text",
    [
        "no front matter",
        '+++\nid = "x"\nversion = 0\npurpose = "p"\noutput = "o"\n+++\n',
        '+++\nid = "x"\nversion = 1\npurpose = "p"\noutput = "o"\nsurprise = 1\n+++\n',
    ],
)
def test_a_malformed_prompt_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr("assistant.llm.prompts.prompts_dir", lambda: tmp_path)
    load_prompt.cache_clear()
    try:
        with pytest.raises(FormError, match="提示词 x"):
            load_prompt("x")
    finally:
        load_prompt.cache_clear()
