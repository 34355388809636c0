"""What is offered never contradicts the material, what is open is not asked for as zero, and the order is that of worth."""

from __future__ import annotations

import pytest

from assistant.assembly import assemble
from assistant.assembly.questions import questions_of
from assistant.drafting.pipeline import DraftOptions, draft_facts
from assistant.forms import form_for_year
from assistant.report import UnitProfile
from assistant.report.facts import Evidence, Fact, FactKind, FactStatus
from assistant.report.findings import Question


def _fact(said: str, number: int) -> Fact:
    """``where=value``; behind ~ it was vague, behind ? a single unsure reading, behind ! an open figure of that place."""
    mark = said[0] if said[0] in "~?!" else ""
    where, _, value = said.removeprefix(mark).partition("=")
    kind = FactKind.OPEN if mark == "!" else FactKind.CELL
    return Fact(
        id=f"f{number}",
        kind=kind,
        where=where,
        value=int(value) if value else None,
        status=FactStatus.HEDGED if mark in ("~", "!") and mark else FactStatus.STATED,
        sure=mark != "?",
        text="某数",
        evidence=(Evidence(source="t", start=number, end=number + 1, quote="x"),),
    )


def _facts(*said: str) -> list[Fact]:
    return [_fact(one, number) for number, one in enumerate(said)]


def _asked(*said: str) -> tuple[Question, ...]:
    form = form_for_year(2025)
    return questions_of(assemble(_facts(*said), form=form, year=2025, profile=UnitProfile()))


def _choices(questions: tuple[Question, ...]) -> set[str]:
    return {choice for question in questions for choice in question.choices}


_NEW = "table3.new_received"


@pytest.mark.parametrize(
    ("said", "choice", "offered"),
    [
        ((f"{_NEW}.total=5",), "申请人都是自然人", True),
        ((f"{_NEW}.total=5", "table3.granted.biz_enterprise=1"), "申请人都是自然人", False),
        ((f"{_NEW}.total=5", "!table3.granted.biz_enterprise=1"), "申请人都是自然人", False),
        (("table3.granted.total=3",), "没有收到申请", True),
        (
            (f"{_NEW}.total=5", "table3.carried_over.total=0", "table3.granted.total=3"),
            "没有结转下年度",
            True,
        ),
        (
            (f"{_NEW}.total=5", "table3.carried_over.total=0", "table3.result_total.total=4"),
            "没有结转下年度",
            False,
        ),
        ((f"{_NEW}.total=5", "table3.result_total.total=9"), "没有上年结转", False),
        (("table4.review.total=3", "table4.review.corrected=1"), "行政复议3件，均维持", False),
        (("table4.review.total=3",), "行政复议3件，均维持", True),
        ((), "表二全是0", True),
        (("~table2.admin_penalty.decisions",), "表二全是0", False),
        (("~table2.admin_penalty.decisions=3",), "表二全是0", False),
        (("~table4.review.total",), "没有复议，没有诉讼", False),
        ((), "没有复议，没有诉讼", True),
    ],
)
def test_a_choice_never_contradicts_the_material(said: tuple[str, ...], choice: str, offered: bool) -> None:
    assert (choice in _choices(_asked(*said))) is offered


def test_the_rest_is_asked_for_as_zero_only_where_nothing_is_open() -> None:
    def closing(*more: str) -> bool:
        said = ("table3.carried_forward.other_org=1", "table3.np_publication.natural_person=0", *more)
        return any(q.code == "BLANK_ZERO" for q in _asked(*said))

    assert closing()
    assert not closing("!=3"), "a figure that may belong anywhere"
    assert not closing("!table2.admin_license.decisions=3"), "a figure that may belong there"
    assert not closing("~table3.partial.total"), "a figure that was promised"


def test_figures_come_before_narrative_and_doubts_first() -> None:
    facts = _facts(
        "?table2.admin_license.decisions=5", "!table2.admin_penalty.decisions=3", f"{_NEW}.total=5"
    )
    draft = draft_facts(facts, {"t": "x" * 9}, DraftOptions(org="某县水利局", year=2025))
    codes = [q.code for q in draft.questions]
    assert codes[:2] == ["CONFIRM", "AMBIGUOUS_MAP"]
    prose = [number for number, q in enumerate(draft.questions) if q.about[0].startswith("s")]
    figures = [number for number, q in enumerate(draft.questions) if q.about[0].startswith("table")]
    assert max(figures) < min(prose)


def test_a_question_says_that_it_rests_on_a_doubtful_figure() -> None:
    (sure,) = [q for q in _asked(f"{_NEW}.total=5") if q.code == "MISSING_APPLICANT"]
    (doubted,) = [q for q in _asked(f"?{_NEW}.total=5") if q.code == "MISSING_APPLICANT"]
    assert "本年新收 5 件的申请人" in sure.text
    assert "本年新收 5 件（待核对）的申请人" in doubted.text
