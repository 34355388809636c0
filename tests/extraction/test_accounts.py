"""Every figure ends in one account, and what is open keeps zeros and arithmetic away from where it may belong."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.drafting.pipeline import DraftOptions, draft_text, draft_texts
from assistant.extraction.inventory import inventory_of
from assistant.forms import CellKey
from assistant.report.draft import Draft
from assistant.report.figures import Account
from evals.cases import Case
from evals.erasure import drafted, harms, known_cases, sample

_SCOPES = ("rest", "info_fee", "table2", "table2_2019", "table3", "table4")
_CASES = yaml.safe_load((Path(__file__).parent / "accounts.yaml").read_text(encoding="utf-8"))


def _draft(text: str) -> Draft:
    return draft_text(text, DraftOptions(org="清源县水利局", year=2024))


def _accounts(draft: Draft) -> dict[str, str]:
    """The accounts by the words of the figures; 5@2 is the second 5."""
    words = [draft.sources[f.source][f.start : f.end] for f in draft.figures]
    many, seen = Counter(words), Counter[str]()
    found = {}
    for word, figure in zip(words, draft.figures, strict=True):
        seen[word] += 1
        found[word if many[word] == 1 else f"{word}@{seen[word]}"] = str(figure.account)
    return found


@pytest.mark.parametrize("case", _CASES, ids=[case["name"] for case in _CASES])
def test_what_becomes_of_each_figure(case: dict[str, Any]) -> None:
    draft = _draft(case["message"])
    assert _accounts(draft) == case["accounts"]
    values = {name: draft.report.value(CellKey.parse(name)) for name in case.get("blank", ())}
    assert values == dict.fromkeys(values)
    filled = case.get("filled", {})
    assert {n: draft.report.value(CellKey.parse(n)) for n in filled} == {
        n: Decimal(v) for n, v in filled.items()
    }


def test_an_open_figure_is_asked_about_and_is_no_sentence() -> None:
    draft = _draft("新收5件，都是自然人。主动公开方面，要地图的那边17件。")
    (asked,) = (q for q in draft.questions if "不清楚填到哪里" in q.text)
    assert "要地图的那边17件" in asked.text
    assert not any("17" in fact.text for fact in draft.activities)


@cache
def _known() -> list[Case]:
    return known_cases()


def test_every_figure_of_every_known_case_has_one_account() -> None:
    amiss = []
    for case in _known():
        draft = drafted(case)
        listed = [(f.source, f.start, f.end) for f in draft.figures]
        known = [
            (name, f.span.start, f.span.end)
            for name, text in draft.sources.items()
            for f in inventory_of(text)
        ]
        if sorted(listed) != sorted(known) or [f.id for f in draft.figures] != [*range(1, len(known) + 1)]:
            amiss.append(case.id)
        named = [where for f in draft.figures if f.account is Account.CELL for where in f.cells]
        assert all(f.account in set(Account) for f in draft.figures)
        assert all(where.partition(".")[0] in _SCOPES for where in named), case.id
    assert amiss == []


@pytest.mark.parametrize("part", range(4))
def test_a_figure_that_nobody_can_read_makes_no_other_cell_silently_wrong(part: int) -> None:
    chosen = sample(_known(), 50, f"erased {part}")
    assert [harm for case, figure in chosen for harm in harms(case, figure)] == []


def test_the_figures_of_several_sources_are_numbered_through() -> None:
    draft = draft_texts(
        {"甲": "新收5件。", "乙": "予以公开3件。"}, DraftOptions(org="清源县水利局", year=2024)
    )
    assert [(f.id, f.source) for f in draft.figures] == [(1, "甲"), (2, "乙")]
