"""Lets arithmetic fill the cells that have one possible value, after statements in a contradiction are set aside."""

from __future__ import annotations

from assistant.assembly.board import Board, Filled
from assistant.assembly.conflicts import Contradiction
from assistant.balance import Given, Outcome, Reconciler, aggregate_key
from assistant.forms import Aggregate, CellKey
from assistant.report.facts import Fact, FactKind, Origin

__all__ = ["Arithmetic"]

_MOST = 40
"""contradictions set aside one after the other; beyond it the message is no report and nothing is derived"""


class Arithmetic:
    """The sums over the cells of a board, and the sums that were stated."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.contradictions: list[Contradiction] = []
        stated: dict[CellKey, list[Fact]] = {}
        self._parts: dict[CellKey, tuple[CellKey, ...]] = {}
        self.lines: list[tuple[Aggregate, str]] = []
        for fact in board.live(FactKind.AGGREGATE):
            place = self._place(fact)
            if place is not None:
                self.lines.append(place)
                key = aggregate_key(*place)
                self._parts[key] = place[0].cells(place[1])
                stated.setdefault(key, []).append(fact)
        self.stated = {key: facts[0] for key, facts in stated.items()}
        self.reconciler = Reconciler(board.form, self.lines)
        for facts in stated.values():
            if len({f.value for f in facts}) > 1:
                self._break(frozenset(f.id for f in facts), {})
        self._last: Outcome | None = None

    def given(self) -> dict[CellKey, tuple[int, str]]:
        """All statements that arithmetic may rest on: cells, then stated sums."""
        given = self.board.given()
        for key, fact in self.stated.items():
            if fact.id not in self.board.broken and isinstance(fact.value, int) and fact.value >= 0:
                given[key] = (fact.value, fact.id)
        return given

    def stated_sums(self, given: Given) -> list[tuple[tuple[CellKey, ...], int]]:
        """The stated sums among the statements: the cells they sum up, and their value."""
        return [(parts, given[key][0]) for key, parts in self._parts.items() if key in given]

    def derive(self) -> None:
        """Fill what the sums fix; statements in a contradiction are set aside first, so that nothing rests on them."""
        for _ in range(_MOST):
            given = self.given()
            outcome = self.reconciler.solve(given)
            if outcome.clash is None:
                break
            self._break(outcome.clash.facts, given)
        else:
            return
        self._last = outcome
        board = self.board
        for key, value in outcome.pinned.items():
            if key in board.filled or not board.form.has(key):
                continue
            if key in board.conflicts and value not in {f.value for f in board.conflicts[key]}:
                # arithmetic must not decide for a third value that nobody said
                continue
            facts = board.sources(outcome.facts(key))
            board.filled[key] = Filled(value, Origin.DERIVED, facts, follows=True)

    def may_be_zero(self, key: CellKey) -> bool:
        """Whether the sums allow a 0 in a cell, as far as the last derivation knows."""
        span = self._last.span(key) if self._last is not None and key in self.reconciler.index else None
        return span is None or span[0] == 0

    def _place(self, fact: Fact) -> tuple[Aggregate, str] | None:
        """The aggregate a fact speaks of and its line, whichever of the two it names first."""
        form = self.board.form
        name, line = fact.where.split(".", 1)
        aggregate = form.aggregate(name) or form.aggregate(line)
        if aggregate is None or not isinstance(fact.value, int):
            return None
        on_line = line if aggregate.key == name else name
        try:
            cells = aggregate.cells(on_line)
        except KeyError:
            return None
        return (aggregate, on_line) if all(form.has(k) for k in cells) else None

    def _break(self, facts: frozenset[str], given: Given) -> None:
        cells = frozenset(
            key for key, (_, fact) in given.items() if fact in facts and self.board.form.has(key)
        )
        self.board.suspect |= cells
        self.board.broken |= {f for f in facts if f in self.board.by_id}
        self.contradictions.append(Contradiction(facts, cells))
