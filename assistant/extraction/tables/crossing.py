"""Crosses the line of a row of figures with their columns: named by headers, by the form's order, or by there being only one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extraction.statements import Target
from assistant.extraction.tables.cells import Holds
from assistant.extraction.tables.facets import NO_CELL, PART
from assistant.extraction.tables.family import Family
from assistant.extraction.tables.lines import Layout
from assistant.extraction.tables.listed import place_listed
from assistant.extraction.tables.ordering import closes, is_confirmed, measured, scope
from assistant.extraction.tables.readings import Reading
from assistant.extraction.tables.vocabulary import Name

__all__ = ["Row"]

_LISTED = re.compile("[、/／,，]|[和及与]")


def _is_none(reading: Reading) -> bool:
    content = reading.figure.content
    return content.value == 0 or content.holds is Holds.DASH


class Row:
    """The figures of one row of the grid: columns named by headers, by the form's order, or by there being only one."""

    def __init__(
        self, readings: Sequence[Reading], layout: Layout, family: Family, named: frozenset[Name]
    ) -> None:
        self.named = named
        """lines of the form that the table names anywhere"""
        self.leaves = {row.key for table in family.form.tables for row in table.rows}
        self.readings = [r for r in readings if r.figure.content.holds is not Holds.SHARE]
        self.all = readings
        self.layout = layout
        self.family = family

    def place(self) -> None:
        """Gives each figure its targets, or says why it has none."""
        place_listed(self.readings, self.layout, self.family)
        for reading in self.all:
            if reading not in self.readings or reading.why is not None or reading.doubt or reading.targets:
                continue
            self._named(reading)
        loose = [r for r in self.readings if r.why is None and not (r.doubt or r.targets or r.zeros)]
        if not loose:
            return
        if self._is_fifteen(loose):
            return
        by_lines: dict[tuple[object, ...], list[Reading]] = {}
        for reading in loose:
            by_lines.setdefault((reading.lines, *scope(reading)), []).append(reading)
        for group in by_lines.values():
            self._by_order(group)

    # ------------------------------------------------------------ named columns
    def _named(self, reading: Reading) -> None:
        row, column = reading.row, reading.column
        if row.asked or column.asked:
            self._doubt(reading, "表中没有这一项", self._everywhere(reading))
            return
        if row.open or column.open:
            self._open(reading, row.open or column.open)
            return
        if row.rest or column.rest:
            self._unknown(reading)
            return
        columns = self._columns(reading)
        if columns is None or not reading.lines or not columns:
            return
        targets = self._crossed(reading.lines, columns)
        if len(targets) > 1 and _is_none(reading) and self._lists(reading, len(targets)):
            # 规章制发、废止、现行有效 0: none in each
            reading.zeros = targets
            return
        if targets:
            reading.targets = targets
            return
        if reading.figure.content.value in (0, None) and self._has_no_such(reading.lines, columns):
            # 行政许可 / 本年废止件数: the form has no such cell, and nothing stands there
            reading.why = NO_CELL
            return
        if any(name.kind == "ask_col" for name in columns):
            places = tuple(self.family.target(n, "*") for n in reading.lines)
            self._doubt(reading, "表中没有这一类申请人", places)

    def _columns(self, reading: Reading) -> tuple[Name, ...] | None:
        tables = {self.family.table_of(line) for line in reading.lines}
        one, other = (
            tuple(n for n in names if not tables or self.family.table_with(n) in tables) or names
            for names in (reading.row.columns, reading.column.columns)
        )
        if not one or not other:
            return one or other
        if tables and self.family.table_with(one[0]) != self.family.table_with(other[0]):
            # 申请人撤回 is an outcome of requests and a result of cases
            return one if self.family.table_with(one[0]) in tables else other
        met = tuple(n for n in one if n in other)
        if met:
            return met
        specific = [names for names in (one, other) if names[0].key not in ("total", "legal_persons")]
        if len(specific) == 1 and one[0].kind == other[0].kind:
            return specific[0]
        places = tuple(self.family.target(n, "*") for n in reading.lines)
        self._doubt(reading, "行和列写的不是同一列", places)
        return None

    def _lists(self, reading: Reading, count: int) -> bool:
        """Whether a label of the figure lists as many things as it names."""
        placed = reading.figure
        labels = (*self.layout.rows[placed.row].labels, *self.layout.columns[placed.column].labels)
        return any(len(one.names) >= count == len(_LISTED.split(one.text)) for one in labels)

    def _has_no_such(self, lines: Sequence[Name], columns: Sequence[Name]) -> bool:
        """Whether the columns are of the table of the lines, but none of theirs."""
        tables = {self.family.table_of(line) for line in lines}
        return all(c.kind != "ask_col" and self.family.table_with(c) in tables for c in columns)

    def _crossed(self, lines: Sequence[Name], columns: Sequence[Name]) -> tuple[Target, ...]:
        found: dict[Target, None] = {}
        for line in lines:
            if not self.family.knows(line):
                continue
            keys = self.family.columns_of(line)
            for column in columns:
                table = self.family.table_with(column)
                fits = column.key in keys or (column.key == "legal_persons" and table == "table3")
                if column.kind != "ask_col" and table == self.family.table_of(line) and fits:
                    found[self.family.target(line, column.key)] = None
        return tuple(found)

    def _open(self, reading: Reading, names: Sequence[Name]) -> None:
        """其他 in a group: one of its rows; without a figure in any reading it is none in all of them."""
        columns = self._columns(reading) or (Name("col", "total"),)
        places = self._crossed(names, columns) or tuple(self.family.target(n, "*") for n in names)
        foreign = not any(
            self.family.table_with(n) == self.family.table_of(m) for n in columns for m in names
        )
        if reading.row.remainder and reading.figure.content.value in (0, None) and not foreign:
            # 其余各项 0: none in all rows of the group that have no row of their own
            named = {name.key for name in self.named}
            reading.zeros = tuple(t for t in places if t.row not in named and t.row in self.leaves)
            return
        other = [t for t in places if t.row in ("ot_other", "ot_subtotal")]
        if reading.figure.content.value == 0 and other:
            reading.targets = (other[0],)
            return
        self._doubt(reading, f"“{(reading.label or reading.words)}”可能是几行中的一行", places)

    def _unknown(self, reading: Reading) -> None:
        row, column = reading.row, reading.column
        if row.part or column.part:
            reading.why = PART
            return
        if row.rest:
            lines = row.lines or column.lines
            groups = sorted(k for n in lines for k in self.family.parts.get(n.key, ()))
            names = [Name(lines[0].kind, key) for key in groups] if groups else list(lines)
            columns = self._columns(reading) or ()
            places = self._crossed(names, columns) or tuple(self.family.target(n, "*") for n in names)
            places = places or self._unnamed()
            self._doubt(reading, "这一行不知道是什么", places, (reading.label or reading.words))
            return
        places = tuple(self.family.target(n, "*") for n in reading.lines) or self._unnamed()
        self._doubt(
            reading, "这一列不知道是什么", places, self.layout.columns[reading.figure.column].own.text
        )

    # ------------------------------------------------------------ columns without a header
    def _is_fifteen(self, loose: Sequence[Reading]) -> bool:
        """A row of 15 figures without a label is table 4, if its sums close."""
        keys = self.family.form.table("table4").cells
        if len(loose) != len(keys) or any(r.lines or r.period or r.unit for r in loose):
            return False
        if not all(r.row.is_silent and r.column.is_silent for r in loose):
            return False
        width = len(keys) // len(self.family.form.table("table4").rows)
        columns = [key.col for key in keys[:width]]
        for at in range(0, len(keys), width):
            block = loose[at : at + width]
            if not closes(block, columns):
                return False
            for reading, key in zip(block, keys[at : at + width], strict=True):
                reading.targets, reading.by_order = (Target(*key),), True
        return True

    def _by_order(self, group: Sequence[Reading]) -> None:
        lines = tuple(n for n in group[0].lines if self.family.knows(n))
        if not lines:
            self._nameless(group)
            return
        keys = self.family.columns_of(lines[0])
        group = measured(group, lines[0], keys)
        if self.family.table_of(lines[0]) == "fee":
            for reading in group:
                reading.targets = (self._fee(reading, lines[0]),)
            return
        taken = {
            t.col
            for r in self.readings
            for t in r.targets
            if t.row == lines[0].key and scope(r) == scope(group[0])
        }
        single = len(group) == 1
        if (
            single
            and len(keys) > 1
            and not taken
            and group[0].figure.content.value == 0
            and "total" not in keys
        ):
            # 规章 0: none of its columns
            group[0].targets = (self.family.target(lines[0], "*"),)
        elif single and (
            len(keys) == 1 or ("total" in keys and "total" not in taken and not self._bare(group[0]))
        ):
            for reading in group:
                reading.targets = tuple(
                    self.family.target(n, "total" if len(keys) > 1 else keys[0]) for n in lines
                )
        elif self._in_order(group, lines, keys):
            return
        else:
            for reading in group:
                places = tuple(self.family.target(n, "*") for n in lines)
                self._doubt(reading, "没有写明属于哪一列", places, (reading.label or reading.words))

    def _bare(self, reading: Reading) -> bool:
        """One figure in a row of several columns that nobody names: blanks stand beside it."""
        if self.layout.columns[reading.figure.column].labels:
            return False
        others = {r.figure.column for r in self.all}
        unnamed = [
            p
            for p, line in self.layout.columns.items()
            if not line.labels and p.part == reading.figure.column.part
        ]
        return len([p for p in unnamed if p not in others]) > 0

    def _in_order(self, group: Sequence[Reading], lines: tuple[Name, ...], keys: Sequence[str]) -> bool:
        """Figures in the order of the form, where as many columns as the line has stand without a header and a sum confirms it."""
        part = group[0].figure.column.part
        columns = sorted(p for p in self.layout.columns if p.part == part)
        if len(group) == len(keys):
            columns = [r.figure.column for r in group]
        elif self._below_others(group, lines[0]) and len(columns) >= len(keys):
            # 规范性文件 1 | | 2 below a header of applicants
            columns = columns[: len(keys)]
        elif len(columns) != len(keys) or any(self.layout.columns[p].labels for p in columns):
            return False
        order = dict(zip(columns, keys, strict=True))
        if any(r.figure.column not in order for r in group):
            return False
        placed = [order[r.figure.column] for r in group]
        if not closes(group, placed):
            return False
        for reading, key in zip(group, placed, strict=True):
            reading.targets = tuple(self.family.target(n, key) for n in lines)
            reading.by_order = True
            reading.sure = reading.sure and is_confirmed(group, placed)
        return True

    def _below_others(self, group: Sequence[Reading], line: Name) -> bool:
        """Whether the header names the columns of another table of the form than the line's."""
        mine = self.family.table_of(line)
        heads = [r.column.columns for r in group]
        return all(names and all(self.family.table_with(n) != mine for n in names) for names in heads)

    def _fee(self, reading: Reading, line: Name) -> Target:
        measure = reading.column.measure or reading.row.measure
        counted = reading.figure.content.unit_kind == "count" or measure == "count"
        return self.family.target(line, "cases" if counted and not reading.money else "yuan")

    def _nameless(self, group: Sequence[Reading]) -> None:
        for reading in group:
            columns = self._columns(reading) if not reading.doubt else None
            places = tuple(Target(self.family.table_with(n), "*", n.key) for n in columns or ())
            if not reading.doubt:
                self._doubt(reading, "不知道是哪一项", places)

    # ------------------------------------------------------------ doubts
    def _unnamed(self) -> tuple[Target, ...]:
        """Where a line may belong that nobody knows: the rows of the same tables of the form that no other line names."""
        named = {(self.family.table_of(n), n.key) for n in self.named}
        tables = [t for t in self.family.form.tables if any(table == t.key for table, _ in named)]
        return tuple(Target(t.key, r.key, "*") for t in tables for r in t.rows if (t.key, r.key) not in named)

    def _everywhere(self, reading: Reading) -> tuple[Target, ...]:
        rows = self.family.form.table("table3").rows
        return tuple(Target("table3", row.key, "*") for row in rows if row.key in self.family.outcomes)

    @staticmethod
    def _doubt(reading: Reading, doubt: str, places: tuple[Target, ...], words: str = "") -> None:
        reading.doubt, reading.places, reading.doubted = doubt, places, words or reading.words
