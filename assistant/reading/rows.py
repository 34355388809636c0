"""Divides rows of a table into labels and figures, and puts figures under their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.documents.document import Line, Piece
from assistant.reading.figures import is_figure
from assistant.reading.labels import Vocabulary, core

__all__ = ["Entry", "candidates", "entries", "is_header", "split", "to_columns", "unmatched"]

_MOST_PIECES = 8
"""a label may be split over so many cells or words"""


@dataclass(frozen=True)
class Entry:
    """One row: its label cells, and the cells after them with their columns on the grid (blank ones included)."""

    labels: tuple[Piece, ...]
    figures: tuple[tuple[int, Piece], ...]
    grid: int = 0
    place: int = 0
    """grid column of the innermost label"""
    before: tuple[Piece, ...] = ()
    """labels without figures on the rows above"""
    after: tuple[Piece, ...] = ()
    """labels without figures on the rows below"""

    @property
    def printed(self) -> list[tuple[int, Piece]]:
        """The figures that are not blank."""
        return [(column, piece) for column, piece in self.figures if piece.text]


def split(line: Line, words: Vocabulary) -> Entry:
    """Labels stand to the left of the figures; words after a row's own label stand in the place of a figure."""
    own = line.own
    last, leaf = -1, False
    for number, (_, piece) in enumerate(own):
        if not piece.text:
            continue
        if is_figure(piece.text):
            if last >= 0:
                break
            continue
        if leaf and not words.knows(piece.text):
            break
        last, leaf = number, leaf or core(piece.text) in words.rows
    labels = tuple(piece for _, piece in own[: last + 1] if piece.text and not is_figure(piece.text))
    place = own[last][0] if last >= 0 else -1
    return Entry(labels, tuple(own[last + 1 :]), line.grid, place)


def is_header(entry: Entry, words: Vocabulary) -> bool:
    """Whether a row names columns: it has no figures, and labels that are not one row's."""
    if any(core(piece.text) for _, piece in entry.figures):
        return False
    heads = [piece for piece in entry.labels if core(piece.text) in words.heads]
    if len(heads) >= 2 or (heads and (words.blank_row or core(heads[0].text) not in words.rows)):
        return True
    likely = [p for p in entry.labels if not words.knows(p.text) and words.resembles_head(p.text)]
    return (
        bool(likely) and len(entry.labels) >= 2 and not any(core(p.text) in words.rows for p in entry.labels)
    )


def entries(lines: Sequence[Line], words: Vocabulary) -> tuple[list[Line], list[Entry]]:
    """Header rows and data rows; rows with a piece of a label and no figures are given to their neighbours."""
    headers: list[Line] = []
    data: list[Entry] = []
    loose: list[Piece] = []
    for line in lines:
        entry = split(line, words)
        if is_header(entry, words):
            headers.append(line)
            loose.clear()
        elif not entry.printed and not _is_blank_row(entry, words):
            loose += entry.labels
            if data and entry.labels:
                data[-1] = replace(data[-1], after=(*data[-1].after, *entry.labels))
        else:
            if data and _goes_on(data[-1], entry, words):
                loose = [*data.pop().labels]
            data.append(replace(entry, before=tuple(loose)))
            loose.clear()
    return headers, data


def _goes_on(above: Entry, entry: Entry, words: Vocabulary) -> bool:
    """Whether a row ends the label that a row of blanks above it began: the two make a label that each alone is not."""
    if above.printed or not above.labels or not entry.labels or words.knows(above.labels[-1].text):
        return False
    return words.knows(above.labels[-1].text + entry.labels[-1].text)


def _is_blank_row(entry: Entry, words: Vocabulary) -> bool:
    """A row of the form whose figures are all blank."""
    if not entry.labels:
        return 0 < words.blank_row <= len(entry.figures)
    return bool(entry.figures) and words.resembles(entry.labels[-1].text)


def unmatched(data: Sequence[Entry], matched: Sequence[Entry]) -> list[str]:
    """Rows of figures that belong to no row of the form, in plain words; nothing printed is dropped in silence."""
    known = {id(entry) for entry in matched}
    lines = []
    for entry in data:
        if id(entry) not in known and entry.labels and entry.printed:
            figures = "、".join(piece.text for _, piece in entry.printed)
            lines.append(
                f"“{''.join(p.text for p in entry.labels)[:40]}”一行（{figures}）不是规定的项目，未计入"
            )
    return lines


def candidates(entry: Entry) -> Iterator[tuple[str, Piece]]:
    """Ways to read a row's label, the likeliest first, each with the words as printed."""
    labels = entry.labels
    for size in range(1, min(len(labels), _MOST_PIECES) + 1):
        yield _joined(labels[-size:])
    if entry.before:
        yield _joined((*entry.before, *labels[-1:]))
        yield _joined((entry.before[-1], *labels[-1:]))
    if entry.after and labels:
        yield _joined((labels[-1], *entry.after))
        yield _joined((labels[-1], entry.after[0]))
    if entry.before and entry.after:
        yield _joined((entry.before[-1], *labels[-1:], entry.after[0]))


def _joined(pieces: Sequence[Piece]) -> tuple[str, Piece]:
    text = "".join(piece.text for piece in pieces)
    return core(text), Piece(text, pieces[0].start)


def to_columns(data: Sequence[Entry], count: int, header: Sequence[int] = ()) -> list[list[Piece] | None]:
    """The ``count`` figures of each row from left to right, None where they cannot be told apart.

    Rows whose figures are all printed show where the columns stand; rows with blanks follow them, or the columns of the
    ``header``. Without either, figures are counted from the right.
    """
    full = [
        (entry.grid, entry.place, tuple(c for c, _ in entry.printed))
        for entry in data
        if len(entry.printed) == count
    ]
    whole = Counter((grid, columns) for grid, _, columns in full)
    by_place = Counter(full)
    return [_place(entry, count, (whole, by_place, tuple(header))) for entry in data]


_Seen = tuple[
    Counter[tuple[int, tuple[int, ...]]], Counter[tuple[int, int, tuple[int, ...]]], tuple[int, ...]
]


def _place(entry: Entry, count: int, seen: _Seen) -> list[Piece] | None:
    if len(entry.printed) == count:
        return [piece for _, piece in entry.printed]
    columns = _columns(entry, count, seen)
    cells = dict(entry.figures)
    if (
        columns
        and all(column > entry.place for column in columns)
        and {c for c, _ in entry.printed} <= set(columns)
    ):
        end = max(cells, default=0)
        return [cells.get(column) or Piece("", cells[end].start if cells else 0) for column in columns]
    if len(entry.figures) == count:
        return [piece for _, piece in entry.figures]
    if not entry.printed and len(entry.figures) > count:
        return [piece for _, piece in entry.figures[-count:]]
    if len(entry.printed) < count < len(entry.figures) and entry.figures[-1][1].text:
        return [piece for _, piece in entry.figures[-count:]]
    return None


def _columns(entry: Entry, count: int, seen: _Seen) -> tuple[int, ...]:
    """Where the columns stand for this row: all full rows of its table agree, else those with the label at its place."""
    whole, by_place, header = seen
    same_grid = {columns for grid, columns in whole if grid == entry.grid}
    if len(same_grid) == 1:
        return next(iter(same_grid))
    same_place = {columns for grid, place, columns in by_place if (grid, place) == (entry.grid, entry.place)}
    if len(same_place) == 1:
        return next(iter(same_place))
    return header if len(header) == count and not same_grid else ()
