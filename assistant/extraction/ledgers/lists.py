"""What registers of cases, documents and decisions share: their columns found by header, and figures made of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.documents.blocks import Block
from assistant.extraction.ledgers.layout import EMPTY, Field, Line, Sheet, clean, find_sheet
from assistant.extraction.ledgers.outcomes import is_void
from assistant.extraction.ledgers.surroundings import around, unread_notes
from assistant.extraction.ledgers.vocabulary import matches
from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.structure import Account, StructureReading, Unplaced, Use

__all__ = ["Gatherer", "Listed", "column", "field_of", "place_of", "sheets_of"]


def sheets_of(blocks: Sequence[Block], is_header: Callable[[str], bool]) -> list[Sheet]:
    """The tables taken apart; empty where one of them has no header of this kind."""
    found: list[Sheet] = []
    for block in blocks:
        sheet = find_sheet(block, is_header, found[-1] if found else None)
        if sheet is None:
            return []
        found.append(sheet)
    return found


def column(sheet: Sheet, path: str, taken: Sequence[int | None] = ()) -> int | None:
    """The first column whose header fits the pattern at ``path``."""
    for index, head in enumerate(sheet.header):
        if index not in taken and head.leaf and matches(path, head.leaf):
            return index
    return None


def field_of(line: Line, col: int | None) -> Field:
    """The cell of a column, empty where there is no such column."""
    return EMPTY if col is None else line.cells[col]


def place_of(line: Line, *cols: int | None) -> Span:
    """The first of the cells that has words, else the whole row."""
    for col in cols:
        found = field_of(line, col)
        if found.text:
            return Span(found.start, found.end)
    return line.span


@dataclass
class Listed:
    """Rows counted in one cell."""

    spans: list[Span] = field(default_factory=list)
    sure: bool = True


@dataclass
class Gatherer:
    """Collects rows by cell, and rows that are asked about by their words."""

    reading: StructureReading = field(default_factory=StructureReading)
    cells: dict[Target, Listed] = field(default_factory=dict)
    asked: dict[str, tuple[list[str], list[Span], dict[Target, None], tuple[str, ...]]] = field(
        default_factory=dict
    )

    def open(self, sheet: Sheet) -> None:
        """Account for what stands around the rows of a sheet."""
        self.reading.accounts += around(sheet)
        self.reading.unplaced += unread_notes(sheet)
        for line in sheet.sums:
            numbers = {
                int(text)
                for f in line.cells
                if (text := clean(f.text).rstrip("件份个")).isdecimal() and len(text) < 7
            }
            agrees = not numbers or bool(
                numbers & {len(sheet.lines), len([x for x in sheet.lines if not self.skips(x)])}
            )
            self.reading.accounts.append(
                Account(line.span, Use.CHECKED, "合计与逐行计数一致" if agrees else "合计与逐行计数不一致")
            )
            if not agrees:
                text = f"清单合计行与逐行计数（{len(sheet.lines)}行）不一致，以哪个为准？"
                self.reading.unplaced.append(
                    Unplaced((line.span,), "合计", (), text, ("以逐行计数为准", "以合计为准"))
                )

    @staticmethod
    def skips(line: Line) -> bool:
        """Whether a row is void."""
        return any(is_void(f.text) for f in line.cells if f.text)

    def counted(self, line: Line, target: Target, place: Span, sure: bool = True) -> None:
        """Add a row to a cell."""
        cell = self.cells.setdefault(target, Listed())
        cell.spans.append(place)
        cell.sure = cell.sure and sure

    def account(self, line: Line, why: str = "") -> None:
        """Say that a row was counted, or why not."""
        self.reading.accounts.append(
            Account(line.span, Use.LEFT_OUT if why else Use.COUNTED, why or "清单逐行计数")
        )

    def ask(
        self, words: str, label: str, place: Span, places: Sequence[Target], choices: Sequence[str]
    ) -> None:
        """Ask once about all rows with these words."""
        labels, spans, targets, _ = self.asked.setdefault(words, ([], [], {}, tuple(choices)))
        labels.append(label)
        spans.append(place)
        targets.update(dict.fromkeys(places))

    def finish(self, question: str) -> StructureReading:
        """Figures and questions; a figure that a row in doubt may raise is not sure."""
        blocked = {target for _, _, targets, _ in self.asked.values() for target in targets}
        for target, cell in self.cells.items():
            sure = cell.sure and target not in blocked
            self.reading.statements.append(
                Statement(
                    "value",
                    target,
                    cell.spans[0],
                    len(cell.spans),
                    "件",
                    words="清单",
                    spans=cell.spans,
                    sure=sure,
                )
            )
        for words, (labels, spans, targets, choices) in self.asked.items():
            text = question.format(rows="、".join(labels[:12]), words=words)
            self.reading.unplaced.append(Unplaced(tuple(spans), words, tuple(targets), text, choices))
        return self.reading
