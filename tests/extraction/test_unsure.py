"""What was once filled wrong without a word: each of these is read rightly now, or asked."""

from __future__ import annotations

import pytest

from assistant.drafting.pipeline import DraftOptions, draft_text
from assistant.report.draft import Draft


def _draft(text: str, year: int = 2024) -> Draft:
    return draft_text(text, DraftOptions(org="某县水利局", year=year))


def _cells(draft: Draft) -> dict[str, object]:
    return {f"{c.table}.{c.row}.{c.col}": c.value for c in draft.cells if c.value}


@pytest.mark.parametrize(
    ("text", "where", "value"),
    [
        ("诉讼全年17件，哪些是先复议的都还不清楚。", "table4.litigation_after_review.total", None),
        ("申请的数另外一个同志报，许可5件。", "table3.new_received.total", None),
        ("申请来了4个。有仨给了，剩一个没给。", "table3.granted.total", 3),
        (
            "2件，一件是公司来要的，给公开了，一件是个人来要的，是跟别的单位商量用的函稿，按过程性信息没给。",
            "table3.new_received.other_org",
            None,
        ),
        (
            "2件，一件是公司来要的，给公开了，一件是个人来要的，按过程性信息没给。",
            "table3.deny_process_info.natural_person",
            1,
        ),
        (
            "新收申请20件，予以公开6件、保护第三方合法权益3件、行政查询事项11件，除第三方中有企业2件外均为自然人。",
            "table3.new_received.natural_person",
            None,
        ),
    ],
)
def test_what_was_filled_wrong_is_not(text: str, where: str, value: int | None) -> None:
    assert _cells(_draft(text)).get(where) == value


def test_whether_two_bodies_are_told_together_is_asked() -> None:
    draft = _draft("依申请机关3件、容美分局2件，都公开了，分局的要不要并进来？许可5件。")
    assert "table3.new_received.total" not in _cells(draft)
    (asked,) = (q for q in draft.questions if q.code == "SCOPE_MISMATCH")
    assert "分局的要不要并进来" in asked.text
    assert _cells(draft)["table2.admin_license.decisions"] == 5


def test_words_in_doubt_are_doubted_whole() -> None:
    draft = _draft("新收申请13件，都是家长个人。\n表里填好了发你：新收 15 0 0 0 0 0 15")
    (conflict,) = [f for f in draft.findings if f.code == "CONFLICT"]
    assert set(conflict.cells) == {"table3.new_received.total", "table3.new_received.natural_person"}


def test_a_register_without_any_figure_is_counted() -> None:
    draft = _draft(
        "申请编号\t申请日期\t申请人类型\t处理决定\n甲一\t2024/1/9\t个人\t予以公开\n甲二\t2024/2/1\t企业\t部分公开"
    )
    cells = _cells(draft)
    assert (cells["table3.new_received.total"], cells["table3.granted.natural_person"]) == (2, 1)


def test_a_comma_between_thousands_parts_no_cells() -> None:
    lines = "许可：上年305，减28，决定11,902\n其他对外管理服务事项：上年461，增7，决定20,355\n强制：上年172，减2，决定66"
    cells = _cells(_draft(lines, 2019))
    assert cells["table2_2019.admin_license.decisions"] == 11902
    assert cells["table2_2019.other_services.decisions"] == 20355
