"""Checks one finished report; apart from drafting, so that a reviewing office's check starts at once."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.checks import CheckInput, RuleSettings, run_rules
from assistant.outcome import CheckResult
from assistant.report import AnnualReport

__all__ = ["check_report"]


def check_report(
    report: AnnualReport,
    *,
    file: str = "",
    previous: AnnualReport | None = None,
    settings: RuleSettings | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> CheckResult:
    """Check a finished report by the rules; UsageError when a code does not exist."""
    findings, open_rules = run_rules(CheckInput(report, previous, settings or RuleSettings()), select, ignore)
    return CheckResult(file=file, report=report, findings=findings, not_assessable=open_rules)
