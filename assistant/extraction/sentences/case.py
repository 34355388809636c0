"""One figure with the place that was found for it, as those that may refuse it see it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.extraction.sentences.items import Item
from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.placing import Place
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.words import FormMap
from assistant.extraction.statements import ANYWHERE, Target
from assistant.extraction.structure import Use

__all__ = ["FAR", "Case", "passed"]

FAR = 2
"""unread characters before a figure that show that it is told of again"""


@dataclass(frozen=True)
class Case:
    """A figure with the place that was found for it."""

    item: Item
    found: Place
    target: Target | None
    scope: Scope
    form: FormMap
    out: Output

    @property
    def words(self) -> str:
        """Its labels, else the figure itself."""
        return "".join(p.token.text for p in self.item.labels) or self.item.figure.token.text

    @property
    def is_bare(self) -> bool:
        """Whether it has a place and names no part of it itself."""
        return self.target is not None and not self.found.own_row and not self.found.own_col

    @property
    def row(self) -> str:
        """Key of its row, empty where there is none."""
        return "" if self.found.row is None else self.found.row.key

    def asked(self, *places: Target, words: str = "") -> Scope:
        """Leaves the figure open. What follows a lone applicant may be told of it alone."""
        unread = len(self.item.gap) + sum(len(p.gap) for p in self.item.cues)
        if places and self.is_bare and unread >= FAR:
            # 予以公开3件，要地图的那边17件: words of its own that nobody reads may speak of anything
            places = (*places, ANYWHERE)
        self.out.open(self.item.figure, words or self.words, places)
        alone = self.found.own_col and not self.found.own_row
        return self.scope.but(unsure=True) if alone else self.scope

    def aside(self, use: Use, why: str) -> Scope:
        """Accounts for the figure without a statement."""
        self.out.account(self.item.figure, use, why)
        return self.scope


def passed(case: Case) -> Scope:
    """The scope behind a figure that is not stated although its place is known."""
    assert case.found.row is not None
    assert case.target is not None
    token = case.item.figure.token
    # what is only about holds for nothing said behind it (三四件，都维持了)
    value = None if token.approx else token.value
    told = Told(case.found.row, case.target.col, value, case.item.figure.span, case.scope.sentence)
    return case.scope.after(told)
