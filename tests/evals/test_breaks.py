"""Each part of the reader is needed by a case; a sample of them is taken away here, all of them by ``python -m evals.breaks``."""

from __future__ import annotations

from functools import cache

import pytest

from evals import removals
from evals.breaks import Net, removed
from evals.cases import DATASETS, READER, Case, load_cases

_SAMPLED = (
    "readers.read_tables", "readers.read_sentences", "sentences.implied.implied", "sentences.refusing.refused",
    "tables.headers.header_paths", "frame dealt out", "frame row of figures", "Arithmetic.may_be_zero",
)  # fmt: skip
_CASES = ("a-", "b-1", "mess-0", "mess-1", "kin-1", "wide-0", "needs-")


def _cases() -> list[Case]:
    files = [*(READER / f"tune_{letter}.yaml" for letter in "abhij"), DATASETS / "needs.yaml"]
    return [case for case in load_cases(*files) if case.id.startswith(_CASES)]


def _parts() -> list[removals.Part]:
    return [*removals.readers(), *removals.steps(), *removals.constructions(), *removals.guards()]


@cache
def _net() -> Net:
    return Net([part for part in _parts() if part.name in _SAMPLED], _cases())


@pytest.mark.parametrize("name", _SAMPLED)
def test_a_part_taken_away_is_missed(name: str) -> None:
    (part,) = [part for part in _parts() if part.name == name]
    assert _net().red(part, _net().reached[name], 1)


@pytest.mark.parametrize(
    "notion", [("row", "np_repeat"), ("col", "natural_person"), ("t4block", "review"), ("cue", "every")]
)
def test_a_word_emptied_is_missed(notion: tuple[str, str]) -> None:
    net = _net()
    assert net.red(lambda: removals.without_notion(*notion), net.naming(*notion), 1)


def test_a_part_that_no_case_needs_shows() -> None:
    reader = removals.readers()[0]
    same = removals.Removal("same", reader.home, reader.attribute, lambda *given: None)
    (told,) = list(removed(Net([same], []), [same], None))
    assert told == ("去掉 same", [])


def test_what_was_taken_away_is_back() -> None:
    functions = [part for part in _parts() if isinstance(part, removals.Removal)]
    before = {part.name: part.function for part in functions}
    for part in functions:
        with part():
            assert part.function is not before[part.name]
    assert {part.name: part.function for part in functions} == before


def test_every_room_of_the_readers_is_looked_at() -> None:
    rooms = {part.name.partition(".")[0] for part in removals.steps()}
    assert rooms == {"ledgers", "questionnaires", "sentences", "tables"}
    assert len(removals.steps()) >= 50


def test_an_emptied_word_is_back() -> None:
    from assistant.extraction.lexicon import default_lexicon

    with removals.without_notion("row", "np_repeat"):
        assert default_lexicon().lookup("重复申请") == ()
    assert default_lexicon().lookup("重复申请")[0].key == "np_repeat"
