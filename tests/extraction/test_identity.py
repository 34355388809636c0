"""Which body and which year raw material is about, where nobody set them."""

from __future__ import annotations

import pytest

from assistant import draft
from assistant.extraction.identity import unit_named, year_named, years_named
from evals.lawful import lawful_report


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025年新收3件，都是自然人", (2025,)),
        ("二〇二五年新收三件", (2025,)),
        ("２０２５年新收３件", (2025,)),
        ("我们25年的，收到3个人的申请", (2025,)),
        ("2025年新收12件，其中1件转2026年办理", (2025,)),
        ("2024年结转2件，2025年收到12件", (2025,)),
        ("较2024年增加3件，2025年共收到12件", (2025,)),
        ("去年（2024年）收到9件。2025年全年收到12件", (2025,)),
        ("2019年印发的规范性文件有效5件；2025年新收3件", (2025,)),
        ("2025年政府信息公开情况：2024年收到9件，2023年收到8件", (2025,)),
        ("规范性文件 2024年5件 2025年6件", (2024, 2025)),
        ("按照国办公开办函〔2021〕30号填写，新收3件", ()),
        ("结转2026年1件", ()),
        ("受理3件，其中1件转到2026年", ()),
        ("电话0310-2025123", ()),
    ],
)
def test_the_year_of_the_report(text: str, years: tuple[int, ...]) -> None:
    assert years_named([text]) == years
    assert year_named([text]) == (years[0] if len(years) == 1 else None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("清源县水利局2025年依申请公开：新收5件", "清源县水利局"),
        ("我们是石桥镇政府，25年的", "石桥镇人民政府"),
        ("新收5件，其中转住建局2件", ""),
        ("2025年新收5件", ""),
    ],
)
def test_the_body_that_speaks(text: str, name: str) -> None:
    assert unit_named(text) == name


def test_a_draft_takes_both_from_the_material() -> None:
    made = draft("清源县水利局2025年新收3件，都是自然人，予以公开3件，没有结转，上年也没有结转。")
    assert (made.report.org.name, made.report.year) == ("清源县水利局", 2025)
    assert made.report.table3["new_received"]["natural_person"] == 3
    assert not [q for q in made.questions if q.code == "PROFILE"]


def test_what_the_material_leaves_open_is_asked_first() -> None:
    made = draft("规范性文件2024年5件、2025年6件。")
    unit, year = made.questions[:2]
    assert (unit.about, year.about) == (("org",), ("year",))
    assert year.choices == ("2024年", "2025年")
    assert made.report.year is None


def test_last_years_report_names_body_and_year_but_the_words_win() -> None:
    last = lawful_report(5)
    assert last.year is not None
    made = draft("新收3件，都是自然人。", previous=last)
    assert (made.report.org.name, made.report.year) == (last.org.name, last.year + 1)
    assert draft("2030年新收3件。", previous=last).report.year == 2030
    # several years and no word which of them: last year's report does not decide it
    assert draft("规范性文件2024年5件、2025年6件。", previous=last).report.year is None
