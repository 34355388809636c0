"""Holds what the composed prose says, and that it says nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.forms import load_form
from assistant.prose import compose, preamble_of, title_of
from assistant.report import AnnualReport, Contact, InfoFee, UnitProfile
from assistant.report.facts import Aspect, Fact, FactKind, FactStatus
from tests.prose.support import activities_of, report_of, unsourced

_GOLDENS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "goldens.yaml").read_text(encoding="utf-8")
)
_TOWN = {"org": "延津县司寨乡人民政府", "year": 2023}


@pytest.mark.parametrize("case", _GOLDENS, ids=lambda case: str(case["name"]))
def test_the_whole_text(case: dict[str, Any]) -> None:
    report = report_of(case)
    prose = compose(report, activities_of(case["activities"]))
    expected = dict(case["expect"])
    assert title_of(report) == expected.pop("title")
    assert [question.about[0] for question in prose.questions] == expected.pop("asks")
    assert prose.sections == expected


@pytest.mark.parametrize("case", _GOLDENS, ids=lambda case: str(case["name"]))
def test_the_goldens_have_a_source_for_every_figure(case: dict[str, Any]) -> None:
    assert unsourced(compose(report_of(case), activities_of(case["activities"]))) == []


def test_a_blank_report_claims_nothing() -> None:
    prose = compose(report_of({"org": "延津县教育局", "year": 2023}), ())
    for line in "\n".join(prose.sections.values()).split("\n"):
        assert line.endswith("】")
        assert line.partition("【")[0].rstrip("。") in {
            "（一）主动公开",
            "（二）依申请公开",
            "（三）政府信息管理",
            "（四）政府信息公开平台建设",
            "（五）监督保障",
            "（一）存在的主要问题",
            "（二）改进措施",
            "",
        }
    assert prose.slots == ()


def test_only_a_confirmed_zero_is_worded_as_none() -> None:
    blank = compose(report_of(_TOWN), activities_of({"requests": ["受理点设在党政办"]}))
    zero = compose(report_of({**_TOWN, "cells": {"table3.new_received.total": 0}}), ())
    assert "未收到" not in blank.sections["s1"]
    assert "2023年，我乡未收到政府信息公开申请。" in zero.sections["s1"]


def test_a_slot_shows_where_its_figure_comes_from() -> None:
    report = report_of({**_TOWN, "cells": {"table3.new_received.total": 12}})
    prose = compose(report, activities_of({"disclosure": ["政策解读二十九项"]}))
    found = {slot.where: prose.sections[slot.section][slot.start : slot.end] for slot in prose.slots}
    assert found == {"report.year": "2023", "f1": "29", "table3.new_received.total": "12"}


def test_doubtful_activities_stand_in_no_sentence() -> None:
    sure, unsure, corrected = (
        Fact(id=str(status), kind=FactKind.ACTIVITY, where="oversight", text=text, status=status)
        for status, text in (
            (FactStatus.STATED, "检查4次"),
            (FactStatus.HEDGED, "培训大概3次"),
            (FactStatus.SUPERSEDED, "检查5次"),
        )
    )
    prose = compose(report_of(_TOWN), (sure, unsure, corrected))
    assert "（五）监督保障。检查4次。" in prose.sections["s1"]
    assert prose.unused == (unsure,)


def test_talk_about_the_material_is_not_printed() -> None:
    said = activities_of({"disclosure": ["司寨乡2023年年报的材料，我先按想到的说", "公开信息86条"]})
    prose = compose(report_of(_TOWN), said)
    assert "（一）主动公开。2023年，公开信息86条。" in prose.sections["s1"]
    assert prose.unused == said[:1]


def test_the_same_words_twice_are_printed_once() -> None:
    prose = compose(report_of(_TOWN), activities_of({"platform": ["公众号发布40条", "公众号发布40条。"]}))
    assert prose.sections["s1"].count("公众号发布40条") == 1


def test_parts_that_exceed_their_total_are_not_printed_as_its_breakdown() -> None:
    cells = {"table3.new_received": {"natural_person": 5, "other_org": 3, "total": 6}}
    assert "新收政府信息公开申请6件。" in compose(report_of({**_TOWN, "cells": cells}), ()).sections["s1"]


def test_a_long_section_one_leaves_the_details_to_the_tables() -> None:
    cells = {"table3.new_received": {"natural_person": 5, "other_org": 3, "total": 8}}
    report = report_of({**_TOWN, "cells": cells})
    short, long = (
        compose(
            report, activities_of({"management": [f"{'完善公开流程' * 20}第{i}项" for i in range(n)]})
        ).sections["s1"]
        for n in (1, 9)
    )
    assert "其中自然人5件" in short
    assert "新收政府信息公开申请8件。" in long


@pytest.mark.parametrize(
    ("fee", "sentence"),
    [
        (InfoFee(yuan=0), "2023年，我乡未收取政府信息公开信息处理费。"),
        (InfoFee(cases=0), "2023年，我乡未收取政府信息公开信息处理费。"),
        (InfoFee(yuan=400), "2023年，我乡收取政府信息公开信息处理费400元。"),
        (InfoFee(cases=2), "【待补充：信息处理费收取情况】"),
        (InfoFee(), "【待补充：信息处理费收取情况】"),
    ],
)
def test_the_fee(fee: InfoFee, sentence: str) -> None:
    prose = compose(report_of(_TOWN).model_copy(update={"info_fee": fee}), ())
    assert prose.sections["s6"] == sentence
    asked = [question for question in prose.questions if question.about == ("section6.info_fee_yuan",)]
    assert bool(asked) == sentence.startswith("【")


def test_a_department_is_not_asked_for_the_results_governments_report() -> None:
    said = activities_of({"oversight": ["检查4次"]})
    town, bureau = (
        compose(report_of({"org": org, "year": 2023}), said) for org in (_TOWN["org"], "延津县教育局")
    )
    assert any("责任追究" in question.text for question in town.questions)
    assert not any("责任追究" in question.text for question in bureau.questions)


def test_fewer_measures_than_problems_are_asked_about() -> None:
    prose = compose(
        report_of(_TOWN), activities_of({"problem": ["栏目更新慢", "解读少"], "improvement": ["每月巡查"]})
    )
    assert [q.text for q in prose.questions if q.about == ("s5.improvement",)] == [
        "已说明 2 个问题、1 项改进措施。其余 1 个问题准备怎样改进？"
    ]


def test_the_preamble_names_the_contact_only_when_it_is_known() -> None:
    org = UnitProfile.infer("延津县教育局")
    plain = preamble_of(AnnualReport(year=2020, org=org))
    known = preamble_of(
        AnnualReport(
            year=2023,
            org=org.model_copy(update={"contact": Contact(phone="0373-1234567", postcode="453200")}),
        )
    )
    assert "国办公开办函〔2019〕60号" in plain
    assert "联系" not in plain
    assert "2023年1月1日至2023年12月31日" in known
    assert known.endswith("请与延津县教育局联系（邮政编码：453200；电话：0373-1234567）。")


_words = st.text(alphabet="公开信息12３一二十两条次,，。；:（）件 1.9年第万", min_size=1, max_size=30)


@settings(deadline=None)
@given(data=st.data(), version=st.sampled_from(["2019", "2021"]))
def test_every_figure_has_a_slot_and_the_text_is_deterministic(data: st.DataObject, version: str) -> None:
    form = load_form(version)
    keys = data.draw(st.lists(st.sampled_from(form.cells), max_size=60))
    cells = {key: data.draw(st.one_of(st.just(0), st.integers(0, 999))) for key in keys}
    said = {str(aspect): data.draw(st.lists(_words, max_size=3)) for aspect in Aspect}
    report = AnnualReport(year=form.years[0], org=UnitProfile.infer("延津县教育局")).with_cells(cells)
    prose = compose(report, activities_of(said))
    assert unsourced(prose) == []
    assert compose(report, activities_of(said)) == prose
    for slot in prose.slots:
        if slot.where.startswith("table"):
            _, row, col = slot.where.split(".")
            printed = prose.sections[slot.section][slot.start : slot.end]
            assert printed == str(report.tables[slot.where.split(".")[0]][row][col])
