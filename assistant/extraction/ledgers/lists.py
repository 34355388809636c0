"""What registers of cases, documents and decisions share: their columns found by header, and figures made of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.documents.blocks import Block
from assistant.extraction.ledgers.belonging import Rule, belonging, whole_question
from assistant.extraction.ledgers.layout import EMPTY, Field, Line, Sheet, clean, find_sheet
from assistant.extraction.ledgers.outcomes import is_void
from assistant.extraction.ledgers.surroundings import around, unread_notes
from assistant.extraction.ledgers.vocabulary import matches
from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.structure import Account, Claimed, Option, StructureReading, Unplaced, Use

__all__ = ["Gatherer", "Listed", "column", "columns", "field_of", "place_of", "sheets_of"]


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


def columns(sheet: Sheet, path: str) -> list[int]:
    """All columns whose header fits the pattern at ``path``."""
    return [i for i, head in enumerate(sheet.header) if head.leaf and matches(path, head.leaf)]


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


_WHETHER = "清单第{rows}行（{words}）要不要计入？"


@dataclass
class Listed:
    """Rows counted in one cell."""

    spans: list[Span] = field(default_factory=list)
    sure: bool = True


@dataclass
class _Asked:
    """Rows with the same words: their labels, where they stand, where they may belong, what each answer would count."""

    labels: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    targets: dict[Target, None] = field(default_factory=dict)
    adds: dict[str, dict[Target, int]] = field(default_factory=dict)


@dataclass
class Gatherer:
    """Collects rows by cell, and rows that are asked about by their words."""

    reading: StructureReading = field(default_factory=StructureReading)
    cells: dict[Target, Listed] = field(default_factory=dict)
    asked: dict[tuple[str, str], _Asked] = field(default_factory=dict)
    """by their words and the question"""
    rules: Sequence[Rule] = ()
    """columns that tell which rows are ours"""

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
                    Unplaced((line.span,), "合计", (), text, options=(Option("不算，以逐行计数为准"),))
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

    def unknown_unit(self, sheets: Sequence[Sheet], name: str, places: Sequence[Target]) -> bool:
        """Whether no row can be counted before it is known which body is ours; it is asked once."""
        asked = whole_question(self.rules, name, sheets, places)
        if asked is not None:
            self.reading.unplaced.append(asked)
            for line in (line for sheet in sheets for line in sheet.lines):
                self.account(line, "还不清楚是哪个单位的")
        return asked is not None

    def not_ours(self, number: int, line: Line, label: str, place: Span, places: Sequence[Target]) -> bool:
        """Whether a row of the sheet with this number is another's, or is asked about; it gets its account."""
        told = belonging(self.rules, number, line)
        if told.asked:
            self.account(line)
            self.ask(told.asked, label, place, places, {"不计入": ()}, _WHETHER)
        elif told.why:
            self.account(line, told.why)
        return bool(told.why or told.asked)

    def ask(
        self,
        words: str,
        label: str,
        place: Span,
        places: Sequence[Target],
        answers: Mapping[str, Sequence[Target]],
        text: str = "",
    ) -> None:
        """Ask once about all rows with these words; ``answers`` are the cells that each answer counts a row in, ``text`` the
        question where it is not that of the list."""
        asked = self.asked.setdefault((words, text), _Asked())
        asked.labels.append(label)
        asked.spans.append(place)
        asked.targets.update(dict.fromkeys(places))
        for answer, targets in answers.items():
            counts = asked.adds.setdefault(answer, {})
            for target in targets:
                counts[target] = counts.get(target, 0) + 1

    def finish(self, question: str) -> StructureReading:
        """Figures and questions; a figure that a row of unknown words may raise is not sure."""
        blocked = {target for asked in self.asked.values() for target in asked.targets}
        either = {target for (_, text), asked in self.asked.items() if text for target in asked.targets}
        for target, cell in self.cells.items():
            if target in either:
                # rows that count or do not: the figure may as well be another
                continue
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
        for (words, other), asked in self.asked.items():
            text = (other or question).format(rows="、".join(asked.labels[:12]), words=words)
            options = tuple(
                Option(answer, tuple(Claimed(target, n) for target, n in counts.items()), counted=True)
                for answer, counts in asked.adds.items()
            )
            self.reading.unplaced.append(
                Unplaced(tuple(asked.spans), words, tuple(asked.targets), text, options=options)
            )
        return self.reading
