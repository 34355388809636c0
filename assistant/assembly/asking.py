"""What a question is before it is chosen: its words, the cells that its answer gives, and what each choice would state."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.assembly.assemble import Assembly
from assistant.forms import CellKey
from assistant.report.facts import Value
from assistant.report.findings import Question

__all__ = ["Candidate", "Offer", "ask", "cells_at", "pending_note", "stated_sum"]


class Offer(NamedTuple):
    """A one-tap answer, and the figures it would state."""

    text: str
    cells: tuple[tuple[CellKey, Value], ...] = ()
    sweeping: str = ""
    """the applicant column that it makes the only one"""


@dataclass(frozen=True)
class Candidate:
    """A question with the cells its answer gives; ``hinges`` are blank cells that can only be asked about afterwards."""

    question: Question
    cells: frozenset[CellKey]
    hinges: frozenset[CellKey] = frozenset()
    offers: tuple[Offer, ...] = ()

    def offering(self, fits: Callable[[Offer], bool]) -> Candidate:
        """The same question with the one-tap answers that fit."""
        choices = tuple(offer.text for offer in self.offers if fits(offer))
        if choices == self.question.choices:
            return self
        return replace(self, question=self.question.model_copy(update={"choices": choices}))


def ask(
    code: str,
    text: str,
    cells: Iterable[CellKey],
    offers: Iterable[Offer],
    *,
    about: tuple[str, ...] = (),
    hinges: Iterable[CellKey] = (),
) -> Candidate:
    """A question about ``cells``; ``about`` where it names rows or tables instead."""
    named, told = tuple(cells), tuple(offers)
    question = Question(
        code=code,
        about=about or tuple(map(str, named)),
        text=text,
        choices=tuple(offer.text for offer in told),
    )
    return Candidate(question, frozenset(named), frozenset(hinges), told)


def cells_at(value: Value, cells: Iterable[CellKey]) -> tuple[tuple[CellKey, Value], ...]:
    """The same figure in all cells."""
    return tuple((cell, value) for cell in cells)


def stated_sum(assembly: Assembly, key: str) -> Value | None:
    """The total of a sum that was told and is no cell of the form."""
    return next((a.value for a in assembly.aggregates if (a.row, a.col) == (key, "total")), None)


def pending_note(assembly: Assembly, *cells: CellKey) -> str:
    """（待核对） where a question rests on a figure that nobody has confirmed."""
    unsure = {CellKey(c.table, c.row, c.col) for c in assembly.cells if c.status == "unconfirmed"}
    return "" if unsure.isdisjoint(cells) else "（待核对）"
