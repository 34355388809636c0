"""The smallest changes that make contradicting statements agree: one figure, or a number moved between two cells of a line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.balance.reconcile import Reconciler
from assistant.balance.statements import Given
from assistant.forms import CellKey

__all__ = ["Change", "Repair", "repaired", "repairs_of"]


@dataclass(frozen=True)
class Change:
    """One figure and what it would be; ``exact`` says whether no other value would do."""

    key: CellKey
    before: int
    after: int
    exact: bool = True


@dataclass(frozen=True)
class Repair:
    """Changes that, made together, leave no contradiction. Two changes move a number from the first cell to the second."""

    changes: tuple[Change, ...]

    @property
    def moved(self) -> int:
        """The number moved between two cells, 0 for a single change."""
        return abs(self.changes[0].after - self.changes[0].before) if len(self.changes) > 1 else 0


def repairs_of(reconciler: Reconciler, given: Given, clash: Collection[str]) -> tuple[Repair, ...]:
    """Repairs of one contradiction, the smallest first: single figures, and only if none will do, moves in one line.

    ``clash`` are the statements of the contradiction (a smallest set). A statement about several cells is no candidate.
    A repair leaves all statements of ``given`` in agreement.
    """
    places = _places(given)
    singles = [c for c in (_single(reconciler, given, f, places) for f in sorted(clash)) if c is not None]
    found = [Repair((change,)) for change in singles] or list(_moves(reconciler, given, clash, places))
    order = {key: at for at, key in enumerate(reconciler.network.keys)}
    return tuple(
        sorted(
            dict.fromkeys(found),
            key=lambda r: (
                sum(abs(c.after - c.before) for c in r.changes),
                [order.get(c.key, len(order)) for c in r.changes],
            ),
        )
    )


def _places(given: Given) -> dict[str, CellKey]:
    """The cell of each statement that speaks of one cell only."""
    cells: dict[str, list[CellKey]] = {}
    for key, (_, fact) in given.items():
        cells.setdefault(fact, []).append(key)
    return {fact: keys[0] for fact, keys in cells.items() if len(keys) == 1}


def _single(reconciler: Reconciler, given: Given, fact: str, places: Mapping[str, CellKey]) -> Change | None:
    """The nearest value of one statement with which all agree."""
    key = places.get(fact)
    if key is None or key not in reconciler.index:
        return None
    span = _span(reconciler, _without(given, fact), key)
    if span is None:
        return None
    low, high = span
    before = given[key][0]
    after = low if before < low else high
    # the old value lies outside of what is possible, else there would be no contradiction
    return None if after is None else Change(key, before, after, low == high)


def _span(reconciler: Reconciler, given: Given, key: CellKey) -> tuple[int, int | None] | None:
    """Smallest and largest value of a cell under statements; None when they contradict each other or stay undecided."""
    if reconciler.refuted(given) is not None:
        return None
    flow = reconciler.settled(given)
    if flow is None:
        return None
    arc = reconciler.index[key]
    return reconciler.graph.least(flow.copy(), arc), reconciler.graph.extreme(flow, arc, 1)


def _without(given: Given, fact: str) -> dict[CellKey, tuple[int, str]]:
    return {key: said for key, said in given.items() if said[1] != fact}


def _moves(
    reconciler: Reconciler, given: Given, clash: Collection[str], places: Mapping[str, CellKey]
) -> Iterator[Repair]:
    """A number moved between a cell of the contradiction and a cell of what still contradicts without it."""
    for fact in sorted(clash):
        key = places.get(fact)
        if key is None or key not in reconciler.index:
            continue
        less = _without(given, fact)
        rest = reconciler.clash(less)
        for other in sorted(rest.facts) if rest is not None else ():
            partner = places.get(other)
            if partner is not None and partner in reconciler.index and _in_line(key, partner):
                yield from _move(reconciler, given, (key, partner), _without(less, other))


def _in_line(one: CellKey, other: CellKey) -> bool:
    return one.table == other.table and (one.row == other.row) != (one.col == other.col)


def _move(reconciler: Reconciler, given: Given, pair: Sequence[CellKey], less: Given) -> Iterator[Repair]:
    before = [given[key][0] for key in pair]
    sizes = set()
    for key, value in zip(pair, before, strict=True):
        span = _span(reconciler, less, key)
        if span is None:
            return
        low, high = span
        if value < low:
            sizes.add(low - value)
        elif high is not None and value > high:
            sizes.add(value - high)
    for size in sorted(sizes):
        for source, target in ((0, 1), (1, 0)):
            if before[source] < size:
                continue
            changes = (
                Change(pair[source], before[source], before[source] - size),
                Change(pair[target], before[target], before[target] + size),
            )
            trial = {**less, **{c.key: (c.after, "moved") for c in changes}}
            if reconciler.refuted(trial) is None:
                yield Repair(changes)
                return


def repaired(given: Given, repair: Repair) -> Given:
    """The statements with a repair carried out."""
    return {**given, **{c.key: (c.after, given[c.key][1]) for c in repair.changes}}
