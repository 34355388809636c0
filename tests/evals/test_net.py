"""The net holds: a case that was green and fails turns the run red, and no baseline forgets it unasked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evals import metrics, run
from evals.harness import run_suite
from evals.removals import readers, without_notion
from evals.results import SuiteResult, seal
from evals.suites import SUITES


@pytest.fixture
def bounds_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No thresholds, and a baseline that may be written."""
    limits, kept = tmp_path / "thresholds.toml", tmp_path / "baseline.json"
    limits.write_text("", encoding="utf-8")
    kept.write_bytes(metrics.BASELINE.read_bytes())
    monkeypatch.setattr(metrics, "_THRESHOLDS", limits)
    monkeypatch.setattr(metrics, "BASELINE", kept)
    monkeypatch.setattr(run, "BASELINE", kept)
    return kept


def _status(folder: Path, *arguments: str) -> int:
    return run.main([*arguments, "-o", str(folder / "out")])


@pytest.mark.usefixtures("bounds_off")
def test_an_emptied_word_is_red(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No threshold notices it."""
    assert _status(tmp_path, "whole", "samples") == 0
    with without_notion("row", "np_repeat"):
        assert _status(tmp_path, "samples") == 1
    assert "比基准新增不通过：samples" in capsys.readouterr().out


@pytest.mark.usefixtures("bounds_off")
def test_a_missing_reader_is_red_for_chosen_cases_too(tmp_path: Path) -> None:
    (sentences,) = [reader for reader in readers() if reader.attribute == "read_sentences"]
    assert _status(tmp_path, "reader", "--only", "mess-1") == 0
    with sentences():
        assert _status(tmp_path, "reader", "--only", "mess-1") == 1


@pytest.mark.usefixtures("bounds_off")
def test_a_sealed_suite_is_compared_and_shows_only_how_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = replace(SUITES["whole"], sealed=True)
    monkeypatch.setitem(SUITES, "whole", sealed)
    assert _status(tmp_path, "whole") == 0
    with without_notion("row", "granted"):
        assert _status(tmp_path, "whole") == 1
        hidden = run_suite(sealed).as_json()["failing"]
    said = capsys.readouterr().out + "".join(
        path.read_text(encoding="utf-8") for path in sorted((tmp_path / "out").glob("[rj]*s.json"))
    )
    assert "比基准新增不通过：whole" in said
    assert "whole-0" not in said
    assert hidden
    assert set(hidden) <= {seal(case.id) for case in sealed.cases()}


def test_a_baseline_forgets_nothing_unasked(bounds_off: Path, tmp_path: Path) -> None:
    before = bounds_off.read_bytes()
    with without_notion("row", "np_repeat"):
        worse = len(run_suite(SUITES["samples"]).newly_failing)
        assert worse
        assert _status(tmp_path, "samples", "--accept") == 1
        assert _status(tmp_path, "samples", "--accept", "--drop", str(worse + 1)) == 1
        assert bounds_off.read_bytes() == before
        assert _status(tmp_path, "samples", "--accept", "--drop", str(worse)) == 0
        assert _status(tmp_path, "samples") == 0
    assert len(json.loads(bounds_off.read_text(encoding="utf-8"))["samples"]["failing"]) == worse


def test_part_of_the_cases_is_no_baseline(tmp_path: Path) -> None:
    assert _status(tmp_path, "whole", "--only", "whole-01", "--accept") == 2


def _result(**changes: int | tuple[str, ...]) -> SuiteResult:
    return replace(SuiteResult("whole", "", False, (), {}), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("result", "red"),
    [
        (_result, False),
        (lambda: _result(newly_failing=("a",)), True),
        (lambda: _result(newly_passing=("a",)), False),
        (lambda: _result(lost=1), True),
    ],
)
def test_what_makes_a_suite_red(result: Callable[[], SuiteResult], red: bool) -> None:
    assert result().red is red


@pytest.mark.usefixtures("bounds_off")
def test_a_case_taken_out_is_missed() -> None:
    suite = SUITES["whole"]
    fewer = replace(suite, cases=lambda: suite.cases()[1:])
    assert (run_suite(fewer).lost, run_suite(suite).lost) == (1, 0)


@pytest.mark.usefixtures("bounds_off")
def test_a_new_case_must_pass() -> None:
    suite = SUITES["whole"]
    new = [
        case.model_copy(update={"id": "new", "cells": {"table4.review.upheld": 77}})
        for case in suite.cases()[:1]
    ]
    assert run_suite(replace(suite, cases=lambda: new)).newly_failing == ("new",)
