"""What only the whole of the material decides: parts told as wholes, a template's old year, 受理 with or without what came over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.extraction.sentences.implied import implied
from assistant.extraction.sentences.output import Output, span_of
from assistant.extraction.sentences.stories import told_by
from assistant.extraction.sentences.words import FormMap
from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.structure import Account, Unplaced, Use

__all__ = ["settle"]

_TAKEN_IN = ("new_received", "received_all", "carried_over")
_QUESTION = "这是全部的“其他”，还是只是其中一种情形"


def settle(out: Output, form: FormMap, applicants: Collection[str]) -> None:
    """Sets right, once everything is told, what single clauses could not know; ``applicants`` are all that the material names."""
    _corrections(out)
    _received(out.statements)
    _parts_as_wholes(out.statements)
    _stories(out)
    _told_in_two(out.statements, form)
    if len(applicants) == 1:
        out.statements += _wholes(out.statements, next(iter(applicants)))
    _stale_year(out.statements)
    out.statements += implied(out.statements)
    _ask_other(out, form)


def _totals(statements: Sequence[Statement]) -> dict[str, Statement]:
    """The totals of table 3 told of this year, by row."""
    return {
        s.target.row: s
        for s in statements
        if s.kind == "value" and s.target.table == "table3" and s.target.col == "total" and not s.prior
    }


def _corrections(out: Output) -> None:
    """不掌8 …… 不掌 8→9: where the earlier of two values was told for the cell, the later corrects it; no years are compared."""
    told: dict[Target, set[object]] = defaultdict(set)
    done: set[tuple[Target, Span]] = set()
    for made in out.statements:
        if made.kind != "value" or made.prior:
            continue
        if made.replaces is not None and not made.corrects and made.replaces in told[made.target]:
            made.corrects = made.sure = True
            done.add((made.target, made.span))
        told[made.target].add(made.value)
    before = [s for s in out.statements if s.prior and (s.target, s.span) in done]
    out.accounts += (Account(span, Use.CHECKED, "已更正的数") for s in before for span in s.spans)
    out.statements = [s for s in out.statements if not any(s is old for old in before)]


def _stale_year(statements: Sequence[Statement]) -> None:
    """去年就两份申请, or the year of a template that nobody changed: where only last year's requests and this year's results
    are told in one sentence, the year is wrong."""
    now = _totals(statements)
    results = {s.sentence for row, s in now.items() if row not in _TAKEN_IN}
    if any(row in now for row in ("new_received", "received_all")):
        return
    for statement in statements:
        here = statement.sentence in results or statement.sentence + 1 in results
        if statement.prior and statement.target.row == "new_received" and here:
            statement.prior = statement.sure = False


def _received(statements: Sequence[Statement]) -> None:
    """受理28件，上年结转4件，已办结30件: more were dealt with than 受理 says, so it says only those that came in."""
    now = _totals(statements)
    received = now.get("received_all")
    if received is None or "new_received" in now or not isinstance(received.value, int):
        return
    done = sum(
        s.value
        for row, s in now.items()
        if row in ("result_total", "carried_forward") and isinstance(s.value, int)
    )
    over = now.get("carried_over")
    if over is not None and over.value and done > received.value:
        for statement in statements:
            if statement.target.row == "received_all":
                statement.target = statement.target._replace(row="new_received")
                statement.sure = False


def _parts_as_wholes(statements: list[Statement]) -> None:
    """下面都是个人的：公开10 … 下面都是企业的：公开2, 查无此文4件，个人；不归我们管1件，企业: a row that is wholly of two applicants
    was told in parts."""
    wholes: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.kind == "only" and statement.target.table == "table3":
            wholes[statement.target.row].append(statement)
    for row, told in wholes.items():
        cols = {s.target.col for s in told}
        cols |= {s.target.col for s in statements if _tells_applicant(s, row)}
        if len(cols) < 2 or row == "*":
            continue
        for only in told:
            value = _part_of(only, statements)
            if value is not None and not value.corrects:
                value.target, value.sure = only.target, False
                statements.remove(only)


def _part_of(only: Statement, statements: Sequence[Statement]) -> Statement | None:
    """The figure that is wholly of an applicant: told with him, or just before him in the sentence."""
    mine = [s for s in statements if s.kind == "value" and s.target == only.target._replace(col="total")]
    before = [s for s in mine if s.sentence == only.sentence and s.span.end <= only.span.start]
    return next((s for s in mine if s.span == only.span), before[-1] if before else None)


def _told_in_two(statements: list[Statement], form: FormMap) -> None:
    """信息不存在的3，不归我们管的2 … 合计21: two figures of one row are both counted where only then the printed sum is right."""
    results = {*form.group_of, "granted", "partial"}
    told: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if (
            statement.kind == "value"
            and statement.target.table == "table3"
            and statement.target.col == "total"
        ) and not (statement.prior or statement.corrects or statement.text_channel):
            told[statement.target.row].append(statement)
    twice = [row for row, mine in told.items() if row in results and len(mine) > 1]
    printed = {s.value for s in told.get("result_total", ())}
    if len(twice) != 1 or len(printed) != 1:
        return
    whole = sum(_value(s) for row in results for s in told.get(row, ()))
    mine = told[twice[0]]
    if whole in printed and len({s.span for s in mine}) == len(mine):
        first, *others = mine
        first.value, first.sure = sum(map(_value, mine)), False
        first.spans = [span for s in mine for span in s.spans]
        for other in others:
            statements.remove(other)


def _value(statement: Statement) -> int:
    return statement.value if isinstance(statement.value, int) else 0


def _wholes(statements: Sequence[Statement], col: str) -> list[Statement]:
    """律所来函申请2件，公开1，不掌握1: where nobody else is named at all, the applicant's figures are the rows'."""
    told = {(s.target.row, s.target.col) for s in statements if s.target.table == "table3" and not s.prior}
    if ("new_received", "total") in told or ("new_received", col) not in told:
        return []
    return [
        replace(s, target=s.target._replace(col="total"), sure=False)
        for s in statements
        if s.kind == "value" and not s.prior and s.target.table == "table3" and s.target.col == col
        and (s.target.row, "total") not in told
    ]  # fmt: skip


def _tells_applicant(statement: Statement, row: str) -> bool:
    table, told, col = statement.target
    whole = statement.kind == "value" and not statement.prior and bool(statement.value)
    return (
        whole and (table, told) == ("table3", row) and col not in ("total", "legal_persons", "unknown_type")
    )


def _stories(out: Output) -> None:
    told = told_by(out.stories, out.statements)
    out.statements += told
    spans = {span for statement in told for span in statement.spans}
    for story, _ in out.stories:
        if story.figure is not None and span_of(story.figure) not in spans and not story.told:
            out.account(story.figure, Use.COUNTED, "逐件说明")


def _ask_other(out: Output, form: FormMap) -> None:
    """答复702件，其中申请人撤回28件: a way to 其他 that is told alone need not be all of it."""
    now = _totals(out.statements)
    other, total = now.get("ot_other"), now.get("result_total")
    if other is None or total is None or other.official or not isinstance(total.value, int):
        return
    parts = [
        s.value
        for row, s in now.items()
        if row in form.rows3 and row not in (*_TAKEN_IN, "result_total", "carried_forward")
    ]
    if len(parts) == 1 and isinstance(other.value, int) and other.value < total.value:
        out.statements.remove(other)
        out.unplaced.append(Unplaced(tuple(other.spans), other.words, (other.target,), _QUESTION))
