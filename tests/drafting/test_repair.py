"""Holds that contradictions are sent back as findings, a few times at most, and that what does not help is dropped."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.drafting.engines import Engine
from assistant.report.draft import Draft
from evals.fake_openai import FAULTS, Answer, FakeOpenAI
from tests.llm.conftest import settings_for
from tests.llm.scripts import cell, drafted, is_wording, reads

pytest.importorskip("langchain_openai")


def _codes(draft: Draft) -> list[str]:
    return [f.code for f in draft.findings]


def _values(draft: Draft) -> dict[str, Any]:
    return {f"{c.row}.{c.col}": c.value for c in draft.cells if c.value is not None}


_BROKEN = (
    "今年新收7件，没有上年结转，也没有结转下年，都是自然人。予以公开5件；另有3件归到甲乙丙那一档里去了。"
)


def test_a_figure_that_breaks_a_sum_is_sent_back_with_the_finding_and_dropped_if_nothing_helps() -> None:
    offline = drafted(_BROKEN, None, Engine.OFFLINE)
    with FakeOpenAI(reads(cell("na_still_unclear.total", 3, "另有3件归到甲乙丙那一档里去了"))) as server:
        draft = drafted(_BROKEN, settings_for(server.url, repair_rounds=2, rewrite=False))
    assert draft.model.rounds == 1  # the second answer was no better, so a third would not be
    repair = server.requests[1]["messages"][-1]["content"]
    assert "na_still_unclear" in repair
    assert "T3_" in repair or "CONFLICT" in repair
    assert _values(draft) == _values(offline)
    assert any("不能同时成立" in f.message for f in draft.findings if f.code == "MODEL_REJECTED")


def test_a_repaired_reading_is_used() -> None:
    wrong = cell("na_still_unclear.total", 3, "另有3件归到甲乙丙那一档里去了")
    answers = iter([reads(wrong), reads()])
    with FakeOpenAI(lambda body: next(answers)(body)) as server:
        draft = drafted(_BROKEN, settings_for(server.url, repair_rounds=2, rewrite=False))
    assert (draft.model.rounds, len(server.requests)) == (1, 2)
    assert "MODEL_REJECTED" not in _codes(draft)


@pytest.mark.parametrize("rounds", [0, 1])
def test_there_are_no_more_rereadings_than_allowed(rounds: int) -> None:
    text = f"{_BROKEN}复议一共5件。另有6件归到丁戊己那一档里去了。"
    sums = cell("na_still_unclear", 3, "另有3件归到甲乙丙那一档里去了")
    upheld = cell("review.upheld", 6, "另有6件归到丁戊己那一档里去了")
    # each answer is better than the one before, so that only the limit ends it
    answers = iter([reads(sums, upheld), reads(sums), reads()])
    with FakeOpenAI(lambda body: next(answers)(body)) as server:
        draft = drafted(text, settings_for(server.url, repair_rounds=rounds, rewrite=False))
    assert (draft.model.rounds, len(server.requests)) == (rounds, rounds + 1)
    assert _values(draft) == _values(drafted(text, None, Engine.OFFLINE))
    assert _codes(draft).count("MODEL_REJECTED") == 2 - rounds


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_during_repair_is_one_finding_and_the_model_is_not_asked_again(fault: str) -> None:
    answers = iter([reads(cell("na_still_unclear.total", 3, "另有3件归到甲乙丙那一档里去了"))])

    def script(body: dict[str, Any]) -> Answer:
        return next(answers, lambda _: Answer(fault=fault))(body)

    text = f"{_BROKEN}网站开设了水利专栏，发布解读3篇。"
    with FakeOpenAI(script) as server:
        draft = drafted(text, settings_for(server.url, timeout=0.3 if fault == "hang" else 5))
        assert len(server.requests) <= 6
    assert _values(draft) == _values(drafted(text, None, Engine.OFFLINE))
    assert _codes(draft).count("MODEL_FAULT") == 1
    assert (draft.model.engine, draft.model.rounds) == ("llm", 1)
    assert not any(is_wording(body) for body in server.requests)
    assert "500" not in "".join(str(m["content"]) for body in server.requests for m in body["messages"])
