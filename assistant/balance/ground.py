"""The sums of a form as a network on which statements are laid: what reconciling and its outcome both stand on."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from assistant.balance.branching import Apart
from assistant.balance.flow import Flow, Graph
from assistant.balance.network import network_of
from assistant.balance.statements import Given
from assistant.forms import Aggregate, CellKey, Form

__all__ = ["Ground"]


class Ground:
    """The network of one form; ``index`` is the arc of each cell. Sums with a cell of ``open_cells`` do not count."""

    def __init__(
        self,
        form: Form,
        aggregates: Iterable[tuple[Aggregate, str]] = (),
        open_cells: frozenset[CellKey] = frozenset(),
    ) -> None:
        self.network = network_of(form, list(aggregates), open_cells)
        self.graph = Graph(self.network)
        self.index = {key: arc for arc, key in enumerate(self.network.keys)}

    def apart(self, given: Given) -> list[Apart]:
        """The sums outside the network that hold under the statements."""
        return [
            (side.terms, 0 if side.total is None else given[side.total][0])
            for side in self.network.sides
            if side.total is None or side.total in given
        ]

    def crossing(self, flow: Flow, inside: Collection[int], given: Given, but: int = -1) -> frozenset[str]:
        """The statements at the border of some nodes: they keep anything from leaving (0 enters without being said)."""
        facts = set()
        network = self.network
        for key, (value, fact) in given.items():
            arc = self.index.get(key, but)
            if arc == but:
                continue
            leaves, enters = network.tails[arc] in inside, network.heads[arc] in inside
            if leaves != enters and (leaves or value):
                facts.add(fact)
        return frozenset(facts)
