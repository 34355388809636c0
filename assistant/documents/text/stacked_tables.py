"""Finds tables that were copied out of a PDF or a page cell by cell: a label on one line or on several, its figures behind or below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.documents.blocks import Cell
from assistant.documents.text.cutting import TextLine
from assistant.documents.text.known_labels import known, squeezed
from assistant.documents.text.pasted_tables import Found
from assistant.documents.text.stacked_grids import Label, StackedRow, stacked_grid
from assistant.numerals import fold

__all__ = ["stacked_tables"]

_FIGURE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?|[-—/]{1,2}")
_PAGE = re.compile(r"[-—–－·]{1,2}\s*\d{1,3}\s*[-—–－·]{1,2}|第\s*\d{1,3}\s*页.{0,10}")
_LONGEST, _SHORT, _WRAPPED = 45, 24, 14
"""characters of a line that may belong to a table; of an unknown label; of a line that was broken because it was full"""
_MOST_LINES = 24
"""lines that one label may be broken over"""
_FEWEST_ROWS, _FEWEST_FIGURES = 2, 3


@dataclass
class _Line:
    """A line as words and the figures behind them."""

    number: int
    words: str
    start: int
    figures: list[Cell] = field(default_factory=list)


def stacked_tables(lines: Sequence[TextLine]) -> Iterator[Found]:
    """The tables in reading order. Only what a line by line reading would break is taken: labels over several lines, figures on
    lines of their own."""
    run: list[_Line] = []
    for number, line in enumerate([*lines, TextLine(0, "。")]):
        cut = _cut(number, line)
        if cut is not None:
            run.append(cut)
        elif line.text.strip() and not _PAGE.fullmatch(line.text.strip()):
            yield from _tables_in(run)
            run = []


def _cut(number: int, line: TextLine) -> _Line | None:
    """The line as a part of such a table; None where it is none."""
    words = line.text.strip()
    if not words or len(words) > 160 or "\t" in words or _PAGE.fullmatch(words):
        return None
    tokens = list(re.finditer(r"[^ \xa0\u3000\r]+", line.text))
    first = len(tokens)
    while first and _FIGURE.fullmatch(fold(tokens[first - 1].group())):
        first -= 1
    figures = [Cell(t.group(), line.start + t.start(), line.start + t.end(), 0, 0) for t in tokens[first:]]
    start = line.start + tokens[0].start()
    label = line.text[tokens[0].start() : tokens[first - 1].end()] if first else ""
    # aligned columns are read line by line
    if len(label) > _LONGEST or re.search(
        r"[ \xa0]{2}|\u3000|[。；？！!?]|[，,:：]\s*\d|\d\s*[件份条万元]", label
    ):
        return None
    if first and figures and len(figures) < _FEWEST_FIGURES and squeezed(label) not in known().kinds:
        return None
    return _Line(number, label, start, figures)


def _tables_in(run: Sequence[_Line]) -> Iterator[Found]:
    """The tables in a run of lines."""
    rows: list[StackedRow] = []
    labels: list[Label] = []
    for item in _items(run):
        if isinstance(item, Label):
            if item.kind == "section":
                yield from _closed(rows)
                rows, labels = [], []
            else:
                labels.append(item)
            continue
        number, figures = item
        if not labels and rows:
            rows[-1].figures += figures
            rows[-1].last = number
        else:
            rows.append(StackedRow(labels, list(figures), labels[0].line if labels else number, number))
            labels = []
    yield from _closed(rows)


def _items(run: Sequence[_Line]) -> Iterator[Label | tuple[int, list[Cell]]]:
    """Labels, put together from the lines that they are broken over, and runs of figures."""
    place = 0
    while place < len(run):
        line = run[place]
        if not line.words:
            yield line.number, line.figures
            place += 1
            continue
        last = _joined(run, place)
        parts = run[place : last + 1]
        if last == place:
            yield from _names(line)
        else:
            end = parts[-1].start + len(parts[-1].words)
            words = "".join(part.words for part in parts)
            kind = known().kinds.get(squeezed(words), "")
            yield Label(words, kind, line.start, end, line.number, broken=True)
        if parts[-1].figures:
            yield parts[-1].number, parts[-1].figures
        place = last + 1


def _joined(run: Sequence[_Line], place: int) -> int:
    """The last line of the label that begins here: as many lines as make a known label; else a full line takes the next."""
    words, best = "", -1
    for at in range(place, min(place + _MOST_LINES, len(run))):
        if not run[at].words or (at > place and run[at].number != run[at - 1].number + 1):
            break
        words += squeezed(run[at].words)
        if words in known().kinds:
            best = at
        if words not in known().starts or run[at].figures:
            break
    if best >= 0:
        return best
    line = run[place]
    below = run[place + 1] if place + 1 < len(run) else None
    goes_on = (
        below is not None
        and not line.figures
        and len(line.words) >= _WRAPPED
        and " " not in line.words
        and below.number == line.number + 1
        and below.figures
        and below.words
        and not re.match(r"[（(]?[\d一二三四五六七八九十]{1,2}[.、）)]", below.words)
    )
    return place + 1 if goes_on else place


def _names(line: _Line) -> Iterator[Label]:
    """The label of a line, or several that stand side by side (行政复议 行政诉讼)."""
    kinds = known().kinds
    tokens = list(re.finditer(r"\S+", line.words))
    if len(tokens) > 1 and not line.figures and all(squeezed(t.group()) in kinds for t in tokens):
        for t in tokens:
            start = line.start + t.start()
            yield Label(t.group(), kinds[squeezed(t.group())], start, line.start + t.end(), line.number)
        return
    kind = kinds.get(squeezed(line.words), "")
    yield Label(line.words, kind, line.start, line.start + len(line.words), line.number)


def _closed(rows: Sequence[StackedRow]) -> Iterator[Found]:
    """Rows that agree on their figures, header by header, as tables."""
    table: list[StackedRow] = []
    for row in rows:
        headed = any(label.kind in ("head", "over", "column") for label in row.labels[:-1])
        if table and (headed or len(row.figures) != len(table[-1].figures)):
            yield from _made(table)
            table = []
        table.append(row)
    yield from _made(table)


def _made(table: Sequence[StackedRow]) -> Iterator[Found]:
    if not table:
        return
    rows = list(table)
    stacked = any(label.broken for row in rows for label in row.labels) or any(row.apart for row in rows)
    named = sum(1 for row in rows if row.labels and row.labels[-1].kind)
    plain = len(rows) > _FEWEST_ROWS and all(
        row.labels and len(row.labels[-1].words) <= _SHORT for row in rows
    )
    if not stacked or not (2 * named > len(rows) or plain):
        return
    grid = stacked_grid(rows)
    if grid is not None:
        yield Found(min(row.first for row in rows), rows[-1].last, grid)
