"""Judges the sums of the form in a report, blanks included, and finds the one figure that repairs a broken sum."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.checks.context import CheckInput
from assistant.facts import Value
from assistant.findings import Edit, Fix
from assistant.forms import CellKey, Identity

__all__ = ["Sum", "repair", "sums_of"]


class Sum(NamedTuple):
    """Both sides of an identity. A side is the sum of what is known; ``complete`` says whether nothing is blank.

    ``broken`` is certain: both sides complete and different, or the known part of one side already exceeds the other,
    complete side (counts are never negative).
    """

    identity: Identity
    left: Value
    right: Value
    left_complete: bool
    right_complete: bool

    @property
    def complete(self) -> bool:
        """Whether no cell is blank."""
        return self.left_complete and self.right_complete

    @property
    def broken(self) -> bool:
        """Whether the identity certainly does not hold."""
        if self.complete:
            return self.left != self.right
        return (self.left_complete and self.right > self.left) or (
            self.right_complete and self.left > self.right
        )

    @property
    def blank(self) -> bool:
        """Whether all cells are blank."""
        return not (self.left_complete or self.right_complete or self.left or self.right)


def sums_of(ctx: CheckInput, code: str) -> Iterator[Sum]:
    """The identities of one code that do not hold, or that blanks leave open, line by line."""
    for identity in ctx.form.identities_of(code):
        result = _sum(ctx, identity)
        if not result.complete or result.left != result.right:
            yield result


def _sum(ctx: CheckInput, identity: Identity) -> Sum:
    table = ctx.report.tables[identity.table]
    left = [value for _, row, col in identity.left if (value := table[row][col]) is not None]
    right = [value for _, row, col in identity.right if (value := table[row][col]) is not None]
    return Sum(
        identity, sum(left), sum(right), len(left) == len(identity.left), len(right) == len(identity.right)
    )


def repair(ctx: CheckInput, broken: Sum) -> Fix | None:
    """The change of one cell that makes this sum hold, if all other sums of that cell then hold too and one of them
    was broken before; None when no cell or more than one qualifies. Such a figure is certain."""
    if not broken.complete:
        return None
    found: list[tuple[CellKey, Value]] = []
    for key in broken.identity.cells:
        value = _needed(ctx, broken.identity, key)
        if value is None or value < 0:
            continue
        others = [i for i in ctx.form.identities if key in i.cells and i != broken.identity]
        needed = [_needed(ctx, other, key) for other in others]
        if needed and all(n == value for n in needed):
            found.append((key, value))
    if len(found) != 1:
        return None
    ((key, value),) = found
    return Fix(
        title=f"将“{ctx.form.label(key)}”改为 {value}",
        edits=(Edit(where=str(key), value=value),),
        certain=True,
    )


def _needed(ctx: CheckInput, identity: Identity, key: CellKey) -> Value | None:
    """The value of a cell that makes the identity hold, None when another cell is blank."""
    result = _sum(ctx, identity)
    now = ctx.value(key)
    if not result.complete or now is None:
        return None
    gap = result.left - result.right
    return now - gap if key in identity.left else now + gap
