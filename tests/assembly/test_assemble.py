"""Arithmetic fills what it fixes and never more; contradictions name their statements; blank is not zero."""

from __future__ import annotations

from assistant.assembly import Assembly, assemble
from assistant.assembly.questions import questions_of
from assistant.forms import CellKey, load_form
from assistant.report import AnnualReport, UnitProfile
from assistant.report.facts import Evidence, Fact, FactKind, Origin
from assistant.report.findings import Severity

FORM = load_form("2021")


def _facts(*said: str) -> list[Fact]:
    """``"table3.granted.total=5"`` states a cell, ``"zero:table4"`` declares a scope empty."""
    facts = []
    for number, text in enumerate(said, 1):
        kind, where, value = FactKind.CELL, text, 0
        if text.startswith("zero:"):
            kind, where = FactKind.ZERO, text[5:]
        elif text.startswith("sum:"):
            kind = FactKind.AGGREGATE
            where, _, figure = text[4:].partition("=")
            value = int(figure)
        else:
            where, _, figure = text.partition("=")
            value = int(figure)
        quote = Evidence(source="t", start=0, end=len(text), quote=text)
        facts.append(Fact(id=f"f{number}", kind=kind, where=where, value=value, evidence=(quote,)))
    return facts


def _assemble(*said: str, previous: AnnualReport | None = None, confirm: bool = False) -> Assembly:
    return assemble(
        _facts(*said), form=FORM, year=2023, profile=UnitProfile(), previous=previous, confirm_zeros=confirm
    )


def _value(result: Assembly, where: str) -> object:
    return result.report.value(CellKey.parse(where))


def _cell(result: Assembly, where: str) -> tuple[object, Origin | None, tuple[str, ...]]:
    cell = next(c for c in result.cells if f"{c.table}.{c.row}.{c.col}" == where)
    return cell.value, cell.origin, cell.sources


def test_nothing_said_leaves_everything_blank() -> None:
    result = _assemble()
    assert list(result.report.filled()) == []
    assert all(cell.origin is None for cell in result.cells)


def test_a_sum_fixes_its_last_part_and_names_its_sources() -> None:
    result = _assemble(
        "table4.review.upheld=2",
        "table4.review.corrected=1",
        "table4.review.other=0",
        "table4.review.total=3",
    )
    # 3 in all and 2 + 1 found: the rest is 0 whether or not somebody says so of another part
    assert _cell(result, "table4.review.pending") == (0, Origin.DERIVED, ("f1", "f2", "f4"))


def test_no_cell_is_guessed_where_two_values_fit() -> None:
    result = _assemble("table4.review.total=3", "table4.review.upheld=1")
    assert _value(result, "table4.review.corrected") is None
    assert _value(result, "table4.review.pending") is None


def test_parts_that_reach_the_total_leave_nothing_for_the_others() -> None:
    result = _assemble("table3.new_received.total=3", "table3.new_received.natural_person=3")
    assert _cell(result, "table3.new_received.biz_enterprise")[:2] == (0, Origin.DERIVED)


def test_all_of_a_row_by_one_applicant() -> None:
    result = _assemble("table3.granted.total=4", "zero:table3.granted.except.natural_person")
    assert _value(result, "table3.granted.natural_person") == 4
    assert _value(result, "table3.granted.other_org") == 0


def test_a_broken_total_stays_as_stated_and_nothing_rests_on_it() -> None:
    result = _assemble(
        "table3.new_received.total=12",
        "zero:table3.carried_over",
        "table3.result_total.total=11",
        "table3.carried_forward.total=2",
    )
    assert _value(result, "table3.new_received.total") == 12
    assert _value(result, "table3.result_total.total") == 11
    assert _value(result, "table3.carried_forward.total") == 2


def test_two_values_for_one_cell_are_a_conflict_and_the_cell_stays_blank() -> None:
    result = _assemble("table2.admin_penalty.decisions=47", "table2.admin_penalty.decisions=52")
    assert _value(result, "table2.admin_penalty.decisions") is None
    (finding,) = result.findings
    assert (finding.code, finding.severity, finding.where) == (
        "CONFLICT",
        Severity.ASK,
        "table2.admin_penalty.decisions",
    )
    assert [e.quote for e in finding.evidence] == [
        "table2.admin_penalty.decisions=47",
        "table2.admin_penalty.decisions=52",
    ]


