"""Holds that patterns compiled late, or not at all, find what the patterns themselves find."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assistant.checks
from assistant.checks import CheckInput
from assistant.checks.claims.patterns import load_wordings
from assistant.checks.lazy import Words, one_of, regex
from evals.lawful import lawful_report
from tests.checks.cases import all_cases


def _needing() -> Iterator[tuple[str, re.Pattern[str], Words]]:
    """The patterns of the rules that name words they need."""
    for module in pkgutil.iter_modules(assistant.checks.__path__, "assistant.checks."):
        for name, value in vars(import_module(module.name)).items():
            needs = getattr(value, "needs", None)
            if isinstance(needs, Words):
                yield f"{module.name.rpartition('.')[2]}.{name}", value, needs
    for name, value in load_wordings(2023)._asdict().items():
        if isinstance(needs := getattr(value, "needs", None), Words):
            yield name, value, needs


_NEEDING = list(_needing())


def _texts() -> list[str]:
    cases = [passage.compact for case in all_cases() for passage in case.input.passages]
    lawful = [passage.compact for seed in range(40) for passage in CheckInput(lawful_report(seed)).passages]
    return cases + lawful


_TEXTS = _texts()


@pytest.mark.parametrize(("pattern", "needs"), [p[1:] for p in _NEEDING], ids=[p[0] for p in _NEEDING])
def test_every_match_has_a_word_the_pattern_needs(pattern: re.Pattern[str], needs: Words) -> None:
    compiled = re.compile(pattern.pattern, pattern.flags)
    without = [m.group() for text in _TEXTS for m in compiled.finditer(text) if not needs.found_in(m.group())]
    assert without == []


@given(st.text("一二十是、.（\n9a^]-", max_size=12))
def test_one_of_matches_like_a_class(text: str) -> None:
    characters = "一十、.^]-\n"
    as_class = re.compile(f"[{re.escape(characters)}]+")
    assert re.findall(f"{one_of(characters)}+", text) == as_class.findall(text)


@pytest.mark.parametrize("text", ["", "无关", "收到申请2件，受理2件"])
def test_a_pattern_answers_alike_before_and_after_it_is_compiled(text: str) -> None:
    source = "(?:收到|受理)[^，]*"
    compiled, late = re.compile(source), regex(source, needs="收到|受理")
    for _ in range(2):
        assert [m.span() for m in late.finditer(text)] == [m.span() for m in compiled.finditer(text)]
        assert late.findall(text) == compiled.findall(text)
        assert late.sub("—", text) == compiled.sub("—", text)
        assert late.split(text) == compiled.split(text)
        assert (late.search(text) is None) == (compiled.search(text) is None)
        assert (late.match(text) is None) == (compiled.match(text) is None)
        assert (late.fullmatch(text) is None) == (compiled.fullmatch(text) is None)


def test_a_pattern_that_needs_a_word_is_not_compiled_for_a_text_without_it() -> None:
    broken = regex("收到(", needs="收到")
    assert broken.search("受理2件") is None
    with pytest.raises(re.error):
        broken.search("收到2件")
