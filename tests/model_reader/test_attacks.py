"""Holds that lies do not reach drafts, that right answers never make one worse, and that answers stay short."""

from __future__ import annotations

import pytest

from evals.answer_size import sizes
from evals.attacks import attack, attack_cases
from evals.liar import KINDS

pytest.importorskip("langchain_openai")


def test_right_answers_make_no_draft_worse() -> None:
    tally = attack(attack_cases(reader=False), seeds=[0], share=0)
    assert tally.worse == []
    assert tally.right >= tally.offline_right


def test_lies_stay_out() -> None:
    tally = attack(attack_cases(reader=False), seeds=[0])
    assert sum(tally.lies.values()) > 60
    assert set(tally.lies) == set(KINDS)
    assert tally.precision >= 0.985
    assert [lie for _, lie in tally.through] == []


def test_answers_are_short_beside_a_schema_of_all_cells() -> None:
    size = sizes(attack_cases(reader=False))
    assert size.share <= 0.15
    assert size.share_of_dense <= 0.08
