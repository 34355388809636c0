"""A question about figures or rows that nobody could place is answered once for all of them, in the reader's words or others."""

from __future__ import annotations

import pytest

from assistant import draft, revise
from assistant.report.draft import Draft
from assistant.report.facts import FactKind, FactStatus

_HEAD = "登记编号\t收到日期\t申请人\t申请人类型\t答复日期\t答复结果\n"
_ROWS = (
    "1\t2025-01-03\t张三\t自然人\t2025-01-20\t予以公开\n",
    "2\t2025-02-03\t李四\t自然人\t2025-02-20\t信访事项，不予处理\n",
    "3\t2025-03-03\t王五\t自然人\t2025-03-20\t转交其他科室\n",
    "4\t2025-03-04\t某公司\t企业\t2025-03-21\t转交其他科室\n",
    "5\t2025-03-05\t某中心\t单位\t2025-03-22\t予以公开\n",
)
_OUTCOME, _APPLICANT = "转交其他科室", "单位"


def _draft(text: str = _HEAD + "".join(_ROWS)) -> Draft:
    return draft(text, org="某县水利局", year=2025, engine="offline")


def _asked(made: Draft, words: str) -> list[str]:
    return [q.text for q in made.questions if q.code == "AMBIGUOUS_MAP" and words in q.text]


def _at(made: Draft, row: str, col: str = "total") -> object:
    return made.report.table3[row][col]


def test_it_is_one_question_for_all_rows() -> None:
    (text,) = _asked(_draft(), _OUTCOME)
    assert "第3、4行" in text
    (applicant,) = [q for q in _draft().questions if _APPLICANT in q.text and "类申请人" in q.text]
    assert f"“{_APPLICANT}”计入社会公益组织" in applicant.choices


@pytest.mark.parametrize(
    "words",
    [
        f"“{_OUTCOME}”归无法提供—本机关不掌握",
        f"“{_OUTCOME}”归本机关不掌握",
        f"{_OUTCOME}算不掌握的",
        f"“{_OUTCOME}”都归到不掌握那一行吧",
    ],
)
def test_an_answer_holds_for_all_rows(words: str) -> None:
    after = revise(_draft(), words)
    assert [_at(after, "na_not_held", c) for c in ("natural_person", "biz_enterprise", "total")] == [1, 1, 2]
    assert _asked(after, _OUTCOME) == []
    filled = next(c for c in after.cells if (c.row, c.col) == ("na_not_held", "total"))
    assert {words} < {e.quote for e in filled.evidence}, "the rows and the answer are its evidence"


def test_rows_add_to_what_was_counted() -> None:
    before = _draft()
    after = revise(before, f"“{_OUTCOME}”归予以公开")
    assert (_at(before, "granted"), _at(after, "granted")) == (2, 4)
    assert _at(after, "granted", "natural_person") == 2


def test_a_kind_of_applicant_holds_in_every_row_of_the_form() -> None:
    after = revise(_draft(), f"“{_APPLICANT}”计入社会公益组织")
    for row in ("new_received", "granted", "result_total"):
        assert _at(after, row, "public_welfare_org") == 1


def test_two_questions_in_one_answer() -> None:
    after = revise(_draft(), f"“{_OUTCOME}”归本机关不掌握；“{_APPLICANT}”算其他组织")
    assert (_at(after, "na_not_held"), _at(after, "granted", "other_org")) == (2, 1)
    assert _asked(after, "登记簿") == []


def test_an_answer_is_taken_back() -> None:
    after = revise(revise(_draft(), f"“{_OUTCOME}”归本机关不掌握"), "刚才那句不算")
    assert _at(after, "na_not_held") is None


def test_a_figure_that_is_asked_about_goes_where_the_answer_says() -> None:
    text = "许可12件。办结的733件能直接当处罚填吗？"
    before = _draft(text)
    (question,) = [q for q in before.questions if q.code == "AMBIGUOUS_MAP"]
    aside = next(c for c in question.choices if c.endswith("不计入"))
    left_out = revise(before, aside)
    assert [q for q in left_out.questions if q.code == "AMBIGUOUS_MAP"] == []
    opened = [f for f in left_out.facts if f.kind is FactKind.OPEN]
    assert {f.status for f in opened} == {FactStatus.WITHDRAWN}


def test_of_two_values_one_is_chosen() -> None:
    before = _draft("项目\t数量\n行政许可\t5\n行政许可\t7\n行政处罚\t3")
    (question,) = [q for q in before.questions if q.code == "AMBIGUOUS_MAP"]
    assert len(question.choices) == 2
    after = revise(before, next(c for c in question.choices if "7" in c))
    assert after.report.table2["admin_license"]["decisions"] == 7
