"""Says in plain words what a repair changes: where, and the words before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from assistant.checks.naming import table_name
from assistant.documents.places import edited
from assistant.forms import CellKey
from assistant.report import AnnualReport
from assistant.report.findings import Edit, Finding

__all__ = ["Shown", "shown"]

_AROUND = 14
"""characters of the line that are shown on either side of a change"""
_PLAIN = {"title": "标题", "preamble": "引言"}


class Shown(NamedTuple):
    """One change for people: the place, and its words before and after."""

    place: str
    before: str
    after: str


def shown(report: AnnualReport, finding: Finding) -> Iterator[Shown]:
    """The changes that a finding's repair makes in a report."""
    edits = finding.fix.edits if finding.fix is not None else ()
    for edit in edits:
        if edit.value is not None:
            cell = CellKey.parse(edit.where)
            old = report.value(cell)
            name = f"{table_name(report.layout, cell.table)}“{report.layout.label(cell)}”"
            yield Shown(name, "空白" if old is None else str(old), str(edit.value))
    words = [edit for edit in edits if edit.value is None]
    passages = [edit for edit in words if edit.where]
    if passages:
        for key, mine in _grouped(passages).items():
            yield from _lines(_place(report, key), _text(report, key), mine)
    elif words and report.printed is not None:
        yield from _lines(_place(report, finding.where), report.printed.text, words)


def _grouped(edits: list[Edit]) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        found[edit.where].append(edit)
    return found


def _text(report: AnnualReport, key: str) -> str:
    if key == "title":
        return report.printed.title if report.printed is not None and report.printed.title else report.title
    return report.preamble if key == "preamble" else report.sections[key]


def _place(report: AnnualReport, where: str) -> str:
    """第一部分“总体情况”, or the table of a label."""
    if where in _PLAIN:
        return _PLAIN[where]
    head = where.split(".", 1)[0]
    if any(table.key == head for table in report.layout.tables):
        return f"{table_name(report.layout, head)}的文字"
    section = next((s for s in report.layout.sections if s.key == where), None)
    return f"“{section.title}”" if section is not None else "正文"


def _lines(place: str, text: str, edits: list[Edit]) -> Iterator[Shown]:
    """Line by line, with some words around the changes of the line."""
    by_line: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for edit in edits:
        if edit.start is not None and edit.end is not None:
            by_line[max(text.rfind("\n", 0, edit.start), text.rfind("\t", 0, edit.start)) + 1].append(
                (edit.start, edit.end, edit.text)
            )
    for start, parts in by_line.items():
        stops = [at for at in (text.find("\n", start), text.find("\t", start)) if at >= 0]
        stop = min(stops, default=len(text))
        for group in _near(sorted(parts)):
            first, last = max(group[0][0] - _AROUND, start), min(group[-1][1] + _AROUND, stop)
            inner = [(a - first, b - first, new) for a, b, new in group]
            left, right = "…" if first > start else "", "…" if last < stop else ""
            before = text[first:last]
            yield Shown(place, f"{left}{before}{right}", f"{left}{edited(before, inner)}{right}")


def _near(parts: list[tuple[int, int, str]]) -> Iterator[list[tuple[int, int, str]]]:
    """Changes that stand so close that they are shown together."""
    group = parts[:1]
    for part in parts[1:]:
        if part[0] - group[-1][1] > 2 * _AROUND:
            yield group
            group = []
        group.append(part)
    yield group
