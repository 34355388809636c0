"""Checks finished reports, one or many together; apart from drafting, so that a reviewing office's check starts at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from assistant.checks import CheckInput, RuleSettings, run_rules
from assistant.report import AnnualReport
from assistant.report.facts import Fact
from assistant.report.findings import CheckResult

if TYPE_CHECKING:
    from assistant.checks.together.siblings import Beside
    from assistant.office.decisions import Decision
    from assistant.office.profile import UnitSettings

__all__ = ["Given", "check_report", "check_together"]


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
    facts: Sequence[Fact] | None = None,
) -> CheckResult:
    """Check a finished report by the rules; UsageError when a code does not exist.

    ``unit`` is laid over what the report shows of its body, so that rules for some bodies apply as the office says;
    ``decisions`` mark the findings that a person has accepted; ``facts`` are the ledger that a draft rests on.
    """
    ledger = None if facts is None else tuple(facts)
    given = Given(
        report,
        file,
        previous,
        settings=settings or RuleSettings(),
        unit=unit,
        decisions=decisions,
        facts=ledger,
    )
    return _checked(given.laid_over(), None, select, ignore)


@dataclass(frozen=True)
class Given:
    """A report to be checked beside others, with what belongs to it alone; see :func:`check_report`.

    ``no_previous`` says why there is no last year's report, where one was looked for. ``folder`` is where the report
    lies, None where it comes from no file.
    """

    report: AnnualReport
    file: str = ""
    previous: AnnualReport | None = None
    no_previous: str = ""
    folder: PurePath | None = None
    settings: RuleSettings = field(default_factory=RuleSettings)
    unit: UnitSettings | None = None
    decisions: Sequence[Decision] = ()
    facts: tuple[Fact, ...] | None = None

    def laid_over(self) -> Given:
        """The same with the body as its office describes it."""
        return self if self.unit is None else replace(self, report=self.unit.laid_over(self.report))


def check_together(
    given: Sequence[Given], select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> list[CheckResult]:
    """Check reports of one batch, each beside its siblings and, for a government, beside its units; results in their order.

    UsageError when a code does not exist.
    """
    laid = [one.laid_over() for one in given]
    if len(laid) < 2:
        return [_checked(one, None, select, ignore) for one in laid]
    from assistant.checks.together.batches import Batch
    from assistant.checks.together.siblings import Sibling

    batch = Batch([Sibling.of(one.report) for one in laid], [one.folder for one in laid])
    return [
        _checked(one, batch.beside(number, one.settings.roster), select, ignore)
        for number, one in enumerate(laid)
    ]


def _checked(one: Given, beside: Beside | None, select: Sequence[str], ignore: Sequence[str]) -> CheckResult:
    context = CheckInput(one.report, one.previous, one.settings, one.facts, no_previous=one.no_previous)
    if beside is not None:
        context = replace(context, beside=beside)
    findings, open_rules = run_rules(context, select, ignore)
    if one.decisions:
        from assistant.office.decisions import judged

        findings = judged(findings, one.report, one.decisions, one.file)
    return CheckResult(file=one.file, report=one.report, findings=findings, not_assessable=open_rules)
