"""Reads lists of normative documents and rules: issued and abolished in the year, in force at its end."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.blocks import Block
from assistant.extraction.ledgers.belonging import Rule, matter_rules, unit_rules
from assistant.extraction.ledgers.dates import Day, parse_day, year_in
from assistant.extraction.ledgers.layout import Line, Sheet, clean
from assistant.extraction.ledgers.lists import Gatherer, column, columns, field_of, place_of, sheets_of
from assistant.extraction.ledgers.vocabulary import matches
from assistant.extraction.statements import Target
from assistant.extraction.structure import Situation, StructureReading
from assistant.forms import Form

__all__ = ["read_documents"]

_PATHS = (
    "documents.issued",
    "documents.abolished",
    "documents.title",
    "documents.number",
    "documents.state",
    "headers.serial",
)


def _is_header(text: str) -> bool:
    return any(matches(path, text) for path in _PATHS)


def read_documents(blocks: Sequence[Block], situation: Situation, form: Form) -> StructureReading | None:
    """Documents of table 2, one a row; None where the columns are not those of a list of documents.

    Forms before 2021 count other things of documents, so their lists are not read here.
    """
    year = situation.year
    sheets = sheets_of(blocks, _is_header)
    if year is None or not sheets or form.table2.key != "table2":
        return None
    readers = [_Documents(sheet, year) for sheet in sheets]
    if not all(reader.fits for reader in readers):
        return None
    gatherer = Gatherer(rules=_rules(sheets, situation.unit))
    if gatherer.unknown_unit(sheets, "文件清单", [t for reader in readers for t in reader.targets]):
        return gatherer.finish("")
    for number, (sheet, reader) in enumerate(zip(sheets, readers, strict=True)):
        gatherer.open(sheet)
        for index, line in enumerate(sheet.lines):
            reader.read(line, str(index + 1), gatherer, number)
    return gatherer.finish("文件清单第{rows}行“{words}”，请核对该文件的状态和时间。")


def _rules(sheets: Sequence[Sheet], unit: str) -> list[Rule]:
    """Which rows are normative documents of our body."""
    found = unit_rules(sheets, [columns(sheet, "documents.unit") for sheet in sheets], unit)
    kinds = [columns(sheet, "documents.kind") for sheet in sheets]
    return found + matter_rules(sheets, kinds, "documents.kinds", "不是规范性文件")


class _Documents:
    """The rows of one list."""

    def __init__(self, sheet: Sheet, year: int) -> None:
        self.sheet, self.year = sheet, year
        self.issued = column(sheet, "documents.issued")
        self.abolished = column(sheet, "documents.abolished")
        self.state = column(sheet, "documents.state", (self.abolished, self.issued))
        self.title = column(sheet, "documents.title", (self.state,))
        self.number = column(sheet, "documents.number", (self.title,))
        words = clean(sheet.title + "".join(h.leaf for h in sheet.header))
        self.named = matches("documents.about", words)
        self.row = (
            "rules" if matches("documents.rules", words) and "规范性文件" not in words else "normative_docs"
        )
        self.sure = self.named

    @property
    def fits(self) -> bool:
        """Whether rows are documents: titled, dated, and either headed so or with number and state."""
        dated = self.issued is not None or self.abolished is not None
        if not (self.title is not None and dated and self.sheet.lines):
            return False
        return self.named or (self.number is not None and self.state is not None)

    @property
    def targets(self) -> list[Target]:
        """The cells that a row may raise."""
        return [self._target(col) for col in ("issued", "abolished", "in_force")]

    def read(self, line: Line, label: str, gatherer: Gatherer, number: int) -> None:
        """Count one document in each cell it belongs to."""
        if not field_of(line, self.title).text:
            gatherer.account(line, "空行")
            return
        if gatherer.not_ours(number, line, label, place_of(line, self.issued, self.state), self.targets):
            return
        issued = parse_day(field_of(line, self.issued).text) or self._year_only(line, self.issued)
        gone = parse_day(field_of(line, self.abolished).text) or self._year_only(line, self.abolished)
        state = clean(field_of(line, self.state).text)
        if issued is not None and issued.year is not None and issued.year > self.year:
            gatherer.account(line, "下年文件")
            return
        if issued is None and gone is None and matches("documents.draft", state):
            gatherer.account(line, "尚未印发")
            return
        gatherer.account(line)
        place = place_of(line, self.issued, self.state, self.abolished)
        if self.issued is not None:
            if issued is None or issued.year is None:
                issued_now = [self._target("issued")]
                answers = {"都是本年制发": issued_now, "不是本年制发": []}
                gatherer.ask("没有印发日期", label, place, issued_now, answers)
            elif issued.year == self.year:
                gatherer.counted(line, self._target("issued"), place, self.sure)
        self._end(line, label, gatherer, gone, state)

    def _end(self, line: Line, label: str, gatherer: Gatherer, gone: Day | None, state: str) -> None:
        """Whether the document was abolished in the year, before it, or is in force."""
        place = place_of(line, self.abolished, self.state, self.issued)
        dead, alive = matches("documents.gone", state), matches("documents.in_force", state)
        both = abolished, in_force = [self._target("abolished"), self._target("in_force")]
        if gone is not None and gone.year is not None:
            if gone.year == self.year:
                gatherer.counted(line, self._target("abolished"), place, self.sure)
            if gone.year <= self.year:
                if alive and not dead:
                    answers = {"都是本年废止": [abolished], "都现行有效": [in_force]}
                    gatherer.ask("状态与废止日期不一致", label, place, both, answers)
                return
            # abolished only after the year: still in force at its end
            gatherer.counted(line, self._target("in_force"), place, False)
        elif dead and not alive:
            answers = {"都是本年废止": [abolished], "都是以前年度废止": []}
            gatherer.ask("已废止，没有废止日期", label, place, [abolished], answers)
        elif alive or (self.abolished is not None and self.state is None and self._whole):
            gatherer.counted(line, self._target("in_force"), place, self.sure and alive)
        elif self.state is not None:
            answers = {"都现行有效": [in_force], "都是本年废止": [abolished], "都是以前年度废止": []}
            gatherer.ask(state or "没有写明状态", label, place, both, answers)

    @property
    def _whole(self) -> bool:
        """Whether the list goes back beyond the year, so that it may be the stock of documents."""
        days = [parse_day(field_of(line, self.issued).text) for line in self.sheet.lines]
        return any(day is not None and day.year is not None and day.year < self.year for day in days)

    def _year_only(self, line: Line, col: int | None) -> Day | None:
        years = year_in(field_of(line, col).text)
        return Day(years[0], 1) if years else None

    def _target(self, col: str) -> Target:
        return Target("table2", self.row, col)
