"""What follows for all rows when every request, new or carried over, is of one kind of applicant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.extraction.statements import Statement, Target

__all__ = ["implied"]

_TAKEN_IN = ("new_received", "carried_over")
_AGGREGATES = ("_subtotal", "_all", "_or_partial")


def implied(statements: Sequence[Statement]) -> list[Statement]:
    """新收14件，均为自然人，上年无结转: then all results are natural persons' as well. Nothing where another applicant was told,
    where requests of unknown applicants came over, or where more was dealt with than came in."""
    told = [s for s in statements if s.target.table == "table3" and not s.prior and not s.dropped]
    whole = {s.target.row: s for s in told if s.kind == "only"}
    received = whole.get("new_received") or whole.get("received_all")
    if received is None or "*" in whole:
        return []
    col = received.target.col
    if _others(told, col):
        return []
    totals = {
        s.target.row: s.value
        for s in told
        if s.kind == "value" and s.target.col == "total" and isinstance(s.value, int)
    }
    over = whole.get("carried_over")
    if totals.get("carried_over") and (over is None or over.target.col != col):
        return []
    rows = [r for r in totals if r not in (*_TAKEN_IN, *whole) and not r.endswith(_AGGREGATES)]
    none = any(s.kind == "zero" and s.target.row in ("carried_over", "*", "rest") for s in told)
    if not (none or "carried_over" in totals) and _ended(totals) > totals.get(received.target.row, 0):
        return []
    return [
        Statement("only", Target("table3", row, col), received.span, sentence=received.sentence, sure=False, inherited=True)
        for row in rows
    ]  # fmt: skip


def _others(told: Sequence[Statement], col: str) -> bool:
    """Whether another applicant is spoken of."""
    return any(
        s.kind == "value" and s.value and s.target.col not in (col, "total", "unknown_type") for s in told
    ) or any(s.kind in ("only", "rest_only") and s.target.col != col for s in told)


def _ended(totals: Mapping[str, int]) -> int:
    """How many requests ended, by the results that were told, or were carried forward."""
    apart = ("result_total", "carried_forward", *_TAKEN_IN)
    results = sum(
        v
        for row, v in totals.items()
        if row not in apart and not row.endswith((*_AGGREGATES, "received_all"))
    )
    return max(results, totals.get("result_total", 0)) + totals.get("carried_forward", 0)
