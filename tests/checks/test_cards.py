"""Rule cards, and the page generated from them."""

from __future__ import annotations

import pytest

from assistant.checks.cards import rule_card, rules_page
from assistant.errors import UsageError
from evals.rule_docs import PAGE


def test_a_card_says_what_why_and_how() -> None:
    card = rule_card("t3_balance")
    assert card.splitlines()[0] == "T3_BALANCE　申请办理表各列勾稽平衡"
    for heading in ("级别：错误", "法律依据：", "为什么：", "不合格：", "合格：", "修改方法："):
        assert f"\n{heading}" in card


def test_an_unknown_rule_has_no_card() -> None:
    with pytest.raises(UsageError):
        rule_card("NOTHING")


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(), "run python -m evals.rule_docs"
