"""Layouts that other programs make of a report: every cell is found, the prose is whole, nothing is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.reading import read_report
from assistant.report import AnnualReport
from evals.lawful import lawful_report
from tests.reading.layouts import TEXT_LAYOUTS, cms_page, half_width

SEEDS = [0, 1, 3, 4, 8]


def matches(report: AnnualReport, read: AnnualReport) -> None:
    assert read.printed is not None
    assert read.form == report.form
    assert read.printed.unread == ()
    assert read.tables == report.tables
    assert (read.title, read.year, read.org.name) == (report.title, report.year, report.org.name)
    assert read.preamble == report.preamble
    assert read.sections == report.sections


@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("per_block", [False, True])
@pytest.mark.parametrize("colspans", [True, False])
def test_page_of_a_content_management_system(form: str, seed: int, per_block: bool, colspans: bool) -> None:
    report = lawful_report(seed, form=form)
    read = read_report(cms_page(report, colspans=colspans, per_block=per_block).encode(), "页面.html")
    matches(report, read)
    assert read.printed is not None
    assert read.printed.labels == ()


@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("layout", TEXT_LAYOUTS, ids=lambda layout: str(layout.__name__))
def test_pasted_text(form: str, seed: int, layout: Callable[[AnnualReport], str]) -> None:
    report = lawful_report(seed, form=form)
    read = read_report(layout(report).encode("gb18030"), "粘贴.txt")
    matches(report, read)
    assert read.printed is not None
    if layout is not half_width:
        assert read.printed.labels == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    report = lawful_report(2)
    for name, text in (
        ("a.txt", half_width(report)),
        ("a.html", cms_page(report).replace('charset="utf-8"', f'charset="{encoding}"')),
    ):
        assert read_report(text.encode(encoding), name).tables == report.tables


def test_half_width_brackets_are_reported_as_printed() -> None:
    read = read_report(half_width(lawful_report(0)).encode(), "a.txt")
    assert read.printed is not None
    printed = {label.expected: label.text for label in read.printed.labels}
    assert printed["（七）总计"] == "(七) 总计"
    for label in read.printed.labels:
        assert read.printed.text[label.start :].startswith(label.text)
