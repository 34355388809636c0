"""Lets printed sums confirm what was read: figures without a header, misspelt labels, columns nobody knows."""

from __future__ import annotations

from decimal import Decimal

from assistant.extraction.statements import Statement, Target
from assistant.extraction.structure import StructureReading
from assistant.extraction.tables.family import Family

__all__ = ["confirm"]


def confirm(out: StructureReading, family: Family) -> None:
    """Statements that a printed sum with at least two other figures confirms become sure."""
    values: dict[Target, int | Decimal] = {}
    for statement in out.statements:
        if statement.kind == "value" and statement.value is not None and not statement.prior:
            values.setdefault(statement.target, statement.value)
    closed: set[Target] = set()
    for identity in family.form.identities:
        left = [Target(*key) for key in identity.left]
        right = [Target(*key) for key in identity.right]
        known = [t for t in right if t in values]
        if any(t not in values for t in left) or len([t for t in known if values[t]]) < 2:
            continue
        if sum(values[t] for t in left) == sum(values[t] for t in known):
            closed |= {*left, *known}
    for statement in out.statements:
        if not statement.sure and _may_be_sure(statement, closed):
            statement.sure = statement.official = True


def _may_be_sure(statement: Statement, closed: set[Target]) -> bool:
    return statement.target in closed and bool(statement.value) and not statement.spans
