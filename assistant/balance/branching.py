"""Flows that must also keep sums outside the network: found by dividing the values of those sums' cells, up to a fixed number of tries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.balance.flow import INFINITE, Flow, Graph, Reach, Step

__all__ = ["Apart", "Undecided", "settle", "vary"]

_TRIES = 300
"""flows tried for one answer; a number and no clock, so that every machine gives the same answer"""

Apart = tuple[tuple[tuple[int, int], ...], int]
"""signed arcs outside the network's own sums, and what they add up to"""


class Undecided(Exception):
    """The number of tries did not suffice to prove or to refute."""


def settle(graph: Graph, flow: Flow, apart: Sequence[Apart]) -> Flow | None:
    """A flow at rest that keeps the sums apart too, None when there is none; ``Undecided`` when the tries run out."""
    found = _Search(graph, apart).divide(flow.copy())
    return None if found is None else Flow(found.value, flow.low, flow.high)


def vary(
    graph: Graph, flow: Flow, arc: int, sign: int, apart: Sequence[Apart]
) -> tuple[Flow | None, Reach | None]:
    """Another flow in which one arc is larger (+1) or smaller (-1); None when there is none.

    Then the nodes in reach are the proof (None when only trying it out proved it). ``Undecided`` when the tries run out.
    """
    steps, reach = graph.turn(flow, arc, sign)
    if steps is None:
        return None, reach
    if not _neutral(steps, apart):
        steps = _around(graph, flow, (arc, sign), apart)
    if steps is None:
        bounded = flow.copy()
        bounded.value[arc] += sign
        (bounded.low if sign > 0 else bounded.high)[arc] = bounded.value[arc]
        found = settle(graph, bounded, apart)
        return (None if found is None else Flow(found.value, flow.low, flow.high)), None
    moved = Flow(flow.value.copy(), flow.low, flow.high)
    graph.push(moved, steps, 1)
    return moved, reach


def _neutral(steps: Sequence[Step], apart: Sequence[Apart]) -> bool:
    change = dict(steps)
    return all(not sum(sign * change.get(arc, 0) for arc, sign in terms) for terms, _ in apart)


def _around(graph: Graph, flow: Flow, step: Step, apart: Sequence[Apart]) -> list[Step] | None:
    """A circle through an arc that leaves the cells of the sums apart alone."""
    held = {arc for terms, _ in apart for arc, _ in terms}
    if step[0] in held:
        return None
    still = flow.copy()
    for arc in held:
        still.low[arc] = still.high[arc] = still.value[arc]
    return graph.turn(still, *step)[0]


@dataclass
class _Search:
    graph: Graph
    apart: Sequence[Apart]
    left: int = _TRIES

    def divide(self, flow: Flow) -> Flow | None:
        if not self.left:
            raise Undecided
        self.left -= 1
        if self.graph.settle(flow) is not None:
            return None
        for terms, target in self.apart:
            gap = target - sum(sign * flow.value[arc] for arc, sign in terms)
            if gap:
                return self._close(flow, terms, gap)
        return flow

    def _close(self, flow: Flow, terms: Sequence[tuple[int, int]], gap: int) -> Flow | None:
        """Go on with the cells of one sum that misses its value by ``gap``."""
        loose = [(arc, sign) for arc, sign in terms if flow.low[arc] < flow.high[arc]]
        for arc, _ in loose:
            flow.low[arc] = self.graph.least(flow.copy(), arc)
            top = self.graph.extreme(flow.copy(), arc, 1)
            flow.high[arc] = INFINITE if top is None else top
        loose = [(arc, sign) for arc, sign in loose if flow.low[arc] < flow.high[arc]]
        room = sum(
            flow.high[arc] - flow.value[arc] if (sign > 0) == (gap > 0) else flow.value[arc] - flow.low[arc]
            for arc, sign in loose
        )
        if room < abs(gap):
            return None
        arc, sign = min(loose, key=lambda term: (flow.high[term[0]] - flow.low[term[0]], term))
        value, low, high = flow.value[arc], flow.low[arc], flow.high[arc]
        if len(loose) == 1:
            value += gap * sign
            return self.divide(_within(flow, arc, value, value))
        parts = [(value + 1, high), (value, value), (low, value - 1)]
        for first, last in parts if (sign > 0) == (gap > 0) else reversed(parts):
            if first <= last:
                found = self.divide(_within(flow, arc, first, last))
                if found is not None:
                    return found
        return None


def _within(flow: Flow, arc: int, low: int, high: int) -> Flow:
    inner = flow.copy()
    inner.low[arc], inner.high[arc] = low, high
    inner.value[arc] = min(max(inner.value[arc], low), high)
    return inner
