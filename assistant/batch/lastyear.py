"""Finds a unit's report of last year in a folder: by the name of the file or its folder, or by what the report says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from assistant.batch.names import unit_in, year_of
from assistant.checks.together.previous import Earlier, Pairing
from assistant.errors import InputError
from assistant.reading import read_report
from assistant.report import AnnualReport

__all__ = ["LastYear", "earlier_in", "last_files"]

_ORDER = (".json", ".docx", ".html", ".htm", ".xlsx", ".txt", ".md", ".doc", ".pdf")
"""formats from the most to the least exact, for a unit that is there in several"""
_GENERIC = re.compile(r"^(年报|报告|report|draft|年度报告|input)?\d*$", re.IGNORECASE)


class LastYear:
    """A folder of last year's reports. Files are known by their name or their folder's; one whose name says nothing
    (01.docx, 年报.docx at the top) is opened and asked for the unit it prints."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def find(self, org: str, year: int | None, renamed: Mapping[str, str] | None = None) -> Path | None:
        """The report of that unit; when file names give years, the one before ``year``. None when there is none.

        ``renamed`` gives the former names of units by their present ones.
        """
        return self._by_file.find(org, year, renamed) or self._by_content.find(org, year, renamed)

    @cached_property
    def _files(self) -> list[Path]:
        return last_files(self._root)

    @cached_property
    def _by_file(self) -> Pairing[Path]:
        return Pairing(
            Earlier(name, _year(path), path) for path in self._files for name in _names(path, self._root)
        )

    @cached_property
    def _by_content(self) -> Pairing[Path]:
        """Reports whose file name says nothing, by the unit they print; unreadable ones are nobody's."""
        return Pairing(self._opened())

    def _opened(self) -> Iterator[Earlier[Path]]:
        for path in self._files:
            if any(_names(path, self._root)):
                continue
            try:
                yield Earlier(read_report(path).org.name, _year(path), path)
            except InputError:
                continue


def last_files(root: Path) -> list[Path]:
    """The files of a folder that may be reports, the most exact format first."""
    found = [
        p for p in root.rglob("*")
        if p.suffix.lower() in _ORDER and not p.name.startswith((".", "~$")) and p.is_file()
    ]  # fmt: skip
    return sorted(found, key=lambda p: (_ORDER.index(p.suffix.lower()), str(p)))


def earlier_in(root: Path, reports: Mapping[Path, AnnualReport]) -> Iterator[Earlier[AnnualReport]]:
    """Reports of that folder that have been read, for a pairing: what a report says counts before what its file is called."""
    for path, report in reports.items():
        year = _year(path) if report.year is None else report.year
        for name in (report.org.name, *_names(path, root)):
            yield Earlier(name, year, report)


def _names(path: Path, root: Path) -> Iterator[str]:
    own = unit_in(path.stem)
    if own and not _GENERIC.match(own):
        yield own
    elif path.parent != root:
        yield unit_in(path.parent.name) or path.parent.name


def _year(path: Path) -> int | None:
    return year_of(path.stem) or year_of(path.parent.name)
