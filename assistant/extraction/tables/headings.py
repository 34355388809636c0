"""Looks at headings, remarks and measures that stand among the labels of a table."""

from __future__ import annotations

from dataclasses import replace

from assistant.documents.blocks import Cell
from assistant.extraction.tables.labels import Label

__all__ = ["is_context", "is_remark", "measured"]

_CONTEXT_WORDS = 25
"""characters; a heading within the table that is longer is a title and says nothing about single rows"""


def is_context(label: Label) -> bool:
    """Whether a label alone in its row heads the rows below it."""
    short = len(label.text) <= _CONTEXT_WORDS or not label.rest
    said = label.lines or label.columns or label.is_unit or label.period or label.year is not None
    other_work = any(name.kind in ("decoy", "ask") for name in label.names)
    return bool(short and said and not other_work and (not label.rest or label.is_unit))


def measured(labels: list[Label], cells: list[Cell]) -> tuple[list[Label], list[Cell]]:
    """Labels without those that only name a measure, which the one before has then: 行政事业性收费 | 万元."""
    kept = [n for n, label in enumerate(labels) if "measure" not in label.marks]
    if not kept or len(kept) == len(labels):
        return labels, cells
    named = [labels[n] for n in kept]
    for label in labels:
        if "measure" in label.marks:
            own = named[-1]
            named[-1] = replace(
                own, money=label.money or own.money, marks=own.marks | label.marks - {"measure"}
            )
    return named, [cells[n] for n in kept]


def is_remark(cell: Cell) -> bool:
    """注：…, 备注：…, 说明：…"""
    return cell.text.strip()[:1] in "注备说"
