"""The questions close the report, none of them in vain, and a one-tap answer says what it shows."""

from __future__ import annotations

import random

import pytest

from assistant.assembly import Assembly
from assistant.assembly.questions import questions_of
from assistant.forms import CellKey
from assistant.report.findings import Question
from evals.lawful import lawful_report
from tests.assembly.answers import cells_of, full_report, said, stated

_MOST = 14


def _blank(assembly: Assembly) -> list[CellKey]:
    return [key for key in assembly.report.layout.cells if assembly.report.value(key) is None]


def _visible(rng: random.Random, share: float, cells: tuple[CellKey, ...]) -> list[CellKey]:
    """Some cells of some rows. Applicants of a row are told with its total, else they are taken for all there are."""
    rows = sorted({key[:2] for key in cells})
    shown = {row for row in rows if rng.random() < share}
    out = [key for key in cells if key[:2] in shown and rng.random() < 0.8]
    whole = {key[:2] for key in out if key.col == "total"}
    return [key for key in out if key.table != "table3" or key[:2] in whole]


@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("seed", range(25))
def test_answering_one_question_after_the_other_closes_the_report(seed: int, form: str) -> None:
    rng = random.Random(f"close {seed}")
    report = lawful_report(seed, form=form)
    facts = stated(report, _visible(rng, rng.choice((0, 0.2, 0.6)), report.layout.cells))
    for _ in range(_MOST):
        assembly = said(report, facts.values())
        questions = questions_of(assembly)
        if not questions:
            break
        asked = [k for k in cells_of(questions[0], report.layout) if assembly.report.value(k) is None]
        assert asked, f"asked in vain: {questions[0].text}"
        facts |= stated(report, asked)
    assert dict(said(report, facts.values()).report.filled()) == dict(report.filled())


@pytest.mark.parametrize("seed", range(25))
def test_no_question_is_answered_by_the_others(seed: int) -> None:
    rng = random.Random(f"vain {seed}")
    report = full_report(rng, lawful_report(seed))
    facts = stated(report, _visible(rng, rng.choice((0, 0.2, 0.5, 0.8)), report.layout.cells))
    for _ in range(_MOST):
        questions = questions_of(said(report, facts.values()))
        if not questions:
            break
        for one in questions:
            others = {k for q in questions if q is not one for k in cells_of(q, report.layout)}
            without = said(report, {**facts, **stated(report, others)}.values())
            assert any(without.report.value(k) is None for k in cells_of(one, report.layout)), one.text
        facts |= stated(report, cells_of(questions[0], report.layout))
    assert _blank(said(report, facts.values())) == []


def test_the_question_that_opens_the_most_comes_first() -> None:
    report = lawful_report(1)
    first, *others = questions_of(said(report, ()))
    assert first.about == ("table3.new_received.total",)
    assert [q.about[0].split(".")[0] for q in others] == ["table4", "table2"]


def _texts(questions: tuple[Question, ...]) -> list[str]:
    return [q.text for q in questions]


def test_what_arithmetic_fixes_is_not_asked() -> None:
    report = lawful_report(3)
    known = stated(report, [k for k in report.layout.cells if k.row != "carried_forward"])
    assert _texts(questions_of(said(report, known.values()))) == []
