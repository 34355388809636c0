"""Holds what 收费 means: a row of table two among its rows, the information fee where nothing was charged at all."""

from __future__ import annotations

import pytest

from assistant.drafting.pipeline import DraftOptions, draft_text
from assistant.report import AnnualReport

_ROWS = "许可\t0\n处罚\t0\n强制\t0\n收费\t0\n"


def _report(text: str) -> AnnualReport:
    return draft_text(text, DraftOptions(org="清源县石桥镇人民政府", year=2024)).report


def test_the_short_word_below_the_rows_of_table_two_is_one_of_them() -> None:
    report = _report(_ROWS)
    assert report.tables["table2"]["admin_fee"]["amount_wan"] == 0
    assert report.info_fee.yuan is None


def test_beside_the_row_of_table_two_nothing_charged_means_the_information_fee() -> None:
    report = _report(_ROWS + "没收过费。")
    assert (report.tables["table2"]["admin_fee"]["amount_wan"], report.info_fee.yuan) == (0, 0)


@pytest.mark.parametrize("text", ["没收到申请，没收费。", "复议诉讼收费都是0。", "复议、诉讼、收费都没有。"])
def test_nothing_charged_is_no_information_fee_and_the_row_of_table_two_is_asked_about(text: str) -> None:
    draft = draft_text(text, DraftOptions(org="清源县石桥镇人民政府", year=2024))
    assert draft.report.info_fee.yuan == 0
    assert draft.report.tables["table2"]["admin_fee"]["amount_wan"] is None
    assert any("行政事业性收费" in question.text for question in draft.questions)


def test_one_zero_for_rows_of_two_tables() -> None:
    report = _report("复议诉讼许可都是0。")
    assert report.table4["review"]["total"] == 0
    assert report.tables["table2"]["admin_license"]["decisions"] == 0
