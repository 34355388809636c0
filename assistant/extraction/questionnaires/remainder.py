"""Fills in the applicants that a form says without words: 以上各项未注明申请人的，均为自然人."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.extraction.statements import Statement, Target
from assistant.extraction.tables.declared import Default
from assistant.extraction.tables.family import Family

__all__ = ["unnamed_applicants"]


def unnamed_applicants(statements: Sequence[Statement], rule: Default, family: Family) -> Iterator[Statement]:
    """What is left of each row for those whom the form means where it names nobody; sums have no applicants of their own."""
    values = {s.target: s for s in statements if s.kind == "value" and not s.prior}
    for target, total in values.items():
        row = target.row
        if target.table != "table3" or target.col != "total" or row in family.parts or row == "result_total":
            continue
        if rule.outcomes and row not in family.outcomes:
            continue
        parts = [s for t, s in values.items() if t[:2] == target[:2] and t.col != "total"]
        left = int(total.value or 0) - sum(int(part.value or 0) for part in parts)
        if any(part.target.col == rule.col for part in parts) or left < 0 or not total.value:
            continue
        place = Target("table3", row, rule.col)
        if parts:
            made = Statement("value", place, total.span, left, "件", words=total.words, sure=total.sure)
            made.spans = [total.span, rule.span]
            yield made
        else:
            yield Statement("only", place, rule.span, unit="件", words=total.words, sure=total.sure)
