"""Scores a draft against a case: cells, zeros, findings, questions, prose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant.numerals import Numeral, find_numerals, fold
from assistant.report.draft import Cell, Draft
from assistant.report.facts import FactKind, Origin, Value
from assistant.report.findings import Severity
from evals.cases import Case

__all__ = ["CellScore", "ProseScore", "SaidScore", "score_cells", "score_prose", "score_said"]


@dataclass(frozen=True)
class CellScore:
    """Cells of one draft. Pairs and triples are (cell, …) for people to read."""

    right: int
    expected: int
    missing: tuple[tuple[str, Value], ...]
    wrong: tuple[tuple[str, Value, Value], ...]
    """cell, value found, value that is right"""
    false_zeros: tuple[tuple[str, Value], ...]
    """cells filled with 0 that nobody declared 0 and that were published with another figure"""
    derived_right: int = 0
    derived_filled: int = 0
    right_cells: tuple[str, ...] = ()

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall of this case; 1 when nothing was to be found and nothing was."""
        faults = len(self.wrong) + len(self.missing)
        return 2 * self.right / (2 * self.right + faults) if self.right or faults else 1.0

    @property
    def exact(self) -> bool:
        """Nothing missing, nothing wrong, no zero that is not one."""
        return not (self.missing or self.wrong or self.false_zeros)


def score_cells(case: Case, draft: Draft) -> CellScore:
    """Compare the filled cells with what is known: stated and derived cells, else the published figures.

    A figure for which nothing is known is wrong when the program calls it stated, or where the case is complete.
    """
    got = {f"{c.table}.{c.row}.{c.col}": c for c in draft.cells if c.value is not None}
    wrong: list[tuple[str, Value, Value]] = []
    zeros: list[tuple[str, Value]] = []
    for name, cell in got.items():
        if _is_false_zero(case, name, cell):
            zeros.append((name, case.published[name]))
        elif (right := _right_value(case, name, cell)) is not None and cell.value != right:
            wrong.append((name, cell.value if cell.value is not None else 0, right))
    held = {name: cell.value for name, cell in got.items()}
    expected = dict(case.cells)
    if case.rest is not None:
        expected = {str(key): case.cells.get(str(key), case.rest) for key in case.form.cells}
    missing = tuple((name, value) for name, value in expected.items() if held.get(name) != value)
    filled = [name for name in case.derived if name in held]
    return CellScore(
        right=len(expected) - len(missing),
        expected=len(expected),
        missing=missing,
        wrong=tuple(wrong),
        false_zeros=tuple(zeros),
        derived_right=sum(held[name] == case.derived[name] for name in filled),
        derived_filled=len(filled),
        right_cells=tuple(name for name, value in expected.items() if held.get(name) == value),
    )


def _right_value(case: Case, name: str, cell: Cell) -> Value | None:
    """The value a cell should hold; None when nobody can tell."""
    known = case.cells.get(name, case.derived.get(name))
    if cell.value == 0:
        return known if name in case.cells else None
    if known is None:
        known = case.published.get(name, case.rest)
    if known is None and (
        case.closed or cell.origin is Origin.STATED or (case.complete_table3 and cell.table == "table3")
    ):
        return 0
    return known


def _is_false_zero(case: Case, name: str, cell: Cell) -> bool:
    if cell.value != 0 or name in case.cells or case.published.get(name, 0) == 0:
        return False
    row = f"{cell.table}.{cell.row}"
    scopes = {cell.table, f"{cell.table}.rest", f"{cell.table}.orgs", row, f"{row}.rest", name}
    return not scopes & set(case.zero)


@dataclass(frozen=True)
class SaidScore:
    """What the program said about the facts: findings and questions."""

    wanted: frozenset[str]
    caught: frozenset[str]
    alarms: tuple[str, ...]
    """findings of severity error that are not true"""
    questions: int
    needed: int
    """wanted codes that a question answers"""


