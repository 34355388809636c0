"""Reads a clause with figures: binds each figure to its labels, places it, and says how sure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.pieces import Chunk, Piece
from assistant.extraction.sentences.placing import Place, named, place
from assistant.extraction.sentences.rows import tell_dealt, tell_row
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.extraction.statements import Span, Target
from assistant.extraction.structure import Use

__all__ = ["Item", "heads_behind", "items_of", "tell"]

_RESULTS = ("granted", "partial", "deny", "na_", "np_", "ot_", "result_total")
_IS = re.compile("[是也亦]$")
_FAR = 2
"""unread characters between label and figure from which on the label may not be the figure's"""


@dataclass(frozen=True)
class Item:
    """A figure and the labels and cues bound to it; ``behind`` are labels that follow it though labels stand before it as well."""

    figure: Piece
    labels: tuple[Piece, ...]
    behind: tuple[Piece, ...] = ()
    cues: tuple[Piece, ...] = ()
    gap: str = ""
    first: bool = True
    alone: bool = False
    """it is the only figure of its clause"""


def heads_behind(chunk: Chunk) -> tuple[Piece, ...]:
    """许可：15 处罚：6: the label behind the figure and before a colon heads what follows."""
    last = max(n for n, p in enumerate(chunk.pieces) if p.kind == "figure")
    behind = chunk.pieces[last + 1 :]
    loose = next((n for n, p in enumerate(behind) if not p.tight), len(behind))
    behind = behind[loose:]
    heads = chunk.mark == ":" or (chunk.mark == "(" and chunk.pieces[0].kind == "label")
    return behind if heads and behind and all(p.kind == "label" for p in behind) else ()


def _held_by(pieces: Sequence[Piece]) -> int:
    """三件都是个人重复申请一件, 一件是企业的公开八件: how many of the words between two figures belong to the first."""
    for at, piece in enumerate(pieces[:-1]):
        axis = piece.senses[0].axis if piece.senses else ""
        if axis == COL and (at and pieces[at - 1].cue("every") or (not at and _IS.search(piece.token.gap))):
            return at + 1 if any(p.kind == "label" for p in pieces[at + 1 :]) else 0
        if not piece.cue("every"):
            return 0
    return 0


