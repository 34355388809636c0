"""Turns the sums of a form into a flow network: every cell an arc, every sum a node where what enters also leaves.

Requests enter in the rows 新收 and 上年结转, pass the node of their applicant's column, and leave through a row of results or
结转下年度; the totals are the arcs that close the circle. A sum that is no node (it follows from the others, or it would need a
third end of an arc) is dropped in the first case and kept aside in the second (:class:`Side`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.forms import Aggregate, CellKey, Form, Identity

__all__ = ["Network", "Side", "aggregate_key", "network_of"]

GROUND = 0
"""the node outside of all sums, where arcs with one end begin or end"""


@dataclass(frozen=True)
class Side:
    """A sum that is no node of the network: the signed arcs add up to the value of ``total`` (to 0 when there is none)."""

    terms: tuple[tuple[int, int], ...]
    total: CellKey | None = None


@dataclass(frozen=True)
class Network:
    """Arc ``i`` is the cell ``keys[i]`` and leads from node ``tails[i]`` to node ``heads[i]``."""

    keys: tuple[CellKey, ...]
    tails: tuple[int, ...]
    heads: tuple[int, ...]
    nodes: int
    sides: tuple[Side, ...] = ()


def aggregate_key(aggregate: Aggregate, line: str) -> CellKey:
    """The place of a sum that is no cell of the form (不予公开合计 in one column), named like a cell."""
    if aggregate.along == "rows":
        return CellKey(aggregate.table, aggregate.key, line)
    return CellKey(aggregate.table, line, aggregate.key)


def network_of(
    form: Form,
    aggregates: Iterable[tuple[Aggregate, str]] = (),
    open_cells: frozenset[CellKey] = frozenset(),
) -> Network:
    """The network of a form, with the aggregates (each on one line) that somebody spoke of; without the sums in which an open
    cell stands."""
    base = _base(tuple(i for i in form.identities if open_cells.isdisjoint(i.cells)))
    # a sum of many parts is split off before a sum of some of them
    keys = set(base.keys)
    whole = {one for one in aggregates if keys.issuperset(one[0].cells(one[1]))}
    wanted = sorted(whole, key=lambda a: (-len(a[0].parts), aggregate_key(*a)))
    return _with_aggregates(base, wanted) if wanted else base


@lru_cache(maxsize=64)
def _base(identities: tuple[Identity, ...]) -> Network:
    signs = _Signs()
    taken: list[dict[CellKey, int]] = []
    left: list[dict[CellKey, int]] = []
    for identity in identities:
        terms = dict.fromkeys(identity.left, 1) | dict.fromkeys(identity.right, -1)
        (taken if signs.take(len(taken) + 1, terms) else left).append(terms)
    keys = tuple(dict.fromkeys(key for i in identities for key in i.cells))
    tails, heads = dict.fromkeys(keys, GROUND), dict.fromkeys(keys, GROUND)
    for node, terms in enumerate(taken, 1):
        for key, sign in terms.items():
            (heads if sign * signs.of(node) > 0 else tails)[key] = node
    plain = Network(keys, tuple(tails[k] for k in keys), tuple(heads[k] for k in keys), len(taken) + 1)
    index = {key: arc for arc, key in enumerate(keys)}
    apart = [tuple((index[key], sign) for key, sign in terms.items()) for terms in left]
    return Network(
        plain.keys,
        plain.tails,
        plain.heads,
        plain.nodes,
        tuple(Side(terms) for terms in apart if not _follows(plain, dict(terms))),
    )


class _Signs:
    """Gives each sum a sign, so that a cell enters one of its two sums and leaves the other."""

    def __init__(self) -> None:
        self._sums: dict[CellKey, list[tuple[int, int]]] = {}
        self._parent: dict[int, tuple[int, int]] = {}

    def take(self, node: int, terms: dict[CellKey, int]) -> bool:
        """Add a sum as a node; False when a cell would have three ends, or enter two sums."""
        met = [(sign, self._sums[key][0]) for key, sign in terms.items() if self._sums.get(key)]
        if any(len(self._sums.get(key, ())) > 1 for key in terms):
            return False
        wanted: dict[int, int] = {}
        for sign, (other, its) in met:
            root, turn = self._root(other)
            if wanted.setdefault(root, -sign * its * turn) != -sign * its * turn:
                return False
        self._parent[node] = (node, 1)
        for root, turn in wanted.items():
            self._parent[root] = (node, turn)
        for key, sign in terms.items():
            self._sums.setdefault(key, []).append((node, sign))
        return True

    def _root(self, node: int) -> tuple[int, int]:
        turn = 1
        while self._parent[node][0] != node:
            node, step = self._parent[node]
            turn *= step
        return node, turn

    def of(self, node: int) -> int:
        return self._root(node)[1]


def _follows(network: Network, terms: dict[int, int]) -> bool:
    """Whether a sum is a combination of the nodes: then each node has a height, and each arc climbs by its own sign."""
    near: list[list[tuple[int, int]]] = [[] for _ in range(network.nodes)]
    for arc, (tail, head) in enumerate(zip(network.tails, network.heads, strict=True)):
        near[tail].append((head, terms.get(arc, 0)))
        near[head].append((tail, -terms.get(arc, 0)))
    height: dict[int, int] = {}
    for first in range(network.nodes):
        waiting = [] if first in height else [first]
        height.setdefault(first, 0)
        for node in waiting:
            for other, climb in near[node]:
                if other not in height:
                    height[other] = height[node] + climb
                    waiting.append(other)
                elif height[other] != height[node] + climb:
                    return False
    return True


def _with_aggregates(base: Network, wanted: Sequence[tuple[Aggregate, str]]) -> Network:
    keys, tails, heads = list(base.keys), list(base.tails), list(base.heads)
    nodes, sides = base.nodes, list(base.sides)
    index = {key: arc for arc, key in enumerate(keys)}
    for aggregate, line in wanted:
        parts = [index[key] for key in aggregate.cells(line)]
        key = aggregate_key(aggregate, line)
        # where all parts enter (or leave) one sum together, they meet in a node of their own before it
        for ends, others in ((heads, tails), (tails, heads)):
            meeting = {ends[arc] for arc in parts}
            if len(meeting) == 1:
                for arc in parts:
                    ends[arc] = nodes
                keys.append(key)
                ends.append(meeting.pop())
                others.append(nodes)
                nodes += 1
                break
        else:
            sides.append(Side(tuple((arc, 1) for arc in parts), key))
    return Network(tuple(keys), tuple(tails), tuple(heads), nodes, tuple(sides))
