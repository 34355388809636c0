"""A run gives table, page, junit and json, and fails under a threshold or when the program is broken."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from assistant.checks import CheckInput, run_rules
from assistant.drafting.pipeline import DraftOptions, draft_texts
from assistant.report.draft import Draft
from assistant.report.findings import Finding, NotAssessable
from evals import metrics, run, tasks
from evals.harness import run_suite
from evals.metrics import METRICS, Shortfall, metrics_of, shortfalls
from evals.outputs import junit, page, results_json, shown_value
from evals.suites import SUITES, Suite
from evals.tasks import RuleCase, check_case


@pytest.fixture
def strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thresholds of which the dialogues miss one; the other suites have none."""
    limits = tmp_path / "thresholds.toml"
    limits.write_text("[dialogues]\nquestions = 0\n", encoding="utf-8")
    monkeypatch.setattr(metrics, "_THRESHOLDS", limits)


def _run(suite: Suite, *words: str) -> list[str]:
    """Ids of the failing cases among those whose id holds one of the words."""
    return [name for word in words for name in run_suite(suite, only=word).failing]


@pytest.mark.usefixtures("strict")
def test_a_run_writes_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["whole", "-o", str(tmp_path)]) == 0
    assert "whole" in capsys.readouterr().out
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert results["whole"]["metrics"]["recall"] > 0.9
    tests = Xml.parse(tmp_path / "junit.xml").getroot().findall("testsuite/testcase")
    assert len(tests) == results["whole"]["cases"]
    text = (tmp_path / "reconstruction.html").read_text(encoding="utf-8")
    assert "200 / 200 个单元格" in text
    for name in ("report.html", "reconstruction.html"):
        assert "://" not in (tmp_path / name).read_text(encoding="utf-8")


def test_an_unknown_suite_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["没有"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.usefixtures("strict")
def test_a_missed_threshold_fails_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["dialogues", "-o", str(tmp_path)]) == 1
    assert "未达限值：dialogues 的“提问数”" in capsys.readouterr().out
    assert 'failure message="dialogues' in (tmp_path / "junit.xml").read_text(encoding="utf-8")


def test_the_command_runs_the_suites(tmp_path: Path) -> None:
    program = "import sys; from assistant.interfaces.cli.app import main; sys.exit(main())"
    arguments = ["eval", "whole", "--only", "whole-01", "-o", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "report.html").exists()


def test_a_sealed_suite_shows_totals_only() -> None:
    suite = replace(SUITES["adversarial"], sealed=True)
    result = run_suite(suite, only="adversarial-1")
    for text in (page([result]), junit([result]), results_json([result])):
        assert "adversarial-1" not in text


def test_work_that_fails_is_a_case_that_fails() -> None:
    def broken(case: object) -> object:
        raise RuntimeError("broken on purpose")

    result = run_suite(replace(SUITES["whole"], task=broken))
    assert result.metrics["failed"] == len(result.cases)
    assert len(result.failing) == len(result.cases)
    assert "broken on purpose" in page([result])
    assert [missed for missed in shortfalls("whole", result.metrics) if missed.metric == "failed"]


def test_a_wrong_figure_turns_its_cases_red(monkeypatch: pytest.MonkeyPatch) -> None:
    def off_by_one(sources: dict[str, str], options: DraftOptions) -> Draft:
        draft = draft_texts(sources, options)
        cells = tuple(
            cell.model_copy(update={"value": cell.value + 1})
            if cell.row == "granted" and cell.value
            else cell
            for cell in draft.cells
        )
        return draft.model_copy(update={"cells": cells})

    assert _run(SUITES["whole"], "whole-01", "whole-02") == []
    monkeypatch.setattr(tasks, "draft_texts", off_by_one)
    # nothing was granted in the first
    assert _run(SUITES["whole"], "whole-01", "whole-02") == ["whole-02"]


def test_a_silent_rule_turns_its_defects_red(monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf(ctx: CheckInput) -> tuple[tuple[Finding, ...], tuple[NotAssessable, ...]]:
        findings, unknown = run_rules(ctx)
        return tuple(f for f in findings if f.code != "T3_ROW_SUM"), unknown

    monkeypatch.setattr(tasks, "run_rules", deaf)
    assert set(_run(SUITES["rules"], "T3_ROW_SUM", "T4_SUM")) == {f"T3_ROW_SUM-{seed}" for seed in range(4)}


def test_a_defect_changes_the_report_and_a_control_does_not() -> None:
    control, spoiled = check_case(RuleCase(2)), check_case(RuleCase(2, "T3_RESULT_SUM"))
    assert control.findings == () or all(f.severity == "info" for f in control.findings)
    assert "T3_RESULT_SUM" in {f.code for f in spoiled.findings}


def test_thresholds_name_suites_and_metrics() -> None:
    import tomllib

    limits = tomllib.loads(Path(metrics.__file__).with_name("thresholds.toml").read_text(encoding="utf-8"))
    assert set(limits) <= set(SUITES)
    assert {key for suite in limits.values() for key in suite} <= {m.key for m in METRICS}


def test_metrics_are_made_of_sums() -> None:
    scores = [
        {
            "cells_right": 3.0,
            "cells_wrong": 1.0,
            "cells_expected": 4.0,
            "f1": 0.75,
            "passed": 0.0,
            "failed": 0.0,
        },
        {
            "cells_right": 1.0,
            "cells_wrong": 0.0,
            "cells_expected": 1.0,
            "f1": 1.0,
            "passed": 1.0,
            "failed": 0.0,
        },
    ]
    found = metrics_of(scores)
    assert (found["precision"], found["recall"], found["macro"], found["passed"]) == (0.8, 0.8, 0.875, 0.5)
    assert "defects" not in found
    assert shown_value(0.8, share=True) == "80.0%"
    assert shown_value(3.0, share=False) == "3"
    assert str(Shortfall("whole", "f1", None, 0.9)) == "whole 的“F1”为 没有结果，限值 0.9"
