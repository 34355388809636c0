"""Judges what a model says beside figures: withdrawals, who all applicants are, what the unit did."""

from __future__ import annotations

from assistant.forms import CellKey
from assistant.model_reader.answers import ReadActivity, ReadApplicants, ReadCorrection
from assistant.model_reader.asked import ALL_ROWS, Place
from assistant.model_reader.remarks import asked_about
from assistant.model_reader.verdicts import Bench, Judged
from assistant.report.facts import Aspect, Fact, FactKind

__all__ = ["judge_activity", "judge_applicants", "judge_withdrawal"]


def judge_withdrawal(bench: Bench, item: ReadCorrection, out: Judged) -> None:
    """Corrections are the user's to make: a withdrawal the offline reader did not see becomes a question."""
    place = bench.names.place(item.cell)
    spans = bench.ground.locate(item.quote)
    if place is None or not spans:
        bench.reject(out, item.cell, item.quote, "表中没有这个单元格" if place is None else "原文没有这句话")
        return
    held = bench.offline.live(place)
    _drop(place, out)
    if held is not None and held.value and bench.ground.cue_in(*spans[0], "correction", "exclude", "negated"):
        out.findings.append(asked_about(bench.ground.form, held, None, None, bench.evidence(*spans[0])))


def _drop(place: Place, out: Judged) -> None:
    out.facts = [f for f in out.facts if (f.kind, f.where) != (place.kind, place.where)]
    out.findings = [f for f in out.findings if f.code != "MODEL_READ" or f.where != place.where]


def judge_applicants(bench: Bench, item: ReadApplicants, out: Judged) -> None:
    """都是自然人: all other applicants of the row are none. Taken only where the words say so and nothing speaks against it."""
    rows = bench.names.rows if item.rows == ALL_ROWS else (item.rows,)
    if item.applicant not in bench.names.applicants or not set(rows) <= set(bench.names.rows):
        bench.reject(out, f"{item.rows}.{item.applicant}", item.quote, "表中没有这样的申请人")
        return
    where = f"table3.{'*' if item.rows == ALL_ROWS else item.rows}.except.{item.applicant}"
    if any(
        f.kind is FactKind.ZERO and f.where.endswith(f".except.{item.applicant}") for f in bench.offline.facts
    ):
        return
    bearing = [
        span
        for span in bench.ground.locate(item.quote)
        if bench.ground.cue_in(*span, "every")
        and any(t.has("col", item.applicant) for t in bench.ground.between(*span))
    ]
    others = [c for c in bench.names.applicants if c != item.applicant]
    spoken = any(bench.offline.known.get(CellKey("table3", r, c)) for r in rows for c in others)
    if not bearing or spoken:
        bench.reject(
            out, where, item.quote, "与已说明的申请人不符" if spoken else "原文没有说全部是这类申请人"
        )
        return
    evidence = (bench.evidence(*bearing[0]),)
    out.facts.append(
        Fact(
            id=f"{bench.prefix}zero.{where}",
            kind=FactKind.ZERO,
            where=where,
            value=0,
            evidence=evidence,
            read_by="model",
            sure=False,
        )
    )


def judge_activity(bench: Bench, item: ReadActivity, out: Judged) -> None:
    """Something the unit did, in its own words, where nothing was read from them yet; questions are no activities."""
    spans = bench.ground.locate(item.quote)
    if item.aspect not in list(Aspect) or not spans:
        bench.reject(out, item.aspect, item.quote, "原文没有这句话" if not spans else "没有这个方面")
        return
    start, end = spans[0]
    covered = any(
        e.source == bench.source and e.start < end and start < e.end
        for f in (*bench.offline.facts, *out.facts)
        for e in f.evidence
    )
    if covered or bench.ground.cue_in(start, end, "question"):
        return
    evidence = bench.evidence(start, end)
    out.facts.append(
        Fact(
            id=f"{bench.prefix}act@{start}",
            kind=FactKind.ACTIVITY,
            where=item.aspect,
            text=evidence.quote,
            evidence=(evidence,),
            read_by="model",
        )
    )
