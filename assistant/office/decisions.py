"""Findings that a person accepted as exceptions: kept in a small file, in force while their evidence is unchanged."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from assistant.errors import FormError, InputError
from assistant.forms import CellKey
from assistant.report import AnnualReport
from assistant.report.facts import Frozen, Value, to_number
from assistant.report.findings import Acceptance, Finding

__all__ = ["FILE", "Decision", "decide", "evidence_of", "judged", "read_decisions", "subject_of", "written"]

FILE = "已接受问题.toml"
"""name of the file beside the reports"""
_HEAD = """# 已接受的问题：列在这里的问题经人确认属于特殊情况，核对时不再算作错误；所依据的文字或数据变化后自动失效。
# 由 nianbao accept 维护；可以删去一项以撤销，但不要改动 evidence。
"""
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


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file, none where it does not exist. InputError (one line) when it does not fit."""
    if not path.is_file():
        return ()
    import tomllib

    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        if foreign := sorted(set(content) - {"accepted"}):
            # a file of settings, say: writing decisions over it would lose what it holds
            raise InputError(
                f"“{path}”不是登记已接受问题的文件（其中有 {foreign[0]}）；请检查 --decisions，换一个文件名"
            )
        return tuple(Decision.model_validate(entry) for entry in _entries(content))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(
            f"“{path}”读不懂（{type(error).__name__}）；请恢复原来的文件，或删去后用 nianbao accept 重新登记"
        ) from None
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"])
        raise InputError(f"“{path}”中有一项的 {place} 不合要求；请改正，或删去该项后重新登记") from None


def _entries(content: Mapping[str, Any]) -> Iterable[Any]:
    entries = content.get("accepted", [])
    return entries if isinstance(entries, list) else [entries]


def written(decisions: Iterable[Decision]) -> str:
    """The text of the file: sorted, so that the same decisions always make the same file."""
    unique = {(d.subject, d.code, d.where, d.evidence): d for d in decisions}
    ordered = sorted(unique.values(), key=_order)
    return "\n".join([_HEAD, *(_table(decision) for decision in ordered)])


def _order(decision: Decision) -> tuple[str, bool, int, str, str, str]:
    """Decisions without a year stand before those of the same unit with one."""
    year = -1 if decision.year is None else decision.year
    return (decision.unit, decision.year is not None, year, decision.code, decision.where, decision.evidence)


def _table(decision: Decision) -> str:
    lines = ["[[accepted]]"]
    for name, value in decision:
        if value in (None, "", ()):
            continue
        if isinstance(value, datetime.date | int):
            lines.append(f"{name} = {value}")
        elif isinstance(value, tuple):
            lines.append(f"{name} = [{', '.join(map(_quoted, value))}]")
        else:
            lines.append(f"{name} = {_quoted(str(value))}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML; JSON writes the same escapes, but for DEL and lone surrogates, which mean nothing here."""
    return json.dumps(re.sub("[\x7f\ud800-\udfff]", "", text), ensure_ascii=False)
