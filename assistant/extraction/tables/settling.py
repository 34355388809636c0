"""Decides among the figures of one table: our unit, our year, whole years before their parts, and what is said twice."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.structure import Account, Situation, StructureReading, Use
from assistant.extraction.tables.asking import RIVALS, WHOSE, Asking
from assistant.extraction.tables.cells import Holds
from assistant.extraction.tables.closing import line_of, summed_rows
from assistant.extraction.tables.facets import CONTACT, SUM_OF_UNITS
from assistant.extraction.tables.family import Family
from assistant.extraction.tables.offices import rival_sums
from assistant.extraction.tables.periods import Periods
from assistant.extraction.tables.readings import Reading
from assistant.extraction.tables.units import our_units
from assistant.numerals import plain

__all__ = ["Settler"]

_MOST = 10_000_000
"""no body counts so many; the number of something"""
_FACTORS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_LARGE = 10_000
"""amount of a fee without a unit that is seldom one in 万元"""
_Key = tuple[Target, int]


class Settler:
    """Turns the readings of one table into statements, accounts and questions. Blank cells never reach it."""

    def __init__(
        self,
        readings: Sequence[Reading],
        situation: Situation,
        family: Family,
        scope: Sequence[str] = (),
    ) -> None:
        self.readings = readings
        self.scope = scope
        self.situation = situation
        self.family = family
        self.out = StructureReading()
        self.periods = Periods(readings)
        self.open_lines: set[tuple[str, str]] = set()
        """lines of the form that a figure in doubt may belong to"""
        self.dashes: set[Span] = set()
        """where a dash is taken for none"""

    def settle(self) -> StructureReading:
        """Every figure in one statement, account or question."""
        ours = our_units(self.readings, self.situation.unit, self.scope)
        open_: list[Reading] = []
        for reading in self.readings:
            left = self._left_out(reading, ours)
            if left is not None:
                self._account(reading, *left)
            else:
                open_.append(reading)
        for reading in [r for r in open_ if r.zeros]:
            self._state_zeros(reading)
        open_ = [r for r in open_ if not r.zeros]
        self._choose(open_)
        self.open_lines = {place[:2] for r in open_ if r.doubt for place in r.places}
        self._state_all([r for r in open_ if not r.doubt])
        if ours is not None and SUM_OF_UNITS in ours:
            self.out.statements += rival_sums(self.readings)
        asking = Asking(self.family.form, self._stated)
        self.out.unplaced += asking.about([r for r in open_ if r.doubt])
        return self.out

    # ------------------------------------------------------------ what is not ours
    def _left_out(self, reading: Reading, ours: frozenset[str] | None) -> tuple[Use, str] | None:
        if reading.figure.content.holds is Holds.WORDS and not (reading.targets or reading.places):
            return Use.LEFT_OUT, "文字"
        if reading.figure.content.holds is Holds.PERSON:
            return CONTACT.use, CONTACT.words
        if reading.why is not None:
            return reading.why.use, reading.why.words
        if reading.figure.content.holds is Holds.SHARE:
            return Use.LEFT_OUT, "百分比"
        if reading.year is not None and reading.year not in (0, -1):
            return Use.LEFT_OUT, "其他年度"
        if reading.unit and ours is not None and reading.unit not in ours:
            return Use.LEFT_OUT, "其他单位"
        if reading.unit and ours is None and not reading.doubt:
            reading.doubt, reading.places = WHOSE, reading.targets or reading.places
            reading.doubted = "单位"
        if reading.figure.content.unit_kind == "other":
            return Use.NARRATIVE, "不是件数"
        if reading.year == -1 and (reading.doubt or not reading.targets):
            return Use.LEFT_OUT, "上年数"
        return None

    def _account(self, reading: Reading, use: Use, why: str) -> None:
        self.out.accounts.append(Account(_span(reading), use, why))

    # ------------------------------------------------------------ labels that fit two rows
    def _choose(self, readings: Sequence[Reading]) -> None:
        """A label of two rows is the one whose sum its figure is, or the one that no other label of the table names."""
        certain = {r.targets[0].row for r in readings if not r.doubt and len(r.targets) == 1}
        summed = summed_rows(readings, self.family)
        for reading in readings:
            if reading.doubt or len(reading.targets) < 2:
                continue
            row = summed.get(line_of(reading), "")
            left = tuple(t for t in reading.targets if (t.row == row if row else t.row not in certain))
            if len(left) == 1:
                reading.targets = left
            else:
                reading.doubt, reading.places, reading.doubted = "可能是两行", reading.targets, reading.words

    # ------------------------------------------------------------ statements
    def _state_zeros(self, reading: Reading) -> None:
        sure = reading.figure.content.holds is Holds.FIGURE
        for target in reading.zeros:
            self.out.statements.append(
                Statement(
                    "zero", target, _span(reading), words=reading.words, prior=reading.year == -1, sure=sure
                )
            )

    def _state_all(self, readings: Sequence[Reading]) -> None:
        by_key: dict[_Key, list[Reading]] = {}
        for reading in readings:
            if reading.targets:
                by_key.setdefault((reading.targets[0], reading.year or 0), []).append(reading)
        for key, found in by_key.items():
            self._state_key(key, found)

    def _state_key(self, key: _Key, found: list[Reading]) -> None:
        if key[0].table == "fee" and key[1]:
            # the report tells this year's fee alone
            for reading in found:
                self._account(reading, Use.LEFT_OUT, "上年数")
            return
        whole = [r for r in found if r.period in ("", "year_whole") and not r.detail]
        if not whole and len(found) == 1 and not found[0].period:
            whole = found
            found[0].sure = found[0].sure and not found[0].detail
        parts = [r for r in found if r not in whole]
        if whole:
            self._state_whole(key, whole, parts)
        elif all(r.period for r in parts):
            self._state_parts(key, parts)
        else:
            for reading in parts:
                reading.doubt = reading.doubt or "只写了其中一部分"
                reading.places, reading.doubted = reading.targets, reading.words

    def _state_whole(self, key: _Key, whole: list[Reading], parts: list[Reading]) -> None:
        exact = [r for r in whole if r.figure.content.holds is Holds.FIGURE]
        first = (exact or whole)[0]
        values = {r.figure.content.value for r in exact}
        others = [r for r in whole if r is not first]
        if len(values) > 1:
            for reading in exact:
                reading.doubt, reading.places, reading.doubted = RIVALS, (key[0],), first.words
            for reading in whole:
                if reading not in exact:
                    self._account(reading, Use.CHECKED, "同一个数")
        else:
            if not self.periods.agrees(first, parts, key[0]):
                first.sure = False
            self._state(key, first)
            for reading in others:
                self._account(reading, Use.CHECKED, "同一个数")
        for reading in parts:
            self._account(reading, Use.CHECKED, "分期数" if reading.period else "分项数")

    def _state_parts(self, key: _Key, parts: list[Reading]) -> None:
        """Months or quarters without a column for the whole year."""
        chosen = None if key[0][:2] in self.open_lines else self.periods.whole_year(parts, key[0])
        if chosen is None and self.periods.stands_alone(key[0]):
            for reading in parts:
                self._account(reading, Use.CHECKED, "分期数")
            return
        if chosen is None:
            for reading in parts:
                reading.doubt = "只有部分时段的数，没有全年数"
                reading.places, reading.doubted = reading.targets, reading.label or reading.words
            return
        used, value, sure = chosen
        first = used[0]
        statement = self._statement(key, first)
        statement.value, statement.sure = value, statement.sure and sure
        statement.spans = [_span(reading) for reading in used]
        self.out.statements.append(statement)
        for reading in parts:
            if reading not in used:
                self._account(reading, Use.CHECKED, "分期数")

    def _state(self, key: _Key, reading: Reading) -> None:
        content = reading.figure.content
        if content.holds is Holds.FIGURE and self._is_possible(key[0], reading):
            self.out.statements.append(self._statement(key, reading))
        elif content.holds is Holds.DASH:
            statement = self._statement(key, reading)
            statement.value, statement.sure = 0, False
            self.dashes.add(statement.span)
            self.out.statements.append(statement)
        elif content.holds is Holds.PENDING:
            self.out.statements.append(Statement("pending", key[0], _span(reading), words=reading.words))
        else:
            reading.doubt = "这个数看不准"
            reading.places, reading.doubted = (key[0],), reading.words

    def _stated(self, target: Target, reading: Reading) -> Statement | None:
        """What a figure says at a place, were it there."""
        fee = target.table == "fee"
        if target.col == "*" or not (fee or self._is_possible(target, reading)):
            return None
        return self._statement((target, 0), reading)

    def _is_possible(self, target: Target, reading: Reading) -> bool:
        value = reading.figure.content.value
        kind = self._kind(target)
        if value is None or (value < 0 and kind != "signed"):
            return False
        if not value:
            return True
        if kind == "amount":
            return reading.figure.content.unit_kind != "count"
        return isinstance(value, int) and value < _MOST and reading.figure.content.unit_kind != "money"

    def _kind(self, target: Target) -> str:
        if target.table == "fee":
            return "amount" if target.col == "yuan" else "count"
        table = self.family.form.table(target.table)
        columns = {column.key: column.kind for column in table.columns}
        return columns.get(target.col, "count")

    def _statement(self, key: _Key, reading: Reading) -> Statement:
        target, year = key
        content = reading.figure.content
        value, unit, sure = content.value, content.unit, reading.sure
        if self._kind(target) == "amount":
            value, unit = _amount(value, unit, reading.money)
            # 1234500 without a unit may well be 元
            sure = sure and bool(unit or value is None or value < _LARGE)
            value, unit = self._in_column_unit(target, value, unit)
        kind = "value"
        if target.col == "*":
            kind, value = "zero", None
        return Statement(
            kind,
            target,
            _span(reading),
            value,
            unit,
            reading.words,
            # 上年37项 is a column of the form of 2019
            prior=year == -1 and target.col != "prev_items",
            official=sure,
            sure=sure,
        )

    def _in_column_unit(
        self, target: Target, value: int | Decimal | None, unit: str
    ) -> tuple[int | Decimal | None, str]:
        """亿元, and 万元 where the form wants 元, are written out; 元 for 万元 is left to whoever makes the fact."""
        wanted = "元"
        if target.table != "fee":
            wanted = next(c.unit for c in self.family.form.table(target.table).columns if c.key == target.col)
        factor = _FACTORS.get(unit, 1), _FACTORS[wanted]
        if value is None or factor[0] <= factor[1]:
            return value, unit
        return plain(Decimal(value) * factor[0] / factor[1]), wanted


def _span(reading: Reading) -> Span:
    return Span(reading.figure.cell.start, reading.figure.cell.end)


def _amount(value: int | Decimal | None, unit: str, money: str) -> tuple[int | Decimal | None, str]:
    """3.2万 in a column of 元 or 万元 is 32 000元; a figure without a unit has that of its labels."""
    if unit == "万":
        return value, "元"
    if unit or not money:
        return value, unit
    return value, money
