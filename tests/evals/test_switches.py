"""Broken on purpose, the program turns exactly those cases red that need the broken part."""

from __future__ import annotations

import pytest

from evals.ablations import tallies
from evals.harness import run_suite
from evals.suites import SUITES
from evals.switches import (
    Switch,
    with_wrong_slot,
    without_reconciler,
    without_rule,
    without_word,
)


def _newly_red(suite: str, switch: Switch) -> set[str]:
    before = set(run_suite(SUITES[suite]).failing)
    with switch():
        during = set(run_suite(SUITES[suite]).failing)
    assert set(run_suite(SUITES[suite]).failing) == before
    return during - before


def _already_red(suite: str) -> set[str]:
    """Cases that fail with nothing taken away: they can show nothing."""
    return set(run_suite(SUITES[suite]).failing)


def test_a_missing_word_is_missed_where_it_is_said() -> None:
    """A table may still tell the row by the form's own label."""
    red = _newly_red("samples", without_word)
    need = {case.id for case in SUITES["samples"].cases() if any("np_repeat" in name for name in case.cells)}
    assert red
    assert red <= need


def test_a_missing_rule_is_missed_where_it_must_speak() -> None:
    red = _newly_red("rules", without_rule)
    assert red == {case.id for case in SUITES["rules"].cases() if case.code == "T4_SUM"}


def test_a_wrong_slot_contradicts_the_table() -> None:
    red = _newly_red("whole", with_wrong_slot)
    received = "table3.new_received.total"
    differ = {
        case.id
        for case in SUITES["whole"].cases()
        if case.cells.get(received, 0) != case.cells.get("table3.result_total.total", 0)
    }
    assert red == differ - _already_red("whole")
    assert red


def test_without_sums_only_a_report_that_says_everything_is_whole() -> None:
    assert _newly_red("whole", without_reconciler) >= {"whole-03", "whole-04"}


def test_lies_get_through_without_the_referee_and_not_with_it() -> None:
    pytest.importorskip("langchain_openai")
    found = tallies([0], limit=6)
    assert found["完整"].through == []
    assert found["完整"].worse == []
    assert len(found["不设裁判"].worse) > 0
