"""Scores what the clerk is told of the cells: which wrong ones nothing names, and which right ones are asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assistant.report.draft import Draft
from assistant.report.facts import Value
from assistant.report.findings import Severity
from evals.scoring import CellScore

__all__ = ["ShownScore", "score_shown"]

_SEVERE = (Severity.ERROR, Severity.ASK, Severity.WARNING)


@dataclass(frozen=True)
class ShownScore:
    """What the findings and questions of one draft say of its cells."""

    silent: tuple[tuple[str, Value, Value], ...]
    """cells filled wrong, or with a zero nobody declared, that no error, ask or warning and no question names: the cell,
    the value found, the value that is right; the worst failure there is"""
    asked: int
    """missing cells that a question or an ask names"""
    needless: int
    """questions and asks about cells that the material states and the draft fills rightly, and about nothing amiss"""
    burden: int
    """rightly filled cells that a question or an ask names"""


def score_shown(score: CellScore, draft: Draft) -> ShownScore:
    """Hold the cells of a draft, scored as ``score``, against its findings and questions."""
    asks = [(f.where, *f.cells) for f in draft.findings if f.severity is Severity.ASK]
    asks += [q.about for q in draft.questions]
    severe = [place for f in draft.findings if f.severity in _SEVERE for place in (f.where, *f.cells)]
    shown = {*severe, *(place for about in asks for place in about)}
    amiss = [*score.wrong, *((name, 0, value) for name, value in score.false_zeros)]
    bad = [*(name for name, _ in score.missing), *(name for name, *_ in score.wrong)]
    return ShownScore(
        silent=tuple(one for one in amiss if not _named(one[0], shown)),
        asked=sum(any(_named(name, about) for about in asks) for name, _ in score.missing),
        needless=sum(_any(score.right_cells, about) and not _any(bad, about) for about in asks),
        burden=sum(any(_named(name, about) for about in asks) for name in score.right_cells),
    )


def _any(cells: Iterable[str], places: Collection[str]) -> bool:
    return any(_named(name, places) for name in cells)


def _named(cell: str, places: Collection[str]) -> bool:
    """Whether one of the places is the cell or its row; a whole table names no cell."""
    return cell in places or cell.rpartition(".")[0] in places
