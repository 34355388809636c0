"""Decides among the figures of one table: our unit, our year, whole years before their parts, and what is said twice."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.structure import Account, Situation, StructureReading, Unplaced, Use
from assistant.extraction.tables.cells import Holds
from assistant.extraction.tables.family import Family
from assistant.extraction.tables.periods import Periods
from assistant.extraction.tables.readings import Reading
from assistant.extraction.tables.units import our_units
from assistant.numerals import plain

__all__ = ["Settler"]

_WHOSE = "不知道哪一个是本单位"
_RIVALS = "同一格有几个数，以哪个为准"
_FACTORS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_Key = tuple[Target, int]


class Settler:
    """Turns the readings of one table into statements, accounts and questions. Blank cells never reach it."""

    def __init__(self, readings: Sequence[Reading], situation: Situation, family: Family) -> None:
        self.readings = readings
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
        ours = our_units(self.readings, self.situation.unit)
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
        self._ask([r for r in open_ if r.doubt])
        return self.out

    # ------------------------------------------------------------ what is not ours
    def _left_out(self, reading: Reading, ours: frozenset[str] | None) -> tuple[Use, str] | None:
        if reading.figure.content.holds is Holds.WORDS and not (reading.targets or reading.places):
            return Use.LEFT_OUT, "文字"
        if reading.why is not None:
            return reading.why.use, reading.why.words
        if reading.figure.content.holds is Holds.SHARE:
            return Use.LEFT_OUT, "百分比"
        if reading.year is not None and reading.year not in (0, -1):
            return Use.LEFT_OUT, "其他年度"
        if reading.unit and ours is not None and reading.unit not in ours:
            return Use.LEFT_OUT, "其他单位"
        if reading.unit and ours is None and not reading.doubt:
            reading.doubt, reading.places = _WHOSE, reading.targets or reading.places
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
        """A label of two rows is the one that no other label of the table names."""
        certain = {r.targets[0].row for r in readings if not r.doubt and len(r.targets) == 1}
        for reading in readings:
            if reading.doubt or len(reading.targets) < 2:
                continue
            left = tuple(t for t in reading.targets if t.row not in certain)
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
                reading.doubt, reading.places, reading.doubted = _RIVALS, (key[0],), first.words
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

    def _is_possible(self, target: Target, reading: Reading) -> bool:
        value = reading.figure.content.value
        kind = self._kind(target)
        if value is None or (value < 0 and kind != "signed"):
            return False
        if not value:
            return True
        if kind == "amount":
            return reading.figure.content.unit_kind != "count"
        return isinstance(value, int) and reading.figure.content.unit_kind != "money"

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
            prior=year == -1,
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

    # ------------------------------------------------------------ questions
    def _ask(self, readings: Sequence[Reading]) -> None:
        """One question for all figures with the same doubt about the same label."""
        groups: dict[tuple[str, str], list[Reading]] = {}
        for reading in readings:
            groups.setdefault((reading.doubt, reading.doubted), []).append(reading)
        for (doubt, words), group in groups.items():
            places = tuple(dict.fromkeys(t for r in group for t in r.places))
            values = tuple(dict.fromkeys(r.figure.cell.text.strip() for r in group))
            question = f"表中“{words}”（{'、'.join(values[:6])}）填到哪里？（{doubt}）"
            choices = self._choices(places)
            if doubt == _RIVALS:
                question, choices = f"“{words}”有几个数：{'、'.join(values)}，以哪个为准？", values
            elif doubt == _WHOSE:
                choices = tuple(dict.fromkeys(r.unit for r in group))[:9]
                question = "表中有几个单位的数，哪一个是本单位？"
            self.out.unplaced.append(
                Unplaced(tuple(_span(r) for r in group), words, places, question, choices)
            )

    def _choices(self, places: tuple[Target, ...]) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for target in places:
            if target.table == "fee" or target.row == "*":
                continue
            rows = {row.key: row.name for row in self.family.form.table(target.table).rows}
            if target.row in rows:
                names[rows[target.row]] = None
        return tuple(names)[:9]


def _span(reading: Reading) -> Span:
    return Span(reading.figure.cell.start, reading.figure.cell.end)


def _amount(value: int | Decimal | None, unit: str, money: str) -> tuple[int | Decimal | None, str]:
    """3.2万 in a column of 元 or 万元 is 32 000元; a figure without a unit has that of its labels."""
    if unit == "万":
        return value, "元"
    if unit or not money:
        return value, unit
    return value, money
