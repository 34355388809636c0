"""Finds a unit's report of last year in a folder, by the unit's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from assistant.batch.names import plain_name, unit_in, year_of
from assistant.errors import InputError
from assistant.reading import read_report

__all__ = ["LastYear"]

_ORDER = (".json", ".docx", ".html", ".htm", ".xlsx", ".txt", ".md", ".doc", ".pdf")
"""formats from the most to the least exact, for a unit that is there in several"""
_GENERIC = re.compile(r"^(年报|报告|report|draft|年度报告|input)?\d*$", re.IGNORECASE)


class LastYear:
    """A folder of last year's reports. Files are known by their name or their folder's; one whose name says nothing
    (01.docx, 年报.docx at the top) is opened and asked for the unit it prints."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def find(self, org: str, year: int | None) -> Path | None:
        """The report of that unit; when file names give years, the one before ``year``. None when there is none."""
        plain = plain_name(org)
        found = self._named.get(plain) or self._opened.get(plain) or []
        dated = {p: year_of(p.stem) or year_of(p.parent.name) for p in found}
        fitting = [p for p, named in dated.items() if named is None or year is None or named == year - 1]
        return min(
            fitting, key=lambda p: (dated[p] is None, _ORDER.index(p.suffix.lower()), str(p)), default=None
        )

    @cached_property
    def _files(self) -> list[Path]:
        return sorted(
            p for p in self._root.rglob("*")
            if p.suffix.lower() in _ORDER and not p.name.startswith((".", "~$")) and p.is_file()
        )  # fmt: skip

    @cached_property
    def _named(self) -> dict[str, list[Path]]:
        named: dict[str, list[Path]] = {}
        for path in self._files:
            for name in self._names(path):
                named.setdefault(plain_name(name), []).append(path)
        return named

    def _names(self, path: Path) -> Iterator[str]:
        own = unit_in(path.stem)
        if own and not _GENERIC.match(own):
            yield own
        elif path.parent != self._root:
            yield unit_in(path.parent.name) or path.parent.name

    @cached_property
    def _opened(self) -> dict[str, list[Path]]:
        """Reports whose file name says nothing, by the unit they print; unreadable ones are nobody's."""
        opened: dict[str, list[Path]] = {}
        for path in self._files:
            if any(self._names(path)):
                continue
            try:
                org = read_report(path).org.name
            except InputError:
                continue
            if org:
                opened.setdefault(plain_name(org), []).append(path)
        return opened
