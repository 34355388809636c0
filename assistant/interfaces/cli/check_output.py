"""Brings what a check found to where it was asked for: the terminal, standard output, a file, or a folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UsageError
from assistant.interfaces.cli.files import is_folder, safe_name, write_atomically
from assistant.interfaces.cli.outputs import Guard, write_results

if TYPE_CHECKING:
    from assistant.printing.findings import Format, Review, Unit

__all__ = ["deliver", "format_of"]

_STEM = "核对结果"


def format_of(name: str | None, target: str | None) -> str:
    """The format that was asked for, else the one the output file's name shows, else text."""
    if name is not None:
        return name
    from assistant.printing.findings import format_shown_by

    shown = None if target is None else format_shown_by(target)
    return "text" if shown is None else shown.name


def deliver(
    review: Review,
    form: str,
    target: str | None,
    guard: Guard | None = None,
) -> list[Path]:
    """Print or write everything in one format; the files written. UsageError when the place does not do.

    ``guard`` names files that are not written over, besides those that were checked.
    """
    from assistant.printing.findings import FORMATS

    # a repaired file is checked under its new name, which is no more to be written over than the old one
    units = tuple(Path(unit.file) for unit in review.units)
    guard = Guard(units) if guard is None else replace(guard, given=(*guard.given, *units))
    chosen = FORMATS[form]
    if chosen.per_unit:
        return list(_write_units(review, chosen, target, guard))
    if form == "text" and target is None and sys.stdout.isatty():
        from assistant.printing.findings.terminal import show

        show(review)
        return []
    content = chosen.render(review)
    if isinstance(content, str):
        return _write_text(content, target, chosen.suffix, guard)
    if target is not None:
        return write_results([(_path(target, chosen.suffix), content)], guard)
    path = _beside(review, chosen)
    write_atomically(path, content)
    return [path]


def _write_text(text: str, target: str | None, suffix: str, guard: Guard) -> list[Path]:
    if target is None:
        print(text)
        return []
    return write_results([(_path(target, suffix), text if text.endswith("\n") else text + "\n")], guard)


def _write_units(review: Review, form: Format, target: str | None, guard: Guard) -> Iterator[Path]:
    """One file a unit. Nothing that exists is replaced, except the one file that was named."""
    units = review.readable
    if len(review.units) > 1 and (target is None or Path(target).suffix.lower() == form.suffix):
        raise UsageError("核对多份年报并输出 Word 批注时，每份各写一个文件；请用 -o 指定文件夹")
    if target is not None and not is_folder(target) and len(review.units) == 1:
        path = Path(target) if Path(target).suffix else Path(target + form.suffix)
        yield from write_results([(path, form.render_unit(units[0]))], guard)
        return
    for unit in units:
        path = _beside(review, form) if target is None else _free(Path(target) / _name(unit, form))
        write_atomically(path, form.render_unit(unit))
        yield path


def _name(unit: Unit, form: Format) -> str:
    return safe_name(f"{unit.name}{unit.year and f'{unit.year}年'}-{_STEM}") + form.suffix


def _beside(review: Review, form: Format) -> Path:
    """A free name beside the one file that was checked, else in the present folder; UsageError for standard input."""
    first = Path(review.units[0].file)
    if first.name == "-":
        raise UsageError(f"{form.label}不能直接打印到屏幕；请用 -o 指定输出文件")
    if len(review.units) > 1:
        return _free(Path(f"{_STEM}{form.suffix}"))
    return _free(first.with_name(f"{first.stem}-{_STEM}{form.suffix}"))


def _path(target: str, suffix: str) -> Path:
    return Path(target) / f"{_STEM}{suffix}" if is_folder(target) else Path(target)


def _free(path: Path) -> Path:
    """The path, or with a number where a file of that name exists already."""
    number, free = 2, path
    while free.exists():
        free = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        number += 1
    return free
