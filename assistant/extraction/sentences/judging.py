"""Judges a figure: whether it may be of the form at all, and how sure its place is."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.extraction.sentences.items import Item
from assistant.extraction.sentences.pieces import Piece
from assistant.extraction.sentences.placing import Place
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.words import COL, ROW, FormMap
from assistant.extraction.statements import Target

__all__ = [
    "carries_over",
    "is_about_other_things",
    "is_part_of_told",
    "is_sure",
    "is_year",
    "may_be_bare",
    "may_be_either_carry",
    "may_be_others",
    "tells_period",
    "unfit",
]

_RESULTS = ("granted", "partial", "deny", "na_", "np_", "ot_", "result_total")


_FAR = 2
"""unread characters between label and figure from which on the label may not be the figure's"""


def is_year(item: Item, scope: Scope) -> bool:
    """Whether a bare figure is the number of a year (2024依申请)."""
    token = item.figure.token
    return (
        not token.unit
        and not token.chinese
        and isinstance(token.value, int)
        and 2008 <= token.value <= 2035
        and len(token.text) == 4
        and all(p.start > item.figure.start or (p.senses[:1] and p.senses[0].weak) for p in item.labels)
    )


def tells_period(item: Item) -> bool:
    """Whether the words around a figure speak of a month or quarter."""
    gaps = "".join((item.gap, item.figure.gap, *(p.gap for p in item.cues)))
    return "月" in gaps or "季" in gaps or any("月份" in p.gap for p in item.labels)


def carries_over(scope: Scope) -> bool:
    """Whether a figure without a row of its own may go on about the last sentence: that told one row and its total."""
    if scope.colon or scope.over:
        return True
    last = [t for t in scope.told if t.sentence == scope.told[-1].sentence] if scope.told else []
    return len({t.row.key for t in last}) == 1 and scope.sentence - last[-1].sentence <= 1


def is_part_of_told(item: Item, found: Place, scope: Scope) -> bool:
    """行政处罚58件，其中当场处罚5件: a part of the row told before, by no column of the form."""
    told = scope.sibling
    if any(p.cue("own_body") for p in item.cues):
        # 汇总新收151件，其中局机关新收37件: no part, but the unit's own
        return False
    of_which = any(p.cue("of_which") for p in item.cues)
    assert found.row is not None
    return (
        of_which
        and told is not None
        and found.col is None
        and told.row.key == found.row.key
        and told.col != ""
    )


def may_be_either_carry(item: Item, scope: Scope) -> bool:
    """结转3件 with nothing that says from or to which year, where the results are still to come."""
    words = [p.token.text for p in item.labels if p.senses and p.senses[0].key == "carried_forward"]
    told = {t.row.key for t in scope.told}
    return words == ["结转"] and "carried_over" not in told and not any(k.startswith(_RESULTS) for k in told)


def may_be_others(found: Place) -> bool:
    """12345工单208件，办结208件: what was done with other things."""
    assert found.row is not None
    return found.row.weak or found.row.key in (
        "result_total",
        "carried_forward",
        "new_received",
        "received_all",
    )


def may_be_bare(item: Item, scope: Scope, found: Place) -> bool:
    """A figure without any label: the label before it waits for it, or a head does."""
    if item.gap and len(item.gap) >= _FAR and not scope.pending:
        return False
    if scope.pending:
        if item.figure.token.value == 0 and any(p.cue("every") for p in item.cues):
            # 规章、许可、处罚六项都是零
            return True
        return not (scope.joined and not found.clear)
    if (
        any(p.cue("current", "correction") for p in item.cues)
        or item.figure.makes in ("swap", "pair")
        or scope.prior
    ):
        return True
    return (scope.colon and len(item.gap) < _FAR) or (
        bool(scope.heads) and not any(t.sentence == scope.sentence for t in scope.told[-1:])
    )


def unfit(item: Item, target: Target, form: FormMap) -> str:
    """Why a figure cannot be the cell's: its unit, or because it is only about."""
    token = item.figure.token
    if token.approx or any(p.cue("hedge", "pending") for p in item.cues):
        return "asked"
    money = token.unit_kind == "money"
    amount = target.col.startswith(("amount", "yuan"))
    if money and not amount:
        return "金额"
    if amount and token.unit_kind == "count" and target.table != "fee":
        # 收费项目两个
        return "表格以外的数"
    if isinstance(token.value, int) or amount or target.table == "fee":
        return ""
    return "asked"


def is_sure(item: Item, found: Place, scope: Scope) -> bool:
    """Whether label and figure stand side by side, in one clause, with nothing between them or against them."""
    figure = item.figure
    if not (found.near and found.clear and not scope.unsure and not scope.prior) or figure.makes:
        return False
    row = found.row
    if row is not None and (row.weak or row.key == "rules" or (row.key == "ot_other" and not row.official)):
        # rules are another body's more often than the unit's own; a withdrawn request may be told by how it came to that
        return False
    if row is not None and row.key.startswith("admin_") and figure.token.unit == "项":
        # 处罚412项 may be powers, not decisions
        return False
    if (
        len(item.labels) > 1
        and item.labels[0].senses
        and item.labels[0].senses[0].axis == COL
        and item.labels[0].tight
        and not item.first
    ):
        # 1自然人公开20: the applicant may belong to the figure before it
        return False
    if item.gap or any(p.gap and len(p.gap) > _FAR for p in item.labels[1:]):
        return False
    rows = [p for p in item.labels if p.senses and p.senses[0].axis == ROW]
    if len(rows) > 1 or any(p.kind == "decoy" for p in (*item.labels, *item.behind)):
        return False
    if any(
        p.cue(
            "correction",
            "negated",
            "question",
            "compare",
            "except",
            "of_which",
            "slip",
            "previous",
            "next",
            "zero",
            "rest",
        )
        for p in item.cues
    ):
        return False
    return found.own_row or (found.own_col and not (item.behind and not found.own_row))


def is_about_other_things(item: Item, labels: Sequence[Piece]) -> bool:
    """Whether the nearest word, or the unit, says that the figure counts something outside the form."""
    decoys = [p for p in item.labels if p.kind == "decoy"]
    if item.figure.token.unit_kind == "other":
        return True
    if not decoys:
        return False
    # 行政处罚公示信息12条 is one word; a label beside the figure and a decoy further off: the label counts
    nearest = min(item.labels, key=lambda p: abs(p.start - item.figure.start))
    return not labels or nearest.kind == "decoy"
