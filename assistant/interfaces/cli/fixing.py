"""Repairs files for the command line: shows what changes, writes a new file beside the old one, checks again."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import InputError, UsageError
from assistant.interfaces.cli.checking import CheckOptions

if TYPE_CHECKING:
    from assistant.fixing import Mended
    from assistant.printing.findings import Checked, Unreadable
    from assistant.report.draft import CheckResult

__all__ = ["Writing", "fix_files", "shown_lines", "writing_of"]

_MARK = ".修正"
_RED, _GREEN, _PLAIN = "\033[31m", "\033[32m", "\033[0m"


class Writing(Enum):
    """What becomes of a repaired file."""

    NEW = "new"
    """a new file beside the old one, never over another"""
    IN_PLACE = "in place"
    """the file itself, a copy of the old one kept as .bak"""
    NOTHING = "nothing"
    """only shown"""


def writing_of(*, fix: bool, diff: bool, in_place: bool) -> Writing:
    """What the options of the command ask for; UsageError when they contradict each other."""
    if in_place and not fix:
        raise UsageError("--in-place 要与 --fix 同用")
    if in_place and diff:
        raise UsageError("--diff 只显示、不写文件，不能与 --in-place 同用；请去掉一个")
    if diff:
        return Writing.NOTHING
    return Writing.IN_PLACE if in_place else Writing.NEW


def fix_files(
    files: Sequence[Path], options: CheckOptions, writing: Writing, *, aside: bool
) -> list[Checked | Unreadable]:
    """Repair each file and give the findings that remain; with ``NOTHING`` those of the file as it is.

    The preview goes to standard output, or to stderr with ``aside`` (where the output is data).
    """
    out = sys.stderr if aside else sys.stdout
    colour = out.isatty() and not os.environ.get("NO_COLOR")
    from assistant.printing.findings import Checked, Unreadable

    results: list[Checked | Unreadable] = []
    for path in files:
        try:
            result, lines = _fix(path, options, writing, colour=colour)
        except InputError as error:
            if len(files) == 1:
                raise
            results.append(Unreadable(str(path), str(error)))
            continue
        results.append(Checked(result))
        for line in lines:
            print(line, file=out)
    return _beside(results, options)


def _beside(results: list[Checked | Unreadable], options: CheckOptions) -> list[Checked | Unreadable]:
    """The same, with what shows only where the reports stand beside each other."""
    from assistant.interfaces.cli.checking import check_beside
    from assistant.printing.findings import Checked

    reports = [(Path(one.result.file), one.result.report) for one in results if isinstance(one, Checked)]
    again = iter(check_beside(reports, options))
    return [Checked(next(again)) if isinstance(one, Checked) else one for one in results]


def _fix(
    path: Path, options: CheckOptions, writing: Writing, *, colour: bool
) -> tuple[CheckResult, list[str]]:
    from assistant.documents.limits import load_bytes
    from assistant.fixing import mend

    if str(path) == "-":
        raise UsageError("标准输入没有文件可以修正；请给出文件名")
    data, check = load_bytes(path), options.checker(path)
    mended = mend(data, path.name, path.suffix, check)
    lines = list(shown_lines(path, mended, colour=colour))
    if writing is Writing.NOTHING:
        if mended.made:
            lines.append("  以上只是预览，没有写出文件；要写出请用 --fix")
        from assistant.reading import read_report

        return check(read_report(path)) if mended.made else mended.result, lines
    if not mended.made:
        return mended.result, lines
    target, note = _write(path, mended, writing)
    lines.append(f"  {note}")
    return mended.result.model_copy(update={"file": str(target)}), lines


def _write(path: Path, mended: Mended, writing: Writing) -> tuple[Path, str]:
    """Where the repaired file went, and the line that says so."""
    from assistant.interfaces.cli.files import write_atomically

    same = mended.suffix.lower() == path.suffix.lower() and not mended.rebuilt
    if writing is Writing.IN_PLACE:
        if not same:
            raise UsageError(f"“{path.name}”不能在原文件里修正；请去掉 --in-place，另写一份 Word 文件")
        backup = _free(path.with_name(f"{path.name}.bak"))
        shutil.copy2(path, backup)
        write_atomically(path, mended.data)
        shutil.copymode(backup, path)
        return path, f"已在原文件中修正，原来的内容保存为 {backup.name}"
    target = _free(path.with_name(f"{path.stem}{_MARK}{mended.suffix}"))
    write_atomically(target, mended.data)
    if mended.rebuilt:
        return (
            target,
            f"已写出：{target}（PDF 不能直接修改，已按读到的内容重新排成 Word 文件，版式与原件不同，请与原件核对）",
        )
    note = "原文件没有改动" if same else "旧版 Word 文件已转换为 docx，原文件没有改动"
    return target, f"已写出：{target}（{note}）"


def _free(path: Path) -> Path:
    """The path, or the first numbered one that does not exist: 年报.修正.docx, 年报.修正2.docx."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}{number}{path.suffix}")
    return found


def shown_lines(path: Path, mended: Mended, *, colour: bool) -> Iterator[str]:
    """The changes for people: what, where, the words before and after; then what was left, and why."""
    changes: dict[tuple[str, str, str], list[str]] = {}
    for repair in mended.made:
        for one in repair.shown:
            codes = changes.setdefault(one, [])
            if repair.finding.code not in codes:
                codes.append(repair.finding.code)
    red, green, plain = (_RED, _GREEN, _PLAIN) if colour else ("", "", "")
    yield f"{path}  可修正 {len(changes)} 处：" if changes else f"{path}  没有可以确定的修正"
    for number, ((place, before, after), codes) in enumerate(changes.items(), 1):
        yield f"  {number}. {place}（{'、'.join(codes)}）"
        yield f"     {red}- {before}{plain}"
        yield f"     {green}+ {after}{plain}"
    for left in mended.left:
        yield f"  未修正：{left.finding.code}  {left.finding.message}（{left.reason}）"
