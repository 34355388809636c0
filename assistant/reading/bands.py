"""Reads a table whose rows stand side by side above one line of figures, such as table 4."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.document import Line, Piece
from assistant.forms import CellKey, Table
from assistant.reading.figures import is_figure
from assistant.reading.found import Found, audit
from assistant.reading.labels import Vocabulary, core
from assistant.reading.rows import Entry, candidates, to_columns

__all__ = ["read_bands"]


def read_bands(table: Table, words: Vocabulary, headers: Sequence[Line], data: Sequence[Entry]) -> Found:
    """All figures in one row, or one row of figures for each part; found by number and by the header above."""
    found = Found()
    width = len(table.columns)
    total = width * len(table.rows)
    keys = [CellKey(table.key, row.key, column.key) for row in table.rows for column in table.columns]
    line = _one_line(data, total, _places(table, headers))
    if line is not None:
        found.cells.update(zip(keys, line, strict=True))
    else:
        found.cells.update(_parts(table, words, data, width))
    if not found.cells:
        shown = "、".join(piece.text for entry in data for _, piece in entry.printed)
        found.unread.append(f"只印有“{shown}”，无法确定属于哪一格" if shown else "没有找到填有数字的一行")
    printed = [piece for header in headers for piece in header.words if not is_figure(piece.text)]
    printed += [piece for entry in data for piece in entry.labels]
    names = dict.fromkeys(path for row in table.rows for path in row.path)
    found.labels += audit(table, "block", [(name, name) for name in names], printed)
    found.labels += audit(table, "row", [(row.key, row.label) for row in table.rows], printed)
    columns = [(column.key, column.label) for _ in table.rows for column in table.columns]
    found.labels += audit(table, "column", columns, [p for p in printed if core(p.text) not in words.rows])
    return found


def _one_line(data: Sequence[Entry], total: int, places: Sequence[int]) -> list[Piece] | None:
    """The one row that holds all figures; a row of blanks counts when there is no other."""
    rows = [entry for entry in data if len(entry.figures) >= total]
    rows.sort(key=lambda entry: len(entry.printed), reverse=True)
    for entry in rows:
        placed = to_columns([entry], total, places)[0]
        if placed is not None:
            return placed
    return None


def _places(table: Table, headers: Sequence[Line]) -> list[int]:
    """Grid columns of all columns, where the header shows each of them."""
    names = {core(column.label) for column in table.columns}
    places = sorted({column for line in headers for column, piece in line.own if core(piece.text) in names})
    return places if len(places) == len(table.columns) * len(table.rows) else []


def _parts(table: Table, words: Vocabulary, data: Sequence[Entry], width: int) -> dict[CellKey, Piece]:
    """Rows of figures part by part: by the part's name, else in order when there are as many as parts."""
    rows = [entry for entry in data if len(entry.printed) == width or len(entry.figures) == width]
    placed = to_columns(rows, width)
    named: dict[str, list[Piece]] = {}
    for entry, figures in zip(rows, placed, strict=True):
        for text, _ in candidates(entry):
            key = words.rows.get(text)
            if key is not None and figures is not None and key not in named:
                named[key] = figures
                break
    if len(named) < len(table.rows) and len(rows) == len(table.rows) and all(placed):
        named = {
            row.key: figures for row, figures in zip(table.rows, placed, strict=True) if figures is not None
        }
    return {
        CellKey(table.key, key, column.key): piece
        for key, figures in named.items()
        for column, piece in zip(table.columns, figures, strict=True)
    }
