"""Scores count what is right, wrong, missing, invented and lost."""

from __future__ import annotations

from typing import Any

from assistant.report import AnnualReport
from assistant.report.draft import Cell, Draft
from assistant.report.facts import Origin
from assistant.report.findings import Finding, Question, Severity
from evals.cases import Case
from evals.scoring import score_cells, score_prose, score_said

_CELLS = {"table3.granted.natural_person": 3, "table3.granted.total": 3}


def _case(**changes: Any) -> Case:
    return Case.model_validate(
        {"id": "c", "message": "予以公开3件", "year": 2024, "cells": _CELLS, **changes}
    )


def _draft(*cells: tuple[str, int, Origin], **changes: Any) -> Draft:
    held = [
        Cell(table=t, row=r, col=c, value=v, origin=o)
        for name, v, o in cells
        for t, r, c in [name.split(".")]
    ]
    return Draft(report=AnnualReport(year=2024), cells=tuple(held), **changes)


_RIGHT = (
    ("table3.granted.natural_person", 3, Origin.STATED),
    ("table3.granted.total", 3, Origin.STATED),
)


def test_all_right() -> None:
    score = score_cells(_case(), _draft(*_RIGHT))
    assert score.exact
    assert (score.right, score.expected, score.f1) == (2, 2, 1.0)


def test_a_wrong_figure_is_both_wrong_and_missing() -> None:
    score = score_cells(_case(), _draft(_RIGHT[0], ("table3.granted.total", 4, Origin.STATED)))
    assert score.wrong == (("table3.granted.total", 4, 3),)
    assert score.missing == (("table3.granted.total", 3),)


def test_a_figure_that_nobody_stated_is_wrong_when_it_is_called_stated() -> None:
    extra = ("table3.partial.total", 9, Origin.STATED)
    derived = ("table3.partial.total", 9, Origin.DERIVED)
    assert score_cells(_case(), _draft(*_RIGHT, extra)).wrong == (("table3.partial.total", 9, 0),)
    assert score_cells(_case(), _draft(*_RIGHT, derived)).wrong == ()
    assert score_cells(_case(complete_table3=True), _draft(*_RIGHT, derived)).wrong != ()
    assert score_cells(_case(closed=True), _draft(*_RIGHT, derived)).wrong != ()


def test_a_derived_figure_may_be_left_out_but_not_be_wrong() -> None:
    case = _case(derived={"table3.result_total.total": 3})
    assert score_cells(case, _draft(*_RIGHT)).exact
    right = score_cells(case, _draft(*_RIGHT, ("table3.result_total.total", 3, Origin.DERIVED)))
    assert (right.derived_right, right.derived_filled) == (1, 1)
    assert not score_cells(case, _draft(*_RIGHT, ("table3.result_total.total", 4, Origin.DERIVED))).exact


def test_a_zero_is_false_unless_it_was_declared_or_is_true() -> None:
    zero = ("table3.partial.total", 0, Origin.DERIVED)
    published = {"table3.partial.total": 2}
    assert score_cells(_case(published=published), _draft(*_RIGHT, zero)).false_zeros
    assert not score_cells(
        _case(published=published, zero=["table3.partial"]), _draft(*_RIGHT, zero)
    ).false_zeros
    assert not score_cells(_case(published={"table3.partial.total": 0}), _draft(*_RIGHT, zero)).false_zeros
    assert not score_cells(_case(), _draft(*_RIGHT, zero)).false_zeros


def test_a_whole_report_must_be_filled() -> None:
    score = score_cells(_case(rest=0), _draft(*_RIGHT))
    assert score.expected == 200
    assert len(score.missing) == 198


def test_findings_and_questions_both_count_as_said() -> None:
    finding = Finding(code="T3_BALANCE", severity=Severity.ERROR, where="x", message="不平")
    draft = _draft(findings=(finding,), questions=(Question(code="MISSING_FIELD", text="？"),))
    score = score_said(_case(findings=["MISSING_FIELD", "CONFLICT"]), draft)
    assert score.caught == {"MISSING_FIELD"}
    assert score.alarms == ("T3_BALANCE：不平",)
    assert (score.questions, score.needed) == (1, 2)
    assert score_said(_case(error_findings=["T3_BALANCE"]), draft).alarms == ()


def _prose(text: str) -> Draft:
    report = AnnualReport(year=2024).with_sections({"s1": text})
    return Draft(report=report)


def test_a_figure_without_a_source_is_invented() -> None:
    case = _case(message="予以公开十二件，培训3次", cells={}, narrative=["培训3次"])
    score = score_prose(case, _prose("2024年予以公开12件，开展培训3次，印发通知7份。"))
    assert score.invented == ("7",)
    assert score.lost == ()


def test_a_figure_of_the_message_may_be_lost() -> None:
    case = _case(message="公开信息2599条", cells={}, narrative=["公开2599条"], words=["专栏"])
    assert score_prose(case, _prose("全年公开信息若干条。")).lost == ("公开2599条", "专栏")
    assert score_prose(case, _prose("专栏公开信息2599条。")).lost == ()


def test_numbers_of_documents_and_dates_are_no_figures() -> None:
    case = _case(message="x", cells={})
    text = "依据国办公开办函〔2021〕30号，截至2024年12月31日。"
    assert score_prose(case, _prose(text)).invented == ()
