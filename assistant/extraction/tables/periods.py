"""Adds months, quarters and half-years to a year, where the table has all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.extraction.statements import Target
from assistant.extraction.tables.cells import Holds
from assistant.extraction.tables.readings import Reading

__all__ = ["Periods", "make_a_year"]

_PARTITIONS = (
    tuple(f"q{n}" for n in range(1, 5)),
    tuple(f"m{n}" for n in range(1, 13)),
    ("h1", "h2"),
)
"""ways to divide a year, the likeliest first"""
_AT_START = frozenset({"carried_over"})
_AT_END = frozenset({"carried_forward"})
_STOCK_COLUMNS = frozenset({"in_force", "pending", "total_public", "prev_items"})


def make_a_year(periods: Sequence[str]) -> bool:
    """Whether these are the halves, quarters or months of a year, each once."""
    return any(sorted(periods) == sorted(partition) for partition in _PARTITIONS)


class Periods:
    """The periods of one table."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.seen = frozenset(r.period for r in readings if r.period)

    def _partition(self) -> tuple[str, ...] | None:
        return next((p for p in _PARTITIONS if self.seen.issuperset(p)), None)

    def agrees(self, whole: Reading, parts: Sequence[Reading], target: Target) -> bool:
        """Whether the periods add up to the whole year, where all of them are printed; a stock is not added."""
        partition = self._partition()
        if partition is None or not parts or _is_stock(target):
            return True
        by_period = {
            r.period: r.figure.content.value for r in parts if r.figure.content.holds is Holds.FIGURE
        }
        if not set(partition) <= set(by_period):
            return True
        return sum(by_period[p] or 0 for p in partition) == whole.figure.content.value

    def stands_alone(self, target: Target) -> bool:
        """Whether the year has a line of its own, so that a stock within the year says nothing of its end."""
        return "year_whole" in self.seen and _is_stock(target)

    def whole_year(
        self, parts: Sequence[Reading], target: Target
    ) -> tuple[list[Reading], int | Decimal, bool] | None:
        """The readings that make the year, their sum, and whether it is sure; None when the year is not complete.

        A stock at the start or the end of the year is that of the first or the last period.
        """
        partition = self._partition()
        if partition is None:
            return None
        by_period: dict[str, Reading] = {}
        for reading in parts:
            if reading.period in by_period:
                return None
            by_period[reading.period] = reading
        used = [by_period[p] for p in partition if p in by_period]
        if not used or any(r.figure.content.holds not in (Holds.FIGURE, Holds.DASH) for r in used):
            return None
        if _is_stock(target):
            return self._stock(by_period, partition, target)
        value = sum((r.figure.content.value or 0 for r in used), 0)
        complete = len(used) == len(partition) and all(r.figure.content.holds is Holds.FIGURE for r in used)
        return used, value, complete

    @staticmethod
    def _stock(
        by_period: dict[str, Reading], partition: tuple[str, ...], target: Target
    ) -> tuple[list[Reading], int | Decimal, bool] | None:
        reading = by_period.get(partition[0] if target.row in _AT_START else partition[-1])
        if reading is None or reading.figure.content.value is None:
            return None
        return [reading], reading.figure.content.value, False


def _is_stock(target: Target) -> bool:
    return target.row in _AT_START | _AT_END or target.col in _STOCK_COLUMNS
