"""Reads the remarks beside the figures of a table: whose requests the row counts (其中企业2), and how its cases ended (均为维持).

A line beside the table may say whose the figures are that have no remark (除说明栏注明外，均为自然人). It rules no row that has one,
and no sum: what is said of applicants there follows from the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.documents.blocks import Cell
from assistant.extraction.statements import Span, Statement
from assistant.extraction.structure import Account, StructureReading, Use
from assistant.extraction.tables.declared import Default, default_in
from assistant.extraction.tables.family import Family
from assistant.extraction.tables.labels import Label, read_label
from assistant.extraction.tables.lines import Layout
from assistant.numerals import fold

__all__ = ["Remarks"]

_YEAR = re.compile(r"(?P<year>20\d\d)年?(?:度)?[:：,，]?")
_LEAD = re.compile(r"[,，、;；:：\s]*(?:其中)?[:：]?")
_ALL = re.compile(
    r"(?:\d+[件宗个起])?(?:全部|均|都|皆|全)(?:为|是|系|属)?(?:结果)?(?P<words>[\u4e00-\u9fff]{2,8})"
)
_PART = re.compile(
    r"[,，、;；。和及\s]*(?:其中)?(?P<words>[\u4e00-\u9fff]{1,8}?)[:：]?(?P<number>\d{1,5})[件人份个宗起]?"
)
_END = re.compile(r"[,，、;；。\s]*")
_SUMS = frozenset({"result_total"})
_TABLES = frozenset({"table3", "table4"})
_CASES = re.compile(r"(?:共|涉及|其中)?(?P<number>\d{1,4})件(?=$|[,，;；。、(])")
"""400 beside 信息处理费, and the remark: 4件，按件计收"""


@dataclass(frozen=True)
class _Part:
    """So many of one column, and where a remark says it; ``value`` is None for all of them."""

    col: str
    value: int | None
    start: int
    end: int


class Remarks:
    """The remarks of one table, read against the statements that its figures made."""

    def __init__(self, layout: Layout, family: Family, year: int | None, default: Default | None) -> None:
        self.family, self.year = family, year
        self.by_row = {cell.row: cell for cell in layout.notes}
        told = (default_in(cell.text, cell.start, year, family.form.version) for cell in layout.notes)
        self.default = default or next((one for one in told if one is not None), None)
        self.rows = {figure.cell.row for figure in layout.figures}
        self.places = {Span(f.cell.start, f.cell.end): f.cell.row for f in layout.figures}

    def read(self, out: StructureReading) -> frozenset[int]:
        """Adds what the remarks say to what the figures said; the places of the remarks that are understood."""
        understood: set[int] = set()
        if not any(row in self.by_row for row in self.rows):
            return frozenset()
        understood |= self._fee(out)
        for row, total in self._totals(out.statements).items():
            cell = self.by_row.get(row)
            parts = self._parts(cell, total.target.table) if cell is not None and cell.text.strip() else []
            if cell is not None and parts is None:
                out.accounts.append(Account(Span(cell.start, cell.end), Use.LEFT_OUT, "其他年度"))
                understood.add(cell.start)
                continue
            if parts and cell is not None and self._fits(parts, total):
                out.statements += [self._stated(part, total, cell) for part in parts]
                understood.add(cell.start)
            elif cell is not None and any(char.isdigit() for char in cell.text):
                # a remark with figures that nobody reads may well say whose they are
                continue
            rest = self._rest(parts or [], total)
            out.statements += [rest] if rest is not None else []
        return frozenset(understood)

    def _fee(self, out: StructureReading) -> set[int]:
        """For how many requests a fee was charged."""
        found: set[int] = set()
        fees = [s for s in out.statements if s.target.table == "fee" and s.kind == "value"]
        for fee in fees:
            cell = self.by_row.get(self.places.get(fee.span, -1))
            match = None if cell is None else _CASES.match(fold(cell.text))
            if cell is None or fee.target.col != "yuan" or any(s.target.col == "cases" for s in fees):
                continue
            if match is None or fee.prior:
                if _YEAR.match(fold(cell.text)) and self._parts(cell, "table3") is None:
                    out.accounts.append(Account(Span(cell.start, cell.end), Use.LEFT_OUT, "其他年度"))
                    found.add(cell.start)
                continue
            target, span = fee.target._replace(col="cases"), Span(cell.start, cell.end)
            value = int(match["number"])
            out.statements.append(
                Statement("value", target, span, value, "件", cell.text.strip(), sure=fee.sure)
            )
            found.add(cell.start)
        return found

    def _totals(self, statements: Iterable[Statement]) -> dict[int, Statement]:
        """The figure of each row that counts all applicants or all results, where it is the only one of this year."""
        found: dict[int, list[Statement]] = {}
        for statement in statements:
            row = self.places.get(statement.span)
            if row is not None and statement.kind == "value" and not statement.prior:
                found.setdefault(row, []).append(statement)
        return {
            row: ones[0]
            for row, ones in found.items()
            if len(ones) == 1 and ones[0].target.col == "total" and ones[0].target.table in _TABLES
        }

    def _parts(self, cell: Cell, table: str) -> list[_Part] | None:
        """What a remark tells of columns; empty where it tells anything else as well, None where it is of another year."""
        text = fold(cell.text)
        year = _YEAR.match(text)
        if year is not None and self.year is not None and int(year["year"]) != self.year:
            return None
        at = _match_end(_LEAD, text, year.end() if year is not None else 0)
        whole = _ALL.match(text, at)
        if whole is not None and _END.fullmatch(text, whole.end()):
            col = self._column(whole["words"], table)
            return [_Part(col, None, at, whole.end())] if col else []
        found: list[_Part] = []
        while not _END.fullmatch(text, at):
            match = _PART.match(text, at)
            col = self._column(match["words"], table) if match is not None else ""
            if match is None or not col:
                return []
            found.append(_Part(col, int(match["number"]), match.start("words"), match.end()))
            at = match.end()
        return found

    def _column(self, words: str, table: str) -> str:
        label = _label(words, self.year, self.family.form.version)
        keys = [n.key for n in label.columns if self.family.table_with(n) == table and n.key != "total"]
        return (
            keys[0]
            if len(keys) == 1 and not (label.rest or label.blurred) and keys[0] != "legal_persons"
            else ""
        )

    @staticmethod
    def _fits(parts: Sequence[_Part], total: Statement) -> bool:
        columns = [part.col for part in parts]
        told = sum(part.value or 0 for part in parts)
        return len(set(columns)) == len(columns) and told <= (total.value or 0)

    def _stated(self, part: _Part, total: Statement, cell: Cell) -> Statement:
        value = total.value if part.value is None else part.value
        span = Span(cell.start, cell.end)
        if cell.end - cell.start == len(cell.text):
            span = Span(cell.start + part.start, cell.start + part.end)
        target = total.target._replace(col=part.col)
        return Statement("value", target, span, value, "件", cell.text.strip(), sure=total.sure)

    def _rest(self, parts: Sequence[_Part], total: Statement) -> Statement | None:
        """What is left of a row for those who are meant where no remark says otherwise."""
        rule, target = self.default, total.target
        if rule is None or target.table != "table3" or target.row in self.family.parts or target.row in _SUMS:
            return None
        if rule.outcomes and target.row not in self.family.outcomes:
            return None
        if any(part.col == rule.col or part.value is None for part in parts):
            return None
        place = target._replace(col=rule.col)
        if not parts:
            # other columns are none; the figure itself follows from the row, so that it never stands against a correction of it
            return Statement("only", place, rule.span, unit="件", words=total.words, sure=total.sure)
        value = int(total.value or 0) - sum(part.value or 0 for part in parts)
        made = Statement("value", place, total.span, value, "件", total.words, sure=total.sure)
        made.spans = [total.span, rule.span]
        return made


@cache
def _label(words: str, year: int | None, form: str) -> Label:
    return read_label(words, year, form)


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found is not None else at
