"""What a perfect model would read from a case: the case's own cells, each with the words of the message that give it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.extraction.tokens import Token
from assistant.forms import form_for_year
from assistant.model_reader.answers import ParsedReading, ReadApplicants, ReadCell
from assistant.model_reader.asked import Names, Place
from assistant.model_reader.grounding import Ground
from assistant.numerals import find_numerals, fold
from assistant.report.facts import FactKind, Value
from evals.cases import Case

__all__ = ["Found", "Oracle", "clause_of", "figures_of", "phrased"]

_SUBJECTS = ("row", "t2row", "t4block", "fee")
_NAMES = (*_SUBJECTS, "col")
_BORDERS = ",，;；。、！!？?\n()（）"
_LONGEST_PHRASE = 120
_NEAR = 8
"""characters without a figure that a phrase may hold between two of its figures' words"""


@dataclass(frozen=True)
class Found:
    """A cell of the case, where its figure stands in the message, and where the words that name it begin."""

    cell: str
    value: Value
    lead: int
    start: int
    end: int


@dataclass(frozen=True)
class Oracle:
    """Right answers for one case, one source each."""

    case: Case

    def reading(self, source: str, text: str) -> ParsedReading:
        """The cells of the case that this source gives; those whose figure the source does not hold are left out.

        Where the source says once that all applicants are of one kind, that is read once instead of for every row.
        """
        ground = Ground(text, form_for_year(self.case.year), self.case.year)
        declared = self.declared(ground)
        cells = tuple(phrased(ground, self.found(ground)))
        return ParsedReading(cells=cells, applicants=() if declared is None else (declared,))

    def found(self, ground: Ground) -> list[Found]:
        """The cells that the source gives, in the order of the source."""
        names, declared = Names(ground.form), self.declared(ground)
        found: list[Found] = []
        for where, value in self.case.cells.items():
            said_once = declared is not None and where.endswith(f".{declared.applicant}")
            if not value or (said_once and self._like_total(where, value)):
                continue
            taken = {item.start for item in found}
            held = self._find(ground, Place(FactKind.CELL, where), value, taken)
            if held is not None:
                found.append(Found(names.name(where), value, *held))
        return sorted(found, key=lambda item: item.start)

    def _like_total(self, where: str, value: Value) -> bool:
        return self.case.cells.get(where.rpartition(".")[0] + ".total") == value

    def declared(self, ground: Ground) -> ReadApplicants | None:
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
    def _find(ground: Ground, place: Place, value: Value, taken: set[int]) -> tuple[int, int, int] | None:
        """Where the figure's words begin, where the figure begins and ends: that figure which fits the cell best."""
        held = [t for t in ground.tokens if t.kind == "num" and ground.amount(t, place) == value]
        if not held:
            folded = fold(ground.text)
            spans = [(n.start, n.end) for n in find_numerals(folded) if Decimal(n.value) == Decimal(value)]
            return (spans[0][0], *spans[0]) if spans else None
        row = place.where.split(".")[-2]

        def rank(token: Token) -> tuple[int, bool, bool, int]:
            before = [w for w in ground.sentence(token) if w.end <= token.start]
            named = [w for w in before if any(e.kind in _SUBJECTS for e in w.entries)]
            own = bool(named) and any(named[-1].has(kind, row) for kind in _SUBJECTS)
            return ground.fit(token, place), own, token.start not in taken, -token.start

        best = max(held, key=rank)
        lead = [
            t for t in ground.clause(best) if t.end <= best.start and any(e.kind in _NAMES for e in t.entries)
        ]
        near = lead and best.end - lead[-1].start <= 30
        return lead[-1].start if near else best.start, best.start, best.end


def phrased(ground: Ground, found: Iterable[Found]) -> Iterator[ReadCell]:
    """The cells with their quotations; figures that stand side by side share one, as the prompt asks."""
    for group in _groups(ground, list(found)):
        first, last = group[0], group[-1]
        if first.lead < first.start:
            quote = ground.text[first.lead : last.end]
        else:
            quote = clause_of(ground.text, first.start, last.end)
        for turn, item in enumerate(group):
            yield ReadCell(cell=item.cell, quote=" ".join(quote.split()), turn=turn, turns=len(group))


def _groups(ground: Ground, found: list[Found]) -> list[list[Found]]:
    groups: list[list[Found]] = []
    for item in found:
        if groups and _joins(ground, groups[-1], item, found):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _joins(ground: Ground, group: list[Found], item: Found, found: list[Found]) -> bool:
    """Whether a cell is read in the same words as the one before: from the same figure, or from the next one close by."""
    last = group[-1]
    if item.start == last.start:
        return len({g.start for g in group}) == 1
    shared = sum(other.start in (item.start, last.start) for other in found) > 2
    between = ground.text[last.end : item.start]
    skipped = any(t.value for t in ground.figures(last.end, item.start))
    far = item.lead - last.end > _NEAR or item.end - group[0].lead > _LONGEST_PHRASE
    return not (shared or skipped or far or "\n" in between or "。" in between)


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
