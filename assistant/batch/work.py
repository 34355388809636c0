"""What a worker process does for one unit: read its files, draft, print every format."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.batch.options import with_review
from assistant.drafting.pipeline import DraftOptions, draft_texts
from assistant.errors import NianbaoError
from assistant.printing.drafts import print_draft
from assistant.printing.reports import format_named
from assistant.printing.sources import REVIEW, REVIEW_SUFFIX
from assistant.reading import read_report
from assistant.reading.material import Material, read_material
from assistant.report import AnnualReport
from assistant.report.draft import Draft

__all__ = ["Job", "Outcome", "Reading", "draft_unit", "print_unit", "read_unit"]

STEM = "年报"
"""name of a unit's files without suffix, the same in every folder so that scripts find them"""


@dataclass(frozen=True)
class Job:
    """One unit, complete: bytes of its files, texts, last year's report, and how to draft. Goes to a worker as it is."""

    texts: Mapping[str, str]
    files: tuple[tuple[str, bytes], ...]
    previous: AnnualReport | tuple[str, bytes] | None
    draft: DraftOptions
    formats: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """The texts of a unit and the settings with last year's report read; ``problem`` when something is unreadable."""

    texts: Mapping[str, str | Material]
    draft: DraftOptions
    problem: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """What a worker gives back: the draft and its printed files by name, or the one line that says what is wrong."""

    draft: Draft | None = None
    files: Mapping[str, bytes] | None = None
    problem: str = ""
    seconds: float = 0.0


def read_unit(job: Job) -> Reading:
    """Read the files of a unit and last year's report. Unreadable input becomes ``problem``, never an exception."""
    start = time.perf_counter()
    texts: dict[str, str | Material] = dict(job.texts)
    try:
        for name, data in job.files:
            texts[_free(name, texts)] = read_material(data, name)
        previous = job.previous
        if isinstance(previous, tuple):
            previous = read_report(previous[1], previous[0])
    except NianbaoError as error:
        return Reading({}, job.draft, problem=str(error), seconds=time.perf_counter() - start)
    if not any((text if isinstance(text, str) else text.text).strip() for text in texts.values()):
        return Reading({}, job.draft, problem="没有任何材料；请补充后用 --resume 续做")
    options = job.draft if previous is None else replace(job.draft, previous=previous)
    return Reading(texts, options, seconds=time.perf_counter() - start)


def draft_unit(job: Job) -> Outcome:
    """Read, draft offline and print one unit."""
    reading = read_unit(job)
    if reading.problem:
        return Outcome(problem=reading.problem, seconds=reading.seconds)
    start = time.perf_counter()
    draft = draft_texts(reading.texts, reading.draft)
    return print_unit(draft, job.formats, reading.seconds + time.perf_counter() - start)


def print_unit(draft: Draft, formats: tuple[str, ...], seconds: float = 0.0) -> Outcome:
    """Print a draft in every format; ``seconds`` is the work already spent on the unit."""
    start = time.perf_counter()
    files: dict[str, bytes] = {}
    try:
        for name in with_review(formats):
            suffix, content = _printed(draft, name)
            files[STEM + suffix] = content
    except NianbaoError as error:
        return Outcome(problem=str(error), seconds=seconds + time.perf_counter() - start)
    return Outcome(draft, files, seconds=seconds + time.perf_counter() - start)


def _printed(draft: Draft, name: str) -> tuple[str, bytes]:
    """The suffix and the content of one file; JSON is the contract object of ``nianbao draft``, not only the report."""
    if name == REVIEW:
        from assistant.printing.sources.page import render_review

        return REVIEW_SUFFIX, render_review(draft).encode()
    kind = format_named(name)
    content = print_draft(draft, kind.name)
    return kind.suffix, content.encode() if isinstance(content, str) else content


def _free(name: str, texts: Mapping[str, object]) -> str:
    while name in texts:
        name += "'"
    return name
