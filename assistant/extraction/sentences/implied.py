"""What follows for all rows when every request, new or carried over, is of one kind of applicant."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.extraction.statements import Statement, Target

__all__ = ["implied"]

_TAKEN_IN = ("new_received", "carried_over")


def implied(statements: Sequence[Statement]) -> list[Statement]:
    """新收14件，均为自然人，上年无结转: then all results are natural persons' as well. Nothing where another applicant was told."""
    told = [s for s in statements if s.target.table == "table3" and not s.prior and not s.dropped]
    whole = {s.target.row: s for s in told if s.kind == "only"}
    received = whole.get("new_received") or whole.get("received_all")
    if received is None or "*" in whole:
        return []
    col = received.target.col
    others = any(
        s.kind == "value" and s.value and s.target.col not in (col, "total", "unknown_type") for s in told
    ) or any(s.kind in ("only", "rest_only") and s.target.col != col for s in told)
    over = whole.get("carried_over")
    none = any(s.kind == "zero" and s.target.row in ("carried_over", "*", "rest") for s in told)
    if others or not (none or (over is not None and over.target.col == col)):
        return []
    rows = dict.fromkeys(
        s.target.row
        for s in told
        if s.kind == "value"
        and s.target.col == "total"
        and s.target.row not in (*_TAKEN_IN, *whole)
        and not s.target.row.endswith(("_subtotal", "_all", "_or_partial"))
    )
    return [
        Statement(
            "only",
            Target("table3", row, col),
            received.span,
            sentence=received.sentence,
            sure=False,
            inherited=True,
        )
        for row in rows
    ]
