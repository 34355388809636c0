"""Totals beside a changed part: they follow, become blank, or stay; parts keep what was seen."""

from __future__ import annotations

from assistant.balance.following import following_totals, kept_parts, sums_shown, totals_of
from assistant.forms import CellKey, load_form
from assistant.report import AnnualReport

_FORM = load_form("2021")
_ROW = [key for key in _FORM.cells if key.table == "table3" and key.row == "new_received"]
_TOTAL = CellKey("table3", "new_received", "total")
_PERSON = CellKey("table3", "new_received", "natural_person")
_PARTS = [key for key in _ROW if key != _TOTAL]


def _report(figures: dict[CellKey, int]) -> AnnualReport:
    return AnnualReport(form="2021", year=2025).with_cells(figures)


_FULL = _report({**dict.fromkeys(_PARTS, 0), _PERSON: 3, _TOTAL: 3})


def test_every_total_is_one_cell_that_others_add_up_to() -> None:
    assert _TOTAL in {i.left[0] for i in totals_of(_FORM)}
    assert all(len(i.left) == 1 for i in totals_of(_FORM))


def test_a_stated_total_follows_its_complete_parts_and_one_nobody_stated_is_left_to_arithmetic() -> None:
    assert following_totals(_FULL, {_PERSON: 5}, {_TOTAL}) == {_TOTAL: 5}
    assert following_totals(_FULL, {_PERSON: 5}, ()) == {}
    assert following_totals(_FULL, {_PERSON: 3}, {_TOTAL}) == {}


def test_a_total_that_is_typed_itself_stays() -> None:
    assert following_totals(_FULL, {_PERSON: 5, _TOTAL: 3}, {_TOTAL}) == {}


def test_with_blank_parts_a_total_stays_unless_the_known_ones_exceed_it() -> None:
    some = _report({_PERSON: 3, _TOTAL: 9})
    assert following_totals(some, {_PERSON: 4}, {_TOTAL}) == {}
    assert following_totals(some, {_PERSON: 10}, {_TOTAL}) == {_TOTAL: None}


def test_parts_that_would_change_by_themselves_are_kept() -> None:
    other = CellKey("table3", "new_received", "other_org")
    after = _FULL.with_cells({_PERSON: 5, other: None})
    assert kept_parts(_FULL, after, {_PERSON}) == {other: 0}
    assert kept_parts(_FULL, after, {_PERSON, other}) == {}


def test_sums_are_shown_of_complete_parts_only() -> None:
    assert sums_shown(_FORM, {**dict.fromkeys(_PARTS, 1)}) == {_TOTAL: len(_PARTS)}
    assert sums_shown(_FORM, {_PERSON: 1}) == {}