_ASKED = re.compile(r"^(MISSING_\w+|CONFLICT|AMBIGUOUS_MAP|SCOPE_MISMATCH)$")


def score_said(case: Case, draft: Draft) -> SaidScore:
    """Codes that must be reported, in whichever way, and errors that must not."""
    said = {f.code for f in draft.findings} | {q.code for q in draft.questions}
    wanted = frozenset(case.findings)
    allowed = wanted | set(case.error_findings) | set(case.also)
    alarms = tuple(
        f"{f.code}：{f.message}"
        for f in draft.findings
        if f.severity is Severity.ERROR and f.code not in allowed
    )
    needed = sum(bool(_ASKED.match(code)) for code in wanted)
    return SaidScore(wanted, wanted & said, alarms, len(draft.questions), needed)


@dataclass(frozen=True)
class ProseScore:
    """The prose of a draft: figures that nobody said, figures and activities that are lost."""

    invented: tuple[str, ...]
    figures: int
    lost: tuple[str, ...]
    narrative: int
    uncovered: tuple[str, ...]
    activities: int


_DOCUMENT = re.compile(
    r"〔\d{4}〕\d+号|第\d{3}号|20\d{2}年?|\d{1,2}月\d{1,2}日|1月1日|12月31日|^\s*\d+[.、]", re.M
)
_ENOUGH = 0.6
"""share of an activity's pairs of characters that must stand in the prose; formal wording replaces the others"""


def score_prose(case: Case, draft: Draft) -> ProseScore:
    """Compare the prose with the message and the tables; values count, not how a figure is written."""
    prose = "\n".join(draft.report.sections.values())
    known = _known_values(case, draft)
    bare = _DOCUMENT.sub(" ", fold(prose))
    figures = [n for n in find_numerals(bare) if not n.chinese]
    invented = tuple(dict.fromkeys(bare[n.start : n.end] for n in figures if Decimal(n.value) not in known))
    printed = {Decimal(n.value) for n in find_numerals(fold(prose))}
    lost = tuple(
        note for note in case.narrative if any(Decimal(n.value) not in printed for n in _narrated(note))
    ) + tuple(words for words in case.words if words not in prose)
    activities = [
        fact.text for fact in draft.activities if fact.kind is FactKind.ACTIVITY and len(fact.text) > 3
    ]
    pairs = _pairs(prose)
    uncovered = tuple(text for text in activities if _share(text, pairs) < _ENOUGH)
    return ProseScore(
        invented, len(figures), lost, len(case.narrative) + len(case.words), uncovered, len(activities)
    )


def _narrated(note: str) -> Iterable[Numeral]:
    return (n for n in find_numerals(fold(note)) if not n.chinese)


def _known_values(case: Case, draft: Draft) -> set[Decimal]:
    """All figures that may stand in the prose: those of the message, of the cells, and sums of a row's or block's cells."""
    said = {Decimal(n.value) for n in find_numerals(fold(case.text))}
    cells = {Decimal(value) for _, value in draft.report.filled()}
    aggregates = {Decimal(a.value) for a in draft.aggregates}
    sums = {Decimal(value) for value in _sums(draft)}
    known = said | cells | aggregates | sums
    # 75.08 in a cell of 万元 is 75.08万 in the prose, and the other way round
    return known | {value * 10_000 for value in known} | {value / 10_000 for value in known}


def _sums(draft: Draft) -> Iterable[Value]:
    report = draft.report
    for aggregate in report.layout.aggregates:
        table = report.layout.table(aggregate.table)
        for line in table.columns if aggregate.along == "rows" else table.rows:
            values = [report.value(key) for key in aggregate.cells(line.key)]
            known = [value for value in values if value is not None]
            if len(known) == len(values):
                yield sum(known)


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"[\W\d_]+", "", fold(text))
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def _share(text: str, pairs: set[str]) -> float:
    own = _pairs(text)
    return len(own & pairs) / len(own) if own else 1.0
