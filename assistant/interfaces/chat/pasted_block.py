"""Reads a block copied from a spreadsheet with its labels: each figure goes where its labels say, not where the cursor stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.balance.following import sums_shown
from assistant.errors import UsageError
from assistant.extraction.sources import read_sources
from assistant.forms import CellKey
from assistant.numerals import fold, parse_numeral
from assistant.report.draft import Draft
from assistant.report.facts import Evidence, FactKind, FactStatus, Value

__all__ = ["block_sets"]

_LONGEST = 20_000
"""characters of a pasted block"""
_WAY_OUT = "请只复制数字，从要填的第一格粘贴；或者把整张表发到对话框"


def block_sets(block: str, draft: Draft) -> list[tuple[str, str]]:
    """Cells and figures of the block. UsageError names the first line that was not understood, or a total that does not
    add up; then nothing is taken."""
    if len(block) > _LONGEST:
        raise UsageError(f"粘贴的内容太长；{_WAY_OUT}")
    facts = read_sources({"粘贴": block}, year=draft.report.year, profile=draft.report.org).facts
    cells = [f for f in facts if f.kind is FactKind.CELL and f.status is FactStatus.STATED]
    read = [
        e
        for f in facts
        if f.status is FactStatus.STATED and f.kind in (FactKind.CELL, FactKind.ZERO)
        for e in f.evidence
    ]
    for line in _unread(block, read):
        raise UsageError(f"粘贴内容中认不出这一行填在哪里：“{line}”；{_WAY_OUT}")
    figures: dict[CellKey, Value] = {}
    for fact in cells:
        key = CellKey.parse(fact.where)
        if fact.value is None or figures.setdefault(key, fact.value) != fact.value:
            raise UsageError(f"粘贴内容中“{draft.report.layout.label(key)}”有两个不同的数；{_WAY_OUT}")
    if not figures:
        raise UsageError(f"粘贴内容中没有可以填入三张表的数字；{_WAY_OUT}")
    return [(str(k), str(v)) for k, v in _without_sums(figures, draft)]


def _without_sums(figures: dict[CellKey, Value], draft: Draft) -> Iterator[tuple[CellKey, Value]]:
    """The figures without the totals whose parts are all there: those are added up on the page."""
    form = draft.report.layout
    added = sums_shown(form, figures)
    for key, value in figures.items():
        if key not in added:
            yield key, value
        elif added[key] != value:
            raise UsageError(f"粘贴的“{form.label(key)}”为 {value}，各项相加为 {added[key]}；请核对后再粘贴")


def _unread(block: str, read: list[Evidence]) -> Iterator[str]:
    """The lines with figures of which nothing was read."""
    start = 0
    for line in block.splitlines(keepends=True):
        end = start + len(line)
        fields = [fold(f.strip()) for f in re.split("\t", line)]
        has_figure = any(parse_numeral(f) for f in fields[1:] if f)
        if has_figure and not any(e.start < end and e.end > start for e in read):
            yield " ".join(line.split())[:30]
        start = end
