"""Every rule against its named cases: the findings with their whole message, the blanks, what must stay silent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.checks import run_rules
from assistant.report.findings import Finding
from tests.checks.cases import Case, all_cases


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case.code}: {case.name}")
def test_case(case: Case) -> None:
    findings, unknown = run_rules(case.input, select=[case.code])
    assert [_shown(f, want) for f, want in zip(findings, case.expect, strict=False)] == [
        dict(want) for want in case.expect
    ][: len(findings)], [f.message for f in findings]
    assert [f.message for f in findings] == [want["message"] for want in case.expect]
    assert [one.reason for one in unknown] == case.not_assessable


def _plain(value: object) -> object:
    """Decimals as YAML writes them."""
    return float(value) if isinstance(value, Decimal) else value


def _shown(finding: Finding, want: dict[str, object]) -> dict[str, object]:
    """The parts of a finding that the case speaks of."""
    fields: dict[str, object] = {
        "where": finding.where,
        "message": finding.message,
        "severity": finding.severity.value,
        "expected": _plain(finding.expected),
        "got": _plain(finding.got),
        "cells": list(finding.cells),
        "quotes": [one.quote for one in finding.evidence],
        "fix": finding.fix.title if finding.fix else None,
        "certain": finding.fix.certain if finding.fix else None,
    }
    return {key: fields[key] for key in want}
