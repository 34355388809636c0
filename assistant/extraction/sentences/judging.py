"""Judges a figure: whether it may be of the form at all, and how sure its place is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.extraction.sentences.items import Item
from assistant.extraction.sentences.pieces import Piece
from assistant.extraction.sentences.placing import Place
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.extraction.statements import Target

__all__ = [
    "carries_over",
    "doubts_of",
    "is_about_other_things",
    "is_difference",
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


_DAY = re.compile(
    r"[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}[日号]|[底末初才]|[上中下]旬)"
)
_DONE = frozenset({"result_total", "new_received", "received_all", "carried_forward"})
_COUNTED = frozenset("件单案访信诉话")
"""how words for things end that are dealt with one by one: 信访件, 工单, 提案, 来访, 来信, 投诉, 电话"""
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
        and all(p.start > item.figure.start or _is_far(p, item) for p in item.labels)
    )


def _is_far(label: Piece, item: Item) -> bool:
    """Whether a label before a figure is weak, or names stand between them: 政务公开办 河口镇2023依申请."""
    return bool(label.senses[:1] and label.senses[0].weak) or len(item.figure.gap) > _FAR


def is_difference(item: Item, *, prose: bool) -> bool:
    """新收 +9: by how much it changed; a minus says so only in prose, elsewhere it is asked about."""
    minus = prose and item.figure.token.gap.strip() == "-"
    return bool(item.labels) and not item.figure.makes and (item.figure.plus or minus)


def tells_period(item: Item) -> bool:
    """Whether the words around a figure speak of a month or quarter."""
    gaps = _DAY.sub("", "".join((item.gap, item.figure.gap, *(p.gap for p in item.cues))))
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
    again = told is not None and told.row == found.row and told.sentence == scope.sentence
    of_which = any(p.cue("of_which") for p in item.cues) or (
        scope.parts and not found.own_col and (not found.own_row or again)
    )
    assert found.row is not None
    if (
        found.own_row
        and found.row.key == "new_received"
        and all(p.start > item.figure.start for p in item.labels)
    ):
        return _is_one_of_received(item, found, scope)
    return (
        of_which
        and told is not None
        and found.col is None
        and told.row.key == found.row.key
        and told.col != ""
    )


def _is_one_of_received(item: Item, found: Place, scope: Scope) -> bool:
    """新收27件，个人25件…还有1件个人来要会议记录: what is told of some requests is no second count of all."""
    col, value = ("total" if found.col is None else found.col.key), item.figure.token.value
    before = [t.value for t in scope.told if t.row.key == "new_received" and t.col == col]
    more = [v for v in before if isinstance(v, int) and isinstance(value, int) and v > value]
    return bool(more) and not scope.correcting


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


def may_be_bare(item: Item, scope: Scope, found: Place, form: FormMap) -> bool:
    """A figure without any label: the label before it waits for it, or a head does."""
    told = scope.told[-1] if scope.told else None
    fee = found.row is not None and found.row.table == "fee" and told is not None and told.row == found.row
    if fee and told is not None and told.sentence == scope.sentence and not item.gap:
        # 处理费400元/4件
        return (item.figure.token.unit_kind, told.col) in (("count", "yuan"), ("money", "cases"))
    if any(p.cue("narrows") for p in item.cues):
        return True
    if _is_money_of_row(item, scope, form) or _is_rest_of_row(item, scope, form):
        return True
    if item.gap and len(item.gap) >= _FAR and not scope.pending:
        return False
    if scope.pending:
        if item.figure.token.value == 0 and any(p.cue("every") for p in item.cues):
            # 规章、许可、处罚六项都是零
            return True
        return not (scope.joined and not found.clear)
    if (
        (scope.correcting and _is_alike(item, scope))
        or (any(p.cue("current", "correction") for p in item.cues) and len(item.figure.gap) < _FAR)
        or item.figure.makes in ("swap", "pair")
        or scope.prior
        or (scope.correcting and scope.last_sentence == scope.sentence)
    ):
        return True
    return (scope.colon and len(item.gap) < _FAR) or (
        bool(scope.heads) and not any(t.sentence == scope.sentence for t in scope.told[-1:])
    )


def _is_alike(item: Item, scope: Scope) -> bool:
    """The figure behind a correction goes with what was said last where it counts the same, and no words stand between."""
    if not item.figure.token.value:
        return False
    near = scope.last_sentence == scope.sentence and len(item.gap) < _FAR
    return near and (item.figure.token.unit_kind == "money") == (
        scope.last is not None and scope.last.key == "admin_fee"
    )


def _is_money_of_row(item: Item, scope: Scope, form: FormMap) -> bool:
    """集中采购37个项目，共312.6万元; 信息处理费收了2件，400元: of the rows told in the sentence only one is of money."""
    last = scope.last
    if item.figure.token.unit_kind != "money" or last is None or scope.last_sentence != scope.sentence:
        return False
    columns = form.columns_of(last.table, last.key)
    return last.table == "fee" or any(c.startswith("amount") for c in columns)


def _is_rest_of_row(item: Item, scope: Scope, form: FormMap) -> bool:
    """处罚上年98项，减2项，61件: in the form of 2019 decisions follow the items without a word."""
    told = scope.sibling
    if told is None or told.sentence != scope.sentence or item.figure.token.unit_kind not in ("count", ""):
        return False
    return "prev_items" in form.columns_of(told.row.table, told.row.key) and told.col in (
        "prev_items",
        "delta",
    )


def unfit(item: Item, target: Target, form: FormMap) -> str:
    """Why a figure cannot be the cell's: its unit, or because it is only about."""
    token = item.figure.token
    if token.approx or any(p.cue("hedge", "pending") and not _is_apart(p, item) for p in item.cues):
        return "asked"
    money = token.unit_kind == "money"
    amount = target.col.startswith(("amount", "yuan"))
    if target.row == "new_received" and token.unit in ("项", "部"):
        # 手册收了12项
        return "表格以外的数"
    if money and not amount:
        return "金额"
    if amount and token.unit_kind == "count" and target.table != "fee":
        # 收费项目两个
        return "表格以外的数"
    if isinstance(token.value, int) or amount or target.table == "fee":
        return ""
    return "asked"