def _without_absent(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """没有单位的: what there was none of is no label of the next figure."""
    if len(pieces) > 2 and pieces[0].cue("zero") and pieces[1].kind == "label":
        return pieces[2:]
    return pieces


def items_of(chunk: Chunk, scope: Scope) -> tuple[Item, ...]:
    """The figures of a clause with their labels. The order is the clause's own: 新收66件 个人58 or 66件新收 58件个人."""
    figures = [n for n, p in enumerate(chunk.pieces) if p.kind == "figure"]
    named_first = [n for n, p in enumerate(chunk.pieces) if p.kind in ("label", "decoy", "figure")]
    label_first = bool(named_first) and chunk.pieces[named_first[0]].kind != "figure"
    if not label_first and scope.colon and len(named_first) > 1 and not chunk.pieces[named_first[1]].tight:
        # 许可：15 处罚：6
        label_first = True
    last_is_figure = bool(named_first) and chunk.pieces[named_first[-1]].kind == "figure"
    if not label_first and len(figures) > 1 and last_is_figure:
        # 3 公开4: the first figure goes with what waits before it
        label_first = True
    items: list[Item] = []
    for order, at in enumerate(figures):
        before = chunk.pieces[(figures[order - 1] + 1 if order else 0) : at]
        after = chunk.pieces[at + 1 : (figures[order + 1] if order + 1 < len(figures) else len(chunk.pieces))]
        final = order + 1 == len(figures)
        held = _held_by(before) if label_first and order else 0
        if held:
            items[-1] = replace(items[-1], behind=tuple(p for p in before[:held] if p.kind == "label"))
            before = _without_absent(before[held:])
        own, behind = (
            (before, after if final else ())
            if label_first
            else (after if order or not before else (*before, *after), ())
        )
        figure = chunk.pieces[at]
        near = behind[0].gap if behind else (after[0].gap if not label_first and after else "")
        items.append(
            Item(
                figure,
                tuple(p for p in own if p.kind in ("label", "decoy")),
                tuple(p for p in behind if p.kind in ("label", "decoy")),
                tuple(p for p in (*before, *(after if final or not label_first else ())) if p.kind == "cue"),
                figure.gap if label_first else near,
                first=not items,
                alone=len(figures) == 1,
            )
        )
    return tuple(items)


def tell(item: Item, scope: Scope, form: FormMap, out: Output) -> Scope:
    """Says what an item says; the scope behind it."""
    figure = item.figure
    if _is_year(item, scope):
        out.account(figure, Use.LEFT_OUT, "年份")
        return scope
    if scope.line_out or _period(item):
        out.account(figure, Use.LEFT_OUT, scope.line_out or "分期数")
        return scope
    if figure.makes in ("known", "differ", "slip"):
        return _aside(item, scope, form, out)
    if figure.makes == "dealt":
        return tell_dealt(figure, scope, form, out)
    if any(p.cue("sum") for p in item.cues) and scope.head(COL, "table3") is not None:
        # 以上共办结63件 speaks of all, not of the applicant told last
        scope = replace(scope, over=_rows_of(scope.over), heads=_rows_of(scope.heads))
    labels = tuple(p for p in item.labels if p.kind == "label")
    if figure.token.unit == "项" and labels and labels[-1].senses[0].key in form.groups:
        # 不予公开八项依次：…
        return _aside(replace(item, figure=replace(figure, makes="known")), scope, form, out)
    if (
        figure.token.unit in ("项", "样")
        and scope.joined
        and labels
        and figure.token.value in _counts_of(labels, scope)
    ):
        # 许可、处罚、强制、收费四项: counts the labels before it
        out.account(figure, Use.CHECKED, "项数")
        return replace(scope, pending=(*scope.pending, *labels))
    if _about_other_things(item, labels):
        out.account(figure, Use.NARRATIVE, "表格以外的数")
        return replace(scope, decoy=True)
    if figure.makes == "row":
        return tell_row(figure, labels, scope, form, out)
    found = place(labels, scope, form, amount=figure.token.unit_kind == "money")
    found = _in_the_old_form(item, _with_labels_behind(item, found, scope, form), scope, form)
    if found.col is not None and found.col.key == "prev_items" and scope.prior:
        scope = replace(scope, prior=False)
    return _state(item, found, scope, form, out)


def _is_year(item: Item, scope: Scope) -> bool:
    token = item.figure.token
    return (
        not token.unit
        and not token.chinese
        and isinstance(token.value, int)
        and 2008 <= token.value <= 2035
        and len(token.text) == 4
        and all(p.start > item.figure.start for p in item.labels)
    )


def _rows_of(heads: tuple[Sense, ...]) -> tuple[Sense, ...]:
    return tuple(h for h in heads if h.axis == ROW)


def _counts_of(labels: Sequence[Piece], scope: Scope) -> tuple[int, ...]:
    many = len(labels) + len(scope.pending)
    return (many, many + 1)


def _aside(item: Item, scope: Scope, form: FormMap, out: Output) -> Scope:
    figure = item.figure
    labels = tuple(p for p in item.labels if p.kind == "label")
    found = place(labels, scope, form)
    if figure.makes == "slip":
        target = _target(found, form)
        out.open(
            figure, "漏报或多报的数", (target,) if target else (), "这里的差数应计入哪一项，请给出更正后的数"
        )
        return scope
    out.account(figure, Use.LEFT_OUT, "与上年相差的数" if figure.makes == "differ" else "前面说过的数")
    senses = tuple(
        s for s in (found.row if found.own_row else None, found.col if found.own_col else None) if s
    )
    return scope.headed(senses) if figure.makes == "known" and senses else scope


def _about_other_things(item: Item, labels: Sequence[Piece]) -> bool:
    decoys = [p for p in item.labels if p.kind == "decoy"]
    if item.figure.token.unit_kind == "other":
        return True
    if not decoys:
        return False
    # 行政处罚公示信息12条 is one word; a label beside the figure and a decoy further off: the label counts
    nearest = min(item.labels, key=lambda p: abs(p.start - item.figure.start))
    return not labels or nearest.kind == "decoy"


def _with_labels_behind(item: Item, found: Place, scope: Scope, form: FormMap) -> Place:
    """复议3件都维持了, 逾期不补正2件自然人, 不予公开1件属于第三方: what the labels before the figure leave open."""
    behind = tuple(p for p in item.behind if p.kind == "label")
    if not behind:
        return found
    row, col, _ = named((*item.labels, *behind) if found.own_row else behind, scope, form)
    own = found.row
    if own is not None and found.own_row and found.col is None and col is not None and col.table == own.table:
        columns = form.columns_of(own.table, own.key)
        if "total" not in columns and col.key in columns:
            # 政府集中采购215个项目
            return replace(found, col=col)
    if found.row is None or not found.own_row:
        return replace(
            found, row=row or found.row, near=row is not None or found.near, col=col or found.col, clear=False
        )
    if row is not None and row.key != found.row.key:
        if form.group_of.get(row.key) == found.row.key:
            return replace(found, row=row, clear=False)
        return found
    return found


def _in_the_old_form(item: Item, found: Place, scope: Scope, form: FormMap) -> Place:
    """上年267项, 今年-7, 216个项目: the columns that only the form of 2019 has are told without their names."""
    row = found.row
    columns = form.columns_of(row.table, row.key) if row is not None else ()
    if row is None or found.col is not None or len(columns) < 2:
        return found
    token = item.figure.token
    key = ""
    if "prev_items" in columns and scope.prior:
        key = "prev_items"
    elif "delta" in columns and token.gap.strip() in ("+", "-"):
        key = "delta"
    elif "amount_yuan" in columns:
        key = "amount_yuan" if token.unit_kind == "money" else "projects"
    return replace(found, col=Sense(COL, row.table, key), clear=False) if key else found


def _signed(item: Item, target: Target) -> int | None:
    """Whether a change is told as a loss: 减5项, -7."""
    if target.col != "delta" or not isinstance(item.figure.token.value, int):
        return None
    words = "".join(p.token.text for p in (*item.labels, *item.behind)) + item.figure.token.gap
    return -item.figure.token.value if any(c in words for c in "减少消降划移-") else None


def _target(found: Place, form: FormMap, default: bool = True) -> Target | None:
    if found.row is None:
        return None
    row = found.row
    if row.table == "fee":
        return Target("fee", row.key, "yuan")
    if found.col is not None:
        return Target(row.table, row.key, found.col.key)
    columns = form.columns_of(row.table, row.key)
    if not columns:
        return Target(row.table, row.key, "*")
    if "total" in columns:
        return Target(row.table, row.key, "total")
    return Target(row.table, row.key, columns[0] if len(columns) == 1 else "*")


def _period(item: Item) -> bool:
    gaps = "".join((item.gap, item.figure.gap, *(p.gap for p in item.cues)))
    return "月" in gaps or "季" in gaps or any("月份" in p.gap for p in item.labels)


def _state(item: Item, found: Place, scope: Scope, form: FormMap, out: Output) -> Scope:
    figure, token = item.figure, item.figure.token
    target = _target(found, form)
    sums = any(p.cue("sum") for p in item.cues)
    if target is not None and not found.own_row and not found.own_col and sums and token.unit_kind != "money":
        return _sum(item, scope, form, out)
    if (
        target is not None
        and not found.own_row
        and not found.own_col
        and not _may_be_bare(item, scope, found)
    ):
        out.open(figure, item.gap or token.text, (Target(target.table, target.row, "*"),))
        return scope
    if found.row is not None and token.value == 1 and token.chinese and any(p.cue("zero") for p in item.cues):
        # 一件申请都没收到
        out.zero(
            Target(found.row.table, found.row.key, "*"), _span(item), sure=False, sentence=scope.sentence
        )
        out.account(figure, Use.CHECKED, "没有")
        return scope.after(Told(found.row, "*", 0, figure.span, scope.sentence, True))
    if (
        found.row is not None
        and found.row.table == "table3"
        and scope.table == "table4"
        and found.row.key.startswith("carried")
    ):
        out.open(figure, "".join(p.token.text for p in item.labels), (Target("table3", found.row.key, "*"),))
        return scope
    if target is not None and found.row is not None and _part_of_told(item, found, scope):
        out.account(figure, Use.NARRATIVE, "其中的数，已包含在内")
        return scope
    if found.row is not None and found.row.key == "carried_forward" and _either_carry(item, scope):
        out.open(
            figure,
            item.labels[-1].token.text,
            (Target("table3", "carried_over", "*"), Target("table3", "carried_forward", "*")),
        )
        return scope
    if found.row is not None and found.own_row and scope.decoy and _may_be_others(found):
        out.account(figure, Use.NARRATIVE, "表格以外的数")
        return scope
    if target is None or found.row is None:
        places = () if found.col is None else (Target(found.col.table, "*", found.col.key),)
        if token.unit_kind == "count" or found.col is not None or not token.unit_kind:
            out.open(figure, "".join(p.token.text for p in item.labels) or token.text, places)
        else:
            out.account(figure, Use.NARRATIVE, "表格以外的数")
        return scope
    if target.table == "fee":
        target = Target("fee", target.row, "cases" if token.unit_kind == "count" else "yuan")
    told = Told(found.row, target.col, token.value, figure.span, scope.sentence)
    if scope.out:
        out.account(figure, Use.LEFT_OUT, scope.out)
        return replace(scope.after(told), sibling=None)
    why = _unfit(item, target, form)
    if why == "asked" or (target.col == "*" and token.value != 0):
        out.open(figure, item.gap or token.text, (target,))
        return scope.after(told)
    if why:
        out.account(figure, Use.NARRATIVE, why)
        return scope
    if token.value == 0:
        return _zero(item, target, found, scope, form, out)
    if (
        not found.own_row
        and scope.last_sentence != scope.sentence
        and not scope.pending
        and not _carries_over(scope)
    ):
        out.open(
            figure,
            "".join(p.token.text for p in item.labels) or token.text,
            (Target(target.table, "*", target.col),),
        )
        return scope
    sure = _is_sure(item, found, scope)
    made = out.value(
        target,
        token,
        _span(item),
        sure=sure,
        words="".join(p.token.text for p in item.labels),
        sentence=scope.sentence,
    )
    signed = _signed(item, target)
    if signed is not None:
        made.value = signed
    made.prior = scope.prior
    made.inherited = not found.own_row
    made.corrects = figure.makes == "swap" or any(p.cue("correction") for p in item.cues)
    made.official = found.row.official
    if figure.makes == "swap" and figure.old is not None:
        made.replaces = figure.old.value
        out.account(figure.old, Use.CHECKED, "已更正的数")
    if figure.makes == "pair" and figure.old is not None:
        out.value(target, figure.old, _span(item), sure=False, sentence=scope.sentence).prior = True
    return _behind(item, told, scope.after(told), found, form, out, sure)


def _part_of_told(item: Item, found: Place, scope: Scope) -> bool:
    """行政处罚58件，其中当场处罚5件: a part of the row told before, by no column of the form."""
    told = scope.sibling
    of_which = any(p.cue("of_which") for p in item.cues)
    assert found.row is not None
    return (
        of_which
        and told is not None
        and found.col is None
        and told.row.key == found.row.key
        and told.col != ""
    )


def _either_carry(item: Item, scope: Scope) -> bool:
    """结转3件 with nothing that says from or to which year, where the results are still to come."""
    words = [p.token.text for p in item.labels if p.senses and p.senses[0].key == "carried_forward"]
    told = {t.row.key for t in scope.told}
    return words == ["结转"] and "carried_over" not in told and not any(k.startswith(_RESULTS) for k in told)


def _may_be_others(found: Place) -> bool:
    """12345工单208件，办结208件: what was done with other things."""
    assert found.row is not None
    return found.row.weak or found.row.key in (
        "result_total",
        "carried_forward",
        "new_received",
        "received_all",
    )


def _carries_over(scope: Scope) -> bool:
    """Whether a figure without a row of its own may go on about the last sentence: that told one row and its total."""
    if scope.colon or scope.over:
        return True
    last = [t for t in scope.told if t.sentence == scope.told[-1].sentence] if scope.told else []
    return len({t.row.key for t in last}) == 1 and scope.sentence - last[-1].sentence <= 1


def _behind(
    item: Item, told: Told, scope: Scope, found: Place, form: FormMap, out: Output, sure: bool
) -> Scope:
    """The column told behind the figure holds for all of it."""
    behind = tuple(p for p in item.behind if p.kind == "label")
    ruled = scope.only is not None and told.row.table == "table3" and told.row.key != "result_total"
    only = scope.only if ruled and not found.own_col else None
    if behind and found.own_row:
        _, col, clear = named(behind, scope, form)
        if col is not None and col.table == told.row.table and told.col == "total":
            only, sure = col, sure and clear
    if only is None or told.col != "total":
        return scope
    return _all_of(item, told, only, scope, out, sure)


def _all_of(item: Item, told: Told, col: Sense, scope: Scope, out: Output, sure: bool) -> Scope:
    target = Target(told.row.table, told.row.key, col.key)
    if told.row.table == "table4":
        out.value(target, item.figure.token, _span(item), sure=sure, sentence=scope.sentence)
    elif told.row.table == "table3":
        out.zero(target, _span(item), sure=sure, sentence=scope.sentence, kind="only")
    return replace(scope, told=(*scope.told[:-1], told._replace(settled=True)))


def _zero(item: Item, target: Target, found: Place, scope: Scope, form: FormMap, out: Output) -> Scope:
    """0件: of one cell, or of all rows that were named before (规章、规范性文件都是0)."""
    assert found.row is not None
    every = any(p.cue("every") for p in item.cues)
    labels = (
        *(scope.pending if every or scope.joined else ()),
        *(p for p in item.labels if p.kind == "label"),
    )
    rows = [s for p in labels for s in p.senses[:1] if s.axis == ROW and not s.weak]
    whole = not found.own_col and found.col is None
    for row in rows if len({r.key for r in rows}) > 1 and whole else [found.row]:
        out.zero(
            Target(row.table, row.key, "*" if whole else target.col),
            _span(item),
            sure=_is_sure(item, found, scope),
            sentence=scope.sentence,
        )
    return scope.after(Told(found.row, target.col, 0, item.figure.span, scope.sentence, True))


def _sum(item: Item, scope: Scope, form: FormMap, out: Output) -> Scope:
    """共2, 合计61: the total of the row whose columns were just told, or of all results."""
    siblings = [t for t in scope.told if t.sentence == scope.sentence]
    rows = {t.row.key for t in siblings}
    last = scope.last
    if not siblings and last is not None and last.table == "table3" and not scope.colon:
        rows = {t.row.key for t in scope.told[-8:]}
    if last is None:
        out.open(item.figure, "合计")
        return scope
    if len(rows) <= 1 and siblings and siblings[-1].col != "total" and last.table in ("table3", "table4"):
        target = Target(last.table, last.key, "total")
        told = Told(last, "total", item.figure.token.value, item.figure.span, scope.sentence)
    elif (
        last.table == "table3"
        and len([r for r in rows if r.startswith(("granted", "partial", "deny", "na_", "np_", "ot_"))]) > 1
    ):
        if not rows <= {*form.rows3, *form.groups} or "carried_forward" in rows:
            out.account(item.figure, Use.CHECKED, "合计数")
            return scope
        target = Target("table3", "result_total", "total")
        told = Told(
            Sense(ROW, "table3", "result_total"),
            "total",
            item.figure.token.value,
            item.figure.span,
            scope.sentence,
        )
    else:
        out.account(item.figure, Use.CHECKED, "合计数")
        return scope
    if scope.out or scope.prior:
        out.account(item.figure, Use.LEFT_OUT, scope.out or "上年数")
    else:
        out.value(target, item.figure.token, _span(item), sure=False, sentence=scope.sentence)
    return scope.after(told)


def _may_be_bare(item: Item, scope: Scope, found: Place) -> bool:
    """A figure without any label: the label before it waits for it, or a head does."""
    if item.gap and len(item.gap) >= _FAR and not scope.pending:
        return False
    if scope.pending:
        return not (scope.joined and not found.clear)
    if (
        any(p.cue("current", "correction") for p in item.cues)
        or item.figure.makes in ("swap", "pair")
        or scope.prior
    ):
        return True
    return scope.colon or (
        bool(scope.heads) and not any(t.sentence == scope.sentence for t in scope.told[-1:])
    )


def _unfit(item: Item, target: Target, form: FormMap) -> str:
    """Why a figure cannot be the cell's: its unit, or because it is only about."""
    token = item.figure.token
    if token.approx or any(p.cue("hedge", "pending") for p in item.cues):
        return "asked"
    money = token.unit_kind == "money"
    amount = target.col.startswith(("amount", "yuan"))
    if money and not amount:
        return "金额"
    if isinstance(token.value, int) or amount or target.table == "fee":
        return ""
    return "asked"


def _is_sure(item: Item, found: Place, scope: Scope) -> bool:
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


def _span(item: Item) -> Span:
    pieces = (*item.labels, item.figure, *item.behind)
    return Span(min(p.start for p in pieces), max(p.end for p in pieces))
