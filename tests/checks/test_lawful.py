"""No rule raises a false alarm on a lawful report, drafted or printed, alone or beside last year's."""

from __future__ import annotations

import pytest

from assistant.checks import CheckInput, run_rules
from assistant.report.findings import Severity
from evals.lawful import lawful_pair, lawful_report
from evals.printing import as_printed


@pytest.mark.parametrize("seed", range(0, 240, 2))
def test_a_lawful_report_has_no_error_and_no_warning(seed: int) -> None:
    last, this = lawful_pair(seed)
    inputs = [
        CheckInput(lawful_report(seed)),
        CheckInput(lawful_report(seed, form="2019")),
        CheckInput(this, previous=last),
    ]
    inputs += [CheckInput(as_printed(ctx.report), previous=ctx.previous) for ctx in inputs]
    for ctx in inputs:
        findings, _ = run_rules(ctx)
        assert [f for f in findings if f.severity in (Severity.ERROR, Severity.WARNING)] == []
