"""Settles what is a part of what: wholes and their applicants, parts of a year, lists and their totals."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from assistant.extraction.clause_state import RESULT_ROWS, Reading
from assistant.extraction.statements import Remark, Statement, Target

__all__ = ["added_up", "inherited", "narrowed", "parts_of_the_year", "shared", "wholes"]


def wholes(reading: Reading) -> None:
    """逾期不补正2件自然人: total and applicant at once, unless the row is broken down elsewhere."""
    live = reading.live
    told = Counter((s.target.row, s.target.col) for s in live if _counts_in_row(s))
    columns: dict[str, set[str]] = {}
    for row, col in told:
        columns.setdefault(row, set()).add(col)
    for statement in live:
        if not statement.whole:
            continue
        row, col = statement.target.row, statement.target.col
        itself = _counts_in_row(statement) and col == "total"
        if columns.get(row, set()) - {col} or (col == "total" and told[row, col] > itself):
            continue
        total = replace(statement, target=statement.target._replace(col="total"), whole=False, spans=[])
        reading.statements.append(total)
        if _counts_in_row(total):
            told[row, "total"] += 1
            columns.setdefault(row, set()).add("total")
        reading.statements.append(replace(statement, kind="only", value=None, whole=False, spans=[]))


def _counts_in_row(statement: Statement) -> bool:
    return statement.kind == "value" and not statement.prior and not statement.text_channel


def narrowed(reading: Reading) -> None:
    """规范性文件没出过，有效的3件: nothing was issued or abolished; what is in force is told."""
    live = reading.live
    places = {s.target for s in live}
    told_of: dict[tuple[tuple[str, ...], int], set[str]] = {}
    for s in live:
        if s.kind == "value" and s.value and not s.prior:
            told_of.setdefault((s.target[:2], s.sentence), set()).add(s.target.col)
    for zero in live:
        if zero.kind != "zero" or not zero.target.table.startswith("table2") or zero.target.col != "*":
            continue
        if told_of.get((zero.target[:2], zero.sentence)) == {"in_force"}:
            zero.dropped = "narrowed"
            for col in ("issued", "abolished"):
                if zero.target._replace(col=col) not in places:
                    reading.statements.append(
                        replace(zero, target=zero.target._replace(col=col), dropped="", spans=[])
                    )


def inherited(reading: Reading) -> None:
    """新收118件，……，结转下年3件。自然人111，企业6，律所1: applicants told in a sentence of their own belong to the row
    that they add up to, not to the row that happened to stand last."""
    live = [s for s in reading.live if s.kind == "value" and s.target.table == "table3" and not s.prior]
    totals = {s.target.row: s for s in live if s.target.col == "total"}
    told = {s.target.row for s in live if s.target.col != "total" and not s.inherited}
    sentences: dict[int, list[Statement]] = {}
    for s in live:
        if s.inherited:
            sentences.setdefault(s.sentence, []).append(s)
    for sentence, parts in sentences.items():
        rows = {s.target.row for s in parts}
        held = totals.get(next(iter(rows))) if len(rows) == 1 else None
        added = sum(s.value for s in parts if isinstance(s.value, int))
        if held is None or not isinstance(held.value, int) or added <= held.value:
            continue
        fitting = [
            s for r, s in totals.items() if s.value == added and r not in told and s.sentence < sentence
        ]
        near = [s for s in fitting if s.sentence == max(f.sentence for f in fitting)]
        # new and finished may be equal: the first of the sentence is what the others follow from
        if near:
            for part in parts:
                part.target = part.target._replace(row=near[0].target.row)


def added_up(reading: Reading) -> None:
    """今年有3份申请，2份1月收到，还有1份国庆后收的: figures of one cell that add up to the one told with them are its
    parts in another respect."""
    groups: dict[tuple[int, Target], list[Statement]] = {}
    for s in reading.live:
        if (
            s.kind == "value"
            and isinstance(s.value, int)
            and not s.corrects
            and not s.prior
            and not s.text_channel
        ):
            groups.setdefault((s.sentence, s.target), []).append(s)
    for same in groups.values():
        values = [s.value for s in same if isinstance(s.value, int)]
        whole = max(values, default=0)
        if len(values) >= 3 and 2 * whole == sum(values):
            for s in same:
                if s.value != whole:
                    s.dropped = "part"


_QUARTERS = 4


def parts_of_the_year(reading: Reading) -> None:
    """四个季度的许可: the parts are shown and asked, never added up unseen."""
    told = {s.target: s for s in reading.live if s.kind == "value" and not s.prior}
    parts: dict[Target, list[Statement]] = {}
    for s in reading.statements:
        if s.dropped == "period" and not s.prior:
            parts.setdefault(s.target, []).append(s)
    for target, some in parts.items():
        figures = "、".join(str(s.value) for s in some)
        whole = told.get(target)
        if whole is not None:
            added = sum(s.value for s in some if s.value is not None)
            if len(some) == _QUARTERS and whole.value is not None and added != whole.value:
                message = f"四个季度合计 {added}（{figures}），与全年数 {whole.value} 不一致，请核对"
                reading.remarks.append(
                    Remark(
                        "NARRATIVE_SUM",
                        ".".join(target),
                        message,
                        some[0].span,
                        "warning",
                        added,
                        whole.value,
                    )
                )
            continue
        message = f"只说了各时段的数（{figures}），请说明全年数"
        reading.remarks.append(Remark("MISSING_FIELD", ".".join(target), message, some[0].span))


def shared(reading: Reading) -> None:
    """办结389件：予以公开158件（企业13件）……行政查询8件，均为自然人: the clause ends the list of items and does not
    speak of the whole that the list breaks down."""
    live = reading.live
    others = {
        s.target.col for s in live if s.kind == "value" and s.value and s.target.row.startswith(RESULT_ROWS)
    } - {"total", "*"}
    for statement in live:
        ends_list = statement.kind == "only" and statement.shared and statement.target.row == "result_total"
        if ends_list and others - {statement.target.col}:
            statement.dropped = "whole"