def test_arithmetic_settles_a_conflict_only_for_a_value_that_was_said() -> None:
    parts = [
        f"table3.new_received.{c}=0"
        for c in ("biz_enterprise", "research_inst", "public_welfare_org", "legal_service_org", "other_org")
    ]
    settled = _assemble(
        "table3.new_received.total=2",
        "table3.new_received.total=3",
        "table3.new_received.natural_person=3",
        *parts,
    )
    assert _value(settled, "table3.new_received.total") == 3
    third = _assemble(
        "table3.new_received.total=2",
        "table3.new_received.total=3",
        "table3.new_received.natural_person=9",
        *parts,
    )
    assert _value(third, "table3.new_received.total") is None


def test_a_category_total_is_a_check_that_can_fix_an_item() -> None:
    zeros = [f"table3.{r}.total=0" for r in ("na_need_creation", "na_still_unclear")]
    result = _assemble("sum:na_subtotal.total=5", *zeros)
    assert _value(result, "table3.na_not_held.total") == 5


def test_a_contradiction_names_the_smallest_set_of_statements() -> None:
    result = _assemble(
        "sum:deny_subtotal.total=2",
        "table3.deny_third_party.total=3",
        "table3.deny_admin_query.total=0",
        "table3.granted.total=7",
    )
    (finding,) = result.findings
    assert finding.code == "CONFLICT"
    assert {e.quote for e in finding.evidence} == {
        "sum:deny_subtotal.total=2",
        "table3.deny_third_party.total=3",
    }


def test_rest_zero_confirms_only_what_the_sums_allow() -> None:
    result = _assemble("table3.new_received.total=12", "zero:table3.rest")
    assert _cell(result, "table3.granted.natural_person")[:2] == (None, None)
    assert _value(result, "table3.new_received.natural_person") is None
    all_zero = _assemble("table3.new_received.total=0", "zero:table3.rest")
    assert all(value == 0 for key, value in all_zero.report.filled() if key.table == "table3")
    assert sum(key.table == "table3" for key, _ in all_zero.report.filled()) == 175


def test_confirmed_zeros_never_push_a_remainder_onto_another_cell() -> None:
    result = _assemble("table3.new_received.total=12", confirm=True)
    assert _value(result, "table3.new_received.natural_person") is None
    assert _value(result, "table3.new_received.other_org") is None
    assert _cell(result, "table4.review.total")[:2] == (0, Origin.CONFIRMED_ZERO)


def test_last_years_report_is_carried_over_where_nothing_is_said() -> None:
    previous = AnnualReport(
        year=2022, tables={"table3": {"carried_forward": {"natural_person": 2, "total": 2}}}
    )
    result = _assemble("table3.new_received.total=3", previous=previous)
    assert _cell(result, "table3.carried_over.total")[:2] == (2, Origin.CARRIED)
    said = _assemble("table3.carried_over.total=1", previous=previous)
    assert _cell(said, "table3.carried_over.total")[:2] == (1, Origin.STATED)


def test_questions_are_few_grouped_and_carry_their_code() -> None:
    result = _assemble(
        "table3.new_received.total=85",
        "zero:table3.carried_over",
        "table3.result_total.total=85",
        "zero:table4",
    )
    questions = questions_of(result)
    texts = {q.code: q.text for q in questions}
    assert texts["MISSING_OUTCOME"] == "办结 85 件的结果分别是什么？"
    assert "本年新收 85 件" in texts["MISSING_APPLICANT"]
    assert len([q for q in questions if q.about and q.about[0].startswith("table4")]) == 0


def test_a_complete_report_asks_nothing_about_its_tables() -> None:
    result = _assemble("zero:table2", "zero:table3", "zero:table4")
    assert [q.code for q in questions_of(result)] == ["MISSING_FIELD"]
    assert [q.about for q in questions_of(result)] == [("section6.info_fee_yuan",)]
