"""Whole-number flows in a network whose arcs have a smallest and a largest flow: find one, vary one arc, or name the cut that forbids it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from assistant.balance.network import Network

__all__ = ["INFINITE", "Flow", "Graph", "Reach", "Step"]

INFINITE = 10**30
"""capacity of an arc nobody said anything about"""
Step = tuple[int, int]
"""an arc and +1 (its flow grows) or -1 (it shrinks)"""
Reach = dict[int, tuple[int, int, int]]
"""reached node -> (arc, sign, node it was reached from); the start has arc -1"""


@dataclass
class Flow:
    """A flow and the room of each arc. Arc by arc, ``low <= value <= high`` once settled."""

    value: list[int]
    low: list[int]
    high: list[int]

    def copy(self) -> Flow:
        """A flow to be changed."""
        return Flow(self.value.copy(), self.low.copy(), self.high.copy())


@dataclass
class Graph:
    """Searches on the arcs of a network."""

    network: Network
    _forth: list[list[tuple[int, int]]] = field(init=False)
    _back: list[list[tuple[int, int]]] = field(init=False)

    def __post_init__(self) -> None:
        self._forth = [[] for _ in range(self.network.nodes)]
        self._back = [[] for _ in range(self.network.nodes)]
        for arc, (tail, head) in enumerate(zip(self.network.tails, self.network.heads, strict=True)):
            self._forth[tail].append((arc, head))
            self._back[head].append((arc, tail))

    def settle(self, flow: Flow) -> frozenset[int] | None:
        """Bring the flow to rest in place: every node passes on what it gets. None when done, else the nodes that cannot
        get rid of what they hold."""
        over = self._holdings(flow)
        while True:
            full = [node for node, held in enumerate(over) if held > 0]
            if not full:
                return None
            reach: Reach = {node: (-1, 0, node) for node in full}
            goal = self._search(flow, reach, full, over)
            if goal < 0:
                return frozenset(reach)
            steps, start = self._steps(reach, goal)
            amount = min(over[start], -over[goal], self.room(flow, steps))
            self.push(flow, steps, amount)
            over[start] -= amount
            over[goal] += amount

    def path(self, flow: Flow, start: int, goal: int) -> tuple[list[Step] | None, Reach]:
        """Arcs along which flow can be sent from one node to another; None with all nodes in reach.

        Depth first: where much is open the goal is met soon, and a long way shows that many arcs are open.
        """
        value, low, high = flow.value, flow.low, flow.high
        reach: Reach = {start: (-1, 0, start)}
        waiting = [start]
        while waiting and goal not in reach:
            node = waiting.pop()
            for arc, other in self._forth[node]:
                if other not in reach and value[arc] < high[arc]:
                    reach[other] = (arc, 1, node)
                    waiting.append(other)
            for arc, other in self._back[node]:
                if other not in reach and value[arc] > low[arc]:
                    reach[other] = (arc, -1, node)
                    waiting.append(other)
        return (self._steps(reach, goal)[0] if goal in reach else None), reach

    def reachable(self, flow: Flow, node: int, sign: int) -> frozenset[int]:
        """All nodes that flow can be sent to from a node (+1), or from which it can be sent there (-1)."""
        value, low, high = flow.value, flow.low, flow.high
        ahead, behind = (self._forth, self._back) if sign > 0 else (self._back, self._forth)
        seen = {node}
        waiting = [node]
        while waiting:
            node = waiting.pop()
            for arc, other in ahead[node]:
                if other not in seen and value[arc] < high[arc]:
                    seen.add(other)
                    waiting.append(other)
            for arc, other in behind[node]:
                if other not in seen and value[arc] > low[arc]:
                    seen.add(other)
                    waiting.append(other)
        return frozenset(seen)

    def turn(self, flow: Flow, arc: int, sign: int) -> tuple[list[Step] | None, Reach]:
        """A circle that changes one arc in the given direction and keeps all others within their room."""
        tail, head = self.network.tails[arc], self.network.heads[arc]
        start, goal = (head, tail) if sign > 0 else (tail, head)
        room = flow.low[arc], flow.high[arc]
        # the way back must not undo the change
        flow.low[arc] = flow.high[arc] = flow.value[arc]
        steps, reach = self.path(flow, start, goal)
        flow.low[arc], flow.high[arc] = room
        return (None if steps is None else [(arc, sign), *steps]), reach

    def extreme(self, flow: Flow, arc: int, sign: int) -> int | None:
        """The largest (+1) or smallest (-1) flow of an arc; None when nothing limits it. Changes the flow in place."""
        while (flow.value[arc] < flow.high[arc]) if sign > 0 else (flow.value[arc] > flow.low[arc]):
            steps, _ = self.turn(flow, arc, sign)
            if steps is None:
                break
            amount = self.room(flow, steps)
            if amount >= INFINITE // 2:
                return None
            self.push(flow, steps, amount)
        return flow.value[arc]

    def least(self, flow: Flow, arc: int) -> int:
        """The smallest flow of an arc; its low bound is one, so it always exists. Changes the flow in place."""
        found = self.extreme(flow, arc, -1)
        return flow.low[arc] if found is None else found

    def bridges(self, free: Collection[int]) -> set[int]:
        """The arcs that lie on no circle of free arcs: whatever the others carry, these follow."""
        near: dict[int, list[tuple[int, int]]] = {}
        for arc in free:
            tail, head = self.network.tails[arc], self.network.heads[arc]
            near.setdefault(tail, []).append((arc, head))
            near.setdefault(head, []).append((arc, tail))
        found: set[int] = set()
        seen: dict[int, int] = {}
        lowest: dict[int, int] = {}
        for root in near:
            if root in seen:
                continue
            seen[root] = lowest[root] = len(seen)
            trail = [(root, -1, iter(near[root]))]
            while trail:
                node, came, arcs = trail[-1]
                for arc, other in arcs:
                    if arc == came:
                        continue
                    if other in seen:
                        lowest[node] = min(lowest[node], seen[other])
                        continue
                    seen[other] = lowest[other] = len(seen)
                    trail.append((other, arc, iter(near[other])))
                    break
                else:
                    trail.pop()
                    if trail:
                        before = trail[-1][0]
                        lowest[before] = min(lowest[before], lowest[node])
                        if lowest[node] > seen[before]:
                            found.add(came)
        return found

    @staticmethod
    def room(flow: Flow, steps: Sequence[Step]) -> int:
        """How much can be sent along a path."""
        return min(
            (
                flow.high[arc] - flow.value[arc] if sign > 0 else flow.value[arc] - flow.low[arc]
                for arc, sign in steps
            ),
            default=INFINITE,
        )

    @staticmethod
    def push(flow: Flow, steps: Sequence[Step], amount: int) -> None:
        """Send an amount along a path."""
        for arc, sign in steps:
            flow.value[arc] += sign * amount

    def _holdings(self, flow: Flow) -> list[int]:
        over = [0] * self.network.nodes
        for arc, value in enumerate(flow.value):
            if value:
                over[self.network.heads[arc]] += value
                over[self.network.tails[arc]] -= value
        return over

    def _search(self, flow: Flow, reach: Reach, queue: list[int], over: list[int]) -> int:
        """Breadth first from the nodes of the queue to a node that lacks something (``over < 0``); -1 when none is met."""
        value, low, high = flow.value, flow.low, flow.high
        for node in queue:
            for arc, other in self._forth[node]:
                if other not in reach and value[arc] < high[arc]:
                    reach[other] = (arc, 1, node)
                    if over[other] < 0:
                        return other
                    queue.append(other)
            for arc, other in self._back[node]:
                if other not in reach and value[arc] > low[arc]:
                    reach[other] = (arc, -1, node)
                    if over[other] < 0:
                        return other
                    queue.append(other)
        return -1

    @staticmethod
    def _steps(reach: Reach, goal: int) -> tuple[list[Step], int]:
        steps = []
        while reach[goal][0] >= 0:
            arc, sign, before = reach[goal]
            steps.append((arc, sign))
            goal = before
        return steps, goal
