"""Walks both registries of formats: each has a module, a name, a file, a way back where it has one, and is offered."""

from __future__ import annotations

import re
import shutil
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from assistant.checks.check_report import check_report
from assistant.documents.readable import READABLE
from assistant.errors import MissingDependency
from assistant.interfaces.chat.panels import DOWNLOADS
from assistant.interfaces.cli.app import run
from assistant.interfaces.cli.check_output import format_of
from assistant.interfaces.cli.commands.check import Output
from assistant.printing import findings, reports
from assistant.printing.sources import REVIEW
from assistant.reading import read_report
from assistant.report import AnnualReport
from evals.lawful import lawful_report
from tests.printing.findings.checked import faulty

_REPORTS = pytest.mark.parametrize("form", reports.FORMATS.values(), ids=list(reports.FORMATS))
_FINDINGS = pytest.mark.parametrize("form", findings.FORMATS.values(), ids=list(findings.FORMATS))
_FOR_REPORTS = {"__init__", "grid", "view", "word_table"}
_FOR_FINDINGS = {"__init__", "excerpt", "marks", "passages", "places", "terminal", "view", "word_anchor"}
"""modules beside those of formats, which no registry line names"""


def _modules(package: Any) -> set[str]:
    return {path.stem for path in Path(package.__file__).parent.glob("*.py")}


@_REPORTS
class TestReportFormat:
    def test_is_named(self, form: reports.Format) -> None:
        assert reports.format_named(f".{form.name.upper()}") is form
        assert re.search("[A-Za-z\u4e00-\u9fff]", form.label)
        assert form.suffix == f".{form.name}"
        assert re.fullmatch(r"[a-z]+/[\w.+-]+", form.media_type)

    def test_prints_a_lawful_report(self, form: reports.Format) -> None:
        module = import_module(f"assistant.printing.reports.{form.module}")
        assert (module.__doc__ or "").startswith("Prints")
        if form.name == "pdf" and shutil.which("soffice") is None:
            with pytest.raises(MissingDependency):
                form.renderer(lawful_report(4), ())
            return
        content = form.renderer(lawful_report(4), ())
        assert isinstance(content, bytes if form.binary else str)
        assert len(content) > 1000

    def test_can_be_read_back(self, form: reports.Format) -> None:
        assert form.suffix in READABLE
        if form.name == "pdf" and shutil.which("soffice") is None:
            return
        report = lawful_report(4)
        content = form.renderer(report, ())
        back = read_report(content if isinstance(content, bytes) else content.encode(), f"年报{form.suffix}")
        assert back.tables == report.tables

    @pytest.mark.parametrize("command", ["draft", "render", "batch"])
    def test_is_offered(self, form: reports.Format, command: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert form.name in _offered(command, capsys)
        assert form.name not in DOWNLOADS or DOWNLOADS[form.name] == form.label


@_FINDINGS
class TestFindingsFormat:
    def test_is_named(self, form: findings.Format) -> None:
        assert findings.format_named(form.name) is form
        assert re.search("[A-Za-z\u4e00-\u9fff]", form.label)

    def test_is_shown_by_the_name_of_the_file(self, form: findings.Format) -> None:
        for suffix in (form.suffix, *form.other_suffixes):
            assert format_of(None, f"结果{suffix.upper()}") == form.name

    def test_prints_a_lawful_report_and_one_with_defects(self, form: findings.Format) -> None:
        module = import_module(f"assistant.printing.findings.{form.module}")
        assert (module.__doc__ or "").startswith("Prints")
        lawful, wrong = _checked(lawful_report(4)), _checked(faulty())
        for outcomes in ([lawful], [lawful, wrong]):
            review = findings.review_of(outcomes)
            printed = (
                [form.render_unit(unit) for unit in review.readable]
                if form.per_unit
                else [form.render(review)]
            )
            assert all(isinstance(one, bytes if form.binary else str) and one for one in printed)

    def test_is_offered(self, form: findings.Format, capsys: pytest.CaptureFixture[str]) -> None:
        words = _offered("check", capsys)
        assert form.name in words
        assert "".join(form.label.split()) in words
        assert Output(form.name).value == form.name


def test_no_module_is_left_without_a_line() -> None:
    assert _modules(reports) == _FOR_REPORTS | {f.module for f in reports.FORMATS.values()}
    assert _modules(findings) == _FOR_FINDINGS | {f.module for f in findings.FORMATS.values()}


def test_ends_of_names_are_no_two_formats() -> None:
    ends = [end for f in findings.FORMATS.values() for end in (f.suffix, *f.other_suffixes)]
    assert len(set(ends)) == len(ends)
    assert format_of(None, "结果") == "text"
    suffixes = [f.suffix for f in reports.FORMATS.values()]
    assert len(set(suffixes)) == len(suffixes)


def test_the_chat_offers_formats_of_the_registry_and_the_page_of_sources() -> None:
    assert set(DOWNLOADS) - {REVIEW} == {f.name for f in reports.FORMATS.values() if f.offered}


def _checked(report: AnnualReport) -> findings.Checked:
    return findings.Checked(check_report(report, file="年报.json"))


def _offered(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The help of the format option, in one piece."""
    assert run([command, "--help"]) == 0
    page = capsys.readouterr().out
    part = page[page.index("--format") :]
    return "".join(part[: part.index("--output") if "--output" in part else None].split())
