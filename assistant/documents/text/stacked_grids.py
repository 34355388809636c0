"""Lays labels and figures that stood below each other out on the grid they were copied from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.documents.blocks import Cell, Table
from assistant.documents.text.known_labels import bands_of, columns_of, squeezed
from assistant.forms import Block

__all__ = ["Label", "StackedRow", "stacked_grid"]


class Label(NamedTuple):
    """Words of a label, what the form calls it (see ``known_labels``), and where they stand; ``broken`` over several lines."""

    words: str
    kind: str
    start: int
    end: int
    line: int
    broken: bool = False


@dataclass
class StackedRow:
    """The labels before a run of figures, and these; ``first`` and ``last`` are lines."""

    labels: list[Label]
    figures: list[Cell]
    first: int
    last: int

    @property
    def apart(self) -> bool:
        """Whether figures stand on lines of their own."""
        return not self.labels or self.last > self.labels[-1].line


class _Box(NamedTuple):
    """A label with the places of the grid that it covers: columns ``left`` to ``right``, exclusive."""

    label: Label
    left: int
    right: int


def stacked_grid(rows: Sequence[StackedRow]) -> Table | None:
    """The table. Header labels stand above the figures where the form or their number says which is whose; labels that nobody
    can place are rows of their own, so that no word is lost."""
    count = len(rows[0].figures)
    bands = bands_of(count, {squeezed(label.words) for label in rows[0].labels})
    if bands is not None and len(rows) == 1:
        return _grid(_banded(rows[0].labels, bands, count), rows, [[]], 0, count)
    if not rows[0].labels:
        return None
    heads, own = _header_and_label(rows[0].labels)
    sides = _sides([own, *[row.labels for row in rows[1:]]])
    depth = max(len(side) for side in sides)
    return _grid(_headed(heads, depth, count), rows, sides, depth, count)


def _header_and_label(labels: Sequence[Label]) -> tuple[list[Label], list[Label]]:
    """What stands above the figures, and what stands beside the first row: its label and the paths before it."""
    first = len(labels) - 1
    while first and labels[first - 1].kind == "path":
        first -= 1
    return list(labels[:first]), list(labels[first:])


def _rank(words: str) -> int:
    for rank, pattern in enumerate(
        (r"[一二三四五六七八九十]{1,2}、", r"[（(][一二三四五六七八九十]{1,2}[）)]", r"\d{1,2}[.、]")
    ):
        if re.match(pattern, words):
            return rank
    return 9


def _sides(labels: Sequence[Sequence[Label]]) -> list[list[Label]]:
    """For each row the labels to its left, outermost first: a path rules the rows below it until one of its own rank."""
    open_: list[Label] = []
    sides: list[list[Label]] = []
    for *paths, own in labels:
        for path in paths:
            open_ = [label for label in open_ if _rank(label.words) < _rank(path.words)] + [path]
        open_ = [label for label in open_ if _rank(label.words) < _rank(own.words)]
        sides.append([*open_, own])
    return sides


def _headed(heads: Sequence[Label], depth: int, count: int) -> list[list[_Box]]:
    """The rows of the header."""
    by_name = {squeezed(label.words): label for label in heads}
    columns = columns_of(count, set(by_name))
    width = depth + count
    if columns:
        rows: list[list[_Box]] = []
        leaves = [name for name, _ in columns]
        for label in heads:
            name = squeezed(label.words)
            under = [depth + i for i, (_, group) in enumerate(columns) if group == name]
            if under:
                rows.append([_Box(label, under[0], under[-1] + 1)])
            elif label.kind == "over":
                rows.append([_Box(label, depth, width)])
            elif name not in leaves:
                rows.append([_Box(label, 0, depth if label.words == "信息内容" else width)])
        return [*rows, [_Box(by_name[name], depth + i, depth + i + 1) for i, name in enumerate(leaves)]]
    plain = [label for label in heads if not re.match(r"第.{1,4}条", label.words)]
    above = [[_Box(label, 0, width)] for label in heads if label not in plain]
    if len(plain) == count:
        return [*above, [_Box(label, depth + i, depth + i + 1) for i, label in enumerate(plain)]]
    if len(plain) == count + 1:
        line = [_Box(plain[0], 0, depth)]
        return [*above, line + [_Box(label, depth + i, depth + i + 1) for i, label in enumerate(plain[1:])]]
    return [[_Box(label, 0, width)] for label in heads]


def _banded(labels: Sequence[Label], block: Block, count: int) -> list[list[_Box]]:
    """Tables side by side: their names, and below them the columns, printed for each table or once for all."""
    names = [squeezed(row.label) for row in block.rows]
    leaves = [squeezed(column.label) for column in block.columns]
    wide = len(leaves)
    top = [
        _Box(
            label, names.index(squeezed(label.words)) * wide, (names.index(squeezed(label.words)) + 1) * wide
        )
        for label in labels
        if squeezed(label.words) in names
    ]
    others = [label for label in labels if squeezed(label.words) not in [*names, *leaves]]
    own = [label for label in labels if squeezed(label.words) in leaves]
    if len(own) != count:
        once = {squeezed(label.words): label for label in reversed(own)}
        own = [once[leaf] for leaf in leaves] * len(names)
    rest = [[_Box(label, wide, count)] for label in others]
    return [*rest, top, [_Box(label, i, i + 1) for i, label in enumerate(own)]]


def _grid(
    header: Sequence[Sequence[_Box]],
    rows: Sequence[StackedRow],
    sides: Sequence[Sequence[Label]],
    depth: int,
    count: int,
) -> Table:
    grid: list[list[Cell | None]] = []
    for y, boxes in enumerate(header):
        line: list[Cell | None] = [None] * (depth + count)
        for label, left, right in boxes:
            cell = Cell(label.words, label.start, label.end, y, left, 1, right - left)
            line[left:right] = [cell] * (right - left)
        grid.append(line)
    boxes_of = _boxes(sides, depth, len(header))
    for y, row in enumerate(rows, len(header)):
        figures = [
            Cell(cell.text, cell.start, cell.end, y, depth + x) for x, cell in enumerate(row.figures[:count])
        ]
        grid.append([*[boxes_of.get((y, x)) for x in range(depth)], *figures])
    return Table(tuple(tuple(line) for line in grid))


def _boxes(sides: Sequence[Sequence[Label]], depth: int, first: int) -> dict[tuple[int, int], Cell]:
    """The cells of the labels beside the figures: a path covers its rows, the label of a row the columns up to the figures."""
    spans: dict[tuple[int, int], list[int]] = {}
    for y, side in enumerate(sides, first):
        for x, label in enumerate(side):
            right = depth if x == len(side) - 1 else x + 1
            span = spans.setdefault((label.start, x), [y, y, right])
            span[1] = y
    places: dict[tuple[int, int], Cell] = {}
    for y, side in enumerate(sides, first):
        for x, label in enumerate(side):
            top, bottom, right = spans[label.start, x]
            cell = places.get((top, x)) or Cell(
                label.words, label.start, label.end, top, x, bottom - top + 1, right - x
            )
            places |= {(y, column): cell for column in range(x, right)}
    return places
