"""What a perfect model would read from a case: the case's own cells, each with the clause of the message that gives it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.extraction.asked import Names, ParsedReading, Place, ReadCell
from assistant.extraction.grounding import Ground
from assistant.extraction.tokens import Token
from assistant.facts import FactKind, Value
from assistant.forms import form_for_year
from assistant.numerals import find_numerals, fold
from evals.cases import Case

__all__ = ["Oracle"]

_BORDERS = ",，;；。、！!？?\n()（）"


@dataclass(frozen=True)
class Oracle:
    """Right answers for one case, one source each."""

    case: Case

    def reading(self, source: str, text: str) -> ParsedReading:
        """The cells of the case that this source gives; those whose figure the source does not hold are left out."""
        ground = Ground(text, form_for_year(self.case.year), self.case.year)
        names = {place.where: name for name, place in Names(ground.form).places.items()}
        cells = []
        for where, value in self.case.cells.items():
            quote = self._quote(ground, Place(FactKind.CELL, where), value)
            if quote and value:
                cells.append(ReadCell(cell=names[where], value=str(value), quote=quote))
        return ParsedReading(cells=tuple(cells))

    @staticmethod
    def _quote(ground: Ground, place: Place, value: Value) -> str:
        """The clause around the figure whose words fit the cell best."""
        held = [t for t in ground.tokens if t.kind == "num" and ground.amount(t, place) == value]
        if held:
            best = max(held, key=lambda t: (ground.fit(t, place), -t.start))
            return clause_of(ground.text, best.start, best.end)
        folded = fold(ground.text)
        spans = [(n.start, n.end) for n in find_numerals(folded) if Decimal(n.value) == Decimal(value)]
        return clause_of(ground.text, *spans[0]) if spans else ""


def clause_of(text: str, start: int, end: int) -> str:
    """The words between the punctuation around a span, at most 60 characters before it."""
    low, high = start, end
    while low > 0 and text[low - 1] not in _BORDERS and start - low < 60:
        low -= 1
    while high < len(text) and text[high] not in _BORDERS and high - end < 20:
        high += 1
    return text[low:high].strip()


def figures_of(ground: Ground) -> list[Token]:
    """All figures of a source that are no dates, ordinals or document numbers."""
    return [t for t in ground.tokens if t.kind == "num"]
