"""Applies the certain repairs of findings and makes a new report of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from assistant.forms import CellKey
from assistant.report import AnnualReport, Printed
from assistant.report.facts import Value
from assistant.report.findings import Edit, Finding

__all__ = ["apply_certain"]


class _Plan:
    """The edits accepted so far, by the text or cell they change; an edit that overlaps another is refused."""

    def __init__(self, report: AnnualReport) -> None:
        self.form = report.layout
        self.cells: dict[CellKey, Value] = {}
        self.words: dict[str, list[Edit]] = defaultdict(list)

    def accept(self, edits: Iterable[Edit]) -> bool:
        """Take all edits of one repair, or none of them."""
        cells: dict[CellKey, Value] = {}
        words: list[Edit] = []
        for edit in edits:
            if edit.value is not None:
                key = CellKey.parse(edit.where)
                if not self.form.has(key) or self.cells.get(key, edit.value) != edit.value:
                    return False
                cells[key] = edit.value
            elif edit.start is None or edit.end is None or self._overlaps(edit):
                return False
            else:
                words.append(edit)
        self.cells |= cells
        for edit in words:
            self.words[edit.where].append(edit)
        return bool(cells or words)

    def _overlaps(self, edit: Edit) -> bool:
        start, end = _place(edit)
        return any(
            (a < end and start < b) or (a, b) == (start, end) for a, b in map(_place, self.words[edit.where])
        )


def apply_certain(
    report: AnnualReport, findings: Iterable[Finding]
) -> tuple[AnnualReport, tuple[Finding, ...]]:
    """A new report in which every certain repair is made, and the findings that were repaired.

    Each repair is made whole or not at all; of two repairs that touch the same words or set one cell to two values, the
    first is made. What was printed is changed along with the passages, its offsets stay right.
    """
    plan = _Plan(report)
    applied = tuple(f for f in findings if f.fix is not None and f.fix.certain and plan.accept(f.fix.edits))
    if not applied:
        return report, ()
    changed = report.with_cells(plan.cells) if plan.cells else report
    sections = {
        key: _edited(text, plan.words[key]) for key, text in report.sections.items() if plan.words.get(key)
    }
    if sections:
        changed = changed.with_sections(sections)
    update: dict[str, object] = {}
    if plan.words.get("preamble"):
        update["preamble"] = _edited(report.preamble, plan.words["preamble"])
    title = report.printed.title if report.printed is not None and report.printed.title else report.title
    if plan.words.get("title"):
        update["title"] = title = _edited(title, plan.words["title"])
    if report.printed is not None:
        update["printed"] = _reprinted(report.printed, title, plan.words.get("", []))
    return changed.model_copy(update=update), applied


def _place(edit: Edit) -> tuple[int, int]:
    if edit.start is None or edit.end is None:
        raise ValueError("an edit of words has a place")
    return edit.start, edit.end


def _edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made, from the end so that offsets stay right."""
    for edit in sorted(edits, key=_place, reverse=True):
        start, end = _place(edit)
        text = text[:start] + edit.text + text[end:]
    return text


def _reprinted(printed: Printed, title: str, edits: list[Edit]) -> Printed:
    """The printed page with all edits made; headings and labels that were put right are known as right."""

    def moved(offset: int) -> int:
        return offset + sum(
            len(e.text) - (_place(e)[1] - _place(e)[0]) for e in edits if _place(e)[1] <= offset
        )

    texts = {_place(edit): edit.text for edit in edits}
    headings = tuple(
        h.model_copy(
            update={
                "text": texts.get((h.start, h.start + len(h.text)), h.text),
                "start": moved(h.start),
                "body_start": moved(h.body_start),
            }
        )
        for h in printed.headings
    )
    labels = tuple(
        label.model_copy(update={"start": moved(label.start)})
        for label in printed.labels
        if texts.get((label.start, label.start + len(label.text))) != label.expected
    )
    cells = tuple(cell.model_copy(update={"start": moved(cell.start)}) for cell in printed.cells)
    return printed.model_copy(
        update={
            "text": _edited(printed.text, edits),
            "title": title if printed.title else printed.title,
            "headings": headings,
            "labels": labels,
            "cells": cells,
        }
    )
