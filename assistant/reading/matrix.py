"""Reads a table of many rows and columns, such as table 3, by the labels of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.documents.document import Line, Piece
from assistant.forms import CellKey, Table
from assistant.reading.found import Found, audit, audit_one
from assistant.reading.labels import ALIKE, Vocabulary, core, likeness
from assistant.reading.rows import Entry, candidates, to_columns, unmatched
from assistant.report import PrintedLabel

__all__ = ["read_matrix"]

_PATH_ALIKE = 0.85


def read_matrix(table: Table, words: Vocabulary, headers: Sequence[Line], data: Sequence[Entry]) -> Found:
    """Rows are matched in the order of the form, so that 3.其他 falls where it belongs; columns by header or place."""
    found = Found()
    columns = [column.key for column in table.columns]
    order, places = _columns(table, headers, data)
    figures = dict(zip(map(id, data), to_columns(data, len(columns), places), strict=True))
    rest: list[Entry] = []
    for entry in data:
        path = _merged_path(entry, words)
        if path is None:
            rest.append(entry)
        elif entry.printed:
            placed = figures[id(entry)]
            found.merged[path] = dict(zip(order, placed, strict=True)) if placed else {}
    used: list[Piece] = []
    matched: set[str] = set()
    matches = _match(table, words, rest)
    found.unread += unmatched(rest, [entry for _, entry, _ in matches])
    for key, entry, label in matches:
        _take(found, table, key, (entry, figures[id(entry)]), order)
        matched.add(key)
        if label is not None:
            used.append(label)
            found.labels += audit_one(table, "row", key, table.row(key).label, label)
    for row in table.rows:
        if row.key not in matched and not (row.path and row.path[-1] in found.merged):
            found.labels += audit(table, "row", [(row.key, row.label)], [])
            found.unread.append(f"没有找到“{row.label}”一行")
    found.labels += _audit_frame(
        table, headers, [p for e in data for p in (*e.before, *e.labels) if p not in used]
    )
    return found


def _take(
    found: Found, table: Table, row: str, printed: tuple[Entry, list[Piece] | None], order: list[str]
) -> None:
    entry, placed = printed
    if placed is None:
        shown = "、".join(piece.text for _, piece in entry.printed)
        found.unread.append(f"“{table.row(row).label}”一行只印有“{shown}”，无法确定属于哪一列")
        return
    for column, piece in zip(order, placed, strict=True):
        found.cells[CellKey(table.key, row, column)] = piece


def _merged_path(entry: Entry, words: Vocabulary) -> str | None:
    """The merged label that a row of figures stands under, when it has no label of its own."""
    if not entry.labels:
        return None
    cores = [text for text, _ in candidates(entry)]
    if any(text in words.rows for text in cores):
        return None
    for text in cores[:1]:
        for path, label in words.paths.items():
            if text == path or likeness(text, path) >= _PATH_ALIKE:
                return label
    return None


def _columns(table: Table, headers: Sequence[Line], data: Sequence[Entry]) -> tuple[list[str], list[int]]:
    """Column keys from left to right as printed, and their places on the grid where the header shows all of them.

    A header that does not stand above the figures has lost its merged cells: then the order of the form holds.
    """
    keys = [column.key for column in table.columns]
    names = {core(column.label): column.key for column in table.columns}
    places: dict[str, int] = {}
    for line in headers:
        for place, piece in line.own:
            key = names.get(core(piece.text))
            if key is not None and key not in places:
                places[key] = place
    if len(places) < len(keys) or len(set(places.values())) < len(keys):
        return keys, []
    order = sorted(places, key=lambda key: places[key])
    above = sorted(places.values())
    full = Counter(tuple(column for column, _ in e.printed) for e in data if len(e.printed) == len(keys))
    fits = full.most_common(1)[0][0] == tuple(above) if full else order == keys
    return (order, above) if fits else (keys, [])


def _match(table: Table, words: Vocabulary, data: Sequence[Entry]) -> list[tuple[str, Entry, Piece | None]]:
    """The best assignment of printed rows to rows of the form that keeps both in order; exact labels may break it."""
    rows = [(row.key, core(row.label)) for row in table.rows]
    scores = [[_score(entry, row, words) for row in rows] for entry in data]
    chosen = _align(scores, len(rows))
    taken_rows, taken_entries = {r for _, r in chosen}, {e for e, _ in chosen}
    for e, _entry in enumerate(data):
        if e in taken_entries:
            continue
        for r in range(len(rows)):
            if r not in taken_rows and scores[e][r][0] == 1.0:
                chosen.append((e, r))
                taken_rows.add(r)
                break
    return [(rows[r][0], data[e], scores[e][r][1]) for e, r in sorted(chosen)]


def _score(entry: Entry, row: tuple[str, str], words: Vocabulary) -> tuple[float, Piece | None]:
    key, name = row
    best: tuple[float, Piece | None] = (0.0, None)
    for text, piece in candidates(entry):
        exact = words.rows.get(text)
        alike = float(exact == key) if exact is not None else likeness(text, name)
        if alike > best[0]:
            best = (alike, piece)
    return best if best[0] >= ALIKE else (0.0, None)


def _align(scores: list[list[tuple[float, Piece | None]]], width: int) -> list[tuple[int, int]]:
    """Pairs (printed row, form row), both rising, with the greatest sum of scores."""
    height = len(scores)
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for e in range(height - 1, -1, -1):
        for r in range(width - 1, -1, -1):
            pair = scores[e][r][0]
            best[e][r] = max(best[e + 1][r], best[e][r + 1], pair + best[e + 1][r + 1] if pair else 0.0)
    pairs, e, r = [], 0, 0
    while e < height and r < width:
        if scores[e][r][0] and best[e][r] == scores[e][r][0] + best[e + 1][r + 1]:
            pairs.append((e, r))
            e, r = e + 1, r + 1
        elif best[e][r] == best[e + 1][r]:
            e += 1
        else:
            r += 1
    return pairs


def _audit_frame(table: Table, headers: Sequence[Line], sides: Sequence[Piece]) -> list[PrintedLabel]:
    printed = [piece for line in headers for piece in line.words]
    groups = dict.fromkeys(column.group for column in table.columns if column.group)
    found = audit(table, "corner", [("corner", table.corner)] if table.corner else [], printed)
    heads = [(column.key, column.label) for column in table.columns]
    heads += [(name, name) for name in (table.columns_title, *groups) if name]
    found += audit(table, "column", heads, printed)
    paths = dict.fromkeys(path for row in table.rows for path in row.path)
    return found + audit(table, "block", [(path, path) for path in paths], sides)
