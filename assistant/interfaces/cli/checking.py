"""Checks files as an office has set it: its profile, its decisions, last year's reports; all of one call beside each other."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.documents.filenames import legible
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.checks.check_report import Given
    from assistant.checks.together.previous import Pairing
    from assistant.office.decisions import Decision
    from assistant.office.profile import Profile
    from assistant.printing.findings import Checked, Unreadable
    from assistant.report import AnnualReport
    from assistant.report.draft import CheckResult

__all__ = [
    "CheckOptions",
    "Previous",
    "check_beside",
    "check_files",
    "decisions_file",
    "notes",
    "read",
    "read_all",
]

_WORTH_A_PROCESS = 24
"""files from which several processes finish sooner than one, start included"""
_MANY = (3, 20)
"""files from which progress is shown: on a terminal, elsewhere"""


@dataclass(frozen=True)
class Previous:
    """Last year's reports: one, or a folder's of which each unit gets its own."""

    one: AnnualReport | None = None
    folder: Path | None = None
    reports: Mapping[Path, AnnualReport] | None = None
    """the folder's reports, read"""

    @classmethod
    def at(cls, path: Path | None, jobs: int = 0) -> Previous:
        """What ``--previous`` names. InputError when it cannot be read, or a folder holds no report."""
        if path is None:
            return cls()
        if not path.is_dir():
            return cls(read(path))
        from assistant.batch.lastyear import last_files

        files = last_files(path)
        found = {
            file: got
            for file, got in zip(files, read_all(files, jobs), strict=True)
            if not isinstance(got, str)
        }
        if not found:
            raise InputError(f"文件夹 {path} 里没有可以读取的上年年报；请检查 --previous")
        return cls(folder=path, reports=found)

    @cached_property
    def _pairing(self) -> Pairing[AnnualReport]:
        from assistant.batch.lastyear import earlier_in
        from assistant.checks.together.previous import Pairing

        assert self.folder is not None
        return Pairing(earlier_in(self.folder, self.reports or {}))

    def of(self, report: AnnualReport, renamed: Mapping[str, str]) -> tuple[AnnualReport | None, str]:
        """Last year's report of a unit; where a folder has none, the reason in plain Chinese."""
        if self.folder is None:
            return self.one, ""
        found = self._pairing.find(report.org.name, report.year, renamed, other_years=True)
        if found is not None:
            return found, ""
        unit = f"“{report.org.name}”" if report.org.name else "（单位名称不明）"
        year = "" if report.year is None else f" {report.year - 1} 年度"
        return None, f"在文件夹 {self.folder} 里没有找到{unit}{year}的年报"


@dataclass(frozen=True)
class CheckOptions:
    """How files are checked. Without ``profile`` and ``decisions`` their own files beside the report are used."""

    previous: Previous = Previous()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: Path | None = None
    decisions: Path | None = None

    def profile_of(self, path: Path) -> Profile:
        """The settings for one file."""
        from assistant.office.profile import find_profile

        return find_profile(None if str(path) == "-" else path.parent, self.profile)

    def decisions_of(self, path: Path) -> tuple[Decision, ...]:
        """The accepted findings for one file; the package of decisions is loaded only where there are any."""
        file = decisions_file(path, self.decisions)
        if not file.is_file():
            return ()
        from assistant.office.decisions_file import read_decisions

        return read_decisions(file)

    def given(self, path: Path, report: AnnualReport) -> Given:
        """A report with all that belongs to it: its settings, decisions and last year's report."""
        from assistant.checks.check_report import Given

        profile = self.profile_of(path)
        previous, reason = self.previous.of(profile.unit.laid_over(report), profile.rules.renamed)
        return Given(
            report,
            legible(path),
            previous,
            reason,
            folder=None if str(path) == "-" else path.absolute().parent,
            settings=profile.rules,
            unit=profile.unit,
            decisions=self.decisions_of(path),
        )

    def checker(self, path: Path) -> Callable[[AnnualReport], CheckResult]:
        """A function that checks a report which came from ``path``, alone."""
        from assistant.checks.check_report import check_together

        def check(report: AnnualReport) -> CheckResult:
            return check_together([self.given(path, report)], self.select, self.ignore)[0]

        return check


def decisions_file(path: Path, given: Path | None = None) -> Path:
    """The file of decisions for a report: the one that was given, else the one beside it."""
    if given is not None:
        return given
    # the same name as assistant.office.decisions_file.FILE, which a check without decisions does not load
    return path.parent / "已接受问题.toml"


