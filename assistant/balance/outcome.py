"""What follows from statements that can all hold: cells with one possible value, why, and proof that the others are open."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.balance.branching import Undecided, vary
from assistant.balance.flow import INFINITE, Flow, Reach
from assistant.balance.ground import Ground
from assistant.balance.statements import Clash, Given
from assistant.forms import CellKey

__all__ = ["Outcome"]


@dataclass
class Outcome:
    """What follows from statements. ``pinned`` are the cells nobody spoke of that can have one value only."""

    owner: Ground
    given: Given
    clash: Clash | None
    flow: Flow | None = None
    pinned: dict[CellKey, int] = field(default_factory=dict)
    undecided: set[CellKey] = field(default_factory=set)
    """cells for which the tries ran out (only where a sum stands outside the network)"""
    _shown: dict[int, frozenset[str]] = field(default_factory=dict)
    _group: dict[int, int] = field(default_factory=dict)
    """arcs shut off together: +1 from their heads, -1 from their tails, 0 an arc by itself"""
    _cuts: dict[tuple[int, int, frozenset[str]], tuple[frozenset[int], frozenset[str]]] = field(
        default_factory=dict
    )
    _smaller: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    _said: dict[str, list[CellKey]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, (_, fact) in self.given.items():
            self._said.setdefault(fact, []).append(key)
        if self.flow is not None:
            self._classify(self.flow)
        elif self.clash is None:
            self.undecided = set(self.owner.index) - set(self.given)

    # ------------------------------------------------------------ answers
    def facts(self, key: CellKey) -> tuple[str, ...]:
        """A smallest set of statements that leaves a pinned cell its one value: without any of them it could differ."""
        arc = self.owner.index[key]
        kept = self._shown[arc]
        # cells shut off together mostly rest on the same statements
        near = self._smaller.get(kept)
        less = None if near is None else self._pins(arc, near)
        whole, kept = kept, (kept if less is None else less)
        for fact in sorted(kept):
            if fact in kept:
                less = self._pins(arc, kept - {fact})
                kept = kept if less is None else less
        self._smaller[whole] = kept
        return tuple(sorted(kept))

    def witnesses(self, key: CellKey) -> tuple[dict[CellKey, int], dict[CellKey, int]] | None:
        """Two complete sets of figures that keep all sums and statements and differ in one cell; None when pinned, said
        or undecided."""
        if self.flow is None or key in self.given or key not in self.owner.index:
            return None
        arc, apart = self.owner.index[key], self.owner.apart(self.given)
        for sign in (1, -1):
            if sign < 0 and self.flow.value[arc] <= self.flow.low[arc]:
                continue
            try:
                other, _ = vary(self.owner.graph, self.flow, arc, sign, apart)
            except Undecided:
                continue
            if other is not None:
                return self._figures(self.flow), self._figures(other)
        return None

    def span(self, key: CellKey) -> tuple[int, int | None] | None:
        """The smallest and the largest value (None = no limit) of a cell by the sums of the network; all between are
        possible. None when there is a contradiction or the cell stands in no sum."""
        arc = self.owner.index.get(key)
        if self.flow is None or arc is None:
            return None
        graph = self.owner.graph
        return graph.least(self.flow.copy(), arc), graph.extreme(self.flow.copy(), arc, 1)

    # ------------------------------------------------------------ arithmetic
    def _figures(self, flow: Flow) -> dict[CellKey, int]:
        return dict(zip(self.owner.network.keys, flow.value, strict=True))

    def _classify(self, flow: Flow) -> None:
        """Sort the cells nobody spoke of into open and pinned ones; one circle opens all its cells, one cut pins many."""
        graph, apart = self.owner.graph, self.owner.apart(self.given)
        free = [arc for arc in range(len(flow.value)) if flow.low[arc] < flow.high[arc]]
        done: set[int] = set()
        for arc in free:
            if arc in done:
                continue
            done.add(arc)
            shown: frozenset[str] = frozenset()
            try:
                for sign in (1, -1) if flow.value[arc] else (1,):
                    other, reach = vary(graph, flow, arc, sign, apart)
                    if other is not None:
                        done.update(i for i in free if other.value[i] != flow.value[i])
                        break
                    shown |= self._proof(flow, reach, arc)
                    if reach is not None and not flow.value[arc]:
                        done |= self._pin_zeros(flow, reach, free, shown)
                else:
                    self._pin(flow, arc, shown)
            except Undecided:
                self.undecided.add(self.owner.network.keys[arc])

    def _pin(self, flow: Flow, arc: int, shown: frozenset[str], side: int = 0) -> None:
        self.pinned[self.owner.network.keys[arc]] = flow.value[arc]
        self._shown[arc] = shown
        self._group[arc] = side

    def _pin_zeros(self, flow: Flow, reach: Reach, free: list[int], shown: frozenset[str]) -> set[int]:
        """What cannot leave these nodes cannot enter them either: every empty arc into them is 0 for good."""
        tails, heads = self.owner.network.tails, self.owner.network.heads
        value, known = flow.value, self._shown
        shut = [
            i
            for i in free
            if not value[i] and heads[i] in reach and tails[i] not in reach
            # the shorter proof counts
            if i not in known or len(shown) < len(known[i])
        ]
        # they share few heads or few tails; searching from those answers for all of them
        side = 1 if len({heads[i] for i in shut}) <= len({tails[i] for i in shut}) else -1
        if self.owner.apart(self.given):
            side = 0
        for arc in shut:
            self._pin(flow, arc, shown, side)
        return set(shut)

    def _proof(self, flow: Flow, reach: Reach | None, arc: int) -> frozenset[str]:
        if reach is None:
            return frozenset(fact for _, fact in self.given.values())
        return self.owner.crossing(flow, reach, self.given, arc)

    def _pins(self, arc: int, facts: frozenset[str]) -> frozenset[str] | None:
        """Statements among ``facts`` that already leave the cell its value, None when they do not."""
        if self._group[arc]:
            return self._shuts(arc, facts)
        given, flow = self._under(facts)
        shown: frozenset[str] = frozenset()
        for sign in (1, -1) if flow.value[arc] else (1,):
            try:
                other, reach = vary(self.owner.graph, flow, arc, sign, self.owner.apart(given))
            except Undecided:
                return None
            if other is not None:
                return None
            shown |= facts if reach is None else self.owner.crossing(flow, reach, given, arc)
        return shown

    def _shuts(self, arc: int, facts: frozenset[str]) -> frozenset[str] | None:
        """The same for an empty arc of a group: one search from the end the group shares serves all of them."""
        network, side = self.owner.network, self._group[arc]
        start, goal = (network.heads[arc], network.tails[arc])[::side]
        if (start, side, facts) not in self._cuts:
            given, flow = self._under(facts)
            reach = self.owner.graph.reachable(flow, start, side)
            inside = reach if side > 0 else frozenset(range(network.nodes)) - reach
            self._cuts[start, side, facts] = reach, self.owner.crossing(flow, inside, given)
        reach, shown = self._cuts[start, side, facts]
        return None if goal in reach else shown

    def _under(self, facts: frozenset[str]) -> tuple[Given, Flow]:
        """The figures found, with only some statements holding."""
        if self.flow is None:
            raise ValueError("nothing is pinned where no figures were found")
        given = {key: self.given[key] for fact in facts for key in self._said[fact]}
        size = len(self.flow.value)
        flow = Flow(self.flow.value, [0] * size, [INFINITE] * size)
        for key, (value, _) in given.items():
            at = self.owner.index.get(key)
            if at is not None:
                flow.low[at] = flow.high[at] = value
        return given, flow
