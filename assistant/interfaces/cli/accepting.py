"""Registers, lists and revokes accepted findings for the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assistant.errors import UsageError
from assistant.interfaces.cli.files import alone_with, write_atomically
from assistant.office.decisions import Decision, decide, subject_of
from assistant.office.decisions_file import FILE, read_decisions, rewritten
from assistant.report import AnnualReport
from assistant.report.draft import CheckResult
from assistant.report.findings import Acceptance, Finding

__all__ = ["Wanted", "listed", "register", "revoke"]

_T = TypeVar("_T", Finding, Decision)


@dataclass(frozen=True)
class Wanted:
    """Which findings are meant: by code, and where that is not enough by place and words; ``everything`` takes all."""

    code: str
    where: str = ""
    words: str = ""
    everything: bool = False

    def of(self, candidates: Sequence[_T], words: Callable[[_T], str], none: str) -> list[_T]:
        """The candidates that are meant. UsageError when there is none (``none`` says so), or several without ``everything``."""
        found = [
            one
            for one in candidates
            if one.code == self.code and self.where in ("", one.where) and self.words in words(one)
        ]
        if not found:
            raise UsageError(none)
        if len(found) > 1 and not self.everything:
            places = "；".join(f"--where {one.where}（{words(one)[:30]}）" for one in found[:6])
            raise UsageError(
                f"{self.code} 有 {len(found)} 处：{places}；请用 --where 或 --words 指明一处，或用 --all 一并处理"
            )
        return found


def register(file: Path, result: CheckResult, wanted: Wanted, why: Acceptance) -> Iterator[str]:
    """Accept the findings meant; one line for each."""
    open_ones = [finding for finding in result.findings if finding.accepted is None]
    accepted = [finding for finding in result.findings if finding.accepted is not None]
    again = any(f.code == wanted.code and wanted.where in ("", f.where) for f in accepted)
    none = (
        f"{wanted.code} 的这一问题已经接受过；用 nianbao accept --list 查看"
        if again
        else f"“{Path(result.file).name}”没有 {wanted.code} 的这一问题；请先用 nianbao check 查看代码和位置"
    )
    found = wanted.of(open_ones, _words, none)
    made = [decide(finding, result.report, result.file, why) for finding in found]
    # an older decision about the same place is out of date: its evidence has changed
    places = {(d.subject, d.code, d.where) for d in made}
    current = {f.message: f for f in accepted}
    with alone_with(file):
        known = read_decisions(file)
        kept = [d for d in known if (d.subject, d.code, d.where) not in places or d.message in current]
        write_atomically(file, rewritten(file, [*kept, *made]))
    for decision in made:
        yield f"已接受：{decision.code}  {decision.message}"
    yield f"已记入 {file}；所依据的文字或数据变化后自动失效"


def _words(finding: Finding) -> str:
    return finding.message + "".join(evidence.quote for evidence in finding.evidence)


def revoke(file: Path, report: AnnualReport, path: Path, wanted: Wanted) -> Iterator[str]:
    """Take back the decisions meant; one line for each."""
    subject = subject_of(report, path.name)
    none = f"{file} 中没有这份年报 {wanted.code} 的登记；用 nianbao accept --list 查看"
    with alone_with(file):
        known = read_decisions(file)
        mine = [decision for decision in known if decision.subject == subject]
        found = wanted.of(mine, lambda d: d.message + "".join(d.words), none)
        write_atomically(file, rewritten(file, [decision for decision in known if decision not in found]))
    for decision in found:
        yield f"已撤销：{decision.code}  {decision.message}"


def listed(place: Path) -> Iterator[str]:
    """The decisions of a file, or of all files below a folder."""
    files = sorted(place.rglob(FILE)) if place.is_dir() else [place]
    count = 0
    for file in files:
        for decision in read_decisions(file):
            count += 1
            year = f"{decision.year}年" if decision.year is not None else ""
            yield f"{decision.unit}{year}  {decision.code}  {decision.where}"
            yield f"  {decision.message}"
            yield f"  {decision.person} {decision.date}：{decision.reason}"
    if not count:
        yield "没有已接受的问题"
