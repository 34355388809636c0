"""Each part of the reader is needed by a case; a sample of them is taken away here, all of them by ``python -m evals.breaks``."""

from __future__ import annotations

from functools import cache

import pytest

from evals import removals
from evals.breaks import Net, removed
from evals.cases import DATASETS, READER, Case, load_cases

_SAMPLED = (
    "clause_absences.absence", "clause_applicants.all_but_part", "clause_outcomes.awaited", "clause_outcomes.promised",
    "clause_turns._among_them", "clause_turns._amount_again", "clause_turns._slip", "pasted.find_grids",
    "GridReader.read", "registers._combinations", "registers.find_registers", "vectors.fold_vectors",
    "Sweeper._allowed", "Arithmetic.may_be_zero", "Scopes.awaiting",
)  # fmt: skip
_CASES = ("a-", "b-1", "mess-0", "mess-1", "kin-1", "wide-0", "needs-")


def _cases() -> list[Case]:
    files = [*(READER / f"tune_{letter}.yaml" for letter in "abhij"), DATASETS / "needs.yaml"]
    return [case for case in load_cases(*files) if case.id.startswith(_CASES)]


def _parts() -> list[removals.Removal]:
    return [*removals.clause_readers(), *removals.table_readers(), *removals.guards()]


@cache
def _net() -> Net:
    return Net([part for part in _parts() if part.name in _SAMPLED], _cases())


@pytest.mark.parametrize("name", _SAMPLED)
def test_a_part_taken_away_is_missed(name: str) -> None:
    (part,) = [part for part in _parts() if part.name == name]
    assert _net().red(part, _net().reached[name], 1)


@pytest.mark.parametrize(
    "notion", [("row", "np_repeat"), ("col", "natural_person"), ("t2col", "amount_wan"), ("cue", "pending")]
)
def test_a_word_emptied_is_missed(notion: tuple[str, str]) -> None:
    net = _net()
    assert net.red(lambda: removals.without_notion(*notion), net.naming(*notion), 1)


def test_a_part_that_no_case_needs_shows() -> None:
    same = removals.Removal("same", removals.table_readers()[0].home, "find_grids", lambda *given: [])
    (told,) = list(removed(Net([same], []), [same], None))
    assert told == ("去掉 same", [])


def test_what_was_taken_away_is_back() -> None:
    before = {part.name: part.function for part in _parts()}
    for part in _parts():
        with part():
            assert part.function is not before[part.name]
    assert {part.name: part.function for part in _parts()} == before


def test_every_clause_module_is_looked_at() -> None:
    modules = {part.name.partition(".")[0] for part in removals.clause_readers()}
    assert {
        "clause_absences",
        "clause_applicants",
        "clause_bare",
        "clause_figures",
        "clause_turns",
    } <= modules
    assert len(removals.clause_readers()) >= 40
