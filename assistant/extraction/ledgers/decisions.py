"""Reads registers of decisions on licences, penalties and compulsion, one decision a row."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.blocks import Block
from assistant.extraction.ledgers.belonging import unit_rules
from assistant.extraction.ledgers.dates import parse_day
from assistant.extraction.ledgers.layout import Line, Sheet, clean
from assistant.extraction.ledgers.lists import Gatherer, column, columns, field_of, place_of, sheets_of
from assistant.extraction.ledgers.vocabulary import matches
from assistant.extraction.statements import Target
from assistant.extraction.structure import Situation, StructureReading
from assistant.forms import Form

__all__ = ["read_decisions"]

_ROWS = ("admin_license", "admin_penalty", "admin_compulsion")
_PATHS = (
    "decisions.date",
    "decisions.number",
    "headers.serial",
    "headers.name",
    "headers.content",
    "headers.remark",
    "headers.type",
    "headers.outcome",
    "headers.received",
)


def _is_header(text: str) -> bool:
    return any(matches(path, text) for path in _PATHS)


def read_decisions(blocks: Sequence[Block], situation: Situation, form: Form) -> StructureReading | None:
    """Decisions of table 2, one a row with its number or date; None where nothing says which decisions they are."""
    year = situation.year
    sheets = sheets_of(blocks, _is_header)
    if year is None or not sheets:
        return None
    readers = [_Decisions(sheet, year, form) for sheet in sheets]
    if not all(reader.fits for reader in readers):
        return None
    units = [columns(sheet, "decisions.unit") for sheet in sheets]
    gatherer = Gatherer(rules=unit_rules(sheets, units, situation.unit))
    if gatherer.unknown_unit(sheets, "决定清单", [reader.target for reader in readers]):
        return gatherer.finish("")
    for number, (sheet, reader) in enumerate(zip(sheets, readers, strict=True)):
        gatherer.open(sheet)
        for index, line in enumerate(sheet.lines):
            reader.read(line, str(index + 1), gatherer, number)
    return gatherer.finish("决定清单第{rows}行“{words}”，是否计入本年处理决定？")


class _Decisions:
    """The rows of one list."""

    def __init__(self, sheet: Sheet, year: int, form: Form) -> None:
        self.sheet, self.year, self.form = sheet, year, form
        self.date = column(sheet, "decisions.date")
        self.number = column(sheet, "decisions.number")
        titles = [words for words in sheet.title.split("\n") if words]
        heads = [head.leaf for head in sheet.header]
        self.row = self._named(titles) or self._named(heads)

    @staticmethod
    def _named(texts: Sequence[str]) -> str:
        """The one row that titles or headers name."""
        found = {row for row in _ROWS for text in texts if matches(f"decisions.{row}", text)}
        return next(iter(found)) if len(found) == 1 else ""

    @property
    def fits(self) -> bool:
        """Whether rows are decisions: each with a number or a date, and a kind that is named."""
        if self.date is None or not self.sheet.lines or self._about_requests:
            return False
        dated = sum(parse_day(field_of(line, self.date).text) is not None for line in self.sheet.lines)
        if dated * 2 < len(self.sheet.lines):
            return False
        return bool(self.row) if self.number is not None else bool(self._named(self.sheet.title.split("\n")))

    @property
    def _about_requests(self) -> bool:
        """Whether title or headers speak of requests for information, which may ask for licences and penalties."""
        words = [self.sheet.title, *(head.leaf for head in self.sheet.header)]
        return any(matches("decisions.requests", clean(text)) for text in words)

    @property
    def target(self) -> Target:
        """The cell that the rows raise."""
        return Target(self.form.table2.key, self.row, "decisions")

    def read(self, line: Line, label: str, gatherer: Gatherer, number: int) -> None:
        """Count one decision of the year."""
        if gatherer.skips(line):
            gatherer.account(line, "作废或重复录入")
            return
        target = self.target
        day = parse_day(field_of(line, self.date).text)
        place = place_of(line, self.date, self.number)
        if day is not None and day.year is not None and day.year != self.year:
            gatherer.account(line, "其他年度的决定")
            return
        if gatherer.not_ours(number, line, label, place, [target]):
            return
        gatherer.account(line)
        doubtful = next(
            (
                f.text
                for f in line.cells
                if f.text and len(f.text) <= 12 and matches("decisions.void", clean(f.text))
            ),
            "",
        )
        if day is None or doubtful:
            answers = {"计入": [target], "不计入": []}
            gatherer.ask(doubtful or "没有决定日期", label, place, [target], answers)
            return
        gatherer.counted(line, target, place, day.year is not None)
