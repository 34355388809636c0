"""Checks one finished report; apart from drafting, so that a reviewing office's check starts at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.checks import CheckInput, RuleSettings, run_rules
from assistant.findings import CheckResult
from assistant.report import AnnualReport

if TYPE_CHECKING:
    from assistant.decisions import Decision
    from assistant.profile import UnitSettings

__all__ = ["check_report"]


def check_report(
    report: AnnualReport,
    *,
    file: str = "",
    previous: AnnualReport | None = None,
    settings: RuleSettings | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    unit: UnitSettings | None = None,
    decisions: Sequence[Decision] = (),
) -> CheckResult:
    """Check a finished report by the rules; UsageError when a code does not exist.

    ``unit`` is laid over what the report shows of its body, so that rules for some bodies apply as the office says;
    ``decisions`` mark the findings that a person has accepted.
    """
    if unit is not None:
        report = unit.laid_over(report)
    findings, open_rules = run_rules(CheckInput(report, previous, settings or RuleSettings()), select, ignore)
    if decisions:
        from assistant.decisions import judged

        findings = judged(findings, report, decisions, file)
    return CheckResult(file=file, report=report, findings=findings, not_assessable=open_rules)
