"""What a word may name on the form: its senses along the two axes of a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from assistant.extraction.lexicon import Entry
from assistant.extraction.tokens import Token
from assistant.forms import Form

__all__ = ["COL", "ROW", "FormMap", "Sense", "form_map"]

ROW, COL = "row", "col"


class Sense(NamedTuple):
    """One reading of a word: ``axis`` is row (a row or block) or col (an applicant, a result, a column of table 2)."""

    axis: str
    table: str
    key: str
    official: bool = False
    weak: bool = False


@dataclass(frozen=True)
class FormMap:
    """The form as the sentence reader needs it: which rows belong together, and which columns a row has."""

    version: str
    table2: str
    columns: dict[tuple[str, str], tuple[str, ...]]
    groups: dict[str, tuple[str, ...]]
    """rows by the group they are parts of: deny_subtotal, na_subtotal …"""
    group_of: dict[str, str]
    rows3: tuple[str, ...]

    known: dict[tuple[Entry, ...], tuple[Sense, ...]] = field(default_factory=dict, compare=False, repr=False)
    """senses by what the lexicon says of a word: found once for each word"""

    def only_row(self, table: str, col: str) -> str | None:
        """The one row of a table that has a column (本年收费金额: that of fees); nothing where several have it."""
        rows = [row for (of, row), columns in self.columns.items() if of == table and col in columns]
        return rows[0] if len(rows) == 1 else None

    def senses(self, token: Token) -> tuple[Sense, ...]:
        """The senses of a word, the likeliest first; empty for cues and words about other things."""
        if token.entries not in self.known:
            self.known[token.entries] = self._senses(token)
        return self.known[token.entries]

    def _senses(self, token: Token) -> tuple[Sense, ...]:
        found = [sense for entry in token.entries for sense in self._senses_of(entry)]
        if "other" in token.cues:
            found += [
                Sense(ROW, "table3", "ot_other", True, True),
                Sense(COL, "table3", "other_org", True, True),
                Sense(COL, "table4", "other", True, True),
            ]
        return tuple(dict.fromkeys(found))

    def _senses_of(self, entry: Entry) -> list[Sense]:
        kind, key, official, weak, _ = entry
        if kind == "row":
            known = key in self.group_of or key in self.rows3 or key in _SUMS or key in self.groups
            return [Sense(ROW, "table3", key, official, weak)] if known else []
        if kind == "t2row":
            return (
                [Sense(ROW, self.table2, key, official, weak)] if (self.table2, key) in self.columns else []
            )
        if kind == "t4block":
            return [Sense(ROW, "table4", key, official, weak)]
        if kind == "col":
            return [Sense(COL, "table3", key, official, weak)]
        if kind == "t4col":
            return [Sense(COL, "table4", key, official, weak)]
        if kind == "t2col":
            return [Sense(COL, self.table2, key, official, weak)]
        if kind == "fee":
            return [Sense(ROW, "fee", key, official, weak)]
        return []

    def columns_of(self, table: str, row: str) -> tuple[str, ...]:
        """The columns a row may be told in."""
        if table == "table3":
            return self.columns["table3", "new_received"]
        if table == "table4":
            return self.columns["table4", "review"]
        return self.columns.get((table, row), ())


_SUMS = frozenset(
    {"received_all", "granted_or_partial", "deny_subtotal", "na_subtotal", "np_subtotal", "ot_subtotal"}
)


@cache
def _map(form: Form) -> FormMap:
    columns = {
        (table.key, row.key): tuple(c.key for c in table.columns_of(row.key))
        for table in form.tables
        for row in table.rows
    }
    groups: dict[str, tuple[str, ...]] = {}
    for row in form.table("table3").rows:
        if row.subtotal:
            groups[row.subtotal] = (*groups.get(row.subtotal, ()), row.key)
    group_of = {row: group for group, rows in groups.items() for row in rows}
    rows3 = tuple(row.key for row in form.table("table3").rows)
    return FormMap(form.version, form.table2.key, columns, groups, group_of, rows3)


def form_map(form: Form) -> FormMap:
    """The map of a form version."""
    return _map(form)
