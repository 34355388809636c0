"""What a total does when one of its parts is changed by hand: it follows, becomes blank, or stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assistant.forms import CellKey, Form, Identity
from assistant.report import AnnualReport
from assistant.report.facts import Value

__all__ = ["following_totals", "kept_parts", "sums_shown", "totals_of"]

_LEVELS = 3
"""the longest chain of totals of totals: results of a row, all results, all requests"""


def totals_of(form: Form) -> tuple[Identity, ...]:
    """The sums that compute one cell from others: totals of rows, of results, of cases."""
    return tuple(i for i in form.identities if len(i.left) == 1)


def following_totals(
    report: AnnualReport, wanted: Mapping[CellKey, Value | None], stated: Collection[CellKey]
) -> dict[CellKey, Value | None]:
    """The totals among ``stated`` (what somebody said or typed) that no longer fit their parts once ``wanted`` is put in.

    The total of complete parts becomes their sum. One that is smaller than the parts known so far becomes blank, for
    arithmetic to fill or the clerk to settle. A total of totals follows in the same pass; what is wanted stays as it is.
    """
    form = report.layout
    figures: dict[CellKey, Value | None] = {key: report.value(key) for key in form.cells}
    figures.update(wanted)
    touched = set(wanted)
    for _ in range(_LEVELS):
        for identity in totals_of(form):
            total = identity.left[0]
            if total in wanted or not touched & set(identity.right):
                continue
            fitting = _fitting(figures[total], [figures[k] for k in identity.right])
            if fitting != figures[total]:
                figures[total] = fitting
                touched.add(total)
    return {key: figures[key] for key in sorted(touched) if key not in wanted and key in stated}


def _fitting(total: Value | None, parts: Sequence[Value | None]) -> Value | None:
    """The total beside these parts: their sum when all are known, blank when they exceed it, else what it was."""
    known = sum(v for v in parts if v is not None)
    if all(v is not None for v in parts):
        return known
    return None if total is not None and known > total else total


def kept_parts(
    before: AnnualReport, after: AnnualReport, wanted: Collection[CellKey]
) -> dict[CellKey, Value]:
    """Parts beside a changed cell whose figures arithmetic would now fill differently, with what they were before."""
    sums = totals_of(before.layout)
    beside = {key for i in sums if any(k in wanted for k in i.right) for key in i.right}
    totals = {i.left[0] for i in sums}
    found: dict[CellKey, Value] = {}
    for key in sorted(beside - totals):
        old = before.value(key)
        if key not in wanted and old is not None and after.value(key) != old:
            found[key] = old
    return found


def sums_shown(form: Form, figures: Mapping[CellKey, Value]) -> dict[CellKey, Value]:
    """The sums of the totals whose parts all stand in ``figures``."""
    return {
        i.left[0]: sum(figures[k] for k in i.right) for i in totals_of(form) if figures.keys() >= set(i.right)
    }
