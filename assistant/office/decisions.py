"""Findings that a person accepted as exceptions: in force while their evidence is unchanged."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from pydantic import Field

from assistant.errors import FormError
from assistant.forms import CellKey
from assistant.report import AnnualReport
from assistant.report.facts import Frozen, Value, to_number
from assistant.report.findings import Acceptance, Finding

__all__ = ["Decision", "decide", "evidence_of", "judged", "subject_of"]

_REOPENED = "原已接受，数据已变化"
_ALIKE = 0.5
"""likeness of words from which a changed passage is taken for the one that was accepted"""


class Decision(Frozen):
    """One accepted finding of one report: which, why, and a digest of everything it rested on."""

    unit: str
    year: int | None = None
    file: str = ""
    """name of the file it was accepted in, for people"""
    code: str
    where: str
    message: str = ""
    """what the finding said"""
    reason: str = Field(min_length=1)
    person: str = Field(min_length=1)
    date: datetime.date
    words: tuple[str, ...] = ()
    evidence: str

    @property
    def subject(self) -> tuple[str, int | None]:
        """The report it is about."""
        return self.unit, self.year

    @property
    def acceptance(self) -> Acceptance:
        """What a finding carries of it."""
        return Acceptance(reason=self.reason, person=self.person, date=self.date)


def subject_of(report: AnnualReport, file: str) -> tuple[str, int | None]:
    """Unit and year, so that a decision holds for every format of a report; the file's name where no unit is known."""
    return "".join(report.org.name.split()) or Path(file).stem, report.year


def _words(finding: Finding) -> tuple[str, ...]:
    return tuple(evidence.quote for evidence in finding.evidence)


def evidence_of(finding: Finding, report: AnnualReport) -> str:
    """Digest of code, place, the words and the cell values that take part, and what was found and expected."""
    cells = {where: _value(report, where) for where in (*finding.cells, finding.where)}
    parts = [
        finding.code,
        finding.where,
        list(_words(finding)),
        sorted((where, value) for where, value in cells.items() if value != ""),
        [str(finding.expected), str(finding.got)],
    ]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:20]


def _value(report: AnnualReport, where: str) -> int | float | str | None:
    """The figure of a cell (None when blank); empty text where the place is no cell."""
    try:
        key = CellKey.parse(where)
    except FormError:
        return ""
    if not report.layout.has(key):
        return ""
    value: Value | None = report.value(key)
    return None if value is None else to_number(value)


def decide(finding: Finding, report: AnnualReport, file: str, why: Acceptance) -> Decision:
    """The decision to let a finding stand."""
    unit, year = subject_of(report, file)
    return Decision(
        unit=unit,
        year=year,
        file=Path(file).name,
        code=finding.code,
        where=finding.where,
        message=finding.message.split(f"（{_REOPENED}", 1)[0],
        reason=why.reason,
        person=why.person,
        date=why.date,
        words=_words(finding),
        evidence=evidence_of(finding, report),
    )


def judged(
    findings: Iterable[Finding], report: AnnualReport, decisions: Sequence[Decision], file: str = ""
) -> tuple[Finding, ...]:
    """The findings, accepted ones marked; one whose evidence has changed since is open again and says so."""
    subject = subject_of(report, file)
    mine = [decision for decision in decisions if decision.subject == subject]
    out = list(findings)
    if not mine:
        return tuple(out)
    digests = [evidence_of(finding, report) for finding in out]
    by_digest = {decision.evidence: decision for decision in mine}
    for number, digest in enumerate(digests):
        if (decision := by_digest.get(digest)) is not None:
            out[number] = out[number].model_copy(update={"accepted": decision.acceptance})
    for decision in mine:
        if decision.evidence in digests:
            continue
        again = next((n for n, f in enumerate(out) if f.accepted is None and _same_place(decision, f)), None)
        if again is not None:
            note = f"（{_REOPENED}：{decision.person}曾于{decision.date}以“{decision.reason}”接受）"
            out[again] = out[again].model_copy(update={"message": out[again].message + note})
    return tuple(out)


def _same_place(decision: Decision, finding: Finding) -> bool:
    """Whether a finding is what became of an accepted one: the same place, and words that are mostly the same."""
    if (decision.code, decision.where) != (finding.code, finding.where) or _REOPENED in finding.message:
        return False
    words = _words(finding)
    if not words or not decision.words:
        return True
    from difflib import SequenceMatcher

    return SequenceMatcher(None, "\n".join(decision.words), "\n".join(words)).ratio() >= _ALIKE
