"""The answer to the list of unsure figures: all right, all but one, one wrong; kept, undone, and void for another figure."""

from __future__ import annotations

import pytest

from assistant import revise
from assistant.drafting.pipeline import DraftOptions, draft_facts
from assistant.errors import UsageError
from assistant.report.draft import Draft
from assistant.report.facts import Evidence, Fact, FactKind, FactStatus, Origin

_TEXT = "新收9，公开6，部分3，许可31，处罚4"
_CELLS = {
    "table3.granted.total": 6,
    "table3.partial.total": 3,
    "table2.admin_license.decisions": 31,
    "table2.admin_penalty.decisions": 4,
    "table4.review.total": 0,
}
_ALL = set(_CELLS)


def _draft() -> Draft:
    facts = []
    for number, (where, value) in enumerate(_CELLS.items()):
        quote = Evidence(source="input", start=number, end=number + 1, quote=_TEXT[number])
        facts.append(
            Fact(id=f"f{number}", kind=FactKind.CELL, where=where, value=value, evidence=(quote,), sure=False)
        )
    sure = Fact(id="s", kind=FactKind.CELL, where="table2.admin_compulsion.decisions", value=2)
    return draft_facts([*facts, sure], {"input": _TEXT}, DraftOptions(org="某县水利局", year=2025))


def _with(draft: Draft, status: str) -> set[str]:
    return {f"{c.table}.{c.row}.{c.col}" for c in draft.cells if c.status == status} & _ALL


def _value(draft: Draft, where: str) -> object:
    return next(c.value for c in draft.cells if f"{c.table}.{c.row}.{c.col}" == where)


def test_the_list_is_the_first_question() -> None:
    question = _draft().questions[0]
    assert (question.code, question.choices) == ("CONFIRM", ("都对",))
    assert set(question.about) >= _ALL
    for words in ("予以公开·总计 6", "行政处罚 4", "行政复议"):
        assert words in question.text


@pytest.mark.parametrize(
    "words",
    [
        "都对", "对", "对的", "是的", "没问题", "都没问题", "数字都对", "这些都没错", "全部正确", "确认", "确认无误", "核对过了",
        "已核对，无误", "嗯，都对", "可以", "都对！",
    ],
)  # fmt: skip
def test_all_are_right(words: str) -> None:
    before, after = _draft(), revise(_draft(), words)
    assert _with(after, "unconfirmed") == set()
    assert _with(after, "confirmed") == _ALL
    assert "CONFIRM" not in {q.code for q in after.questions}
    assert after.report.tables == before.report.tables
    same = {(c.table, c.row, c.col): c.origin for c in before.cells}
    assert {(c.table, c.row, c.col): c.origin for c in after.cells} == same, "who said it has not changed"


@pytest.mark.parametrize(
    ("words", "where", "value"),
    [
        ("除了予以公开是5，其他都对", "table3.granted.total", 5),
        ("除予以公开应为5件外，其余都没问题", "table3.granted.total", 5),
        ("除了予以公开（应为5）都对", "table3.granted.total", 5),
        ("只有予以公开不对，是5", "table3.granted.total", 5),
        ("就处罚错了，应该是14", "table2.admin_penalty.decisions", 14),
        ("予以公开不对，应该是5件，其他都对", "table3.granted.total", 5),
        ("予以公开5，其余都对", "table3.granted.total", 5),
        ("都对，就是处罚是14", "table2.admin_penalty.decisions", 14),
        ("第三个不对，是5，其他没错", "table3.granted.total", 5),
        ("复议是1件，别的都对", "table4.review.total", 1),
    ],
)
def test_all_but_one_are_right(words: str, where: str, value: int) -> None:
    after = revise(_draft(), words)
    assert _value(after, where) == value
    assert {c.origin for c in after.cells if f"{c.table}.{c.row}.{c.col}" == where} == {Origin.EDITED}
    assert _with(after, "confirmed") == _ALL - {where}
    assert _with(after, "unconfirmed") == set()


def test_two_are_wrong() -> None:
    after = revise(_draft(), "除了予以公开是5，处罚是14，其他都对")
    assert (_value(after, "table3.granted.total"), _value(after, "table2.admin_penalty.decisions")) == (5, 14)
    assert _with(after, "confirmed") == _ALL - {"table3.granted.total", "table2.admin_penalty.decisions"}


def test_one_is_wrong_and_of_the_others_nothing_is_said() -> None:
    after = revise(_draft(), "予以公开不对，是5")
    assert _value(after, "table3.granted.total") == 5
    assert _with(after, "unconfirmed") == _ALL - {"table3.granted.total"}


@pytest.mark.parametrize("words", ["除了予以公开都对", "只有予以公开不对", "予以公开有误，其他都对"])
def test_what_the_wrong_one_should_be_is_asked(words: str) -> None:
    with pytest.raises(UsageError, match="予以公开·总计”应该是多少"):
        revise(_draft(), words)


@pytest.mark.parametrize("words", ["好的", "我看看", "让我想想", "不对", "培训2次，效果都好"])
def test_other_words_confirm_nothing(words: str) -> None:
    with pytest.raises(UsageError, match="没有要求更正什么"):
        revise(_draft(), words)


def test_it_is_kept_and_can_be_taken_back() -> None:
    confirmed = revise(_draft(), "都对")
    later = revise(confirmed, "把行政强制改成3")
    assert _with(later, "confirmed") == _ALL
    kept = [f for f in later.facts if f.kind is FactKind.CONFIRMED and f.status is FactStatus.STATED]
    assert {f.where for f in kept} >= _ALL
    assert {e.quote for f in kept for e in f.evidence} == {"都对"}
    back = revise(confirmed, "刚才那句不算")
    assert _with(back, "unconfirmed") == _ALL
    assert back.questions[0].code == "CONFIRM"


def test_a_word_about_one_figure_confirms_no_other() -> None:
    changed = revise(revise(_draft(), "都对"), "把予以公开改成5")
    assert _value(changed, "table3.granted.total") == 5
    assert "table3.granted.total" not in _with(changed, "confirmed")
