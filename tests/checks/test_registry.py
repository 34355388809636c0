"""What holds for every rule: its file, its words, its cases and its mutation."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import assistant.checks.rules
from assistant.checks import CheckInput, all_rules, get_rule, run_rules
from assistant.checks.registry import HEADINGS, Rule
from assistant.errors import UsageError
from evals.lawful import lawful_pair, lawful_report
from evals.mutations import mutate, mutated_codes
from tests.checks.cases import HERE, cases_of

RULES = all_rules()
PACKAGE = Path(assistant.checks.rules.__file__).parent


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
class TestEveryRule:
    def test_stands_in_the_file_of_its_name(self, rule: Rule) -> None:
        assert rule.check.__module__ == f"assistant.checks.rules.{rule.code.lower()}"
        assert rule.check.__name__ in (rule.code.lower(), f"{rule.code.lower()}_")

    def test_explains_itself(self, rule: Rule) -> None:
        assert tuple(rule.sections) == HEADINGS
        assert all(len(text) > 5 for text in rule.sections.values())
        assert rule.title
        assert rule.citation

    def test_has_failing_passing_and_mutated_cases(self, rule: Rule) -> None:
        cases = cases_of(HERE / f"{rule.code.lower()}.yaml")
        assert any(case.expect for case in cases)
        assert any(not case.expect and not case.not_assessable for case in cases)
        assert rule.code in mutated_codes()

    def test_catches_its_mutation(self, rule: Rule) -> None:
        tried = 0
        for seed in range(60):
            spoiled = mutate(rule.code, _lawful(seed), random.Random(seed))
            if spoiled is None:
                continue
            findings, _ = run_rules(spoiled, select=[rule.code])
            assert findings, seed
            tried += 1
            if tried >= 8:
                return
        assert tried


def _lawful(seed: int) -> CheckInput:
    last, this = lawful_pair(seed)
    return CheckInput(this, previous=last)


def test_no_case_file_and_no_mutation_is_left_without_a_rule() -> None:
    codes = {rule.code for rule in RULES}
    assert {path.stem.upper() for path in HERE.glob("*.yaml")} == codes
    assert mutated_codes() == codes


def test_modules_are_small() -> None:
    for path in PACKAGE.glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 310, path.name


def test_unknown_codes_are_refused() -> None:
    with pytest.raises(UsageError, match="没有名为“NO_SUCH”的规则"):
        get_rule("NO_SUCH")


def test_selecting_and_ignoring() -> None:
    ctx = CheckInput(lawful_report(1).with_sections({"s6": "无。", "s5": "存在问题.主要包括更新慢。"}))
    assert {f.code for f in run_rules(ctx, select=["PUNCT", "fee_statement"])[0]} == {
        "PUNCT",
        "FEE_STATEMENT",
    }
    assert "PUNCT" not in {f.code for f in run_rules(ctx, ignore=["punct"])[0]}
