"""A wrong cell that nothing names is silent; a right one that is asked about is a burden."""

from __future__ import annotations

from typing import Any

from assistant.report import AnnualReport
from assistant.report.draft import Cell, Draft
from assistant.report.facts import Origin
from assistant.report.findings import Finding, Question, Severity
from evals.cases import Case
from evals.scoring import score_cells
from evals.shown import ShownScore, score_shown

_RIGHT, _WRONG = "table3.granted.total", "table3.partial.total"


def _shown(
    findings: tuple[Finding, ...] = (), questions: tuple[Question, ...] = (), **case: Any
) -> ShownScore:
    """Two cells of which the second is filled with 4 in place of 2."""
    told = Case.model_validate(
        {"id": "c", "message": "x", "year": 2024, "cells": {_RIGHT: 3, _WRONG: 2}, **case}
    )
    cells = tuple(
        Cell(table=t, row=r, col=c, value=value, origin=Origin.STATED)
        for name, value in ((_RIGHT, 3), (_WRONG, 4))
        for t, r, c in [name.split(".")]
    )
    draft = Draft(report=AnnualReport(year=2024), cells=cells, findings=findings, questions=questions)
    return score_shown(score_cells(told, draft), draft)


def _finding(severity: Severity, where: str, *cells: str) -> Finding:
    return Finding(code="T3_ROW_SUM", severity=severity, where=where, message="不平", cells=cells)


def test_a_wrong_cell_that_nothing_names_is_silent() -> None:
    assert _shown().silent == ((_WRONG, 4, 2),)
    assert _shown((_finding(Severity.INFO, _WRONG),)).silent
    assert _shown((_finding(Severity.ERROR, "table3"),)).silent, "a whole table names no cell"


def test_a_wrong_cell_that_is_named_is_not_silent() -> None:
    for severity in (Severity.ERROR, Severity.WARNING, Severity.ASK):
        assert _shown((_finding(severity, _WRONG),)).silent == ()
        assert _shown((_finding(severity, "s1", _WRONG),)).silent == ()
    assert _shown((_finding(Severity.ERROR, "table3.partial"),)).silent == ()
    assert _shown(questions=(Question(code="CONFIRM", about=(_WRONG,), text="？"),)).silent == ()


def test_a_false_zero_is_silent_too() -> None:
    zero = Cell(table="table4", row="review", col="upheld", value=0, origin=Origin.CONFIRMED_ZERO)
    draft = Draft(report=AnnualReport(year=2024), cells=(zero,))
    case = Case(id="c", message="x", year=2024, published={"table4.review.upheld": 2})
    assert score_shown(score_cells(case, draft), draft).silent == (("table4.review.upheld", 0, 2),)
    said = case.model_copy(update={"zero": ("table4.orgs",)})
    assert score_shown(score_cells(said, draft), draft).silent == ()


def test_asking_about_what_is_right_is_needless() -> None:
    alone = _shown(questions=(Question(code="CONFIRM", about=(_RIGHT,), text="？"),))
    assert (alone.needless, alone.burden, alone.asked) == (1, 1, 0)
    both = _shown(questions=(Question(code="CONFIRM", about=(_RIGHT, _WRONG), text="？"),))
    assert (both.needless, both.burden, both.asked) == (0, 1, 1)
    assert _shown((_finding(Severity.ERROR, _RIGHT),)).burden == 0, "an error asks nothing"
