"""What a question is before it is chosen: its words, and the cells that its answer gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.assembly.assemble import Assembly
from assistant.forms import CellKey
from assistant.report.facts import Value
from assistant.report.findings import Question

__all__ = ["Candidate", "ask", "stated_sum"]


@dataclass(frozen=True)
class Candidate:
    """A question with the cells its answer gives; ``hinges`` are blank cells that can only be asked about afterwards."""

    question: Question
    cells: frozenset[CellKey]
    hinges: frozenset[CellKey] = frozenset()

    def without_choices(self) -> Candidate:
        """The same question without one-tap answers."""
        return replace(self, question=self.question.model_copy(update={"choices": ()}))


def ask(
    code: str,
    text: str,
    cells: Iterable[CellKey],
    choices: tuple[str, ...],
    *,
    about: tuple[str, ...] = (),
    hinges: Iterable[CellKey] = (),
) -> Candidate:
    """A question about ``cells``; ``about`` where it names rows or tables instead."""
    named = tuple(cells)
    return Candidate(
        Question(code=code, about=about or tuple(map(str, named)), text=text, choices=choices),
        frozenset(named),
        frozenset(hinges),
    )


def stated_sum(assembly: Assembly, key: str) -> Value | None:
    """The total of a sum that was told and is no cell of the form."""
    return next((a.value for a in assembly.aggregates if (a.row, a.col) == (key, "total")), None)
