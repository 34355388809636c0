"""Asks about the figures of a table that nothing placed: once for all with the same doubt, with what each answer would state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.structure import Claimed, Option, Unplaced
from assistant.extraction.tables.readings import Reading
from assistant.forms import Form

__all__ = ["RIVALS", "WHOSE", "Asking"]

WHOSE = "不知道哪一个是本单位"
RIVALS = "同一格有几个数，以哪个为准"
_MOST_ROWS = 6
"""rows offered; where more are possible, the row is told in words"""
_NAMED = 6
"""figures named in a question"""


@dataclass(frozen=True)
class Asking:
    """Makes the questions of one table; ``states`` gives the statement of a figure at a place, None where it cannot be there."""

    form: Form
    states: Callable[[Target, Reading], Statement | None]

    def about(self, readings: Sequence[Reading]) -> Iterator[Unplaced]:
        """One question for all figures with the same doubt about the same label."""
        groups: dict[tuple[str, str], list[Reading]] = {}
        for reading in readings:
            groups.setdefault((reading.doubt, reading.doubted), []).append(reading)
        for (doubt, words), group in groups.items():
            places = tuple(dict.fromkeys(t for r in group for t in r.places))
            values = tuple(dict.fromkeys(r.figure.cell.text.strip() for r in group))
            question = f"表中“{words}”（{'、'.join(values[:_NAMED])}）填到哪里？（{doubt}）"
            if doubt == RIVALS:
                question = f"“{words}”有几个数：{'、'.join(values)}，以哪个为准？"
            elif doubt == WHOSE:
                question = "表中有几个单位的数，哪一个是本单位？"
            spans = tuple(_span(r) for r in group)
            options = tuple(self._options(group, doubt, places))
            yield Unplaced(spans, words, places, question, options=options)

    def _options(self, group: Sequence[Reading], doubt: str, places: tuple[Target, ...]) -> Iterator[Option]:
        """One of the rival values, the figures of one office, or each figure in the row named."""
        if doubt == RIVALS and len(places) == 1:
            for reading in {r.figure.cell.text.strip(): r for r in group}.values():
                yield Option(f"以{reading.figure.cell.text.strip()}为准", self._claims([reading], places))
        elif doubt == WHOSE:
            for unit in dict.fromkeys(r.unit for r in group):
                yield Option(f"本单位是{unit}", self._claims([r for r in group if r.unit == unit], places))
        elif len(group) > 1:
            yield from self._by_row(group, places)

    def _by_row(self, group: Sequence[Reading], places: tuple[Target, ...]) -> Iterator[Option]:
        rows = list(dict.fromkeys(t[:2] for t in places if t.table != "fee" and t.row != "*"))
        for row in rows if len(rows) <= _MOST_ROWS else ():
            claims = self._claims(group, [t for t in places if t[:2] == row])
            if len(claims) == len(group):
                yield Option(f"归{self._name(*row)}", claims)
        yield Option("不计入")

    def _claims(self, readings: Sequence[Reading], places: Sequence[Target]) -> tuple[Claimed, ...]:
        """The figures that have exactly one of the places, and may be there."""
        found = []
        for reading in readings:
            here = [t for t in dict.fromkeys(reading.places) if t in places]
            told = self.states(here[0], reading) if len(here) == 1 else None
            if told is not None and told.value is not None:
                found.append(Claimed(told.target, told.value, unit=told.unit))
        return tuple(found)

    def _name(self, table: str, row: str) -> str:
        return next((r.name for r in self.form.table(table).rows if r.key == row), row)


def _span(reading: Reading) -> Span:
    return Span(reading.figure.cell.start, reading.figure.cell.end)
