"""Lets printed sums confirm what was read: figures without a header, misspelt labels, dashes for none."""

from __future__ import annotations

from collections.abc import Set
from decimal import Decimal

from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.structure import StructureReading
from assistant.extraction.tables.family import Family
from assistant.forms import Identity

__all__ = ["confirm"]

_Values = dict[Target, "int | Decimal"]


def confirm(out: StructureReading, family: Family, dashes: Set[Span], *, none: bool = False) -> None:
    """Statements that a printed sum confirms become sure; ``dashes`` are the places of those that stand for a dash, ``none`` that
    the material says that a dash is none.

    A sum whose printed parts make up all of it leaves none for a dash. Once a table has shown that its dashes are none, and it
    prints no 0, all its dashes are.
    """
    values: _Values = {}
    for statement in out.statements:
        if statement.kind == "value" and statement.value is not None and not statement.prior:
            values.setdefault(statement.target, statement.value)
    known = {s.target: s.value for s in out.statements if s.span not in dashes and s.target in values}
    closed: set[Target] = set()
    emptied: set[Target] = set()
    for identity in family.form.identities:
        left, right = _sides(identity)
        if any(t not in values for t in left) or not _closes(left, right, values):
            continue
        if sum(bool(values.get(t)) for t in right) >= 2:
            closed |= {t for t in (*left, *right) if values.get(t)}
        if all(t in known for t in left):
            emptied |= {t for t in right if t in values and t not in known}
    doubtful = [s for s in out.statements if not s.sure and not s.prior and not s.spans]
    zero_printed = any(s.value == 0 and s.span not in dashes for s in out.statements)
    for statement in doubtful:
        is_dash = statement.span in dashes
        agreed = none or (bool(emptied) and not zero_printed)
        if statement.target in (emptied if is_dash else closed) or (is_dash and agreed):
            _make_sure(statement)


def _sides(identity: Identity) -> tuple[list[Target], list[Target]]:
    return [Target(*key) for key in identity.left], [Target(*key) for key in identity.right]


def _closes(left: list[Target], right: list[Target], values: _Values) -> bool:
    return sum(values[t] for t in left) == sum(values[t] for t in right if t in values)


def _make_sure(statement: Statement) -> None:
    statement.sure = statement.official = True
