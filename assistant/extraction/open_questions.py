"""Makes open facts of what nobody could place, with the question about them and what each answer would state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import repeat

from assistant.extraction.accounts import OpenFigures
from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.structure import Claimed, Option, Unplaced
from assistant.forms import CellKey, Form
from assistant.report.facts import Ask, Choice, Claim, Evidence, Fact, FactKind, FactStatus
from assistant.report.findings import Finding, Severity

__all__ = ["ASIDE", "OpenQuestions"]

ASIDE = "不计入"
"""answer that takes figures out of account"""
_STOPS = "。；;，,、：:\n\t|（）()"
_GLANCE = 16
"""characters shown before and behind an open figure"""
_QUOTES = 60
"""places of an open matter that are pointed at"""
_SUBJECT = 24
"""characters of the words an answer quotes"""
_Places = Callable[[Statement], Iterable[tuple[FactKind, str, int | Decimal | None]]]


class OpenQuestions:
    """Builds the open facts of one material; ``places`` gives kind, place and value of the facts that a statement makes."""

    def __init__(self, text: str, form: Form, places: _Places) -> None:
        self._text, self._form, self._places = text, form, places
        self._carried: set[Unplaced] = set()

    def facts(self, opened: Sequence[OpenFigures]) -> list[Fact]:
        """What nobody placed keeps zeros and arithmetic away from the cells it may belong to."""
        groups: dict[Unplaced, list[OpenFigures]] = {}
        for one in opened:
            if one.about is not None:
                groups.setdefault(one.about, []).append(one)
        asks = {about: self._ask(about, mine) for about, mine in groups.items()}
        self._carried = set(asks)
        return [
            self._fact(number, one, None if one.about is None else asks[one.about])
            for number, one in enumerate(opened, 1)
        ]

    def unasked(self, unplaced: Iterable[Unplaced]) -> Iterator[Finding]:
        """The questions that no open fact carries, because no figure and no place is known for them."""
        for one in unplaced:
            if one.question and one not in self._carried:
                choices = f"（可选：{'、'.join(one.choices)}）" if one.choices else ""
                cells = [str(key) for key in (CellKey(*place) for place in one.places) if self._form.has(key)]
                yield Finding(
                    code=one.code,
                    severity=Severity.ASK,
                    where=cells[0] if cells else ".".join(one.places[0][:2]) if one.places else "",
                    cells=tuple(cells),
                    message=f"{one.question}{choices}",
                    evidence=tuple(self._evidence(span) for span in one.spans[:_QUOTES]),
                )

    def _fact(self, number: int, one: OpenFigures, ask: Ask | None) -> Fact:
        figure = one.figure
        return Fact(
            id=f"o{number}",
            kind=FactKind.OPEN,
            where=" ".join(dict.fromkeys(".".join(place) for place in one.places)),
            value=None if figure is None else figure.value,
            unit="" if figure is None else figure.unit,
            text=self._around(one.spans[0]),
            ask=ask,
            status=FactStatus.HEDGED,
            evidence=tuple(self._evidence(span) for span in one.spans[:_QUOTES]),
        )

    def _ask(self, about: Unplaced, opened: Sequence[OpenFigures]) -> Ask:
        options = about.options or tuple(self._options(opened))
        words = about.words or about.question
        if len(words) > _SUBJECT:
            words = self._around(opened[0].spans[0]) or words
        subject = f"“{' '.join(words.split())[:_SUBJECT]}”"
        choices = tuple(self._choice(subject, option, opened[0].spans[0]) for option in options)
        return Ask(code=about.code, text=about.question, choices=choices)

    def _options(self, opened: Sequence[OpenFigures]) -> Iterator[Option]:
        """Where a reader says nothing of the answers: the cells that a figure may belong to, or none."""
        figures = [one for one in opened if one.figure is not None]
        if len(figures) == 1 and figures[0].figure is not None and figures[0].figure.value:
            value = figures[0].figure.value
            for target in dict.fromkeys(t for place in figures[0].places for t in self._cells(place)):
                claim = Claimed(target, value, unit=figures[0].figure.unit)
                yield Option(f"计入{self._name(target)}", (claim,))
        if figures:
            yield Option(ASIDE)

    def _cells(self, place: Target) -> Iterator[Target]:
        """The cell of a place; of a row without a column its total, else all its cells."""
        if self._form.has(CellKey(*place)):
            yield place
        elif place.col == "*" and place.table in {t.key for t in self._form.tables}:
            keys = [k for k in self._form.table(place.table).cells if k.row == place.row]
            for key in [k for k in keys if k.col == "total" and place.table == "table3"] or keys:
                yield Target(*key)

    def _name(self, target: Target) -> str:
        return self._form.label(CellKey(*target)).removesuffix("·总计").replace("·", "的")

    def _choice(self, subject: str, option: Option, span: Span) -> Choice:
        return Choice(
            text=f"{subject}{option.words}",
            claims=tuple(claim for one in option.claims for claim in self._claims(one, span)),
            counted=option.counted,
            zero=option.zero,
        )

    def _claims(self, one: Claimed, span: Span) -> Iterator[Claim]:
        """The claim in the unit of its cell."""
        for _, where, value in self._places(Statement("value", one.target, span, one.value, one.unit)):
            if value is not None:
                yield Claim(where=where, value=value, base=one.base)

    def _around(self, span: Span) -> str:
        """The clause a figure stands in, no further than one glance."""
        text, first = self._text, max(0, span.start - _GLANCE)
        start = max(map(text.rfind, _STOPS, repeat(first), repeat(span.start)), default=-1) + 1
        ends = (text.find(stop, span.end, span.end + _GLANCE) for stop in _STOPS)
        end = min((end for end in ends if end >= 0), default=span.end + _GLANCE)
        return " ".join(text[max(start, first) : end].split())

    def _evidence(self, span: Span) -> Evidence:
        return Evidence(source="", start=span.start, end=span.end, quote=self._text[span.start : span.end])
