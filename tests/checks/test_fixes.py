"""Certain repairs: made whole, never twice, and the finding is gone afterwards."""

from __future__ import annotations

import random

import pytest

from assistant.checks import CheckInput, all_rules, apply_certain, run_rules
from assistant.report import AnnualReport
from assistant.report.findings import Edit, Finding, Fix, Severity
from evals.lawful import lawful_pair, lawful_report
from evals.mutations import mutate
from evals.printing import as_printed


def _mistaken() -> AnnualReport:
    report = lawful_report(7)
    return as_printed(
        report.with_sections(
            {
                "s1": "(一)主动公开.公开信息20条,更新台帐。\n（二）依申请公开。一是受理规范。二是答复及时。二是归档完整。",
                "s5": "存在问题.主要包括政策解读较少。下一步将增加图解。",
            }
        )
    )


def test_words_are_put_right_in_the_section_and_on_the_page() -> None:
    report = _mistaken()
    findings, _ = run_rules(CheckInput(report), select=["PUNCT", "TYPO", "ORDINAL"])
    fixed, applied = apply_certain(report, findings)
    assert fixed.sections["s1"] == (
        "（一）主动公开。公开信息20条，更新台账。\n（二）依申请公开。一是受理规范。二是答复及时。三是归档完整。"
    )
    assert fixed.sections["s5"].startswith("存在问题。主要包括")
    assert fixed.printed is not None
    assert fixed.sections["s1"] in fixed.printed.text
    assert len(applied) == len(findings)
    assert run_rules(CheckInput(fixed), select=["PUNCT", "TYPO", "ORDINAL"])[0] == ()
    assert report.sections["s1"].startswith("(一)"), "the old report is untouched"


def test_offsets_of_headings_stay_right() -> None:
    report = _mistaken()
    fixed, _ = apply_certain(report, run_rules(CheckInput(report))[0])
    assert fixed.printed is not None
    for heading in fixed.printed.headings:
        assert fixed.printed.text[heading.start : heading.start + len(heading.text)] == heading.text


def test_titles_and_labels_are_put_right() -> None:
    ctx = mutate("SECTIONS", CheckInput(as_printed(lawful_report(3))), random.Random(1))
    assert ctx is not None
    printed = as_printed(ctx.report).printed
    assert printed is not None
    wrong = printed.text.replace("二、主动公开政府信息情况", "二、主动公开情况")
    heading = printed.headings[1].model_copy(update={"text": "二、主动公开情况"})
    headings = (printed.headings[0], heading)
    report = ctx.report.model_copy(
        update={"printed": printed.model_copy(update={"text": wrong, "headings": headings})}
    )
    findings, _ = run_rules(CheckInput(report), select=["SECTIONS"])
    fixed, applied = apply_certain(report, findings)
    assert fixed.printed is not None
    assert "二、主动公开政府信息情况" in fixed.printed.text
    assert [f.got for f in applied] == ["二、主动公开情况"]


def test_of_two_repairs_of_one_place_the_first_is_made() -> None:
    report = lawful_report(1)
    fixes = [
        Finding(
            code="X",
            severity=Severity.ERROR,
            where="table4.review.total",
            message="",
            fix=Fix(title="", edits=(Edit(where="table4.review.total", value=value),), certain=True),
        )
        for value in (91, 92)
    ]
    fixed, applied = apply_certain(report, fixes)
    assert fixed.table4["review"]["total"] == 91
    assert applied == (fixes[0],)


def test_uncertain_repairs_are_not_made() -> None:
    report = lawful_report(1).with_sections({"s5": "努力推进我镇、我乡、我局、我委政务公开工作。"})
    findings, _ = run_rules(CheckInput(report), select=["SELF_NAME"])
    assert findings
    assert apply_certain(report, findings) == (report, ())


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_a_certain_repair_never_brings_a_new_error(seed: int) -> None:
    last, this = lawful_pair(seed)
    for one in all_rules():
        spoiled = mutate(one.code, CheckInput(as_printed(this), previous=last), random.Random(seed))
        if spoiled is None:
            continue
        before, _ = run_rules(spoiled, select=[one.code])
        fixed, applied = apply_certain(spoiled.report, before)
        if not applied:
            continue
        after, _ = run_rules(CheckInput(fixed, previous=last))
        worst = (
            {f.code for f in after if f.severity is Severity.ERROR}
            - {f.code for f in before}
            - {"T3_BALANCE", "T3_RESULT_SUM"}
        )
        assert not worst, one.code
        assert len([f for f in after if f.code == one.code]) < len(before) or one.code == "SECTIONS"
