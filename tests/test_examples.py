"""Holds what the shipped examples give: complete tables, no error, no question left open where the clerk said everything."""

from __future__ import annotations

import pytest

from assistant.drafting.pipeline import DraftOptions, draft_text
from assistant.forms import CellKey
from assistant.prose import compose
from assistant.report import AnnualReport
from assistant.report.draft import Draft
from assistant.report.findings import Severity
from assistant.resources import examples_dir
from tests.prose.support import unsourced


def _draft(name: str, options: DraftOptions) -> Draft:
    return draft_text((examples_dir() / name).read_text(encoding="utf-8"), options)


@pytest.fixture(scope="module")
def town() -> Draft:
    return _draft("sizhai_2023.txt", DraftOptions(org="延津县司寨乡人民政府", year=2023, confirm_zeros=True))


@pytest.fixture(scope="module")
def bureau() -> Draft:
    return _draft("jiaotong_2023.txt", DraftOptions(org="清源县交通运输局"))


@pytest.fixture(scope="module")
def matrix() -> Draft:
    return _draft("matrix_2023.txt", DraftOptions(org="清源县市场监督管理局"))


@pytest.fixture(scope="module")
def county() -> Draft:
    previous = AnnualReport.model_validate_json(
        (examples_dir() / "xian_2023.json").read_text(encoding="utf-8")
    )
    return _draft("xian_2024.txt", DraftOptions(org="清源县人民政府", year=2024, previous=previous))


def _value(draft: Draft, where: str) -> object:
    return draft.report.value(CellKey.parse(where))


def _blank(draft: Draft, *tables: str) -> list[str]:
    return [
        str(key)
        for key in draft.report.layout.cells
        if key.table in tables and draft.report.value(key) is None
    ]


def test_the_town_has_nothing_but_zeros_and_no_open_question(town: Draft) -> None:
    assert len(list(town.report.filled())) == 200
    assert {value for _, value in town.report.filled()} == {0}
    assert town.questions == ()


def test_the_bureau_has_twelve_requests(bureau: Draft) -> None:
    assert bureau.report.year == 2023
    assert _value(bureau, "table3.new_received.total") == 12
    assert _value(bureau, "table3.np_repeat.biz_enterprise") == 1
    assert _value(bureau, "table2.admin_penalty.decisions") == 127
    assert _blank(bureau, "table3", "table4") == []


def test_the_matrix_is_complete_with_its_carry_overs(matrix: Draft) -> None:
    assert _value(matrix, "table3.carried_over.biz_enterprise") == 1
    assert _value(matrix, "table3.carried_forward.total") == 1
    assert _value(matrix, "table4.review.corrected") == 1
    assert _blank(matrix, "table3", "table4") == []


def test_the_county_ties_to_last_year(county: Draft) -> None:
    assert _value(county, "table3.carried_over.natural_person") == 4
    assert not [finding for finding in county.findings if finding.code in ("T3_CROSS_YEAR", "T2_CROSS_YEAR")]
    assert _blank(county, "table2", "table3", "table4") == []


@pytest.mark.parametrize("name", ["town", "bureau", "matrix", "county"])
def test_every_figure_of_the_text_has_its_source(name: str, request: pytest.FixtureRequest) -> None:
    draft: Draft = request.getfixturevalue(name)
    assert not [finding.message for finding in draft.findings if finding.severity is Severity.ERROR]
    assert unsourced(compose(draft.report, draft.facts)) == []
