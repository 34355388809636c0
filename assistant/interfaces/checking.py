"""Checks files as an office has set it: its profile, its decisions, last year's report; one by one or in several processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.decisions import Decision
    from assistant.outcome import CheckResult
    from assistant.profile import Profile
    from assistant.report import AnnualReport
    from assistant.reviewed import Checked, Unreadable

__all__ = ["CheckOptions", "check_files", "decisions_file", "read"]

_WORTH_A_PROCESS = 24
"""files from which several processes finish sooner than one, start included"""


class CheckOptions(NamedTuple):
    """How files are checked. Without ``profile`` and ``decisions`` their own files beside the report are used."""

    previous: AnnualReport | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: Path | None = None
    decisions: Path | None = None

    def profile_of(self, path: Path) -> Profile:
        """The settings for one file."""
        from assistant.profile import find_profile

        return find_profile(None if str(path) == "-" else path.parent, self.profile)

    def decisions_of(self, path: Path) -> tuple[Decision, ...]:
        """The accepted findings for one file; the package of decisions is loaded only where there are any."""
        file = decisions_file(path, self.decisions)
        if not file.is_file():
            return ()
        from assistant.decisions import read_decisions

        return read_decisions(file)

    def checker(self, path: Path) -> Callable[[AnnualReport], CheckResult]:
        """A function that checks a report which came from ``path``."""
        from assistant.review import check_report

        profile, decisions = self.profile_of(path), self.decisions_of(path)

        def check(report: AnnualReport) -> CheckResult:
            return check_report(
                report,
                file=str(path),
                previous=self.previous,
                settings=profile.rules,
                select=self.select,
                ignore=self.ignore,
                unit=profile.unit,
                decisions=decisions,
            )

        return check


def decisions_file(path: Path, given: Path | None = None) -> Path:
    """The file of decisions for a report: the one that was given, else the one beside it."""
    if given is not None:
        return given
    # the same name as assistant.decisions.FILE, which a check without decisions does not load
    return path.parent / "已接受问题.toml"


def read(path: Path) -> AnnualReport:
    """A report from a file; ``-`` is standard input."""
    from assistant.interfaces.files import read_stdin
    from assistant.reading import read_report

    return read_report(read_stdin(), "标准输入") if str(path) == "-" else read_report(path)


def check_files(files: Sequence[Path], options: CheckOptions, jobs: int = 0) -> list[Checked | Unreadable]:
    """All files in their order. ``jobs`` processes; 0 chooses by the number of files and processors.

    A file that cannot be read is noted, unless it is the only one: then InputError.
    """
    workers = min(jobs or (os.cpu_count() or 1 if len(files) >= _WORTH_A_PROCESS else 1), len(files))
    if workers > 1 and not any(str(path) == "-" for path in files):
        import asyncio

        from assistant.interfaces.progress import progress

        with progress("核对", len(files)) as step:
            return asyncio.run(_in_processes(files, options, workers, step))
    from assistant.interfaces.check_output import check_all

    return check_all(files, lambda path: options.checker(path)(read(path)))


def _check_one(work: tuple[Path, CheckOptions]) -> Checked | Unreadable:
    from assistant.reviewed import Checked, Unreadable

    path, options = work
    try:
        return Checked(options.checker(path)(read(path)))
    except InputError as error:
        return Unreadable(str(path), str(error))


async def _in_processes(
    files: Sequence[Path], options: CheckOptions, workers: int, step: Callable[[str], None]
) -> list[Checked | Unreadable]:
    import asyncio

    from assistant.batch.pools import LocalPool

    pool = LocalPool(workers)
    gate = asyncio.Semaphore(workers * pool.ahead)

    async def one(path: Path) -> Checked | Unreadable:
        async with gate:
            checked = await pool.run(_check_one, (path, options))
        step("")
        return checked

    try:
        return list(await asyncio.gather(*map(one, files)))
    finally:
        await pool.close()
