"""Holds how what a model says beside figures is taken: applicants, withdrawals, corrections, last year, activities."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.drafting.engines import Engine
from assistant.report.draft import Draft
from assistant.report.facts import FactKind
from evals.fake_openai import FakeOpenAI
from tests.llm.conftest import settings_for
from tests.llm.scripts import cell, drafted, reads

pytest.importorskip("langchain_openai")


def _draft(text: str, **more: Any) -> Draft:
    with FakeOpenAI(reads(**more)) as server:
        return drafted(text, settings_for(server.url, rewrite=False))


def _values(draft: Draft) -> dict[str, Any]:
    return {f"{c.row}.{c.col}": c.value for c in draft.cells if c.value is not None}


def _rejections(draft: Draft) -> str:
    return "".join(f.message for f in draft.findings if f.code == "MODEL_REJECTED")


_ALL = {"rows": "all", "applicant": "natural_person", "quote": "都是自然人"}


def test_one_kind_of_applicant_is_taken_only_from_words_that_say_so() -> None:
    assert "没有说全部" in _rejections(
        _draft("今年新收3件，自然人来得多。", applicants=[{**_ALL, "quote": "自然人来得多"}])
    )
    assert "没有这样的申请人" in _rejections(
        _draft("今年新收3件，都是自然人。", applicants=[{**_ALL, "applicant": "total"}])
    )
    agreed = _draft("今年新收3件，都是自然人。", applicants=[_ALL])
    assert _values(agreed) == _values(drafted("今年新收3件，都是自然人。", None, Engine.OFFLINE))


def test_one_kind_of_applicant_does_not_overrule_others_that_were_named() -> None:
    text = "今年新收3件，自然人2件、企业1件。另外复议的那些人都是自然人。"
    draft = _draft(text, applicants=[_ALL])
    assert _values(draft)["new_received.biz_enterprise"] == 1


def test_a_withdrawal_only_the_model_sees_is_asked() -> None:
    text = "今年新收7件，予以公开5件，部分公开2件。前面那个部分公开的不计入吧。"
    item = {"verb": "withdraw", "cell": "partial.total", "value": 2, "quote": "前面那个部分公开的不计入"}
    offline, draft = drafted(text, None, Engine.OFFLINE), _draft(text, corrections=[item])
    assert _values(draft) == _values(offline)
    if "partial.total" in _values(offline):
        assert any(f.code == "CONFLICT" and "作废" in f.message for f in draft.findings)


def test_a_correction_by_the_model_does_not_replace_what_the_user_said() -> None:
    text = "今年新收7件，予以公开5件。档案里有一页写着八件。"
    item = {"verb": "replace", "cell": "new_received.total", "value": 8, "quote": "档案里有一页写着八件"}
    draft = _draft(text, corrections=[item])
    assert _values(draft)["new_received.total"] == 7
    assert any(f.code == "CONFLICT" and f.got == 8 for f in draft.findings)


@pytest.mark.parametrize(
    "item",
    [{"verb": "explode", "cell": "granted.total", "value": 1, "quote": "新收7件"}, {"verb": "withdraw"}],
)
def test_unknown_verbs_and_broken_corrections_do_nothing(item: dict[str, Any]) -> None:
    text = "今年新收7件，予以公开5件。"
    assert _values(_draft(text, corrections=[item])) == _values(drafted(text, None, Engine.OFFLINE))


def test_last_year_stays_last_year() -> None:
    text = "去年新收5件，今年新收7件。"
    draft = _draft(text, last_year=[cell("new_received.total", 7, "今年新收7件")], cells_unused=[])
    assert _values(draft)["new_received.total"] == 7
    assert "上年" in _rejections(draft)
    this = reads(cell("carried_forward.total", 5, "去年新收5件"))
    with FakeOpenAI(this) as server:
        wrong = drafted(text, settings_for(server.url, rewrite=False))
    assert "carried_forward.total" not in _values(wrong)


def test_activities_are_the_users_words_under_the_models_aspect() -> None:
    text = "今年新收7件。咱们把那个老柜台重新弄了一遍，换了三块牌子。"
    quote = "咱们把那个老柜台重新弄了一遍"
    offline = drafted(text, None, Engine.OFFLINE)
    assert not [f for f in offline.activities if quote in f.text]
    draft = _draft(text, activities=[{"aspect": "platform", "quote": quote}])
    found = [f for f in draft.activities if f.read_by == "model"]
    assert [(f.kind, f.where, f.text) for f in found] == [(FactKind.ACTIVITY, "platform", quote)]
    for wrong in ({"aspect": "platform", "quote": "建成一流的服务大厅"}, {"aspect": "glory", "quote": quote}):
        assert not [f for f in _draft(text, activities=[wrong]).activities if f.read_by == "model"]
