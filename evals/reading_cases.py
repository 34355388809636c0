"""Reads the messages of tests/reading and compares their cells: the quick measure of the reader, without prose and rules."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.assembly import assemble
from assistant.drafting.pipeline import DraftOptions, read_offline
from assistant.report import UnitProfile
from assistant.report.draft import Draft
from evals.cases import Case
from evals.scoring import CellScore, score_cells

__all__ = ["cells_amiss", "read_score"]


def read_score(case: Case) -> CellScore:
    """The cells of a message, read and assembled as a draft would hold them."""
    options = DraftOptions(org=case.org, level=case.level, scope=case.scope, year=case.year)
    work, _ = read_offline(case.materials, options)
    assembly = assemble(
        work.facts,
        form=case.form,
        year=case.year,
        profile=UnitProfile.infer(case.org, case.level, case.scope),
        previous=case.last_year,
        confirm_zeros=case.zeros == "confirm",
    )
    return score_cells(case, Draft(report=assembly.report, cells=assembly.cells))


def cells_amiss(cases: Iterable[Case]) -> dict[str, str]:
    """The cases whose cells are not all as expected, with what is missing and wrong, by id."""
    scores = {case.id: read_score(case) for case in cases}
    return {
        name: f"缺 {s.missing} 错 {s.wrong} 误填 0 {s.false_zeros}"
        for name, s in scores.items()
        if not s.exact
    }
