"""Arranges what a check found for every output format: names in Chinese, counts, and which unit to return first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import NamedTuple

from assistant.checks import get_rule
from assistant.errors import UsageError
from assistant.printing.findings.places import cell_of, place_name
from assistant.report import AnnualReport
from assistant.report.findings import SEVERITY_NAMES, CheckResult, Finding, NotAssessable, Severity

__all__ = ["VERDICTS", "Checked", "Item", "Open", "Review", "Unit", "Unreadable", "Verdict", "review_of"]

Verdict = str
VERDICTS: dict[Verdict, str] = {
    "return": "退回改正",
    "ask": "请单位核实",
    "resend": "重新报送",
    "pass": "可以通过",
}
"""What to do with a report, the most pressing first."""


@dataclass(frozen=True)
class Checked:
    """One file that was checked; ``accepted`` are findings that somebody accepted as exceptions, with the reason given.

    An accepted finding counts no longer, wherever it stands in ``result.findings`` or not.
    """

    result: CheckResult
    accepted: Mapping[Finding, str] = field(default_factory=dict)


class Unreadable(NamedTuple):
    """A file that could not be read, and why (one Chinese line)."""

    file: str
    reason: str


class Item(NamedTuple):
    """One finding as people see it."""

    id: str
    """unique in the review: u3-12"""
    number: int
    """its number in the unit, from 1"""
    finding: Finding
    title: str
    """name of its rule"""
    place: str
    """where it is, in Chinese"""
    cells: tuple[tuple[str, str], ...]
    """name and Chinese label of each cell that takes part, the likeliest wrong one first"""
    accepted: str | None = None
    """the reason for which it was accepted as an exception"""

    @property
    def severity_name(self) -> str:
        """What a clerk calls its severity."""
        return SEVERITY_NAMES[self.finding.severity]


class Open(NamedTuple):
    """A rule that could not be judged."""

    code: str
    title: str
    reason: str


@dataclass(frozen=True, eq=False)
class Unit:
    """One file: its findings, or why it could not be read."""

    key: str
    """unique in the review: u3, in the order of the files"""
    file: str
    name: str
    """the unit's name, or the file's where the report names none"""
    report: AnnualReport | None
    items: tuple[Item, ...] = ()
    """what stands, as the check sorted it: the gravest first"""
    exceptions: tuple[Item, ...] = ()
    """what was accepted"""
    open: tuple[Open, ...] = ()
    problem: str = ""
    """why it could not be read; empty when it could"""
    result: CheckResult | None = None
    """what the check said, as it said it"""

    @cached_property
    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity stand, the gravest first."""
        return {s: sum(i.finding.severity is s for i in self.items) for s in SEVERITY_NAMES}

    @property
    def year(self) -> str:
        """The report's year; empty where unknown."""
        return "" if self.report is None or self.report.year is None else str(self.report.year)

    @property
    def verdict(self) -> Verdict:
        """What to do with the report, a key of VERDICTS."""
        if self.report is None:
            return "resend"
        if self.counts[Severity.ERROR]:
            return "return"
        return "ask" if self.counts[Severity.WARNING] or self.counts[Severity.ASK] else "pass"

    @property
    def worst(self) -> str:
        """The first thing to say about it in one sentence; empty when there is nothing."""
        return self.problem or (self.items[0].finding.message if self.items else "")


@dataclass(frozen=True, eq=False)
class Review:
    """Everything that was checked, in the order of the files."""

    units: tuple[Unit, ...]

    @cached_property
    def ranking(self) -> tuple[Unit, ...]:
        """What to return first: most errors, then most warnings, then what could not be read, then most hints."""
        return tuple(sorted(self.units, key=_urgency))

    @cached_property
    def severities(self) -> dict[Severity, str]:
        """The severities that lists have columns for; questions only where there are any, which is rare in a check."""
        asked = any(u.counts[Severity.ASK] for u in self.units)
        return {s: name for s, name in SEVERITY_NAMES.items() if s is not Severity.ASK or asked}

    @property
    def readable(self) -> tuple[Unit, ...]:
        """The units whose reports could be read."""
        return tuple(u for u in self.units if u.report is not None)

    @property
    def has_errors(self) -> bool:
        """Whether a finding of severity error stands that nobody accepted."""
        return any(u.counts[Severity.ERROR] for u in self.units)

    @property
    def has_unreadable(self) -> bool:
        """Whether a file could not be read."""
        return any(u.report is None for u in self.units)


def review_of(outcomes: Iterable[Checked | Unreadable]) -> Review:
    """The view of everything that was checked."""
    return Review(tuple(_unit(f"u{number}", outcome) for number, outcome in enumerate(outcomes, 1)))


def _urgency(unit: Unit) -> tuple[int, int, bool, int, int]:
    counts = unit.counts
    return (
        -counts[Severity.ERROR],
        -counts[Severity.WARNING],
        unit.report is not None,
        -counts[Severity.ASK],
        -counts[Severity.INFO],
    )


def _unit(key: str, outcome: Checked | Unreadable) -> Unit:
    if isinstance(outcome, Unreadable):
        return Unit(key, outcome.file, PurePath(outcome.file).stem, None, problem=outcome.reason)
    result = outcome.result
    said = {f: f"{why.reason}（{why.person}，{why.date}）" for f in result.findings if (why := f.accepted)}
    accepted = {**said, **outcome.accepted}
    standing = [f for f in result.findings if f not in accepted]
    items = [_item(key, number, f, result.report) for number, f in enumerate(standing, 1)]
    exceptions = [
        _item(key, number, f, result.report, reason)
        for number, (f, reason) in enumerate(accepted.items(), len(items) + 1)
    ]
    return Unit(
        key=key,
        file=result.file,
        name=result.report.org.name or PurePath(result.file).stem,
        report=result.report,
        items=tuple(items),
        exceptions=tuple(exceptions),
        open=_open(result.not_assessable),
        result=result,
    )


def _item(
    unit: str, number: int, finding: Finding, report: AnnualReport, accepted: str | None = None
) -> Item:
    form = report.layout
    keys = [(name, cell_of(form, name)) for name in finding.cells]
    return Item(
        id=f"{unit}-{number}",
        number=number,
        finding=finding,
        title=_title(finding.code),
        place=place_name(form, finding.where, finding.cells),
        cells=tuple((name, form.label(key)) for name, key in keys if key is not None),
        accepted=accepted,
    )


def _open(unknown: Sequence[NotAssessable]) -> tuple[Open, ...]:
    return tuple(Open(u.code, _title(u.code), u.reason) for u in unknown)


def _title(code: str) -> str:
    """A rule's name; the code itself for what no rule of the catalogue says."""
    try:
        return get_rule(code).title
    except UsageError:
        return code
