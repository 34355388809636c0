"""Decides which blank cells a sweeping 其余为 0 may set to zero: never so that a sum breaks or a remainder moves elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from assistant.forms import CellKey, Form, Identity

__all__ = ["Sum", "ZeroSweep", "sums_of"]

Sum = tuple[tuple[CellKey, ...], tuple[CellKey, ...], int]
"""left cells, right cells, constant: the left add up to the right and the constant"""


def sums_of(form: Form) -> tuple[Sum, ...]:
    """Every sum of the form, and every sum with a total replaced by its own parts.

    新收 + 结转 = 总计 + 结转下年 with 总计 written out shows that 12 requests without any result leave a remainder.
    """
    return _sums_of(form.identities)


@cache
def _sums_of(identities: tuple[Identity, ...]) -> tuple[Sum, ...]:
    sums = [(i.left, i.right) for i in identities]
    parts = {i.left[0]: i.right for i in identities if len(i.left) == 1}
    written_out = []
    for left, right in sums:
        longer = tuple(p for key in right for p in (parts[key] if key in parts and len(left) > 1 else (key,)))
        if longer != right:
            written_out.append((left, longer))
    return tuple((left, right, 0) for left, right in [*sums, *written_out])


@dataclass
class ZeroSweep:
    """One sweep over blank cells. ``known`` are the figures so far; ``taker`` is the applicant column that takes what
    remains of a row (其余都是自然人)."""

    sums: list[Sum]
    known: Mapping[CellKey, int]
    taker: str = ""
    refused: set[CellKey] = field(default_factory=set)
    parts: dict[CellKey, list[tuple[CellKey, ...]]] = field(init=False)
    """what each total is the sum of"""

    def __post_init__(self) -> None:
        self.parts = {}
        for left, right, constant in self.sums:
            if len(left) == 1 and right and not constant:
                self.parts.setdefault(left[0], []).append(right)
        # what the clerk left open; zeros that the sweep itself refuses may still follow from others
        self.awaited = frozenset(self.refused)

    def narrow(self, chosen: set[CellKey]) -> set[CellKey]:
        """The cells of ``chosen`` that may all be zero together."""
        chosen = set(chosen)
        while chosen:
            out = {key for one in self.sums for key in self._refuses(one, chosen)} & chosen
            if not out:
                return chosen
            self.refused |= out
            chosen -= out
        return chosen

    def _refuses(self, one: Sum, chosen: set[CellKey]) -> Iterable[CellKey]:
        """The chosen cells of a sum that cannot hold, or that would push a remainder onto another blank."""
        left, right, constant = one
        involved = [k for k in (*left, *right) if k in chosen]
        if not involved:
            return ()
        # 新收 + 结转 = 总计 + 结转下年: a total between others may stand for its parts, one alone is what they must make
        between = len(left) > 1
        l_sum, l_full = self._side(left, chosen, between)
        r_sum, r_full = self._side(right, chosen, between)
        r_sum += constant
        if l_full and r_full:
            return involved if l_sum != r_sum else ()
        open_cells = [k for k in (*left, *right) if k not in chosen and k not in self.known]
        alone = len(open_cells) == 1 and open_cells[0] in self.refused
        forced = (l_full or r_full) and not self.awaited.isdisjoint(open_cells)
        if l_sum == r_sum and (alone or forced):
            # blanks that were refused as zero: zeros around them, or a sum of zero, would force them to zero after all
            return left if len(left) == 1 and left[0] in chosen else involved
        if (r_full and l_sum > r_sum) or (l_full and r_sum > l_sum):
            return involved
        if self.taker and any(k.col == self.taker for k in open_cells):
            return ()
        short_left = any(k in chosen for k in left) and r_sum > l_sum
        short_right = any(k in chosen for k in right) and l_sum > r_sum
        return involved if short_left or short_right else ()

    def _side(self, cells: tuple[CellKey, ...], chosen: set[CellKey], between: bool) -> tuple[int, bool]:
        values = [self._value(k, chosen, between) for k in cells]
        known = [v for v in values if v is not None]
        return sum(known), len(known) == len(values)

    def _value(self, key: CellKey, chosen: set[CellKey], between: bool) -> int | None:
        """What a cell holds with the chosen ones 0; a total between others is known where all of its parts are."""
        if key in chosen or key in self.known:
            return 0 if key in chosen else self.known[key]
        for parts in self.parts.get(key, ()) if between and key not in self.refused else ():
            values = [0 if part in chosen else self.known.get(part) for part in parts]
            told = [value for value in values if value is not None]
            if len(told) == len(values):
                return sum(told)
        return None
