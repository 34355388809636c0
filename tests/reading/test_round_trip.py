"""parse(render(r)) = r for every format that can carry a report."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.printing.reports import FORMATS, render
from assistant.reading import read_report
from assistant.report import AnnualReport
from evals.lawful import lawful_report

READABLE = [name for name in FORMATS if name != "pdf"]
_QUIET = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
_ODD_LINES = [
    "=SUM(A1)",
    "# 井号开头",
    "> 引用",
    "- 列表",
    "1. 编号",
    "*强调* **粗体** _斜体_",
    "<b>标签</b> & \"引号\" '单引号'",
    "\\反斜杠",
    "2023年 收到 12 件",
    "一、存在的问题",
    "结果维持",
    "（七）总计",
    "0",
    "注：本表不含转送件。",
    "{{ n('x') }}",
    "** 前后 **",
    "规章",
]


def again(report: AnnualReport, fmt: str) -> AnnualReport:
    """The report printed and read back."""
    printed = render(report, fmt)
    data = printed if isinstance(printed, bytes) else printed.encode()
    return read_report(data, f"report{FORMATS[fmt].suffix}")


def same(one: AnnualReport, other: AnnualReport) -> None:
    assert other.form == one.form
    assert (other.year, other.org.name, other.title) == (one.year, one.org.name, one.title)
    assert other.preamble == one.preamble
    assert other.sections == one.sections
    assert other.tables == one.tables
    assert other.info_fee == one.info_fee


@pytest.mark.parametrize("fmt", READABLE)
@_QUIET
@given(seed=st.integers(0, 10**6), form=st.sampled_from(["2021", "2019"]))
def test_a_lawful_report_survives(fmt: str, seed: int, form: str) -> None:
    report = lawful_report(seed, form=form)
    read = again(report, fmt)
    same(report, read)
    if read.printed is not None:
        assert (read.printed.labels, read.printed.cells, read.printed.unread) == ((), (), ())
        assert [h.key for h in read.printed.headings] == [s.key for s in report.layout.sections]


@pytest.mark.parametrize("fmt", READABLE)
@_QUIET
@given(
    seed=st.integers(0, 10**6),
    share=st.sampled_from([0.1, 0.5, 0.9, 1.0]),
    form=st.sampled_from(["2021", "2019"]),
)
def test_a_blank_cell_stays_blank(fmt: str, seed: int, share: float, form: str) -> None:
    rng = random.Random(seed)
    report = lawful_report(seed, form=form)
    blanks = {key: None for key in report.layout.cells if rng.random() < share}
    report = report.with_cells(blanks)
    read = again(report, fmt)
    assert read.tables == report.tables
    if read.printed is not None:
        assert {cell.where for cell in read.printed.cells} == set(map(str, blanks))


@pytest.mark.parametrize("fmt", READABLE)
@pytest.mark.parametrize("section", ["s1", "s2", "s3", "s4", "s5", "s6"])
def test_odd_lines_of_prose_survive(fmt: str, section: str) -> None:
    report = lawful_report(3).with_sections({section: "\n".join(["首段。", *_ODD_LINES, "末段。"])})
    read = again(report, fmt)
    assert read.sections[section] == report.sections[section]
    assert read.tables == report.tables


@pytest.mark.parametrize("fmt", READABLE)
def test_unit_and_year_that_the_title_does_not_show(fmt: str) -> None:
    report = lawful_report(4)
    report = report.model_copy(update={"title": "政府信息公开工作年度报告"})
    same(report, again(report, fmt))


@pytest.mark.parametrize("fmt", READABLE)
def test_a_large_amount_is_printed_exactly(fmt: str) -> None:
    report = lawful_report(5)
    key = next(k for k in report.layout.cells if report.layout.column(k).kind == "amount")
    for text in ("190.457379", "24252.311082", "100000000", "0.0001", "7730.28"):
        changed = AnnualReport.model_validate_json(
            report.with_cells({key: None})
            .model_dump_json()
            .replace('"amount_wan":null', f'"amount_wan":"{text}"')
        )
        assert again(changed, fmt).value(key) == changed.value(key)


def test_json_is_lossless() -> None:
    report = lawful_report(6)
    assert AnnualReport.model_validate_json(str(render(report, "json"))) == report
    read = again(report, "html")
    assert AnnualReport.model_validate_json(str(render(read, "json"))) == read