def _is_apart(cue: Piece, item: Item) -> bool:
    """申请3 个人 处理结果在发文本上 晚点发: words and a blank part what will come from the figure."""
    return cue.start > item.figure.end and not cue.tight and item.figure.end + _FAR < cue.start


def is_sure(item: Item, found: Place, scope: Scope) -> bool:
    """Whether label and figure stand side by side, in one clause, with nothing between them or against them."""
    doubts = frozenset(doubts_of(item, found, scope)) - _HARMLESS
    return not doubts or (doubts <= _LOUD and found.own_col) or (doubts <= _LIGHT and len(doubts) == 1)


def doubts_of(item: Item, found: Place, scope: Scope) -> Iterator[str]:
    """Names of what speaks against a reading; which of them weigh is measured on known cases (``evals.calibration``)."""
    row, figure = found.row, item.figure
    yield from (name for name, holds in (
        ("far row", not found.near),
        ("several labels", not found.clear),
        ("unsure sentence", scope.unsure),
        ("last year", scope.prior),
        ("construction " + figure.makes, bool(figure.makes)),
        ("unread words before", bool(item.gap.strip(_WILL))),
        ("unread words between labels", any(p.gap and len(p.gap) > _FAR for p in item.labels[1:])),
        ("labels behind", bool(item.behind) and not found.own_row),
        ("column alone", found.own_col and not found.own_row),
        ("no label of its own", not (found.own_row or found.own_col or _is_headed(item, found, scope))),
        ("other matters", any(p.kind == "decoy" for p in (*item.labels, *item.behind))),
        ("rows side by side", _names_rows(item)),
        ("label behind, and parted", _is_parted(item)),
        ("requests and results side by side", _names_rows(item) and row is not None and row.key in _WHOLES),
        ("applicant before", _opens_with_applicant(item)),
    ) if holds)  # fmt: skip
    if row is not None:
        yield from _doubts_of_row(item, row, found.col)
    for piece in item.cues:
        yield from (f"cue {cue}" for cue in piece.token.cues if cue in _CUES)


def _is_headed(item: Item, found: Place, scope: Scope) -> bool:
    """许可：15, 行政处罚 | 6件: the row stands directly before the figure, parted from it by a mark alone."""
    waits = len(scope.pending) == 1 and found.row is not None and found.row.table != "table3"
    return found.near and not item.gap and item.first and (scope.colon or waits)


_HARMLESS = frozenset({"column alone", "cue of_which", "cue previous", "construction pair"})
"""doubts that alone were wrong in less than one of a hundred known readings"""
_WILL = "要需会将得"
"""还有2件要转到明年: says no other thing"""
_WHOLES = ("result_total", "received_all")
"""办理申请397件 may be all requests, those of last year among them, or all answers"""
_LIGHT = frozenset({"weak word", "rows side by side", "several labels"})
"""doubts that weigh only together: alone each was wrong in two of a hundred, and then some finding spoke of it"""
_LOUD = frozenset({"rules", "powers"})
"""doubts about the row that a column of its own settles (规章现行有效12件); a body without the power hears of it anyway"""
_CUES = frozenset(
    (
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
)


def _is_parted(item: Item) -> bool:
    """许可；976／处罚；13: a sign stands between a figure and the only label behind it."""
    return bool(item.labels) and all(p.start > item.figure.start and not p.tight for p in item.labels[:1])


def _names_rows(item: Item) -> bool:
    return sum(p.senses[0].axis == ROW for p in item.labels if p.senses) > 1


def _doubts_of_row(item: Item, row: Sense, col: Sense | None) -> Iterator[str]:
    if row.weak and item.figure.token.unit_kind != "money":
        yield "weak word"
    if row.key == "rules":
        # rules are another body's more often than the unit's own
        yield "rules"
    if row.key == "ot_other" and not row.official:
        # a withdrawn request may be told by how it came to that
        yield "other outcome"
    if (
        row.key.startswith("admin_")
        and item.figure.token.unit == "项"
        and (col is None or col.key == "decisions")
    ):
        # 处罚412项 may be powers, not decisions
        yield "powers"


def _opens_with_applicant(item: Item) -> bool:
    """1自然人公开20: the applicant may belong to the figure before it."""
    first = item.labels[0] if len(item.labels) > 1 and item.labels[0].senses else None
    return first is not None and first.senses[0].axis == COL and first.tight and not item.first


def is_about_other_things(item: Item, labels: Sequence[Piece]) -> bool:
    """Whether the nearest word, or the unit, says that the figure counts something outside the form."""
    decoys = [p for p in item.labels if p.kind == "decoy"]
    if item.figure.token.unit_kind == "other":
        return True
    if not decoys:
        return False
    # 行政处罚公示信息12条 is one word; a label beside the figure and a decoy further off: the label counts
    nearest = min(item.labels, key=lambda p: abs(p.start - item.figure.start))
    # 信访件办了34件: what was done with them
    done = any(
        a.kind == "decoy"
        and a.token.text[-1] in _COUNTED
        and b is nearest
        and not b.gap
        and b.senses
        and b.senses[0].key in _DONE
        for a, b in pairwise(item.labels)
    )
    return not labels or nearest.kind == "decoy" or done
