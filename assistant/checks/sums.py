"""Judges the sums of the form in a report, blanks included, and finds the smallest changes that repair a broken sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assistant.checks.context import CheckInput
from assistant.checks.naming import column_name, row_name
from assistant.checks.registry import Hit
from assistant.forms import CellKey, Identity
from assistant.report.facts import Value
from assistant.report.findings import Edit, Fix

__all__ = ["Sum", "broken_sums", "hit", "open_sums", "repair", "sums_of"]

_SHOWN = 3
"""repairs named in a message"""


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
    def gap(self) -> Value:
        """How far the two sides are apart."""
        return max(self.left, self.right) - min(self.left, self.right)

    @property
    def partial(self) -> str:
        """Words for a sum that is broken although cells are blank."""
        return "" if self.complete else "（尚有空白格，已填部分即已超出）"

    @property
    def blank(self) -> bool:
        """Whether all cells are blank."""
        return not (self.left_complete or self.right_complete or self.left or self.right)


def sums_of(ctx: CheckInput, code: str) -> Iterator[Sum]:
    """The identities of one code that do not hold, or that blanks leave open, line by line."""
    tables = ctx.report.tables
    for identity in ctx.form.identities_of(code):
        if not _holds(tables[identity.table], identity):
            yield _sum(ctx, identity)


def _holds(table: Mapping[str, Mapping[str, Value | None]], identity: Identity) -> bool:
    """Whether nothing is blank and both sides agree, as nearly all sums of nearly all reports do: quick to see."""
    left: Value = 0
    for _, row, col in identity.left:
        value = table[row][col]
        if value is None:
            return False
        left += value
    for _, row, col in identity.right:
        value = table[row][col]
        if value is None:
            return False
        left -= value
    return not left


def broken_sums(ctx: CheckInput, code: str) -> Iterator[Sum]:
    """The sums of one code that certainly do not hold."""
    return (result for result in sums_of(ctx, code) if result.broken)


def open_sums(ctx: CheckInput, code: str) -> list[Sum]:
    """The sums of one code that blanks leave open."""
    return [result for result in sums_of(ctx, code) if not result.broken]


def hit(ctx: CheckInput, result: Sum, where: str, message: str, sides: tuple[Value, Value]) -> Hit:
    """The finding on a broken sum: with the one figure that repairs it, or with the smallest ways there are.

    ``sides`` are what is expected and what was found.
    """
    fix = repair(ctx, result)
    ways = list(_ways(ctx, result))[:_SHOWN] if fix is None and result.complete else []
    hint = f"。最小的改法：{'；或'.join(ways)}" if ways else ""
    expected, got = sides
    return Hit(where, message + hint, expected=expected, got=got, fix=fix, cells=result.identity.cells)


def _sum(ctx: CheckInput, identity: Identity) -> Sum:
    table = ctx.report.tables[identity.table]
    left = [value for _, row, col in identity.left if (value := table[row][col]) is not None]
    right = [value for _, row, col in identity.right if (value := table[row][col]) is not None]
    return Sum(
        identity, sum(left), sum(right), len(left) == len(identity.left), len(right) == len(identity.right)
    )


def repair(ctx: CheckInput, broken: Sum) -> Fix | None:
    """The change of one cell that makes this sum hold, if all other sums of that cell then hold too and one of them
    was broken before; None when no cell or more than one qualifies.

    Only a total is certain: it follows from its parts. Of a part the sums merely say what it would have to be.
    """
    if not broken.complete:
        return None
    found = list(_single_changes(ctx, broken))
    if len(found) != 1:
        return None
    ((key, value),) = found
    return Fix(
        title=f"将“{ctx.form.label(key)}”改为 {value}",
        edits=(Edit(where=str(key), value=value),),
        certain=any(identity.left == (key,) for identity in ctx.form.identities),
    )


def _single_changes(ctx: CheckInput, broken: Sum) -> Iterator[tuple[CellKey, Value]]:
    for key in broken.identity.cells:
        value = _needed(ctx, broken.identity, key)
        if value is None or value < 0:
            continue
        needed = [_needed(ctx, i, key) for i in _touching(ctx, key) if i != broken.identity]
        if needed and all(n == value for n in needed):
            yield key, value


def _ways(ctx: CheckInput, broken: Sum) -> Iterator[str]:
    """In words: the single figures of which each would do, else the numbers to be moved between two cells of a line."""
    singles = list(_single_changes(ctx, broken))
    for key, value in singles:
        yield f"把“{ctx.form.label(key)}”由 {ctx.value(key)} 改为 {value}"
    if not singles:
        for source, target, moved in dict.fromkeys(_moves(ctx, broken)):
            yield _move(ctx, source, target, moved)


def _moves(ctx: CheckInput, broken: Sum) -> Iterator[tuple[CellKey, CellKey, Value]]:
    """From where to where a number is to be moved so that this sum holds and no other one breaks."""
    for key in broken.identity.cells:
        now, value = ctx.value(key), _needed(ctx, broken.identity, key)
        if now is None or value is None or value < 0:
            continue
        for other in ctx.form.table(key.table).cells:
            if (other.row == key.row) == (other.col == key.col):
                continue
            its = ctx.value(other)
            if its is None or its + now - value < 0:
                continue
            if _holds_with(ctx, {key: value - now, other: now - value}):
                yield (key, other, now - value) if value < now else (other, key, value - now)


def _holds_with(ctx: CheckInput, changes: Mapping[CellKey, Value]) -> bool:
    """Whether every sum of the changed cells holds once they are changed."""
    for identity in {i for key in changes for i in _touching(ctx, key)}:
        result = _sum(ctx, identity)
        left = result.left + sum(changes.get(key, 0) for key in identity.left)
        if not result.complete or left != result.right + sum(changes.get(key, 0) for key in identity.right):
            return False
    return True


def _move(ctx: CheckInput, source: CellKey, target: CellKey, moved: Value) -> str:
    if source.row == target.row:
        names = [column_name(ctx.form, source.table, key.col) for key in (source, target)]
        line = f"“{row_name(ctx.form, source.table, source.row)}”一行"
    else:
        names = [row_name(ctx.form, source.table, key.row) for key in (source, target)]
        line = f"“{column_name(ctx.form, source.table, source.col)}”一列"
    return f"把{line}的 {moved} 件从“{names[0]}”移到“{names[1]}”"


def _touching(ctx: CheckInput, key: CellKey) -> list[Identity]:
    return [i for i in ctx.form.identities if i.table == key.table and key in i.cells]


def _needed(ctx: CheckInput, identity: Identity, key: CellKey) -> Value | None:
    """The value of a cell that makes the identity hold, None when another cell is blank."""
    result = _sum(ctx, identity)
    now = ctx.value(key)
    if not result.complete or now is None:
        return None
    gap = result.left - result.right
    return now - gap if key in identity.left else now + gap
