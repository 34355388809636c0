"""What a caller may set about a batch."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.batch.names import INDEX_FILES
from assistant.drafting.pipeline import DraftOptions, Sources
from assistant.errors import UsageError
from assistant.printing.reports import format_named
from assistant.printing.sources import REVIEW
from assistant.report.draft import Draft

__all__ = ["RUNNERS", "BatchOptions", "Drafter", "with_review"]

RUNNERS = ("local", "dask")

Drafter = Callable[[Sources, DraftOptions], Awaitable[Draft]]
"""Drafts one report from its materials by source name (see :data:`assistant.drafting.pipeline.Sources`); it may wait for a model, so it runs beside others."""


@dataclass(frozen=True)
class BatchOptions:
    """Settings of one batch. ``draft`` holds what all units share; a unit's own name, level and year come first.

    ``output`` is the folder of results, None to get them in memory only. ``previous`` is a folder of last year's reports.
    ``drafter`` replaces the offline reader by something that waits, such as a model; at most ``calls`` units wait at once.
    """

    output: Path | None = None
    draft: DraftOptions = field(default_factory=DraftOptions)
    formats: tuple[str, ...] = ("json", "docx", "html")
    """names of FORMATS, and ``review``; html brings the review page with it, as in ``nianbao draft``"""
    previous: Path | None = None
    resume: bool = False
    jobs: int = 0
    """worker processes; 0 takes one for each processor"""
    runner: str = "local"
    drafter: Drafter | None = None
    calls: int = 8

    def checked(self) -> BatchOptions:
        """The same options when they make sense; UsageError in one line when not."""
        if self.runner not in RUNNERS:
            raise UsageError(f"没有“{self.runner}”这种运行方式；可用：{'、'.join(RUNNERS)}")
        if self.jobs < 0 or self.calls < 1:
            raise UsageError("并行数应为正整数；请修改 --jobs")
        for name in self.formats:
            if name != REVIEW:
                format_named(name)
        if self.previous is not None and not self.previous.is_dir():
            raise UsageError(f"找不到上年年报文件夹 {self.previous}；请检查 --previous")
        return self

    def keep_apart(self, source: Path) -> None:
        """UsageError where the results would come to lie among the units, over their list, or in last year's reports."""
        if self.output is None:
            return
        output, given = self.output.resolve(), source.resolve()
        if given.is_dir() and output.is_relative_to(given):
            raise UsageError(
                f"结果文件夹 {self.output} 在材料文件夹里，会被当作单位的材料；请用 -o 指定材料文件夹以外的位置"
            )
        if given.is_file() and given in {output / name for name in INDEX_FILES}:
            raise UsageError(f"总览会写到材料 {source} 上；请用 -o 换一个文件夹")
        if self.previous is not None and output.is_relative_to(self.previous.resolve()):
            raise UsageError(f"结果文件夹 {self.output} 在上年年报的文件夹里；请用 -o 换一个位置")

    @property
    def workers(self) -> int:
        """How many worker processes to start."""
        return self.jobs or os.cpu_count() or 1


def with_review(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats each once and in lower case, the review page among them where html is."""
    names = list(dict.fromkeys(name.lower().lstrip(".") for name in formats))
    if "html" in names and REVIEW not in names:
        names.insert(names.index("html") + 1, REVIEW)
    return tuple(names)
