"""What reading one table yields, before figures become values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.documents.document import Piece
from assistant.forms import CellKey, Table
from assistant.reading.labels import ALIKE, bare, core, likeness
from assistant.report import PrintedLabel

__all__ = ["Found", "audit", "audit_one"]


@dataclass
class Found:
    """Cells with the words printed in them, labels that deviate, and what could not be placed."""

    cells: dict[CellKey, Piece] = field(default_factory=dict)
    labels: list[PrintedLabel] = field(default_factory=list)
    merged: dict[str, dict[str, Piece]] = field(default_factory=dict)
    """figures by column of a row that is printed instead of its parts, by the label of the merged cell"""
    unread: list[str] = field(default_factory=list)

    @property
    def printed(self) -> int:
        """How many cells have something printed in them."""
        return sum(1 for piece in self.cells.values() if piece.text)


def audit(
    table: Table, kind: str, expected: Iterable[tuple[str, str]], printed: Sequence[Piece]
) -> list[PrintedLabel]:
    """Labels (key, label) of the form that are printed differently or not at all; ``printed`` are all words of the kind.

    Each printed label answers for one expected label: verbatim ones first, then the likeliest misprint.
    """
    left = list(printed)
    texts = Counter(bare(piece.text) for piece in left)
    wanting: list[tuple[str, str]] = []
    for key, label in expected:
        if texts[label] > 0:
            texts[label] -= 1
            left.remove(next(piece for piece in left if bare(piece.text) == label))
        else:
            wanting.append((key, label))
    deviations = []
    for key, label in wanting:
        best = max(left, key=lambda piece: _alike(piece, label), default=None)
        if best is not None and _alike(best, label) >= ALIKE:
            left.remove(best)
            deviations.append(_deviation(table, kind, key, label, best))
        else:
            deviations.append(_deviation(table, kind, key, label, None))
    return deviations


def audit_one(table: Table, kind: str, key: str, label: str, piece: Piece) -> list[PrintedLabel]:
    """The deviation of one label whose place is known."""
    return [] if bare(piece.text) == label else [_deviation(table, kind, key, label, piece)]


def _alike(piece: Piece, label: str) -> float:
    return likeness(core(piece.text), core(label))


def _deviation(table: Table, kind: str, key: str, label: str, piece: Piece | None) -> PrintedLabel:
    text, start = (piece.text, piece.start) if piece else ("", 0)
    return PrintedLabel(table=table.key, kind=kind, key=key, expected=label, text=text, start=start)
