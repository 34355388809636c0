"""The statutory sums as constraints over integers >= 0: what they fix, and which statements cannot all hold.

Every bound carries the ids of the facts it rests on, so a derived value names its sources and a contradiction names its
statements. Sound by construction: a bound is only tightened by arithmetic.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.forms import Aggregate, CellKey, Form

__all__ = ["Bound", "Clash", "Equation", "Network", "Solution", "equations_of"]

_UNBOUNDED = 10**15
_STEPS = 60_000


@dataclass(frozen=True)
class Equation:
    """Sum of ``plus`` minus sum of ``minus`` equals ``constant``; ``facts`` are the statements that make it hold."""

    name: str
    plus: tuple[CellKey, ...]
    minus: tuple[CellKey, ...] = ()
    constant: int = 0
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Bound:
    """Smallest and largest value a cell can take, with the facts each rests on."""

    low: int = 0
    high: int = _UNBOUNDED
    low_facts: frozenset[str] = frozenset()
    high_facts: frozenset[str] = frozenset()

    @property
    def fixed(self) -> bool:
        """Whether only one value is left."""
        return self.low == self.high

    @property
    def facts(self) -> frozenset[str]:
        """All facts that fix it."""
        return self.low_facts | self.high_facts


@dataclass(frozen=True)
class Clash:
    """Statements that cannot all hold (smallest set), and the sums that show it."""

    facts: frozenset[str]
    equations: tuple[str, ...]


@dataclass
class Solution:
    """Result of propagation: bounds of every cell, or the clash that stopped it."""

    bounds: dict[CellKey, Bound]
    clash: Clash | None = None


def equations_of(form: Form) -> list[Equation]:
    """The sums of a form."""
    return [Equation(i.name, i.left, i.right) for i in form.identities]


def aggregate_equation(aggregate: Aggregate, line: str, value: int, fact: str) -> Equation:
    """A stated sum that is no cell of the form (不予公开共 5 件)."""
    return Equation(f"{aggregate.key}.{line}", aggregate.cells(line), (), value, frozenset({fact}))


@dataclass
class Network:
    """Equations over the cells of a form."""

    equations: list[Equation]
    _by_cell: dict[CellKey, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for index, equation in enumerate(self.equations):
            for key in (*equation.plus, *equation.minus):
                self._by_cell.setdefault(key, []).append(index)

    def solve(self, given: Mapping[CellKey, tuple[int, str]], used: frozenset[str] | None = None) -> Solution:
        """Tighten bounds from given values (value, fact id); ``used`` limits which stated sums count."""
        bounds: dict[CellKey, Bound] = {
            key: Bound(value, value, frozenset({fact}), frozenset({fact}))
            for key, (value, fact) in given.items()
        }
        active = [used is None or e.facts <= used for e in self.equations]
        queue = deque(i for i, on in enumerate(active) if on)
        waiting = set(queue)
        steps = 0
        while queue and steps < _STEPS:
            index = queue.popleft()
            waiting.discard(index)
            steps += 1
            changed = self._tighten(self.equations[index], bounds)
            if isinstance(changed, frozenset):
                return Solution(bounds, Clash(changed, (self.equations[index].name,)))
            for key in changed:
                for other in self._by_cell[key]:
                    if active[other] and other not in waiting:
                        queue.append(other)
                        waiting.add(other)
        return Solution(bounds)

    @staticmethod
    def _tighten(equation: Equation, bounds: dict[CellKey, Bound]) -> list[CellKey] | frozenset[str]:
        """Tighten the cells of one equation; the changed cells, or the facts of a contradiction."""
        free = Bound()
        terms = [(key, 1) for key in equation.plus] + [(key, -1) for key in equation.minus]
        boxes = [(key, sign, bounds.get(key, free)) for key, sign in terms]
        changed: list[CellKey] = []
        # smallest and largest value of the signed sum; an unbounded term makes that side open
        low = sum(b.low if s > 0 else -b.high for _, s, b in boxes)
        high = sum(b.high if s > 0 else -b.low for _, s, b in boxes)
        low_open = sum((b.high if s < 0 else 0) >= _UNBOUNDED for _, s, b in boxes)
        high_open = sum((b.high if s > 0 else 0) >= _UNBOUNDED for _, s, b in boxes)
        if (not low_open and low > equation.constant) or (not high_open and high < equation.constant):
            side = low > equation.constant and not low_open
            facts = [(b.low_facts if (s > 0) == side else b.high_facts) for _, s, b in boxes]
            return equation.facts.union(*facts)
        for key, sign, box in boxes:
            new = _tighter(equation, boxes, key, sign, box, (low, high, low_open, high_open))
            if new is box:
                continue
            if new.low > new.high:
                return new.low_facts | new.high_facts
            bounds[key] = new
            changed.append(key)
            boxes = [(k, s, new if k == key else b) for k, s, b in boxes]
            low = sum(b.low if s > 0 else -b.high for _, s, b in boxes)
            high = sum(b.high if s > 0 else -b.low for _, s, b in boxes)
            low_open = sum((b.high if s < 0 else 0) >= _UNBOUNDED for _, s, b in boxes)
            high_open = sum((b.high if s > 0 else 0) >= _UNBOUNDED for _, s, b in boxes)
        return changed


def _tighter(
    equation: Equation,
    boxes: list[tuple[CellKey, int, Bound]],
    key: CellKey,
    sign: int,
    box: Bound,
    totals: tuple[int, int, int, int],
) -> Bound:
    """The bound that the rest of the equation leaves to one cell; the same object when nothing changes."""
    if box.fixed:
        return box
    low, high, low_open, high_open = totals
    own_low, own_high = (box.low, box.high) if sign > 0 else (-box.high, -box.low)
    rest_low_open = low_open - (sign < 0 and box.high >= _UNBOUNDED)
    rest_high_open = high_open - (sign > 0 and box.high >= _UNBOUNDED)
    # sign * x = constant - rest
    upper = None if rest_low_open else equation.constant - (low - own_low)
    lower = None if rest_high_open else equation.constant - (high - own_high)
    new_low, new_high = (
        (lower, upper) if sign > 0 else (None if upper is None else -upper, None if lower is None else -lower)
    )
    low_value, high_value = box.low, box.high
    low_facts, high_facts = box.low_facts, box.high_facts
    others = [(s, b) for k, s, b in boxes if k != key]
    if new_low is not None and new_low > low_value:
        # a lower bound rests on the largest values of same-signed terms and the smallest of the others
        low_value = new_low
        low_facts = equation.facts.union(*(b.high_facts if s == sign else b.low_facts for s, b in others))
    if new_high is not None and new_high < high_value:
        high_value = new_high
        high_facts = equation.facts.union(*(b.low_facts if s == sign else b.high_facts for s, b in others))
    if (low_value, high_value) == (box.low, box.high):
        return box
    return Bound(low_value, high_value, low_facts, high_facts)


def smallest_clash(network: Network, given: Mapping[CellKey, tuple[int, str]], clash: Clash) -> Clash:
    """Drop statements from a clash one by one while the rest still contradict each other."""
    facts = set(clash.facts)
    equations = clash.equations
    for fact in sorted(clash.facts):
        trial = facts - {fact}
        part = {k: v for k, v in given.items() if v[1] in trial}
        found = network.solve(part, frozenset(trial)).clash
        if found is not None:
            facts = set(found.facts) & trial or trial
            equations = found.equations
    return Clash(frozenset(facts), equations)


def facts_of(bounds: Iterable[Bound]) -> frozenset[str]:
    """All facts behind some bounds."""
    return frozenset().union(*(b.facts for b in bounds))
