"""Which lines of the form hold which others: 不予公开 its eight reasons, 行政诉讼 its two kinds, 办理结果 all outcomes."""

from __future__ import annotations

from functools import cache, cached_property

from assistant.extraction.statements import Target
from assistant.extraction.tables.vocabulary import Name
from assistant.forms import Form, load_form

__all__ = ["Family", "family_of"]

_KIND_OF = {"row": "table3", "t4block": "table4", "fee": "fee"}
_COLUMN_TABLES = {"col": "table3", "ask_col": "table3", "t4col": "table4"}
_FEE = ("yuan", "cases")


class Family:
    """The lines of one form and how they hold each other."""

    def __init__(self, form: Form) -> None:
        self.form = form

    @cached_property
    def outcomes(self) -> frozenset[str]:
        """Rows of table 3 that are outcomes."""
        return frozenset(key.row for key in next(self.form.identities_of("T3_RESULT_SUM")).right)

    @cached_property
    def parts(self) -> dict[str, frozenset[str]]:
        """Rows that a row or an aggregate is the sum of."""
        found = {a.key: frozenset(a.parts) for a in self.form.aggregates if a.along == "rows"}
        inner = {key for key, rows in found.items() if rows <= self.outcomes}
        found["result_total"] = self.outcomes | inner
        return found

    def within(self, inner: Name, outer: Name) -> bool:
        """Whether a line is the other or one of its parts."""
        return inner == outer or (inner.kind == outer.kind and inner.key in self.parts.get(outer.key, ()))

    def under(self, inner: Name, outer: Name) -> bool:
        """Whether a short label names a line below another: also 部分 below 公开, which heads both kinds of giving."""
        given = self.parts.get("granted_or_partial", frozenset())
        return self.within(inner, outer) or (outer.key == "granted" and inner.key in given)

    def innermost(self, names: tuple[Name, ...]) -> tuple[Name, ...]:
        """The names without those that hold another of them."""
        return tuple(n for n in names if not any(m != n and self.within(m, n) for m in names))

    def table_of(self, line: Name) -> str:
        """Key of the table a line belongs to."""
        return _KIND_OF.get(line.kind, self.form.table2.key)

    def table_with(self, column: Name) -> str:
        """Key of the table a column belongs to."""
        return _COLUMN_TABLES.get(column.kind, self.form.table2.key)

    def columns_of(self, line: Name) -> tuple[str, ...]:
        """Keys of the columns a line has in the form's order; an aggregate has those of its table."""
        table = self.table_of(line)
        if table == "fee":
            return _FEE
        rows = {row.key for row in self.form.table(table).rows}
        if line.key in rows:
            return tuple(column.key for column in self.form.table(table).columns_of(line.key))
        if table in ("table3", "table4"):
            return tuple(column.key for column in self.form.table(table).columns)
        return ()

    def knows(self, line: Name) -> bool:
        """Whether the form has the line, or an aggregate of that name."""
        table = self.table_of(line)
        if table == "fee":
            return True
        keys = {row.key for row in self.form.table(table).rows}
        return line.key in keys or line.key in self.parts

    def target(self, line: Name, column: str) -> Target:
        """The target of a line and a column key."""
        return Target(self.table_of(line), line.key, column)


@cache
def family_of(version: str) -> Family:
    """The family of a form version."""
    return Family(load_form(version))
