"""Sorts the user's activities by aspect into clauses that sentences can be made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.persons import person_lines
from assistant.prose.slots import SlotBook
from assistant.prose.wording import Clause, clauses_of
from assistant.report.facts import Aspect, Fact, FactKind, FactStatus

__all__ = ["Said", "collect"]

_OUT = frozenset({FactStatus.SUPERSEDED, FactStatus.WITHDRAWN, FactStatus.REJECTED})
_NO_REQUESTS = re.compile(
    r"(?:没有?|未|无)(?:再)?(?:收到|接到|受理|人)?[^，。；]{0,10}申请(?:公开)?[^，。；]{0,6}"
)


@dataclass(frozen=True)
class Said:
    """What was said about one aspect: quantities that share a sentence, and everything else, each marked with slots."""

    counts: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    words: str = ""
    """all clauses as plain text, to see what was mentioned"""

    def __bool__(self) -> bool:
        return bool(self.counts or self.measures)

    @property
    def all(self) -> tuple[str, ...]:
        """Every clause, measures first."""
        return self.measures + self.counts


def collect(book: SlotBook, facts: Iterable[Fact]) -> tuple[dict[Aspect, Said], tuple[Fact, ...]]:
    """The activities by aspect in the order said, repeated clauses once; and the facts that stand in no sentence.

    The latter are those in doubt and those that say nothing about the work; corrected or withdrawn ones are not counted.
    """
    clauses: dict[Aspect, dict[str, Clause]] = {aspect: {} for aspect in Aspect}
    unused: list[Fact] = []
    for fact in facts:
        if fact.kind is not FactKind.ACTIVITY or fact.status in _OUT:
            continue
        aspect = _aspect(fact)
        found = clauses_of(fact.text, aspect, book.report, fact.id) if aspect is not None else ()
        # whoever read it: the name of an applicant never becomes prose
        if aspect is None or not found or fact.status is not FactStatus.STATED or person_lines(fact.text):
            unused.append(fact)
            continue
        for clause in found:
            if not _told_by_table(clause, book):
                clauses[aspect].setdefault(clause.text, clause)
    return {aspect: _said(aspect, tuple(found.values())) for aspect, found in clauses.items()}, tuple(unused)


def _said(aspect: Aspect, clauses: tuple[Clause, ...]) -> Said:
    # problems, measures and other matters keep their order: each of them is an item of its own
    listing = aspect not in (Aspect.PROBLEM, Aspect.IMPROVEMENT, Aspect.OTHER)
    counts = tuple(c.marked for c in clauses if listing and c.counts)
    measures = tuple(c.marked for c in clauses if not (listing and c.counts))
    return Said(counts, measures, "；".join(c.text for c in clauses))


def _aspect(fact: Fact) -> Aspect | None:
    return Aspect(fact.where) if fact.where in list(Aspect) else None


def _told_by_table(clause: Clause, book: SlotBook) -> bool:
    """“没有收到申请” is already said by the sentence made of the confirmed zero."""
    return book.zero("table3.new_received.total") and _NO_REQUESTS.fullmatch(clause.text) is not None