def read(path: Path) -> AnnualReport:
    """A report from a file; ``-`` is standard input."""
    from assistant.interfaces.cli.files import read_stdin
    from assistant.reading import read_report

    return read_report(read_stdin(), "标准输入") if str(path) == "-" else read_report(path)


def check_files(files: Sequence[Path], options: CheckOptions, jobs: int = 0) -> list[Checked | Unreadable]:
    """All files in their order, each beside the others; see :func:`read_all` for ``jobs``.

    A file that cannot be read is noted, unless it is the only one: then InputError.
    """
    from assistant.printing.findings import Checked, Unreadable

    if len(files) == 1:
        return [Checked(options.checker(files[0])(read(files[0])))]
    reports = read_all(files, jobs)
    results = iter(
        check_beside(
            [(f, got) for f, got in zip(files, reports, strict=True) if not isinstance(got, str)], options
        )
    )
    return [
        Unreadable(legible(path), got) if isinstance(got, str) else Checked(next(results))
        for path, got in zip(files, reports, strict=True)
    ]


def check_beside(reports: Sequence[tuple[Path, AnnualReport]], options: CheckOptions) -> list[CheckResult]:
    """Check reports that were read from these files, each beside the others."""
    from assistant.checks.check_report import check_together

    given = [options.given(path, report) for path, report in reports]
    return check_together(given, options.select, options.ignore)


def notes(outcomes: Sequence[Checked | Unreadable], options: CheckOptions) -> list[str]:
    """What is to be said of all the files together: units without last year's report, units of the roster without a report."""
    from assistant.checks.together.areas import same_unit
    from assistant.printing.findings import Checked

    results = [one.result for one in outcomes if isinstance(one, Checked)]
    lines = []
    if options.previous.folder is not None:
        lonely = [r.report.org.name or Path(r.file).name for r in results if _without_previous(r, options)]
        if lonely:
            lines.append(
                f"在文件夹 {options.previous.folder} 里没有找到 {len(lonely)} 个单位的上年年报，没有做跨年核对："
                f"{'、'.join(lonely)}；请补齐后再核对，单位更名的在 nianbao.toml 的 renamed 中写明原名称"
            )
    names = [r.report.org.name for r in results]
    rosters = {options.profile_of(Path(r.file)).rules.roster for r in results} if len(results) > 1 else set()
    missing = [
        name for roster in rosters for name in roster if not any(same_unit(name, other) for other in names)
    ]
    # where a government's report is among them, its findings say so
    if missing and not any(f.code == "ROLLUP" and f.where == "title" for r in results for f in r.findings):
        listed = "、".join(dict.fromkeys(missing))
        lines.append(f"应报单位中有 {len(missing)} 个不在这次核对的报告里：{listed}；请催报，或者核对 roster")
    return lines


def _without_previous(result: CheckResult, options: CheckOptions) -> bool:
    renamed = options.profile_of(Path(result.file)).rules.renamed
    return options.previous.of(result.report, renamed)[0] is None


def read_all(files: Sequence[Path], jobs: int = 0) -> list[AnnualReport | str]:
    """The reports of all files in their order; for one that cannot be read, the one line that says why.

    ``jobs`` processes read; 0 chooses by the number of files and processors.
    """
    from assistant.interfaces.cli.progress import progress

    workers = min(jobs or (os.cpu_count() or 1 if len(files) >= _WORTH_A_PROCESS else 1), len(files))
    if workers > 1 and not any(str(path) == "-" for path in files):
        import asyncio

        with progress("读取", len(files)) as step:
            return asyncio.run(_in_processes(files, workers, step))
    if len(files) < _MANY[0 if sys.stderr.isatty() else 1]:
        return [_read_one(path) for path in files]
    with progress("读取", len(files)) as step:
        reports = []
        for path in files:
            reports.append(_read_one(path))
            step("")
    return reports


def _read_one(path: Path) -> AnnualReport | str:
    try:
        return read(path)
    except InputError as error:
        return str(error)


async def _in_processes(
    files: Sequence[Path], workers: int, step: Callable[[str], None]
) -> list[AnnualReport | str]:
    import asyncio

    from assistant.batch.pools import LocalPool

    pool = LocalPool(workers)
    gate = asyncio.Semaphore(workers * pool.ahead)

    async def one(path: Path) -> AnnualReport | str:
        async with gate:
            report = await pool.run(_read_one, path)
        step("")
        return report

    try:
        return list(await asyncio.gather(*map(one, files)))
    finally:
        await pool.close()
