"""Sentences of formal prose and the table figures they speak of; when unsure, no claim."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.checks import CheckInput
from assistant.report import AnnualReport, UnitProfile
from evals.lawful import lawful_pair, lawful_report

SENTENCES = yaml.safe_load((Path(__file__).parent / "claims.yaml").read_text(encoding="utf-8"))


def _input(text: str, requests: bool = False) -> CheckInput:
    lead = "（二）依申请公开。" if requests else ""
    unit = UnitProfile.infer("清河县双庙镇人民政府")
    return CheckInput(AnnualReport(org=unit, year=2023, sections={"s1": lead + text}))


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["text"])
def test_reads_the_claims_of_a_sentence(case: dict[str, Any]) -> None:
    claims = _input(case["text"], case.get("requests", False)).claims.figures
    assert [f"{'+'.join(map(str, c.readings[0]))}={c.value}" for c in claims] == case["figures"]


def test_offsets_point_at_the_printed_words() -> None:
    ctx = _input("2023 年共收到政府信息公开申请 １２ 件，其中自然人 10 件。", requests=True)
    text = ctx.report.sections["s1"]
    assert [text[c.figure.start : c.figure.end] for c in ctx.claims.figures] == ["１２", "10"]
    assert (
        text[ctx.claims.figures[0].span.start : ctx.claims.figures[0].span.end]
        == "2023 年共收到政府信息公开申请 １２ 件"
    )


def test_figures_of_a_wider_area_are_kept_apart() -> None:
    claims = _input("全县收到政府信息公开申请95件，我镇收到政府信息公开申请3件。").claims
    assert [c.value for c in claims.foreign] == [95]
    assert [c.value for c in claims.figures] == [3]


def test_changes_are_tied_to_their_figure() -> None:
    (trend,) = _input("收到政府信息公开申请12件，同比下降25.5%。").claims.trends
    assert (trend.claim.value, float(trend.change), trend.percent, trend.decimals) == (12, -25.5, True, 1)


@pytest.mark.parametrize("seed", range(60))
def test_every_claim_of_a_lawful_report_equals_its_cells(seed: int) -> None:
    for report in (lawful_report(seed), lawful_report(seed, form="2019"), *lawful_pair(seed)):
        ctx = CheckInput(report)
        for claim in ctx.claims.figures:
            assert claim.value in [ctx.total(reading) for reading in claim.readings], claim.words


def test_most_figures_of_the_requests_paragraph_are_understood() -> None:
    found = sum(len(CheckInput(lawful_report(seed)).claims.figures) for seed in range(100))
    assert found > 400
