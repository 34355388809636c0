"""Reads a table made of small tables under headings, such as table 2."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.document import Line, Piece
from assistant.forms import Block, CellKey, Table
from assistant.reading.figures import is_figure
from assistant.reading.found import Found, audit, audit_one
from assistant.reading.labels import ALIKE, Vocabulary, core, likeness
from assistant.reading.rows import Entry, candidates, to_columns, unmatched

__all__ = ["read_blocks"]


def read_blocks(table: Table, words: Vocabulary, headers: Sequence[Line], data: Sequence[Entry]) -> Found:
    """Rows are found by label, figures by their number in the row or beneath the header of the block."""
    found = Found()
    matched = _match(table, words, data)
    found.unread += unmatched(data, [entry for entry, _ in matched.values()])
    for block in table.blocks:
        lines = [(row.key, *matched[row.key]) for row in block.rows if row.key in matched]
        header = _header_of(block, headers, [entry for _, entry, _ in lines])
        placed = to_columns([entry for _, entry, _ in lines], len(block.columns), _places(block, header))
        for (key, entry, label), figures in zip(lines, placed, strict=True):
            found.labels += audit_one(table, "row", key, table.row(key).label, label)
            if figures is None:
                figures = _single(entry, block)
            if figures is None:
                shown = "、".join(piece.text for _, piece in entry.printed)
                found.unread.append(f"“{table.row(key).label}”一行只印有“{shown}”，无法确定属于哪一列")
                continue
            for column, piece in zip(block.columns, figures, strict=True):
                found.cells[CellKey(table.key, key, column.key)] = piece
    for row in table.rows:
        if row.key not in matched:
            found.labels += audit(table, "row", [(row.key, row.label)], [])
            found.unread.append(f"没有找到“{row.label}”一行")
    printed = [piece for line in headers for piece in line.words if not is_figure(piece.text)]
    headings = [(block.heading, block.heading) for block in table.blocks]
    found.labels += audit(table, "block", headings, [p for p in printed if core(p.text) not in words.columns])
    heads = [(column.key, column.label) for block in table.blocks for column in block.columns]
    found.labels += audit(table, "column", heads, [p for p in printed if core(p.text) not in words.headings])
    return found


def _match(table: Table, words: Vocabulary, data: Sequence[Entry]) -> dict[str, tuple[Entry, Piece]]:
    """Form rows and the printed row of each: verbatim labels first, then the likeliest misprint."""
    pairs: list[tuple[float, int, str, Piece]] = []
    for number, entry in enumerate(data):
        for text, piece in candidates(entry):
            exact = words.rows.get(text)
            for row in table.rows:
                alike = float(exact == row.key) if exact is not None else likeness(text, core(row.label))
                if alike >= ALIKE:
                    pairs.append((alike, -number, row.key, piece))
    matched: dict[str, tuple[Entry, Piece]] = {}
    taken: set[int] = set()
    for _, number, key, piece in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
        if key not in matched and number not in taken:
            matched[key] = (data[-number], piece)
            taken.add(number)
    return matched


def _header_of(block: Block, headers: Sequence[Line], rows: Sequence[Entry]) -> Line | None:
    """The header row that names the columns of a block: the nearest above its first row."""
    first = min((piece.start for entry in rows for piece in entry.labels), default=None)
    names = {core(column.label) for column in block.columns}
    above = [
        line
        for line in headers
        if any(any(likeness(core(p.text), name) >= ALIKE for name in names) for p in line.words)
        and (first is None or line.words[0].start < first)
    ]
    return above[-1] if above else None


def _places(block: Block, header: Line | None) -> list[int]:
    """Grid columns of a block's columns, as far as its header shows them."""
    if header is None:
        return []
    cells = [(column, piece) for column, piece in header.own if piece.text]
    return (
        [column for column, _ in cells[-len(block.columns) :]] if len(cells) == len(block.columns) + 1 else []
    )


def _single(entry: Entry, block: Block) -> list[Piece] | None:
    """The figure of a block of one column, wherever it stands in its row."""
    if len(block.columns) != 1 or not entry.figures:
        return None
    return [next((piece for _, piece in entry.printed), entry.figures[-1][1])]
