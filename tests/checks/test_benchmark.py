"""The mutation benchmark itself, on a few reports: recall one for every rule, no false alarm, and a table of all rules."""

from __future__ import annotations

from assistant.checks import all_rules
from evals.rules_benchmark import benchmark, table


def test_every_fault_is_caught_and_lawful_reports_raise_no_alarm() -> None:
    score = benchmark(18, start=500)
    assert score.missed == []
    assert not score.alarms
    assert score.perfect
    shown = table(score)
    assert all(rule.code in shown for rule in all_rules())
