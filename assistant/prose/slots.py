"""Prints figures through slots, so that each one in a finished text is traced to a cell or a fact.

A figure is printed between private-use characters together with its source; :func:`settle` takes them out again and
keeps the spans. A template cannot print a blank: :meth:`SlotBook.n` fails where StrictUndefined would.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from assistant.errors import FormError
from assistant.forms import CellKey
from assistant.prose.model import ProseSlot
from assistant.report import AnnualReport
from assistant.report.facts import Fact

__all__ = ["SlotBook", "settle", "unmarked"]

_OPEN, _SPLIT, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARKS = str.maketrans("", "", _OPEN + _SPLIT + _CLOSE)
_SLOT = re.compile(f"{_OPEN}([^{_SPLIT}]*){_SPLIT}([^{_CLOSE}]*){_CLOSE}")


def unmarked(text: str) -> str:
    """Text of a user without the characters that mark slots, so that no one can forge a source."""
    return text.translate(_MARKS)


def settle(section: str, marked: str) -> tuple[str, tuple[ProseSlot, ...]]:
    """The plain text of a section and the span of each slot in it."""
    parts: list[str] = []
    slots: list[ProseSlot] = []
    length = position = 0
    for match in _SLOT.finditer(marked):
        plain, figure = marked[position : match.start()], match[2]
        start = length + len(plain)
        parts += [plain, figure]
        length, position = start + len(figure), match.end()
        slots.append(ProseSlot(section=section, start=start, end=length, where=match[1]))
    return "".join([*parts, marked[position:]]), tuple(slots)


class SlotBook:
    """Looks figures up by name: a cell, a sum of cells, the fee, the year, or a fact with a value."""

    def __init__(self, report: AnnualReport, facts: tuple[Fact, ...]) -> None:
        self.report = report
        self._facts: Mapping[str, Fact] = {fact.id: fact for fact in facts}

    def value(self, where: str) -> int | Decimal | None:
        """The figure of that name, None when blank; FormError when nothing has that name."""
        if where == "report.year":
            return self.report.year
        if where in ("info_fee.yuan", "info_fee.cases"):
            return self.report.info_fee.yuan if where.endswith("yuan") else self.report.info_fee.cases
        if where in self._facts:
            return self._facts[where].value
        parts = where.split(".")
        if len(parts) == 3 and self.report.layout.has(CellKey(*parts)):
            return self.report.value(CellKey(*parts))
        aggregate = self.report.layout.aggregate(parts[0])
        if len(parts) == 2 and aggregate is not None:
            return self._sum(aggregate.cells(parts[1]))
        raise FormError(f"文字模板提到不存在的数据“{where}”")

    def _sum(self, keys: tuple[CellKey, ...]) -> int | Decimal | None:
        total: int | Decimal = 0
        for key in keys:
            value = self.report.value(key)
            if value is None:
                return None
            total += value
        return total

    def has(self, where: str) -> bool:
        """Whether that figure is known (0 is known)."""
        return self.value(where) is not None

    def some(self, where: str) -> bool:
        """Whether that figure is known and not 0."""
        value = self.value(where)
        return value is not None and value != 0

    def zero(self, where: str) -> bool:
        """Whether that figure is known to be 0."""
        value = self.value(where)
        return value is not None and value == 0

    def n(self, where: str) -> str:
        """The figure in Arabic digits as a slot; FormError when it is blank, for a blank must not be worded."""
        value = self.value(where)
        if value is None:
            raise FormError(f"文字模板用到了空白的数据“{where}”")
        return self.mark(where, format(value, "f") if isinstance(value, Decimal) else str(value))

    @staticmethod
    def mark(where: str, figure: str) -> str:
        """``figure`` as a slot that comes from ``where``."""
        return f"{_OPEN}{where}{_SPLIT}{figure}{_CLOSE}"
