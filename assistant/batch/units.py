"""What a batch works on and what it gives back for each unit. Data only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pydantic import Field, PrivateAttr

from assistant.checks.together.siblings import Sibling
from assistant.report import AnnualReport, Level, Scope
from assistant.report.draft import Draft, ModelUse
from assistant.report.facts import Frozen
from assistant.report.findings import SEVERITY_NAMES, Finding, Question, Severity

__all__ = ["UnitInput", "UnitResult", "UnitState"]


@dataclass(frozen=True)
class UnitInput:
    """The raw facts of one unit: texts by source name, files, or both; ``problem`` says why there are none to read.

    ``origin`` tells a person where the unit was found (a file, a row). ``previous`` is last year's report or its file.
    """

    org: str
    texts: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Path, ...] = ()
    year: int | None = None
    level: Level | None = None
    scope: Scope | None = None
    previous: AnnualReport | Path | None = None
    origin: str = ""
    problem: str = ""


class UnitState(StrEnum):
    """How far a unit came."""

    DONE = "done"
    FAILED = "failed"


class UnitResult(Frozen):
    """One unit of a batch after drafting; ``number`` counts from 1 in the order of the input.

    ``cells`` is (filled, all) cells of the three tables; ``seconds`` is the work spent, 0 when an earlier run's result
    was kept.
    """

    number: int
    org: str
    key: str
    """name of the unit's folder"""
    state: UnitState
    origin: str = ""
    previous: str = ""
    """file name of last year's report, empty when there is none"""
    title: str = ""
    level: Level | None = None
    year: int | None = None
    cells: tuple[int, int] = (0, 0)
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    model: ModelUse = ModelUse()
    files: tuple[str, ...] = ()
    """file names in the unit's folder"""
    sibling: Sibling | None = Field(default=None, repr=False)
    """what the other units of the run need to know of it"""
    problem: str = ""
    """why the unit failed, one line"""
    seconds: float = Field(default=0.0, ge=0)
    kept: bool = False
    """the result of an earlier run was kept, because nothing had changed"""
    edited: bool = False
    """a person has changed the files since; they were left as they are"""
    _draft: Draft | None = PrivateAttr(default=None)

    @property
    def draft(self) -> Draft | None:
        """The draft itself; None when the unit failed or the result of an earlier run was kept."""
        return self._draft

    def with_draft(self, draft: Draft | None) -> UnitResult:
        """The same result holding its draft, which is never stored."""
        result = self.model_copy()
        result._draft = draft
        return result

    def with_findings(self, more: Sequence[Finding]) -> UnitResult:
        """The same result with findings that show only beside the other units, the gravest first."""
        both = sorted(
            (*self.findings, *more), key=lambda finding: list(SEVERITY_NAMES).index(finding.severity)
        )
        return self.model_copy(update={"findings": tuple(both)})

    def count(self, severity: Severity) -> int:
        """How many findings of that weight there are."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def has_errors(self) -> bool:
        """Whether a finding of severity error stands that nobody has accepted."""
        return any(finding.blocks for finding in self.findings)
