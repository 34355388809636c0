"""The datasets fit their schema, are many, and have names of their own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pydantic import ValidationError

from evals.case_schema import SCHEMA, schema_text
from evals.cases import DATASETS, Case, load_cases
from evals.suites import SUITES

_FILES = sorted(DATASETS.glob("*.yaml"))


def test_the_schema_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run: python -m evals.case_schema"


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_a_dataset_names_its_schema_and_loads(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n")
    assert list(load_cases(path))


def test_there_are_enough_cases_and_each_has_its_own_name() -> None:
    names = Counter((suite.name, case.id) for suite in SUITES.values() for case in suite.cases())
    assert len(names) >= 200
    assert [name for name, count in names.items() if count > 1] == []


def test_levels_years_and_forms_are_spread() -> None:
    cases = [case for name in ("samples", "reader", "whole") for case in SUITES[name].cases()]
    assert {str(case.level) for case in cases} >= {"province", "city", "county", "town", "department"}
    assert {case.year for case in cases} >= set(range(2019, 2026))


@pytest.mark.parametrize(
    "wrong",
    [
        {"message": "x", "cells": {"table3.granted.nobody": 1}},
        {"message": "x", "turns": ["y"]},
        {},
        {"message": "x", "colour": "red"},
    ],
)
def test_a_case_that_does_not_fit_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Case.model_validate({"id": "c", **wrong})
