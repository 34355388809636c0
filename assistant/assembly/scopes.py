"""What a declaration of absence covers: 表二全是0, 其余为0, 都是自然人.

A scope is a dotted name. ``table2`` and ``table3.granted`` cover whole tables and rows; ``table3.granted.except.natural_person``
all other applicants of the row; ``table3.rest``, ``table4.review.rest`` and ``rest`` what was not spoken of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.forms import CellKey, Form
from assistant.report.facts import Fact, FactKind, FactStatus

__all__ = ["Scopes", "applicant_columns", "named_only"]

_ANYWHERE = "*.*.*"
_OF_CELLS = (FactKind.CELL, FactKind.ZERO, FactKind.AGGREGATE)


def applicant_columns(form: Form) -> tuple[str, ...]:
    """The applicant columns of table 3, without the total."""
    return tuple(c.key for c in form.table("table3").columns if c.key != "total")


def _may_be_anywhere(fact: Fact) -> bool:
    """Whether the words of an open figure leave all cells possible."""
    return not fact.where or _ANYWHERE in fact.where.split()


def named_only(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts without what open figures leave possible beside the cells they name."""
    for fact in facts:
        if fact.kind is not FactKind.OPEN:
            yield fact
        elif places := [place for place in fact.where.split() if place != _ANYWHERE]:
            yield fact.model_copy(update={"where": " ".join(places)})


