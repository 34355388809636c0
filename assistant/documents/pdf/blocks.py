"""Takes a PDF apart into lines and tables; what covers a place is found from the cells around it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.documents.blocks import BlockKind
from assistant.documents.document import Line, Paragraph
from assistant.documents.parts import RawCell, Writer
from assistant.documents.pdf.reading import read_pdf
from assistant.documents.splitting import pieces_of

__all__ = ["covered", "write_pdf"]


def write_pdf(data: bytes, name: str) -> Writer:
    """The PDF as the existing reader gives it; InputError when it cannot be read."""
    writer = Writer()
    items = read_pdf(data, name).items
    for number, group in groupby(items, key=lambda item: item.grid if isinstance(item, Line) else 0):
        entries = list(group)
        if not number:
            for item in entries:
                if isinstance(item, Paragraph):
                    writer.line(item.text)
            continue
        rows = [
            [None if p is None else p.text for p in item.cells] for item in entries if isinstance(item, Line)
        ]
        for piece in pieces_of(covered(rows)):
            if piece.grid:
                writer.table(piece.grid)
            else:
                writer.line(
                    piece.words,
                    BlockKind.HEADING if piece.title else None,
                    rank="表题" if piece.title else "",
                )
    return writer


def covered(rows: Sequence[Sequence[str | None]]) -> list[list[RawCell | None]]:
    """The grid with every place that a merged cell covers given to that cell. A place goes to the cell above where all of that
    cell's columns are covered in this row, else to the cell on its left."""
    grid: list[list[RawCell | None]] = []
    above: list[RawCell | None] = []
    key = 0
    for texts in rows:
        widths: dict[int, list[int]] = {}
        for column, cell in enumerate(above):
            if cell is not None:
                widths.setdefault(cell.key, []).append(column)
        line: list[RawCell | None] = []
        for column, text in enumerate(texts):
            over = above[column] if column < len(above) else None
            if text is not None:
                key += 1
                line.append(RawCell(text, key))
            elif over is not None and all(c < len(texts) and texts[c] is None for c in widths[over.key]):
                line.append(over)
            else:
                line.append(line[-1] if line else None)
        grid.append(line)
        above = line
    return grid
