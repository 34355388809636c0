"""Chooses who reads the facts, lets the model's reading be judged and repaired, and keeps the best draft."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import ModelError, ModelNotReady
from assistant.facts import Fact, FactKind, FactStatus, Origin
from assistant.findings import Finding, Severity
from assistant.forms import CellKey
from assistant.outcome import Draft, ModelUse
from assistant.report import UnitProfile

if TYPE_CHECKING:
    from assistant.checks import RuleSettings
    from assistant.extraction.asked import ParsedReading
    from assistant.extraction.lexicon import Lexicon
    from assistant.extraction.llm_reader import ModelReader
    from assistant.extraction.referee import OfflineView
    from assistant.llm.chat import ChatModel
    from assistant.settings import ModelSettings

__all__ = ["Engine", "Work", "draft_with_model", "wants_model"]


class Engine(StrEnum):
    """Who reads the facts. ``auto``: the model too when one is configured and answers, else the offline reader alone."""

    OFFLINE = "offline"
    LLM = "llm"
    AUTO = "auto"


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


def wants_model(engine: Engine) -> bool:
    """Whether a model may take part: asked for, or ``auto`` where settings exist and the packages are installed."""
    if engine is not Engine.AUTO:
        return engine is Engine.LLM
    named = (
        bool(os.environ.get("NIANBAO_MODEL"))
        or Path(os.environ.get("NIANBAO_CONFIG") or "nianbao.toml").is_file()
    )
    return named and find_spec("langchain_openai") is not None and find_spec("openai") is not None


async def draft_with_model(work: Work, engine: Engine, settings: ModelSettings | None = None) -> Draft:
    """Draft with both readers. Whatever goes wrong with the model, a draft comes back and says so.

    ModelNotReady only when ``llm`` was asked for and no model is configured.
    """
    offline = work.finish(work.facts, work.findings)
    try:
        from assistant.llm.chat import ChatModel
        from assistant.settings import load_settings

        settings = settings or load_settings()
        if engine is Engine.AUTO and not settings.configured:
            return offline
        model = ChatModel(settings)
    except ModelNotReady as error:
        if engine is Engine.LLM:
            raise
        return _failed(work, str(error), offline)
    async with model:
        return await _Session(work, model, offline).run(probe_first=engine is Engine.AUTO)


def _failed(work: Work, reason: str, offline: Draft, use: ModelUse | None = None) -> Draft:
    from assistant.extraction.remarks import fault

    draft = work.finish(work.facts, [*work.findings, fault(reason, used=False)])
    return draft.model_copy(update={"model": use or offline.model})


@dataclass
class _Session:
    """One draft with one open model."""

    work: Work
    model: ChatModel
    offline: Draft
    rounds: int = 0
    trouble: list[str] = field(default_factory=list)

    async def run(self, *, probe_first: bool) -> Draft:
        from assistant.extraction.asked import Names
        from assistant.extraction.llm_reader import ModelReader
        from assistant.llm.probe import reachable

        if probe_first and not await reachable(self.model):
            reason = f"模型服务在 {self.model.settings.connect_timeout:g} 秒内连接不上；请检查 NIANBAO_BASE_URL 和网络"
            return _failed(self.work, reason, self.offline, self._use("offline"))
        self.form = self.offline.report.layout
        self.names = Names(self.form)
        reader = ModelReader(self.model, self.names, self.work.profile, self.work.year)
        try:
            readings = {
                name: await reader.read(text) for name, text in self.work.sources.items() if text.strip()
            }
        except ModelError as error:
            return _failed(self.work, str(error), self.offline, self._use("offline"))
        draft, facts, findings = self._judge(readings)
        draft, facts, findings = await self._repair(reader, readings, draft, facts, findings)
        draft, findings = self._without_doubtful(draft, facts, findings)
        draft = await self._rewrite(draft)
        return self._with_trouble(draft)

    # ------------------------------------------------------------ judging
    def _judge(self, readings: Mapping[str, ParsedReading]) -> tuple[Draft, list[Fact], list[Finding]]:
        """The draft from both readings, the ledger it rests on, and what is said about the model's part."""
        from assistant.extraction.grounding import Ground
        from assistant.extraction.referee import Referee, merged_facts

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
        from assistant.extraction.referee import OfflineView

        known = {
            CellKey(c.table, c.row, c.col): c.value
            for c in self.offline.cells
            if c.value is not None and c.origin is not Origin.CONFIRMED_ZERO
        }
        return OfflineView(tuple(facts), known)

    def _new_problems(self, draft: Draft) -> list[Finding]:
        """Errors and contradictions that the offline draft does not have."""
        old = {(f.code, f.where) for f in self.offline.findings}
        return [
            f
            for f in draft.findings
            if (f.severity is Severity.ERROR or (f.code == "CONFLICT" and len(f.cells) > 1))
            and (f.code, f.where) not in old
        ]

    # ------------------------------------------------------------ repairing
    async def _repair(
        self,
        reader: ModelReader,
        readings: dict[str, ParsedReading],
        draft: Draft,
        facts: list[Fact],
        findings: list[Finding],
    ) -> tuple[Draft, list[Fact], list[Finding]]:
        """Let the model reread the cells of new contradictions; transport errors end this without touching the draft."""
        best = draft, facts, findings
        while self.rounds < self.model.settings.repair_rounds:
            problems = self._new_problems(best[0])
            doubtful = self._involved(problems, best[1])
            if not problems or not doubtful:
                break
            cells = sorted(
                {where.partition(".")[2] for f in problems for where in f.cells}
                | {_short(f) for f in doubtful}
            )
            self.rounds += 1
            try:
                again = {
                    name: await reader.reread(self.work.sources[name], problems, cells) for name in readings
                }
            except ModelError as error:
                self.trouble.append(str(error))
                break
            readings = {
                name: _replaced(reading, again[name], set(cells)) for name, reading in readings.items()
            }
            candidate = self._judge(readings)
            if len(self._new_problems(candidate[0])) >= len(problems):
                break
            best = candidate
        return best

    def _involved(self, problems: Iterable[Finding], facts: Iterable[Fact]) -> list[Fact]:
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

    def _without_doubtful(
        self, draft: Draft, facts: list[Fact], findings: list[Finding]
    ) -> tuple[Draft, list[Finding]]:
        """Drop what only the model found as long as it brings contradictions that the offline draft does not have."""
        from assistant.extraction.remarks import rejected

        while (problems := self._new_problems(draft)) and (doubtful := self._involved(problems, facts)):
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

    # ------------------------------------------------------------ finishing
    async def _rewrite(self, draft: Draft) -> Draft:
        if not (self.work.rewrite and self.model.settings.rewrite):
            return draft
        from assistant.checks import CheckInput, RuleSettings, run_rules
        from assistant.rewriting import rewrite_prose
        from assistant.rewriting.rewrite import withdrawn

        try:
            reworded = await rewrite_prose(draft, self.model, self.work.locked)
        except ModelError as error:
            self.trouble.append(str(error))
            return draft
        found, _ = run_rules(
            CheckInput(reworded.report, None, self.work.rules or RuleSettings(), facts=draft.facts)
        )
        known = {(f.code, f.where) for f in draft.findings}
        worse = [f for f in found if f.severity is Severity.ERROR and (f.code, f.where) not in known]
        return withdrawn(draft, worse[0]) if worse else reworded

    def _with_trouble(self, draft: Draft) -> Draft:
        from assistant.extraction.remarks import fault

        notes = tuple(fault(reason, used=True) for reason in dict.fromkeys(self.trouble))
        return draft.model_copy(update={"findings": (*draft.findings, *notes), "model": self._use("llm")})

    def _use(self, engine: str) -> ModelUse:
        ledger, settings = self.model.ledger, self.model.settings
        priced = settings.input_price is not None and settings.output_price is not None
        return ModelUse(
            engine=engine,
            name=settings.model,
            input_tokens=ledger.input_tokens,
            output_tokens=ledger.output_tokens,
            rounds=self.rounds,
            requests=ledger.requests,
            yuan=round(ledger.spent, 6) if priced else None,
        )


def _short(fact: Fact) -> str:
    return fact.where.partition(".")[2] if fact.where.startswith("table") else fact.where


def _replaced(reading: ParsedReading, again: ParsedReading, cells: set[str]) -> ParsedReading:
    """The first reading with the items of ``cells`` taken from the second."""
    kept = replace(reading, cells=tuple(c for c in reading.cells if c.cell not in cells))
    fresh = replace(
        again, cells=tuple(c for c in again.cells if c.cell in cells), activities=(), applicants=()
    )
    return kept.merged(fresh)
