"""Chooses the questions that close the report: none that others make superfluous, the most valuable first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from assistant.assembly.assemble import Assembly
from assistant.assembly.candidates import Candidate, candidates_of
from assistant.balance import Reconciler, aggregate_key
from assistant.forms import Aggregate, CellKey, Form
from assistant.report.findings import Question

__all__ = ["questions_of"]

_SHOWN = 12
"""cells named in the question that lists the unsure ones"""


def questions_of(assembly: Assembly) -> tuple[Question, ...]:
    """Questions for everything that is blank and that no arithmetic and no last year's report fixes.

    A question whose cells would follow from the answers to the others is not asked. The value of a question is the number of
    blank cells that its answer fixes or makes it possible to ask about; the order of the form decides between equals.
    """
    report = assembly.report
    form = report.layout
    stated = _stated_sums(assembly, form)
    reconciler = Reconciler(form, stated)
    known = {key for key, _ in report.filled()} | {aggregate_key(*one) for one in stated}
    contested = {cell for f in assembly.findings if f.code == "CONFLICT" for cell in f.cells}
    blank = {k for k in form.cells if report.value(k) is None and str(k) not in contested}
    needed = _needed(candidates_of(assembly), known, blank, reconciler)
    ranked = sorted(needed, key=lambda c: -_value(c, known, blank, reconciler))
    closing = [*ranked, *_remaining(form, blank, ranked, known, reconciler)]
    return (*_to_confirm(assembly), *(c.question for c in closing))


def _to_confirm(assembly: Assembly) -> Iterator[Question]:
    """One list of all cells that rest on a single unsure reading."""
    form = assembly.report.layout
    unsure = [c for c in assembly.cells if c.status == "unconfirmed"]
    if not unsure:
        return
    shown = [f"{form.label(CellKey(c.table, c.row, c.col))} {c.value}" for c in unsure if c.value]
    names = "、".join(shown[:_SHOWN]) + (f"等 {len(shown)} 格" if len(shown) > _SHOWN else "")
    zeros = len(unsure) - len(shown)
    rest = f"，另有 {zeros} 格为 0" if zeros and shown else f"{zeros} 格为 0" if zeros else ""
    yield Question(
        code="CONFIRM",
        about=tuple(f"{c.table}.{c.row}.{c.col}" for c in unsure),
        text=f"下列数字只有一处说法，或者说法不够明确，请一并核对：{names}{rest}。都对吗？",
        choices=("都对",),
    )


def _stated_sums(assembly: Assembly, form: Form) -> list[tuple[Aggregate, str]]:
    out = []
    for said in assembly.aggregates:
        for name, line in ((said.row, said.col), (said.col, said.row)):
            aggregate = form.aggregate(name)
            if aggregate is not None and _has_line(form, aggregate, line):
                out.append((aggregate, line))
                break
    return out


def _has_line(form: Form, aggregate: Aggregate, line: str) -> bool:
    return all(form.has(k) for k in aggregate.cells(line))


def _fixed(cells: Collection[CellKey], known: set[CellKey], reconciler: Reconciler) -> set[CellKey]:
    """What is known once some cells are answered."""
    answered = known | set(cells)
    return answered | reconciler.settles(answered)


def _value(candidate: Candidate, known: set[CellKey], blank: set[CellKey], reconciler: Reconciler) -> int:
    before = reconciler.settles(known)
    return len(((_fixed(candidate.cells, known, reconciler) - before) | candidate.hinges) & blank)


def _needed(
    candidates: Sequence[Candidate], known: set[CellKey], blank: set[CellKey], reconciler: Reconciler
) -> list[Candidate]:
    """Leave out, the least valuable first, each question whose cells follow from the answers to the others."""
    kept = list(candidates)
    for one in sorted(candidates, key=lambda c: _value(c, known, blank, reconciler)):
        others = {cell for c in kept if c is not one for cell in c.cells}
        if one.cells and one.cells & blank <= _fixed(others, known, reconciler):
            kept.remove(one)
    return kept


def _remaining(
    form: Form,
    blank: set[CellKey],
    asked: Sequence[Candidate],
    known: set[CellKey],
    reconciler: Reconciler,
) -> list[Candidate]:
    """Cells nothing speaks of and no other question leads to: one question to confirm them all as zero."""
    covered = _fixed({cell for c in asked for cell in c.cells}, known, reconciler)
    covered |= {cell for c in asked for cell in c.hinges}
    left = tuple(k for k in form.cells if k in blank and k not in covered)
    if not left:
        return []
    question = Question(
        code="BLANK_ZERO",
        about=tuple(map(str, left)),
        text=f"没有提到的其余 {len(left)} 个单元格是否都为 0？",
        choices=("其余都是0",),
    )
    return [Candidate(question, frozenset(left))]
