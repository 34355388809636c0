"""Checks figures that stand in the order of the form, where no header names their columns."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.extraction.tables.facets import OTHER_MEASURE
from assistant.extraction.tables.readings import Reading
from assistant.extraction.tables.vocabulary import Name

__all__ = ["closes", "is_confirmed", "measured", "scope"]


def scope(reading: Reading) -> tuple[object, ...]:
    """What parts figures of one line from each other: year, period, office, words in brackets."""
    return reading.year, reading.period, reading.unit, reading.detail


def _values(group: Sequence[Reading], keys: Sequence[str]) -> dict[str, int | Decimal]:
    return {key: r.figure.content.value or 0 for r, key in zip(group, keys, strict=True)}


def closes(group: Sequence[Reading], keys: Sequence[str]) -> bool:
    """Whether the total of a row without a header is the sum of the others; a row without a total cannot tell."""
    told = _values(group, keys)
    return "total" not in told or told["total"] * 2 == sum(told.values())


def is_confirmed(group: Sequence[Reading], keys: Sequence[str]) -> bool:
    """Whether the figures bear the order out: a sum, none at all, or no more documents issued than are in force."""
    told = _values(group, keys)
    if "total" in told or not any(told.values()):
        return True
    return told.get("issued", 0) <= told.get("in_force", -1)


def measured(group: Sequence[Reading], line: Name, keys: Sequence[str]) -> Sequence[Reading]:
    """数量 and 金额 side by side: decisions are counted, fees are money; the other of the two is no figure of the line."""
    if {r.column.measure for r in group} != {"money", "count"} or line.kind == "fee":
        return group
    wanted = "money" if any(key.startswith("amount") for key in keys) else "count"
    for reading in group:
        if reading.column.measure != wanted:
            reading.why = OTHER_MEASURE
    return [r for r in group if r.why is None]
