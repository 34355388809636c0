"""A finished report given as material starts the draft: recognised by what it holds, its figures and words kept."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from assistant.drafting.pipeline import DraftOptions, draft_texts
from assistant.office.engine_names import Engine
from assistant.printing.reports import render
from assistant.reading import read_report
from assistant.reading.material import Material, read_material, recognised
from assistant.report import AnnualReport
from assistant.report.draft import Draft
from assistant.report.facts import Origin
from assistant.report.findings import Severity

_FACTS = (
    "2024年收到申请5件，都是自然人，予以公开3件，部分公开2件，没有结转。其余都是0。"
    "全年公开政府信息120条。组织培训2次。存在的问题是解读形式单一。下一步多用图解。"
)
_ORG = "清源县水利局"


def _draft(sources: dict[str, Any], **options: Any) -> Draft:
    return draft_texts(sources, DraftOptions(engine=Engine.OFFLINE, **options))


@pytest.fixture(scope="module")
def first() -> Draft:
    return _draft({"input": _FACTS}, org=_ORG, year=2024)


def _printed(report: AnnualReport, fmt: str) -> bytes:
    content = render(report, fmt)
    return content.encode() if isinstance(content, str) else content


def _value(draft: Draft, where: str) -> object:
    table, row, col = where.split(".")
    return draft.report.tables[table][row][col]


@pytest.mark.parametrize("fmt", ["txt", "md", "html", "docx", "xlsx", "json"])
def test_our_own_document_gives_the_same_draft_under_any_name(first: Draft, fmt: str) -> None:
    material = read_material(_printed(first.report, fmt), f"资料1.{fmt}")
    again = _draft({"资料": material})
    assert again.report.tables == first.report.tables
    assert again.report.sections == first.report.sections
    assert (again.report.org.name, again.report.year) == (_ORG, 2024)
    assert {cell.origin for cell in again.cells if cell.value is not None} == {Origin.STATED}
    quotes = [e for fact in again.facts for e in fact.evidence]
    assert len(quotes) >= sum(cell.value is not None for cell in again.cells)
    assert all(again.sources[e.source][e.start : e.end] == e.quote for e in quotes)


def test_a_pasted_report_is_recognised_and_notes_are_not(first: Draft) -> None:
    text = render(first.report, "txt")
    assert isinstance(text, str)
    assert recognised(text, "input").finished is not None
    titles = "\n".join(section.title for section in first.report.layout.sections)
    for notes in (_FACTS, f"请按下面几部分报：\n{titles}\n其中第三部分收到申请5件"):
        assert recognised(notes, "input").finished is None


def test_edited_prose_stays_as_it_is(first: Draft) -> None:
    words = first.report.sections["s1"].replace("组织培训2次", "组织业务培训2次，覆盖全部科室")
    assert words != first.report.sections["s1"]
    edited = first.report.with_sections({"s1": words})
    again = _draft({"稿": read_material(_printed(edited, "docx"), "稿.docx")})
    assert again.report.sections["s1"] == words
    assert not [f for f in again.findings if f.severity is Severity.ERROR]


def test_open_places_are_filled_from_other_materials(first: Draft) -> None:
    assert "【待补充" in first.report.sections["s1"]
    more = "平台建设方面，网站专栏改版1次。"
    again = _draft({"稿": read_material(_printed(first.report, "docx"), "稿.docx"), "补充": more})
    platform = next(line for line in again.report.sections["s1"].split("\n") if "平台建设" in line)
    assert "专栏改版1次" in platform
    assert "【待补充" not in platform
    kept = next(line for line in first.report.sections["s1"].split("\n") if "主动公开" in line)
    assert kept in again.report.sections["s1"]


def test_what_finds_no_room_in_kept_words_is_asked(first: Draft) -> None:
    text = first.report.sections["s1"].replace("【待补充：", "已按要求做好").replace("】", "")
    done = first.report.with_sections({"s1": text})
    more = "主动公开方面，新增政策问答12篇。"
    again = _draft({"稿": read_material(_printed(done, "docx"), "稿.docx"), "补充": more})
    assert again.report.sections["s1"] == text
    assert [q for q in again.questions if q.about == ("s1",) and "没有写入" in q.text]


def test_another_figure_in_another_material_is_a_conflict(first: Draft) -> None:
    again = _draft(
        {"稿": read_material(_printed(first.report, "txt"), "稿.txt"), "补充": "予以公开自然人7件"}
    )
    conflict = [
        f for f in again.findings if f.code == "CONFLICT" and "table3.granted.natural_person" in f.cells
    ]
    assert conflict
    assert "予以公开·自然人：3" in conflict[0].message
    # the sums of the document prove one of the two
    assert _value(again, "table3.granted.natural_person") == 3


def test_last_years_report_among_the_materials_is_last_years(first: Draft) -> None:
    last = read_material(_printed(first.report, "docx"), "资料.docx")
    now = _draft({"旧": last, "input": "2025年收到申请1件，自然人，予以公开。"}, org=_ORG, year=2025)
    assert [f.severity for f in now.findings if f.code == "YEAR"] == [Severity.INFO]
    assert _value(now, "table3.new_received.total") == 1
    assert _value(now, "table3.carried_over.total") == 0


def test_a_report_of_another_year_gives_nothing_and_says_so(first: Draft) -> None:
    other = read_material(_printed(first.report, "docx"), "资料.docx")
    now = _draft({"旧": other, "input": "收到申请1件"}, org=_ORG, year=2027)
    (said,) = [f for f in now.findings if f.code == "YEAR"]
    assert said.severity is Severity.ERROR
    assert "2024" in said.message
    assert _value(now, "table3.granted.natural_person") is None


@pytest.mark.parametrize(
    ("org", "year"),
    [(_ORG, 2024), (_ORG, 2022), ("南岭市教育局", 2023)],
    ids=["same year", "too old", "another unit"],
)
def test_nothing_is_carried_over_from_a_wrong_report_and_it_is_said(org: str, year: int) -> None:
    last = AnnualReport.model_validate(
        {
            "org": {"name": org},
            "year": year,
            "tables": {"table3": {"carried_forward": {"natural_person": 2, "total": 2}}},
        }
    )
    draft = _draft({"input": "2024年收到申请5件，都是自然人。"}, org=_ORG, year=2024, previous=last)
    assert _value(draft, "table3.carried_over.total") is None
    assert [
        f
        for f in draft.findings
        if f.severity in (Severity.ERROR, Severity.WARNING) and org in f.message + _ORG
    ]
    right = _draft(
        {"input": "2024年收到申请5件，都是自然人。"}, org=_ORG, year=2024,
        previous=last.model_copy(update={"year": 2023, "org": last.org.model_copy(update={"name": _ORG})}),
    )  # fmt: skip
    assert _value(right, "table3.carried_over.total") == 2


# ---------------------------------------------------------------- the workbook
def _workbook(report: AnnualReport, change: Callable[[Any], None]) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(_printed(report, "xlsx")))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _in_table(book: Any, value: int | None) -> None:
    sheet = book["三、收到和处理政府信息公开申请情况"]
    row = next(r for r in sheet.iter_rows() if any(c.value == "（一）予以公开" for c in r))
    next(c for c in row if c.value == 3).value = value


def _in_list(book: Any, value: int | None) -> None:
    for row in book["单元格"].iter_rows():
        if row[0].value == "table3.granted.natural_person":
            row[2].value = value


@pytest.mark.parametrize("sheet", [_in_table, _in_list])
def test_an_edit_in_either_sheet_counts(first: Draft, sheet: Callable[[Any, int | None], None]) -> None:
    data = _workbook(first.report, lambda book: sheet(book, 4))
    assert read_report(data, "年报.xlsx").table3["granted"]["natural_person"] == 4
    draft = _draft({"年报.xlsx": read_material(data, "年报.xlsx")})
    (cell,) = [c for c in draft.cells if (c.row, c.col) == ("granted", "natural_person")]
    assert (cell.value, cell.origin) == (4, Origin.EDITED)
    assert cell.evidence[0].quote == "4"


def test_different_edits_in_both_sheets_are_asked(first: Draft, tmp_path: Path) -> None:
    from assistant.interfaces.api import check

    def both(book: Any) -> None:
        _in_table(book, 4)
        _in_list(book, 6)

    file = tmp_path / "年报.xlsx"
    file.write_bytes(_workbook(first.report, both))
    found = [f for f in check(file).findings if f.code == "CONFLICT"]
    assert [(f.where, f.severity) for f in found] == [("table3.granted.natural_person", Severity.ASK)]
    draft = _draft({"年报.xlsx": read_material(file)})
    (asked,) = [
        f for f in draft.findings if f.code == "CONFLICT" and f.where == "table3.granted.natural_person"
    ]
    assert {"4", "6"} <= {e.quote for e in asked.evidence}
    assert _value(draft, "table3.granted.natural_person") is None


def test_the_same_edit_in_both_sheets_is_one(first: Draft) -> None:
    def both(book: Any) -> None:
        _in_table(book, 4)
        _in_list(book, 4)

    report = read_report(_workbook(first.report, both), "年报.xlsx")
    assert report.table3["granted"]["natural_person"] == 4
    assert report.printed is not None
    assert report.printed.rivals == ()
    assert report.printed.edited == ("table3.granted.natural_person",)


def test_an_older_workbook_without_the_fourth_column_asks(first: Draft) -> None:
    def older(book: Any) -> None:
        book["单元格"].delete_cols(4)
        _in_table(book, 4)

    report = read_report(_workbook(first.report, older), "年报.xlsx")
    assert report.table3["granted"]["natural_person"] == 4
    assert report.printed is not None
    assert [(r.text, r.other) for r in report.printed.rivals] == [("4", "3")]


def test_an_untouched_workbook_has_nothing_to_say(first: Draft) -> None:
    report = read_report(_printed(first.report, "xlsx"), "年报.xlsx")
    assert report.printed is not None
    assert (report.printed.rivals, report.printed.edited) == ((), ())
    assert isinstance(read_material(_printed(first.report, "xlsx"), "年报.xlsx"), Material)


def test_the_api_takes_files_and_last_years_file(first: Draft, tmp_path: Path) -> None:
    from assistant import draft

    last, facts = tmp_path / "2024.docx", tmp_path / "材料.txt"
    last.write_bytes(_printed(first.report, "docx"))
    facts.write_text("2025年收到申请1件，自然人，予以公开。", encoding="utf-8")
    made = draft(facts, org=_ORG, year=2025, previous=last, engine="offline")
    assert _value(made, "table3.new_received.total") == 1
    assert _value(made, "table3.carried_over.total") == 0
    assert (
        draft({"甲": facts}, org=_ORG, year=2025, engine="offline").report.tables
        == draft([facts], org=_ORG, year=2025, engine="offline").report.tables
    )
