"""Every figure of a material is listed once, with its kind."""

from __future__ import annotations

import pytest

from assistant.extraction.inventory import FigureKind, figure_kinds, inventory_of

_EXAMPLES = [(kind, example) for kind in figure_kinds() for example in kind.examples]


@pytest.mark.parametrize(("kind", "example"), _EXAMPLES, ids=[f"{k.name}:{e}" for k, e in _EXAMPLES])
def test_the_examples_of_a_kind_are_found(kind: FigureKind, example: str) -> None:
    before, marked, behind = (example.partition("⟦")[0], *example.partition("⟦")[2].partition("⟧")[::2])
    found = inventory_of(before + marked + behind)
    start, end = len(before), len(before) + len(marked)
    inside = [f for f in found if start <= f.span.start and f.span.end <= end]
    assert inside
    assert {f.kind for f in inside} == {kind.name}
    assert not [f for f in found if f not in inside and f.kind == kind.name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年收到申请12件", [("2024", "year", ""), ("12", "count", "件")]),
        ("收费1.29万元，约30件", [("1.29万", "amount", "元"), ("30", "count", "件")]),
        ("予以公开十二件，统一答复", [("十二", "count", "件")]),
        ("规章 0 0 0", [("0", "count", "")] * 3),
        ("一共来了三件", [("三", "count", "件")]),
    ],
)
def test_counts_and_amounts(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(f.text, f.kind, f.unit) for f in inventory_of(text)] == expected


@pytest.mark.parametrize("text", ["约30件", "30余件", "近三十件", "三百来件", "30件左右", "七八件"])
def test_what_is_only_about_is_not_exact(text: str) -> None:
    assert [f.exact for f in inventory_of(text)] == [False]


def test_figures_are_numbered_and_their_spans_hold_their_words() -> None:
    text = "１２件，其中自然人十件；电话0371-68521234。"
    found = inventory_of(text)
    assert [f.id for f in found] == list(range(1, len(found) + 1))
    assert all(text[f.span.start : f.span.end] == f.text for f in found)
