"""Runs a batch: every unit once, a bounded number at a time, one failure never stopping the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.batch.fingerprint import fingerprint
from assistant.batch.index import write_index
from assistant.batch.lastyear import LastYear
from assistant.batch.names import FolderNames
from assistant.batch.options import BatchOptions, Drafter
from assistant.batch.pools import LocalPool, Pool
from assistant.batch.sources import Units, units_in
from assistant.batch.store import Store
from assistant.batch.together import Together
from assistant.batch.units import UnitInput, UnitResult, UnitState
from assistant.batch.work import Job, Outcome, draft_unit, print_unit, read_unit
from assistant.checks.together.siblings import Sibling
from assistant.documents.filenames import legible
from assistant.drafting.engines import Engine, wants_model
from assistant.drafting.pipeline import DraftOptions, draft_texts_async
from assistant.errors import InputError, ModelNotReady, NianbaoError
from assistant.report import AnnualReport
from assistant.report.draft import Draft
from assistant.report.findings import Finding

__all__ = ["BatchRun", "draft_batch"]


def draft_batch(
    inputs: str | Path | Iterable[UnitInput | Mapping[str, Any]], options: BatchOptions | None = None
) -> BatchRun:
    """Draft the reports of many units.

    ``inputs`` is a folder, an xlsx, csv or JSONL file, or an iterable of units or mappings. Iterate over the answer with
    ``for`` or ``async for``: it gives a :class:`UnitResult` for each unit as soon as it is done, in no fixed order. Bad
    facts never raise. UsageError for options that do not fit; InputError when the input cannot be opened.
    """
    checked = (options or BatchOptions()).checked()
    if isinstance(inputs, str | Path):
        checked.keep_apart(Path(inputs))
    return BatchRun(units_in(inputs), checked)


@dataclass(frozen=True)
class _Task:
    """A unit on its way."""

    number: int
    key: str
    unit: UnitInput
    job: Job
    mark: str
    previous: str
    by_model: bool
    """a configured model is to read the facts too"""


class BatchRun:
    """One run over the units, to be iterated once; ``count`` is how many there are, None when that is unknown."""

    def __init__(self, units: Units, options: BatchOptions) -> None:
        self.count = units.count
        self.options = options
        self._units = units
        self._names = FolderNames()
        self._last = LastYear(options.previous) if options.previous else None
        self._drafter, self._reader = _reader_of(options)
        self._beside = Together(options.draft.settings)
        self.together: Mapping[str, tuple[Finding, ...]] = {}
        """after the run: what shows only between the units, by the names of their folders; in the index it stands with them"""

    @property
    def missing(self) -> list[str]:
        """After the run: units of the roster that have no draft."""
        return self._beside.missing()

    def __iter__(self) -> Iterator[UnitResult]:
        with asyncio.Runner() as runner:
            stream = self._stream()

            async def following() -> UnitResult | None:
                return await anext(stream, None)

            try:
                while (result := runner.run(following())) is not None:
                    yield result
            finally:
                runner.run(stream.aclose())

    async def __aiter__(self) -> AsyncGenerator[UnitResult, None]:
        async with aclosing(self._stream()) as stream:
            async for result in stream:
                yield result

    def plan(self) -> Iterator[UnitInput]:
        """The units with last year's reports found, without drafting or writing anything."""
        for unit in self._units:
            yield replace(unit, previous=self._previous(unit))

    async def _stream(self) -> AsyncGenerator[UnitResult, None]:
        options = self.options
        store = Store(options.output, resume=options.resume) if options.output else None
        pool = await _pool(options)
        calls = asyncio.Semaphore(options.calls)
        window = options.workers * pool.ahead + (options.calls if self._drafter else 0)
        pending: dict[asyncio.Task[Outcome], _Task] = {}
        try:
            for number, unit in enumerate(self._units, 1):
                prepared = self._prepare(number, unit, store)
                if isinstance(prepared, UnitResult):
                    self._beside.add(prepared)
                    yield prepared
                    continue
                pending[asyncio.create_task(self._draft(prepared, pool, calls))] = prepared
                if len(pending) >= window:
                    for result in await self._arrived(pending, store):
                        yield result
            while pending:
                for result in await self._arrived(pending, store):
                    yield result
        finally:
            # on Ctrl-C what the workers have finished is still kept; the rest is given up
            for result in _finish([t for t in pending if t.done() and not t.cancelled()], pending, store):
                self._beside.add(result)
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)
            await pool.close()
            self.together = self._beside.findings()
            if store is not None:
                try:
                    for key, findings in self.together.items():
                        store.amend(key, findings)
                    write_index(store, self.count)
                finally:
                    store.close()

    async def _arrived(
        self, pending: dict[asyncio.Task[Outcome], _Task], store: Store | None
    ) -> list[UnitResult]:
        done, _ = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        results = _finish(sorted(done, key=lambda task: pending[task].number), pending, store)
        for result in results:
            self._beside.add(result)
        return results

    def _prepare(self, number: int, unit: UnitInput, store: Store | None) -> _Task | UnitResult:
        """The unit ready for a worker, or its result when nothing needs to be done."""
        key = self._names.take(unit.org)
        base = UnitResult(number=number, org=unit.org, key=key, state=UnitState.FAILED, origin=unit.origin)
        try:
            if store is not None:
                store.refuse_foreign(key)
            if unit.problem:
                raise InputError(unit.problem)
            previous = self._previous(unit)
            job = self._job(unit, previous)
        except InputError as error:
            return _settle(base, Outcome(problem=str(error)), "", store)
        mark = fingerprint(unit.org, self._reader, job)
        if store is not None and (kept := store.kept(number, key, mark)):
            return kept
        name = legible(previous.name) if isinstance(previous, Path) else "上年年报" if previous else ""
        return _Task(number, key, unit, job, mark, name, by_model=self._drafter is draft_texts_async)

    def _previous(self, unit: UnitInput) -> AnnualReport | Path | None:
        if unit.previous is not None or self._last is None:
            return unit.previous
        common = self.options.draft
        return self._last.find(unit.org, unit.year or common.year, common.settings.renamed)

    def _job(self, unit: UnitInput, previous: AnnualReport | Path | None) -> Job:
        from assistant.documents.limits import load_bytes

        common = self.options.draft
        draft: DraftOptions = replace(
            common, org=unit.org, level=unit.level or common.level, scope=unit.scope or common.scope,
            year=unit.year if unit.year is not None else common.year,
        )  # fmt: skip
        last = (legible(previous.name), load_bytes(previous)) if isinstance(previous, Path) else previous
        files = tuple((legible(path.name), load_bytes(path)) for path in unit.files)
        return Job(dict(unit.texts), files, last, draft, self.options.formats)

    async def _draft(self, task: _Task, pool: Pool, calls: asyncio.Semaphore) -> Outcome:
        # a worker never calls a model: rates and budgets are kept in one place
        job = replace(task.job, draft=replace(task.job.draft, engine=Engine.OFFLINE, model=None))
        if self._drafter is None:
            return await pool.run(draft_unit, job)
        reading = await pool.run(read_unit, job)
        if reading.problem:
            return Outcome(problem=reading.problem, seconds=reading.seconds)
        async with calls:
            start = asyncio.get_running_loop().time()
            common = task.job.draft
            asked = replace(reading.draft, engine=common.engine, model=common.model)
            draft: Draft = await self._drafter(reading.texts, asked)
            spent = reading.seconds + asyncio.get_running_loop().time() - start
        return await pool.run(_print, (draft, task.job.formats, spent))


