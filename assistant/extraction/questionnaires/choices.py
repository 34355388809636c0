"""Reads tables that ask 是 or 否 in columns of their own: 序号 | 问题 | 是 | 否 | 数量, with a tick in one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.documents.blocks import Cell
from assistant.extraction.questionnaires.columns import Row, is_plain
from assistant.extraction.tables.cells import Holds, content_of

__all__ = ["Choice", "choices_of"]

_YES, _NO = frozenset({"是", "有"}), frozenset({"否", "无", "没有"})
_SAID = frozenset({"是", "有", "否", "无", "1"})
_HEAD_ROWS = 3


@dataclass(frozen=True)
class Choice:
    """What one row says: its label, whether 是 or 否 is ticked, and the figure beside, if any."""

    label: Cell
    yes: Cell | None
    no: Cell | None
    figure: Cell | None


def choices_of(rows: Sequence[Row]) -> Iterator[Choice]:
    """The rows of such a table; nothing for any other."""
    for number, head in enumerate(rows[:_HEAD_ROWS]):
        yes = next((c for c, cell in head.items() if cell.text.strip() in _YES), None)
        no = next((c for c, cell in head.items() if cell.text.strip() in _NO), None)
        if yes is not None and no is not None:
            yield from _rows(rows[number + 1 :], yes, no)
            return


def _rows(rows: Sequence[Row], yes: int, no: int) -> Iterator[Choice]:
    left, right = min(yes, no), max(yes, no)
    for row in rows:
        labels = [cell for c, cell in row.items() if c < left and not is_plain(cell.text)]
        figures = [cell for c, cell in row.items() if c > right]
        said = _ticked(row.get(yes)), _ticked(row.get(no)), figures[0] if figures else None
        if labels and any(said):
            yield Choice(labels[-1], *said)


def _ticked(cell: Cell | None) -> Cell | None:
    """The cell, where something is ticked in it."""
    if cell is None:
        return None
    words = cell.text.strip()
    return cell if words in _SAID or (content_of(words).holds is Holds.TICK and words not in "□☐") else None
