"""Whether statements about cells can all hold, exactly; and the fewest of them that cannot."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from assistant.balance.branching import Undecided, settle
from assistant.balance.flow import INFINITE, Flow
from assistant.balance.ground import Ground
from assistant.balance.network import aggregate_key
from assistant.balance.outcome import Outcome
from assistant.balance.statements import Clash, Given, only
from assistant.forms import Aggregate, CellKey, Form

__all__ = ["Reconciler"]


class Reconciler(Ground):
    """The sums of one form, with the aggregates somebody spoke of, and what statements do to them.

    ``open_cells`` are those that a figure may belong to which nobody placed: nothing is worked out across them.
    """

    def __init__(
        self,
        form: Form,
        aggregates: Iterable[tuple[Aggregate, str]] = (),
        open_cells: frozenset[CellKey] = frozenset(),
    ) -> None:
        lines = [(a, line) for a, line in aggregates if open_cells.isdisjoint(a.cells(line))]
        super().__init__(form, lines, open_cells)
        self._totals = {side.total for side in self.network.sides}
        self._sums = [
            *((i.left, i.right) for i in form.identities if open_cells.isdisjoint(i.cells)),
            *(((aggregate_key(a, line),), a.cells(line)) for a, line in dict.fromkeys(lines)),
        ]
        self._warm = [0] * len(self.network.keys)

    def solve(self, given: Given) -> Outcome:
        """Everything that follows from the statements; with a contradiction only its smallest set."""
        given = {key: said for key, said in given.items() if key in self.index or key in self._totals}
        clash = self.clash(given)
        if clash is not None:
            return Outcome(self, given, clash)
        return Outcome(self, given, None, self.settled(given))

    def clash(self, given: Given) -> Clash | None:
        """The smallest contradiction found among the statements, None when they can all hold (or nothing is proven)."""
        facts = self.refuted(given)
        return None if facts is None else Clash(self._smallest(given, facts))

    def refuted(self, given: Given) -> frozenset[str] | None:
        """Statements that cannot all hold, perhaps more than needed; None when no contradiction is proven."""
        flow = self.flow(given)
        held = self.graph.settle(flow)
        if held is not None:
            return self.crossing(flow, held, given)
        apart = self.apart(given)
        if apart:
            try:
                found = settle(self.graph, flow, apart)
            except Undecided:
                return None
            if found is None:
                return frozenset(fact for _, fact in given.values())
            flow = found
        self._warm = flow.value
        return None

    def settled(self, given: Given) -> Flow | None:
        """Figures for all cells that agree with statements that do not contradict each other; None when undecided."""
        flow = self.flow(given)
        if self.graph.settle(flow) is not None:
            return None
        try:
            return settle(self.graph, flow, self.apart(given)) if self.network.sides else flow
        except Undecided:
            return None

    def settles(self, known: Collection[CellKey]) -> set[CellKey]:
        """The cells that follow once others are known, whatever their values are (counts of 0 may fix more)."""
        free = [arc for arc, key in enumerate(self.network.keys) if key not in known]
        return {self.network.keys[arc] for arc in self.graph.bridges(free)}

    def flow(self, given: Given) -> Flow:
        """The last figures found, with the statements laid in; not at rest yet."""
        size = len(self._warm)
        flow = Flow(self._warm.copy(), [0] * size, [INFINITE] * size)
        for key, (value, _) in given.items():
            arc = self.index.get(key)
            if arc is not None:
                flow.value[arc] = flow.low[arc] = flow.high[arc] = value
        return flow

    def _within_one_sum(self, given: Given) -> frozenset[str] | None:
        """The fewest statements that break a single sum: what a person sees at once."""
        found = []
        for sides in self._sums:
            known = [sum(given[k][0] for k in side if k in given) for side in sides]
            full = [all(k in given for k in side) for side in sides]
            for much, little in ((0, 1), (1, 0)):
                if full[little] and known[much] > known[little]:
                    more = [given[k] for k in sides[much] if k in given and given[k][0]]
                    found.append(frozenset(fact for _, fact in [*more, *(given[k] for k in sides[little])]))
        return min(found, key=len, default=None)

    def _smallest(self, given: Given, facts: frozenset[str]) -> frozenset[str]:
        """Leave out statements while the rest still contradict each other, in both orders; the smaller rest counts."""
        facts = self._within_one_sum(given) or facts
        found = []
        for order in (sorted(facts), sorted(facts, reverse=True)):
            kept = facts
            for fact in order:
                if fact in kept:
                    rest = only(given, kept - {fact})
                    less = self._within_one_sum(rest) or self.refuted(rest)
                    kept = kept if less is None else less
            found.append(kept)
        return min(found, key=lambda kept: (len(kept), sorted(kept)))
