"""Tables of files are read by their structure: years, units, hidden sheets, registers; what is not sure waits to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import openpyxl

from assistant.drafting.pipeline import DraftOptions, draft_texts
from assistant.office.engine_names import Engine
from assistant.reading.material import Material, read_material
from assistant.report.draft import Draft

Rows = Sequence[Sequence[object]]


def _book(sheets: dict[str, Rows], hidden: Sequence[str] = ()) -> Material:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    out = BytesIO()
    book.save(out)
    return read_material(out.getvalue(), "数据.xlsx")


def _draft(material: Material, **more: str | Material) -> Draft:
    options = DraftOptions(org="清源县水利局", year=2024, engine=Engine.OFFLINE)
    return draft_texts({"数据.xlsx": material, **more}, options)


def _cells(draft: Draft) -> dict[str, object]:
    return {f"{c.table}.{c.row}.{c.col}": c.value for c in draft.cells if c.value is not None}


_TWO_YEARS: list[list[object]] = [
    ["项目", "2023年", "2024年", "同比"],
    ["新收申请", 391, 464, "+73"],
    ["上年结转", 8, 3, "-5"],
    ["予以公开", 102, 118, "+16"],
    ["行政许可", 1203, 1187, "-16"],
]


def test_the_column_of_our_year_is_read() -> None:
    cells = _cells(_draft(_book({"对比表": _TWO_YEARS})))
    assert cells["table3.new_received.total"] == 464
    assert cells["table3.carried_over.total"] == 3
    assert cells["table3.granted.total"] == 118
    assert cells["table2.admin_license.decisions"] == 1187


def test_a_hidden_sheet_is_not_read() -> None:
    rows: list[list[object]] = [["项目", "件数"], ["予以公开", 5], ["部分公开", 2]]
    old: list[list[object]] = [["项目", "件数"], ["予以公开", 9], ["重复申请", 4]]
    cells = _cells(_draft(_book({"今年": rows, "旧表": old}, hidden=["旧表"])))
    assert cells["table3.granted.total"] == 5
    assert "table3.np_repeat.total" not in cells


_REGISTER: list[list[object]] = [
    ["序号", "收到日期", "申请人", "申请人类型", "答复结果", "答复日期"],
    [1, "2023-12-20", "甲公司", "商业企业", "予以公开", "2024-01-08"],
    [2, "2024-02-01", "张三", "自然人", "予以公开", "2024-02-20"],
    [3, "2024-03-01", "李四", "自然人", "部分公开", "2024-03-15"],
    [4, "2024-12-25", "王五", "自然人", "办理中", ""],
    ["合计", "4件", "", "", "", ""],
]


def test_a_register_is_counted_and_names_nobody() -> None:
    draft = _draft(_book({"台账": _REGISTER}))
    cells = _cells(draft)
    assert cells["table3.new_received.total"] == 3
    assert cells["table3.carried_over.biz_enterprise"] == 1
    assert cells["table3.granted.natural_person"] == 1
    assert cells["table3.carried_forward.total"] == 1
    assert cells["table3.result_total.total"] == 3
    shown = [e.quote for f in draft.facts for e in f.evidence] + list(draft.report.sections.values())
    assert not [text for text in shown if any(name in text for name in ("张三", "李四", "王五"))]


def test_an_unknown_outcome_is_asked_once_and_keeps_the_zeros_away() -> None:
    rows = [
        *_REGISTER[:3],
        [3, "2024-03-01", "李四", "自然人", "转其他科室研究", "2024-03-15"],
        *_REGISTER[4:],
    ]
    draft = _draft(_book({"台账": rows}), 说明="其余都是0。")
    asked = [q for q in draft.questions if "转其他科室研究" in q.text]
    assert len(asked) == 1
    cells = _cells(draft)
    assert "table3.partial.total" not in cells
    assert "table3.na_not_held.natural_person" not in cells


def test_what_is_not_sure_is_marked_and_listed_in_one_question() -> None:
    rows = [[row[i] for i in (0, 1, 2, 4, 5)] for row in _REGISTER]
    draft = _draft(_book({"台账": rows}))
    unsure = [f"{c.table}.{c.row}.{c.col}" for c in draft.cells if c.status == "unconfirmed"]
    assert "table3.granted.natural_person" in unsure
    (question,) = [q for q in draft.questions if q.code == "CONFIRM"]
    assert list(question.about) == unsure
    assert draft.questions[0] is question


def test_a_figure_in_the_text_that_differs_from_the_table_is_asked() -> None:
    draft = _draft(_book({"对比表": _TWO_YEARS}), 说明="予以公开120件。")
    assert "table3.granted.total" not in _cells(draft)
    assert [f for f in draft.findings if f.code == "CONFLICT" and f.where == "table3.granted.total"]