@dataclass
class Scopes:
    """Expands scopes for one set of facts; ``spoken`` are the cells that facts name.

    ``awaited`` are cells the user was not sure of or will tell later, and those that an open figure may belong to: 其余为0 does not
    speak of them. Of these, ``singled_out`` were named by row or cell, so that 表二全是0 does not speak of them either; and
    ``blocked`` may hold a figure of the material that nobody placed, so that neither a zero nor anything derived may stand there;
    of ``contested`` ones the words of that figure name the column, so that 都是自然人 does not speak of them.
    """

    form: Form
    spoken: frozenset[CellKey]
    awaited: frozenset[CellKey] = frozenset()
    singled_out: frozenset[CellKey] = frozenset()
    blocked: frozenset[CellKey] = frozenset()
    contested: frozenset[CellKey] = frozenset()

    def awaiting(self, facts: Iterable[Fact]) -> Scopes:
        """These scopes, with what the facts leave open."""
        awaited: set[CellKey] = set()
        singled_out: set[CellKey] = set()
        contested: set[CellKey] = set()
        blocked: set[CellKey] = set()
        for fact in facts:
            if fact.status is not FactStatus.HEDGED:
                continue
            if fact.kind is FactKind.OPEN and fact.value != 0:
                awaited.update(self._anywhere(fact))
                for place in fact.where.split():
                    open_here = set(self.open_at(place))
                    blocked |= open_here
                    contested |= open_here if not place.endswith(".*") else set()
            elif fact.kind in _OF_CELLS:
                named = tuple(self._named(fact))
                awaited.update(named)
                if "." in fact.where and fact.value != 0:
                    singled_out.update(named)
        return replace(
            self,
            awaited=frozenset(awaited | blocked),
            singled_out=frozenset(singled_out | blocked),
            blocked=frozenset(blocked),
            contested=frozenset(contested),
        )

    def without_open(self) -> Scopes:
        """These scopes as if all figures were placed."""
        return replace(self, blocked=frozenset(), contested=frozenset())

    def open_at(self, place: str) -> Iterator[CellKey]:
        """The cells of one place that an open figure may belong to."""
        table, row, col = place.split(".")
        if table in {t.key for t in self.form.tables}:
            rows = [r.key for r in self.form.table(table).rows] if row == "*" else self._rows(table, row)
            for name in rows:
                yield from self._row_cells(table, name, [] if col in ("*", "unknown_type") else [col])

    def open_to(self, fact: Fact) -> set[CellKey]:
        """The cells of all its places."""
        return {key for place in fact.where.split() for key in self.open_at(place)}

    def _anywhere(self, fact: Fact) -> Iterable[CellKey]:
        """All cells that count what the figure of an open fact without any place counts."""
        kind = "amount" if fact.unit.endswith("元") else "count"
        return (
            (k for k in self.form.cells if self.form.column(k).kind == kind) if _may_be_anywhere(fact) else ()
        )

    def _named(self, fact: Fact) -> Iterable[CellKey]:
        if fact.kind is FactKind.CELL:
            return (CellKey.parse(fact.where),)
        if fact.kind is FactKind.ZERO:
            return self.exact(fact)
        row, col = fact.where.split(".", 1)
        return (k for r in self._rows("table3", row) for k in self._row_cells("table3", r, [col]))

    def exact(self, fact: Fact) -> tuple[CellKey, ...]:
        """Cells that are zero for certain; empty for scopes that only cover the rest."""
        parts = self._parts(fact.where)
        table = parts[0]
        if "rest" in parts or table not in {t.key for t in self.form.tables}:
            return ()
        if len(parts) == 1:
            whole = self.form.table(table).cells
            return tuple(k for k in whole if k not in self.spoken and k not in self.singled_out)
        if len(parts) == 3 and self.form.has(CellKey(table, parts[1], parts[2])):
            return (CellKey(table, parts[1], parts[2]),)
        row = parts[1]
        if row == "*":
            rows = [r.key for r in self.form.table(table).rows if not self._has_applicants(r.key)]
        else:
            rows = self._rows(table, row)
        cells = (key for r in rows for key in self._row_cells(table, r, parts[2:]))
        closed = self.contested if parts[2:3] == ["except"] else self.blocked
        return tuple(key for key in cells if key not in closed)

    def rest(self, fact: Fact) -> tuple[CellKey, ...]:
        """Cells that are zero if nothing else is known about them."""
        return tuple(k for k in self._rest(fact) if k not in self.spoken and k not in self.awaited)

    def _rest(self, fact: Fact) -> Iterable[CellKey]:
        parts = self._parts(fact.where)
        if "rest" not in parts:
            return ()
        before, after = parts[: parts.index("rest")], parts[parts.index("rest") + 1 :]
        if not before:
            return self.form.cells
        table = self.form.table(before[0])
        if len(before) == 1:
            return table.cells
        # 没注明的都是自然人 speaks of the rows that are told one by one; what they add up to is left to arithmetic
        sums = {i.left[0].row for i in self.form.identities_of("T3_RESULT_SUM") if len(i.left) == 1}
        rows = (
            [r.key for r in table.rows if not (after and r.key in sums)]
            if before[1] == "*"
            else self._rows(before[0], before[1])
        )
        if after:
            keep = {after[0], "total"}
            return tuple(
                CellKey(table.key, r, c) for r in rows for c in self._columns(table.key, r) if c not in keep
            )
        return tuple(k for k in table.cells if k.row in rows)

    def _parts(self, where: str) -> list[str]:
        return where.split(".")

    def _rows(self, table: str, row: str) -> list[str]:
        aggregate = self.form.aggregate(row)
        if aggregate is not None and aggregate.along == "rows":
            return list(aggregate.parts)
        return [r.key for r in self.form.table(table).rows if r.key == row]

    def _columns(self, table: str, row: str) -> list[str]:
        return [c.key for c in self.form.table(table).columns_of(row)]

    def _row_cells(self, table: str, row: str, tail: list[str]) -> Iterable[CellKey]:
        columns = self._columns(table, row)
        if not tail:
            return [CellKey(table, row, c) for c in columns]
        if tail[0] == "except":
            aggregate = self.form.aggregate(tail[1])
            keep = {*(aggregate.parts if aggregate else (tail[1],)), "total"}
            return [CellKey(table, row, c) for c in columns if c not in keep]
        aggregate = self.form.aggregate(tail[0])
        wanted = set(aggregate.parts) if aggregate else {tail[0]}
        return [CellKey(table, row, c) for c in columns if c in wanted]

    def _has_applicants(self, row: str) -> bool:
        return any(k.table == "table3" and k.row == row and k.col != "total" for k in self.spoken)
