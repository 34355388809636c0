"""Finds the unsure cells that something confirms: sums of independent figures that close, or a person who looked at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from assistant.assembly.board import Board
from assistant.forms import CellKey
from assistant.report.facts import FactKind

__all__ = ["affirmed_cells", "confirmed_cells"]

_Place: TypeAlias = tuple[str, int, int]
"""source, start and end of a quote"""
_FEWEST = 2
"""figures that must close with each other; a figure alone confirms nothing"""


def affirmed_cells(board: Board) -> frozenset[CellKey]:
    """The cells whose figure a person found right; a word about another figure than the cell has now confirms nothing."""
    seen = ((CellKey.parse(f.where), f.value) for f in board.live(FactKind.CONFIRMED))
    return frozenset(key for key, value in seen if key in board.filled and board.filled[key].value == value)


def confirmed_cells(board: Board) -> frozenset[CellKey]:
    """The cells of all sums of the form that close over figures told apart from each other.

    Both sides must have a figure, no cell may follow from others by arithmetic, and no figure of the material may stand behind
    two of the cells: 予以公开3件 read into total and applicant alike closes without saying anything. Zeros of such a sum are
    confirmed with it, because a figure that was missed there would have broken it.
    """
    found: set[CellKey] = set()
    for one in board.form.identities:
        cells = (*one.left, *one.right)
        if not _is_told(board, cells):
            continue
        left, right = (sum(board.filled[key].value for key in side) for side in (one.left, one.right))
        if left and left == right and _are_apart(board, [k for k in cells if board.filled[k].value]):
            found.update(cells)
    found.update(_of_stated_sums(board))
    return frozenset(found)


def _of_stated_sums(board: Board) -> Iterator[CellKey]:
    """不予公开8件 beside its items: a stated sum that the form has no cell for confirms its parts as well."""
    for fact in board.live(FactKind.AGGREGATE):
        row, col = fact.where.split(".", 1)
        aggregate = board.form.aggregate(row)
        if aggregate is None or aggregate.along != "rows" or not fact.value or fact.id in board.broken:
            continue
        cells = [key for key in aggregate.cells(col) if board.form.has(key)]
        if not cells or not _is_told(board, cells):
            continue
        told = [key for key in cells if board.filled[key].value]
        own = tuple((e.source, e.start, e.end) for e in fact.evidence)
        if sum(board.filled[k].value for k in told) == fact.value and _are_apart(board, told, own):
            yield from cells


def _is_told(board: Board, cells: Sequence[CellKey]) -> bool:
    """Whether all cells are filled, undisputed, and the figures among them told and not computed."""
    for key in cells:
        held = board.filled.get(key)
        if held is None or key in board.suspect or key in board.conflicts:
            return False
        if held.value and (held.follows or not held.facts):
            return False
    return True


def _are_apart(board: Board, cells: Sequence[CellKey], others: Sequence[_Place] = ()) -> bool:
    """Whether each cell rests on a figure of its own, apart from ``others``."""
    taken = list(others)
    for key in cells:
        own = [(e.source, e.start, e.end) for e in board.evidence(board.filled[key].facts)]
        if not own or any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in own for b in taken):
            return False
        taken += own
    return len(cells) + bool(others) >= _FEWEST
