"""Holds that composed prose agrees with the tables it was composed from, as the checker's own reader understands it."""

from __future__ import annotations

import pytest

from assistant.checks.claims.read import read_claims
from assistant.checks.context import CheckInput
from assistant.forms import FORM_VERSIONS, CellKey
from assistant.prose import compose
from assistant.report import AnnualReport
from assistant.report.facts import Value
from evals.lawful import lawful_report
from tests.prose.support import unsourced


@pytest.mark.parametrize("form", FORM_VERSIONS)
@pytest.mark.parametrize("seed", range(25))
def test_every_claim_of_the_prose_is_the_figure_of_the_cell(form: str, seed: int) -> None:
    report = lawful_report(seed, form=form)
    prose = compose(report, ())
    written = report.with_sections({**dict.fromkeys(report.sections, ""), **prose.sections})
    claims = read_claims(written, CheckInput(report=written).passages)
    assert claims.figures
    for claim in claims.figures + claims.foreign:
        assert claim.value in [_sum(written, reading) for reading in claim.readings], claim.words
    assert unsourced(prose) == []


def _sum(report: AnnualReport, cells: tuple[CellKey, ...]) -> Value | None:
    values = [report.value(key) for key in cells]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
