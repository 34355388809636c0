"""Brings a model's reading and the offline reading of the same sources together, without any model at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.forms import CellKey
from assistant.model_reader.answers import ParsedReading
from assistant.model_reader.asked import Names
from assistant.model_reader.grounding import Ground
from assistant.model_reader.referee import Referee
from assistant.model_reader.remarks import fault, rejected
from assistant.model_reader.verdicts import OfflineView, merged_facts
from assistant.report import UnitProfile
from assistant.report.draft import Draft, ModelUse
from assistant.report.facts import Fact, FactKind, FactStatus, Origin
from assistant.report.findings import Finding, Severity

if TYPE_CHECKING:
    from assistant.checks import RuleSettings
    from assistant.extraction.lexicon import Lexicon

__all__ = ["Judgement", "Work", "failed"]


@dataclass(frozen=True)
class Work:
    """What the offline reader made of the sources, and how a ledger becomes a draft."""

    sources: Mapping[str, str]
    facts: Sequence[Fact]
    findings: Sequence[Finding]
    year: int | None
    profile: UnitProfile
    finish: Callable[[Sequence[Fact], Sequence[Finding]], Draft]
    lexicon: Lexicon | None = None
    rewrite: bool = True
    """whether the model may word the prose"""
    locked: tuple[str, ...] = ()
    """sentences of the user that no rewriting may touch"""
    rules: RuleSettings | None = None
    """thresholds of the rules that the finished prose is checked by"""


def failed(work: Work, reason: str, offline: Draft, use: ModelUse | None = None) -> Draft:
    """The offline draft with the line that says why no model took part."""
    draft = work.finish(work.facts, [*work.findings, fault(reason, used=False)])
    return draft.model_copy(update={"model": use or offline.model})


@dataclass
class Judgement:
    """Judges readings of one report; ``offline`` is the draft without any model, which none may fall behind."""

    work: Work
    offline: Draft

    def __post_init__(self) -> None:
        self.form = self.offline.report.layout
        self.names = Names(self.form)

    def judge(self, readings: Mapping[str, ParsedReading]) -> tuple[Draft, list[Fact], list[Finding]]:
        """The draft from both readings, the ledger it rests on, and what is said about the model's part."""

        facts, findings = list(self.work.facts), list(self.work.findings)
        for number, (name, reading) in enumerate(readings.items()):
            ground = Ground(self.work.sources[name], self.form, self.work.year, self.work.lexicon)
            referee = Referee(
                ground, self.names, self.work.profile, self._view(facts), name, prefix=f"m{number}"
            )
            judged = referee.judge(reading)
            facts = merged_facts(facts, judged)
            findings += judged.findings
        return self.work.finish(facts, findings), facts, findings

    def _view(self, facts: Sequence[Fact]) -> OfflineView:
        """What counts as known. Cells that only a sweeping 其余为 0 filled are not: a figure found later was spoken of."""

        known = {
            CellKey(c.table, c.row, c.col): c.value
            for c in self.offline.cells
            if c.value is not None and c.origin is not Origin.CONFIRMED_ZERO
        }
        return OfflineView(tuple(facts), known)

    def new_problems(self, draft: Draft) -> list[Finding]:
        """Errors and contradictions that the offline draft does not have."""
        old = {(f.code, f.where) for f in self.offline.findings}
        return [
            f
            for f in draft.findings
            if (f.severity is Severity.ERROR or (f.code == "CONFLICT" and len(f.cells) > 1))
            and (f.code, f.where) not in old
        ]

    def involved(self, problems: Iterable[Finding], facts: Iterable[Fact]) -> list[Fact]:
        """The facts only the model found that take part in the problems; where none is named, all of that table."""
        cells = {where for f in problems for where in (*f.cells, f.where)}
        own = [
            f
            for f in facts
            if f.read_by == "model" and f.kind is not FactKind.ACTIVITY and f.status is FactStatus.STATED
        ]
        named = [f for f in own if f.where in cells or f.kind is FactKind.AGGREGATE]
        tables = {where.partition(".")[0] for where in cells}
        return named or [
            f
            for f in own
            if f.where.partition(".")[0] in tables or f.kind in (FactKind.ZERO, FactKind.AGGREGATE)
        ]

    def without_doubtful(
        self, draft: Draft, facts: list[Fact], findings: list[Finding]
    ) -> tuple[Draft, list[Finding]]:
        """Drop what only the model found as long as it brings contradictions that the offline draft does not have."""

        while (problems := self.new_problems(draft)) and (doubtful := self.involved(problems, facts)):
            dropped = {f.id for f in doubtful}
            facts = [f for f in facts if f.id not in dropped]
            places = {f.where for f in doubtful}
            findings = [f for f in findings if not (f.code == "MODEL_READ" and f.where in places)]
            findings += [
                rejected(
                    f.where,
                    f.where,
                    f.evidence[0].quote if f.evidence else "",
                    "采用后与其他数据不能同时成立",
                )
                for f in doubtful
            ]
            draft = self.work.finish(facts, findings)
        return draft, findings
