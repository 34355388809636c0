"""Drafts many reports through the Batch API of a provider: submit now, collect later, perhaps in another run of the program."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.drafting.pipeline import DraftOptions, read_offline
from assistant.errors import ModelNotReady
from assistant.forms import form_for_year
from assistant.model_reader.answers import ParsedReading, Reading
from assistant.model_reader.asked import Names, reading_schema
from assistant.model_reader.judgement import Judgement, Work, failed
from assistant.model_reader.llm_reader import ModelReader
from assistant.report.draft import Draft, ModelUse

if TYPE_CHECKING:
    from assistant.llm.batch_api import BatchJob, Collected
    from assistant.llm.chat import ChatModel, Message
    from assistant.office.model_settings import ModelSettings

__all__ = ["Unit", "collect_bulk", "submit_bulk"]


@dataclass(frozen=True)
class Unit:
    """The sources of one report, by name, and how it is drafted."""

    sources: Mapping[str, str]
    options: DraftOptions = field(default_factory=DraftOptions)


@dataclass(frozen=True)
class _Call:
    unit: str
    source: str
    messages: list[Message]


async def submit_bulk(
    units: Mapping[str, Unit], job_file: Path, settings: ModelSettings | None = None
) -> BatchJob:
    """Send the reading of all units as one job and write the job file. All must be of one form, for the schema is one.

    ModelError when the endpoint has no Batch API; the units can then be drafted one by one.
    """
    from assistant.llm.batch_api import submit

    async with _model(settings) as model:
        forms = {
            form_for_year(_work(unit).year).version: form_for_year(_work(unit).year)
            for unit in units.values()
        }
        calls = _calls(model, units)
        if len(forms) != 1 or not calls:
            raise ModelNotReady("批量任务中没有材料，或者年度跨了两种格式；请按格式分成几个任务")
        schema = reading_schema(Names(forms.popitem()[1]))
        job = await submit(model, {name: call.messages for name, call in calls.items()}, schema)
    job.save(job_file)
    return job


async def collect_bulk(
    units: Mapping[str, Unit], job_file: Path, settings: ModelSettings | None = None, pause: float = 30
) -> dict[str, Draft]:
    """Wait for the job of ``job_file`` (seconds between polls: ``pause``), judge its readings, draft every unit.

    A unit whose reading failed, or whose material changed since, gets its offline draft with a line that says so; no unit
    is lost. ModelError when the job failed as a whole.
    """
    from assistant.llm.batch_api import collect, load_job, wait

    job = load_job(job_file)
    async with _model(settings) as model:
        job = await wait(model, job, pause)
        job.save(job_file)
        found = await collect(model, job, Reading)
        calls = _calls(model, units)
        used = model.settings.model_copy(update={"model": job.model})
        return {name: _draft(_work(unit), _own(calls, name), found, used) for name, unit in units.items()}


def _model(settings: ModelSettings | None) -> ChatModel:
    from assistant.llm.chat import ChatModel
    from assistant.office.model_settings import load_settings

    return ChatModel(settings or load_settings())


def _work(unit: Unit) -> Work:
    return read_offline(unit.sources, unit.options)[0]


def _calls(model: ChatModel, units: Mapping[str, Unit]) -> dict[str, _Call]:
    """One call for each piece of each source. Names are digests: they tell nothing, and changed material has another."""
    calls: dict[str, _Call] = {}
    for name, unit in units.items():
        work = _work(unit)
        reader = ModelReader(model, Names(form_for_year(work.year)), work.profile, work.year)
        for source, text in work.sources.items():
            for number, piece in enumerate(reader.pieces(text)):
                digest = hashlib.sha256(f"{name}\0{source}\0{number}\0{piece}".encode()).hexdigest()[:32]
                calls[digest] = _Call(name, source, reader.messages(piece))
    return calls


def _own(calls: Mapping[str, _Call], unit: str) -> dict[str, _Call]:
    return {digest: call for digest, call in calls.items() if call.unit == unit}


def _draft(work: Work, calls: Mapping[str, _Call], found: Collected, settings: ModelSettings) -> Draft:
    offline = work.finish(work.facts, work.findings)
    readings: dict[str, ParsedReading] = {}
    for digest, call in calls.items():
        value = found.values.get(digest)
        if not isinstance(value, Reading):
            why = found.failed.get(digest, "提交以后材料有改动")
            use = _use("offline", calls, found, settings)
            return failed(work, f"批量任务没有给出这个单位的读数：{why}", offline, use)
        readings[call.source] = readings.get(call.source, ParsedReading()).merged(value.parsed)
    judgement = Judgement(work, offline)
    draft, _ = judgement.without_doubtful(*judgement.judge(readings))
    return draft.model_copy(update={"model": _use("llm", calls, found, settings)})


def _use(engine: str, calls: Mapping[str, _Call], found: Collected, settings: ModelSettings) -> ModelUse:
    """What the unit's calls cost, as far as the job tells; prices are those of the settings."""
    from assistant.llm.pace import Ledger

    used = [found.tokens[digest] for digest in calls if digest in found.tokens]
    sent, written = sum(tokens[0] for tokens in used), sum(tokens[1] for tokens in used)
    ledger = Ledger()
    ledger.answer(sent, written, settings)
    priced = settings.input_price is not None and settings.output_price is not None
    return ModelUse(
        engine=engine,
        name=settings.model,
        input_tokens=sent,
        output_tokens=written,
        requests=len(used),
        yuan=round(ledger.spent, 6) if priced else None,
    )
