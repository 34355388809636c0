"""What is said about a report: findings, rules that could not be assessed, questions. Data only."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from assistant.report import AnnualReport
from assistant.report.facts import Evidence, Frozen, Value

__all__ = [
    "SEVERITY_NAMES",
    "Acceptance",
    "CheckResult",
    "Edit",
    "Finding",
    "Fix",
    "NotAssessable",
    "Question",
    "Severity",
]


class Severity(StrEnum):
    """error blocks a final export; warning and info never do; ask marks a question while drafting."""

    ERROR = "error"
    WARNING = "warning"
    ASK = "ask"
    INFO = "info"


SEVERITY_NAMES: dict[Severity, str] = {
    Severity.ERROR: "错误",
    Severity.WARNING: "警告",
    Severity.ASK: "待确认",
    Severity.INFO: "提示",
}
"""What a clerk calls them, the gravest first."""


class Edit(Frozen):
    """One exact change: a cell set to a value, or characters of the printed text replaced."""

    where: str = ""
    """table.row.col when a cell changes; title, preamble or s1 … s6 when words of that passage change (offsets are then
    offsets in it); empty when the printed page changes"""
    value: Value | None = None
    start: int | None = None
    end: int | None = None
    text: str = ""
    """replacement for the characters [start:end] of the passage or of Printed.text"""


class Fix(Frozen):
    """The smallest repair of a finding. ``certain`` repairs may be applied without asking."""

    title: str
    edits: tuple[Edit, ...] = ()
    certain: bool = False


class Acceptance(Frozen):
    """Why a person lets a finding stand as an exception."""

    reason: str
    person: str
    date: date


class Finding(Frozen):
    """One thing a careful reviewer would say.

    ``where`` names the place (table.row.col, a section key, a label); ``cells`` are all cells that take part, the
    likeliest wrong one first; ``message`` is plain Chinese with both sides and the difference.
    """

    code: str
    severity: Severity
    where: str
    message: str
    expected: Value | str | None = None
    got: Value | str | None = None
    fix: Fix | None = None
    cells: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    accepted: Acceptance | None = Field(default=None, exclude_if=lambda accepted: accepted is None)
    """a person accepted it as an exception: it is shown apart and blocks nothing"""

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of a final export: an error that nobody has accepted."""
        return self.severity is Severity.ERROR and self.accepted is None


class NotAssessable(Frozen):
    """A rule that could not be judged because an input is missing or blank; never counted as a pass."""

    code: str
    where: str
    reason: str


class Question(Frozen):
    """One question to the clerk; ``choices`` are one-tap answers, phrased so that each can be sent back as a message."""

    code: str
    about: tuple[str, ...] = Field(default=())
    text: str
    choices: tuple[str, ...] = ()


class CheckResult(Frozen):
    """The findings of one finished report."""

    file: str
    report: AnnualReport
    findings: tuple[Finding, ...] = ()
    not_assessable: tuple[NotAssessable, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether a finding of severity error stands that nobody has accepted."""
        return any(f.blocks for f in self.findings)