def _print(work: tuple[Draft, tuple[str, ...], float]) -> Outcome:
    return print_unit(*work)


def _reader_of(options: BatchOptions) -> tuple[Drafter | None, str]:
    """What drafts beside the worker processes, None when they draft offline; and a name of it for fingerprints."""
    shared = options.draft
    if options.drafter is not None:
        return options.drafter, getattr(options.drafter, "__qualname__", "drafter")
    if not wants_model(shared.engine):
        return None, "offline"
    from assistant.office.model_settings import load_settings

    settings = shared.model or load_settings()
    if not settings.configured:
        if shared.engine is Engine.LLM:
            raise ModelNotReady(
                "没有配置模型；请设置 NIANBAO_MODEL 和 NIANBAO_BASE_URL，或使用 --engine offline"
            )
        return None, "offline"
    return draft_texts_async, f"{shared.engine} {settings.model}"


async def _pool(options: BatchOptions) -> Pool:
    if options.runner == "dask":
        from assistant.batch.cluster import open_cluster

        return await open_cluster(options.workers)
    return LocalPool(options.workers)


def _finish(
    done: list[asyncio.Task[Outcome]], pending: dict[asyncio.Task[Outcome], _Task], store: Store | None
) -> list[UnitResult]:
    results = []
    for task in done:
        mine = pending.pop(task)
        base = UnitResult(
            number=mine.number, org=mine.unit.org, key=mine.key, state=UnitState.FAILED, origin=mine.unit.origin,
            previous=mine.previous,
        )  # fmt: skip
        outcome = _outcome(task)
        # a draft that the model should have read and did not is not what was asked for: --resume tries it again
        lacking = mine.by_model and outcome.draft is not None and outcome.draft.model.engine == "offline"
        results.append(_settle(base, outcome, f"{mine.mark} offline" if lacking else mine.mark, store))
    return results


def _outcome(task: asyncio.Task[Outcome]) -> Outcome:
    """What the unit's task gave; whatever went wrong in it is this unit's problem and nobody else's."""
    error = task.exception()
    if error is None:
        return task.result()
    if isinstance(error, NianbaoError):
        return Outcome(problem=str(error))
    return Outcome(problem=f"程序内部错误（{type(error).__name__}：{error}）；请把材料和这一行反馈给开发者")


def _settle(base: UnitResult, outcome: Outcome, mark: str, store: Store | None) -> UnitResult:
    """The result of a unit, stored when there is a place to store it."""
    if outcome.draft is None:
        result = base.model_copy(update={"problem": outcome.problem, "seconds": round(outcome.seconds, 3)})
    else:
        result = _result(base, outcome.draft, outcome)
    if store is not None:
        store.publish(result, mark, outcome.files or {})
    return result.with_draft(outcome.draft)


def _result(base: UnitResult, draft: Draft, outcome: Outcome) -> UnitResult:
    report = draft.report
    return base.model_copy(
        update={
            "state": UnitState.DONE, "title": report.title, "level": report.org.level, "year": report.year,
            "cells": (sum(1 for _ in report.filled()), len(report.layout.cells)), "findings": draft.findings,
            "questions": draft.questions, "model": draft.model, "files": tuple(outcome.files or ()),
            "seconds": round(outcome.seconds, 3), "sibling": Sibling.of(report),
        }
    )  # fmt: skip
