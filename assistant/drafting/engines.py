"""Chooses who reads the facts, lets the model's reading be judged and repaired, and keeps the best draft."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import ModelError, ModelNotReady
from assistant.model_reader.judgement import Judgement, Work, failed
from assistant.office.engine_names import Engine
from assistant.report.draft import Draft, ModelUse
from assistant.report.facts import Fact
from assistant.report.findings import Finding, Severity

if TYPE_CHECKING:
    from assistant.llm.chat import ChatModel
    from assistant.model_reader.answers import ParsedReading
    from assistant.model_reader.asked import Names
    from assistant.model_reader.llm_reader import ModelReader
    from assistant.office.model_settings import ModelSettings

__all__ = ["Engine", "Work", "draft_with_model", "wants_model"]


def wants_model(engine: Engine, settings: ModelSettings | None = None) -> bool:
    """Whether a model may take part: asked for, or ``auto`` where settings exist and the packages are installed."""
    if engine is not Engine.AUTO:
        return engine is Engine.LLM
    named = (
        settings is not None
        or bool(os.environ.get("NIANBAO_MODEL"))
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
        from assistant.office.model_settings import load_settings

        settings = settings or load_settings()
        if engine is Engine.AUTO and not settings.configured:
            return offline
        model = ChatModel(settings)
    except ModelNotReady as error:
        if engine is Engine.LLM:
            raise
        return failed(work, str(error), offline)
    async with model:
        return await _Session(work, model, offline).run(probe_first=engine is Engine.AUTO)


@dataclass
class _Session:
    """One draft with one open model."""

    work: Work
    model: ChatModel
    offline: Draft
    rounds: int = 0
    trouble: str = ""
    """how the model failed after its reading was in; it is not asked again then, so one line says all"""

    async def run(self, *, probe_first: bool) -> Draft:
        from assistant.llm.probe import reachable
        from assistant.model_reader.llm_reader import ModelReader

        if probe_first and not await reachable(self.model):
            reason = f"模型服务在 {self.model.settings.connect_timeout:g} 秒内连接不上；请检查 NIANBAO_BASE_URL 和网络"
            return failed(self.work, reason, self.offline, self._use("offline"))
        self.judgement = Judgement(self.work, self.offline)
        reader = ModelReader(self.model, self.judgement.names, self.work.profile, self.work.year)
        try:
            readings = {
                name: await reader.read(text) for name, text in self.work.sources.items() if text.strip()
            }
        except ModelError as error:
            return failed(self.work, str(error), self.offline, self._use("offline"))
        draft, facts, findings = self.judgement.judge(readings)
        draft, facts, findings = await self._repair(reader, readings, draft, facts, findings)
        draft, findings = self.judgement.without_doubtful(draft, facts, findings)
        draft = await self._rewrite(draft)
        return self._with_trouble(draft)

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
            problems = self.judgement.new_problems(best[0])
            doubtful = self.judgement.involved(problems, best[1])
            if not problems or not doubtful:
                break
            names = self.judgement.names
            wheres = {where for f in problems for where in f.cells} | {f.where for f in doubtful}
            cells = sorted(names.name(where) for where in wheres)
            self.rounds += 1
            try:
                again = {
                    name: await reader.reread(self.work.sources[name], problems, cells) for name in readings
                }
            except ModelError as error:
                self.trouble = str(error)
                break
            readings = {
                name: _replaced(reading, again[name], set(cells), names) for name, reading in readings.items()
            }
            candidate = self.judgement.judge(readings)
            if len(self.judgement.new_problems(candidate[0])) >= len(problems):
                break
            best = candidate
        return best

    # ------------------------------------------------------------ finishing
    async def _rewrite(self, draft: Draft) -> Draft:
        if self.trouble or not (self.work.rewrite and self.model.settings.rewrite):
            return draft
        from assistant.checks import CheckInput, RuleSettings, run_rules
        from assistant.drafting.rewriting import rewrite_prose
        from assistant.drafting.rewriting.rewrite import withdrawn

        try:
            reworded = await rewrite_prose(draft, self.model, self.work.locked)
        except ModelError as error:
            self.trouble = str(error)
            return draft
        found, _ = run_rules(
            CheckInput(reworded.report, None, self.work.rules or RuleSettings(), facts=draft.facts)
        )
        known = {(f.code, f.where) for f in draft.findings}
        worse = [f for f in found if f.severity is Severity.ERROR and (f.code, f.where) not in known]
        return withdrawn(draft, worse[0]) if worse else reworded

    def _with_trouble(self, draft: Draft) -> Draft:
        from assistant.model_reader.remarks import fault

        notes = (fault(self.trouble, used=True),) if self.trouble else ()
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


def _replaced(reading: ParsedReading, again: ParsedReading, cells: set[str], names: Names) -> ParsedReading:
    """The first reading with the items of ``cells`` taken from the second."""
    kept = replace(reading, cells=tuple(c for c in reading.cells if names.name(c.cell) not in cells))
    fresh = replace(
        again,
        cells=tuple(c for c in again.cells if names.name(c.cell) in cells),
        activities=(),
        applicants=(),
    )
    return kept.merged(fresh)
