"""Chooses the questions that close the report: none that others make superfluous, the most valuable first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from assistant.assembly.asking import Candidate
from assistant.assembly.assemble import Assembly
from assistant.assembly.candidates import candidates_of
from assistant.assembly.offering import Offering
from assistant.assembly.scopes import Scopes, named_only
from assistant.balance import Reconciler, aggregate_key
from assistant.forms import Aggregate, CellKey, Form
from assistant.report.facts import Ask, Fact, FactKind, FactStatus
from assistant.report.findings import Question

__all__ = ["ASIDE", "OPEN_FIGURES", "questions_of"]

_SHOWN = 12
"""cells named in the question that lists the unsure ones"""
_ROWS = 4
"""rows named there whose cells are unsure zeros"""
_MOST_CHOICES = 9
_NAMED = 8
"""open figures named in the question about them"""
OPEN_FIGURES = "不清楚填到哪里"
"""words that only the question about open figures has"""
ASIDE = "这些数都不计入"
"""answer to it that takes all of them out of account"""


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
    opened = [f for f in assembly.facts if f.kind is FactKind.OPEN and f.status is FactStatus.HEDGED]
    scopes = Scopes(form, frozenset()).awaiting(named_only(assembly.facts))
    needed = _needed(candidates_of(assembly, scopes.blocked), known, blank, reconciler)
    ranked = sorted(needed, key=lambda c: -_value(c, known, blank, reconciler))
    offering = Offering(assembly, reconciler, scopes.awaited)
    closing = [offering.of(one) for one in ranked]
    if not opened and blank.isdisjoint(scopes.awaited):
        closing += _remaining(form, blank, ranked, known, reconciler)
    unasked = [fact for fact in opened if fact.ask is None]
    places = blank.intersection(key for fact in unasked for key in scopes.open_to(fact))
    return (
        *_to_confirm(assembly),
        *_asked_by_readers(opened, form),
        *_to_place(unasked, [key for key in form.cells if key in places]),
        *(c.question for c in closing),
    )


def _asked_by_readers(opened: Sequence[Fact], form: Form) -> Iterator[Question]:
    """The questions of the readers, each once for all its figures; the cells they may belong to are what it is about."""
    places: dict[Ask, dict[str, None]] = {}
    for fact in opened:
        if fact.ask is not None:
            places.setdefault(fact.ask, {}).update(dict.fromkeys(fact.where.split()))
    for ask, found in places.items():
        yield Question(
            code=ask.code,
            about=tuple(dict.fromkeys(_about(place, form) for place in found)),
            text=ask.text,
            # of more nobody finds the right one by eye; then the row is told in words
            choices=tuple(c.text for c in ask.choices) if len(ask.choices) <= _MOST_CHOICES else (),
        )


def _about(place: str, form: Form) -> str:
    """A cell, or the row or table of a place that names no cell."""
    table, row, _ = place.split(".")
    return place if form.has(CellKey.parse(place)) else table if row == "*" else f"{table}.{row}"


def _to_place(opened: Sequence[Fact], about: Iterable[CellKey]) -> Iterator[Question]:
    """One question for all figures that nobody could place; what they may belong to is not asked for as zero."""
    if not opened:
        return
    shown = "、".join(f"“{fact.text}”" for fact in opened[:_NAMED])
    more = f"等 {len(opened)} 个" if len(opened) > _NAMED else ""
    yield Question(
        code="AMBIGUOUS_MAP",
        about=tuple(map(str, about)),
        text=f"材料中有 {len(opened)} 个数{OPEN_FIGURES}：{shown}{more}。请说明各是哪一项的数；与年报无关的，请答“{ASIDE}”。",
        choices=(ASIDE,),
    )


def _to_confirm(assembly: Assembly) -> Iterator[Question]:
    """One list of all cells that rest on a single unsure reading."""
    form = assembly.report.layout
    unsure = [c for c in assembly.cells if c.status == "unconfirmed"]
    if not unsure:
        return
    shown = [f"{form.label(CellKey(c.table, c.row, c.col))} {c.value}" for c in unsure if c.value]
    names = "、".join(shown[:_SHOWN]) + (f"等 {len(shown)} 格" if len(shown) > _SHOWN else "")
    zeros = [CellKey(c.table, c.row, c.col) for c in unsure if not c.value]
    rest = f"{'，另有' if shown else ''}{_zero_rows(form, zeros)}" if zeros else ""
    yield Question(
        code="CONFIRM",
        about=tuple(f"{c.table}.{c.row}.{c.col}" for c in unsure),
        text=f"下列数字只有一处说法，或者说法不够明确，请一并核对：{names}{rest}。都对吗？",
        choices=("都对",),
    )


def _zero_rows(form: Form, zeros: Sequence[CellKey]) -> str:
    """规章、行政处罚各格为 0, with how many cells these are: a zero that is wrong is seen by its row."""
    rows = list(dict.fromkeys(form.table(key.table).row(key.row).name for key in zeros))
    names = "、".join(rows[:_ROWS]) + (f"等 {len(rows)} 行" if len(rows) > _ROWS else "")
    return f"{names}共 {len(zeros)} 格为 0"


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
