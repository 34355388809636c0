"""First figures are kept for every set of cases, and none is changed or taken out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from evals import first_run
from evals.cases import DATASETS, READER
from evals.first_runs import FIRST_RUNS, FirstRun, append, broken_at, read_ledger
from evals.raw_cases import cases_of

_ROOT = FIRST_RUNS.parent.parent


def _copy(folder: Path) -> Path:
    path = folder / "first_runs.json"
    path.write_bytes(FIRST_RUNS.read_bytes())
    return path


def test_no_entry_was_changed_or_taken_out() -> None:
    assert broken_at(read_ledger().runs) == []


def test_the_entries_of_the_last_commit_are_all_there() -> None:
    """The chain cannot see that its end is missing; a checkout can."""
    told = ["git", "show", f"HEAD:{FIRST_RUNS.relative_to(_ROOT).as_posix()}"]
    try:
        done = subprocess.run(told, cwd=_ROOT, capture_output=True, check=False)
    except FileNotFoundError:
        return
    kept = json.loads(done.stdout)["runs"] if done.returncode == 0 else []
    assert json.loads(FIRST_RUNS.read_text(encoding="utf-8"))["runs"][: len(kept)] == kept


def test_a_changed_entry_breaks_the_chain() -> None:
    runs = list(read_ledger().runs)
    better = [runs[0].model_copy(update={"f1": 0.999}), *runs[1:]]
    assert broken_at(better) == [runs[1].set]
    assert broken_at(runs[:2] + runs[3:]) == [runs[3].set]
    assert broken_at([runs[1], runs[0], *runs[2:]])


def test_an_entry_is_appended_once(tmp_path: Path) -> None:
    path = _copy(tmp_path)
    before = read_ledger(path).runs
    append(FirstRun(set="new", date="2026-12-01", cases=3, f1=0.5), path)
    after = read_ledger(path).runs
    assert after[:-1] == before
    assert broken_at(after) == []
    with pytest.raises(ValueError, match="已有首次成绩"):
        append(FirstRun(set="new", date="2026-12-02", cases=3, f1=0.9), path)
    path.write_text(path.read_text(encoding="utf-8").replace("0.861", "0.961"), encoding="utf-8")
    with pytest.raises(ValueError, match="被改动过"):
        append(FirstRun(set="newer", date="2026-12-02", cases=3), path)


def test_every_file_of_cases_has_its_first_figures() -> None:
    """New cases are scored before the program is changed for them: python -m evals.first_run NAME FILE.

    Files go by their names: they may move, and an entry never changes.
    """
    ledger = read_ledger()
    kept = {Path(file).name for run in ledger.runs for file in run.files}
    before = {Path(file).name for file in ledger.before_records}
    files = [p.name for p in [*READER.glob("*.yaml"), *DATASETS.glob("*.yaml")]]
    assert len(files) == len(set(files))
    assert set(files) - kept - before == set()
    assert kept & before == set()


def test_cases_of_others_are_read_and_scored(tmp_path: Path) -> None:
    cell = {"table": "table3", "row": "granted", "col": "total", "value": 3}
    case = {
        "id": "x-1",
        "org_name": "某县水利局（一）",
        "org_level": "department",
        "year": 2024,
        "raw_input_zh": "",
        "file": "数.txt",
        "facts": {"table3": {"granted": {"total": 3}}, "table4": {}},
        "gold": {
            "cells": [cell],
            "zero": ["table4"],
            "findings": [
                {"code": "MAPPED", "severity": "info"},
                {"code": "MISSING_FIELD", "severity": "ask"},
            ],
        },
    }
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "数.txt").write_text("予以公开3件。", encoding="utf-8")
    (tmp_path / "cases.jsonl").write_text(json.dumps(case, ensure_ascii=False) + "\n", encoding="utf-8")
    (read,) = cases_of(tmp_path / "cases.jsonl")
    assert (read.org, read.findings, read.zero) == ("某县水利局", ("MISSING_FIELD",), ("table4",))
    assert read.sources == {"数.txt": "予以公开3件。"}
    run = first_run.scored("x", [tmp_path / "cases.jsonl"])
    assert (run.cases, run.f1, run.silent, run.files) == (1, 1.0, 0, ())
