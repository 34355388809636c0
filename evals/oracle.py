"""What a perfect model would read from a case: the case's own cells, each with the clause of the message that gives it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.extraction.asked import Names, ParsedReading, Place, ReadApplicants, ReadCell
from assistant.extraction.grounding import Ground
from assistant.extraction.tokens import Token
from assistant.facts import FactKind, Value
from assistant.forms import form_for_year
from assistant.numerals import find_numerals, fold
from evals.cases import Case

__all__ = ["Oracle"]

_NAMES = ("row", "t2row", "t4block", "fee", "col")
_BORDERS = ",，;；。、！!？?\n()（）"


@dataclass(frozen=True)
class Oracle:
    """Right answers for one case, one source each."""

    case: Case

    def reading(self, source: str, text: str) -> ParsedReading:
        """The cells of the case that this source gives; those whose figure the source does not hold are left out.

        Where the source says once that all applicants are of one kind, that is read once instead of for every row.
        """
        ground = Ground(text, form_for_year(self.case.year), self.case.year)
        names = {place.where: name for name, place in Names(ground.form).places.items()}
        declared = self._declared(ground)
        cells = []
        for where, value in self.case.cells.items():
            if (
                declared is not None
                and where.endswith(f".{declared.applicant}")
                and self._like_total(where, value)
            ):
                continue
            quote = self._quote(ground, Place(FactKind.CELL, where), value)
            if quote and value:
                cells.append(ReadCell(cell=names[where], value=str(value), quote=quote))
        return ParsedReading(cells=tuple(cells), applicants=() if declared is None else (declared,))

    def _like_total(self, where: str, value: Value) -> bool:
        return self.case.cells.get(where.rpartition(".")[0] + ".total") == value

    def _declared(self, ground: Ground) -> ReadApplicants | None:
        """都是自然人, where the case's cells bear it out for all rows."""
        rows = [
            where for where in self.case.cells if where.startswith("table3.") and not where.endswith(".total")
        ]
        columns = {where.rpartition(".")[2] for where in rows}
        if len(columns) != 1 or not all(self._like_total(where, self.case.cells[where]) for where in rows):
            return None
        column = columns.pop()
        for token in ground.tokens:
            clause = ground.clause(token)
            every = [t for t in clause if t.cue("every")]
            if token.has("col", column) and every:
                start, end = min(token.start, every[0].start), max(token.end, every[0].end)
                return ReadApplicants(rows="all", applicant=column, quote=ground.text[start:end])
        return None

    @staticmethod
    def _quote(ground: Ground, place: Place, value: Value) -> str:
        """The words from the nearest name of the row or the applicant up to the figure that fits the cell best."""
        held = [t for t in ground.tokens if t.kind == "num" and ground.amount(t, place) == value]
        if held:
            best = max(held, key=lambda t: (ground.fit(t, place), -t.start))
            named = [
                t
                for t in ground.clause(best)
                if t.end <= best.start and any(e.kind in _NAMES for e in t.entries)
            ]
            if named and best.end - named[-1].start <= 30:
                return ground.text[named[-1].start : best.end]
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
