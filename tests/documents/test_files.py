"""Files of every kind as blocks: merged cells, what is hidden, several tables on a sheet."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.shared import RGBColor
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from assistant.documents.blocks import BlockKind, Blocks, Table
from assistant.documents.reading_blocks import blocks_of
from evals.cases import DATASETS
from tests.documents.text.test_blocks import sound
from tests.documents.text.test_pasted_tables import shown

_ROOT = Path(__file__).parents[2]
_FILES = [
    p for folder in (DATASETS / "files", _ROOT / "examples") for p in sorted(folder.iterdir()) if p.is_file()
]


def _book(fill: Callable[[Any], None], title: str = "数据") -> Blocks:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    fill(sheet)
    return _saved(book, "数据.xlsx")


def _saved(document: Any, name: str) -> Blocks:
    stream = BytesIO()
    document.save(stream)
    blocks = blocks_of(stream.getvalue(), name)
    sound(blocks)
    return blocks


def _tables(blocks: Blocks) -> list[Table]:
    return [block.table for block in blocks.tables() if block.table is not None]


def _hidden(blocks: Blocks) -> list[tuple[str, str]]:
    return [(blocks.text[b.start : b.end], b.why) for b in blocks.blocks if b.kind is BlockKind.HIDDEN]


@pytest.mark.parametrize("path", _FILES, ids=lambda p: p.name)
def test_every_sample_file_is_sound(path: Path) -> None:
    blocks = blocks_of(path.read_bytes(), path.name)
    sound(blocks)
    assert blocks.blocks


def test_a_sheet_has_its_name_title_fields_table_and_note() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["某局2025年统计表"])
        sheet.merge_cells("A1:C1")
        sheet.append(["填报单位：办公室", None, "填报日期：2026年1月6日"])
        for row in (["项目", "上年", "本年"], ["新收", 9, 12], ["公开", 4, 7]):
            sheet.append(row)
        sheet.append(["注：其中2件为企业。"])

    blocks = _book(fill)
    assert [str(b.kind) for b in blocks.blocks] == [
        "heading",
        "heading",
        "field",
        "field",
        "table",
        "paragraph",
    ]
    assert blocks.blocks[4].headings == ("数据", "某局2025年统计表")
    assert shown(_tables(blocks)[0])[1] == ["新收", "9", "12"]


def test_merged_cells_are_one_cell_in_all_their_places() -> None:
    def fill(sheet: Any) -> None:
        for row in (
            ["项目", "法人", None, "总计"],
            [None, "企业", "科研", None],
            ["新收", 1, 2, 3],
            ["公开", 1, 0, 1],
        ):
            sheet.append(row)
        for area in ("A1:A2", "B1:C1", "D1:D2"):
            sheet.merge_cells(area)

    (table,) = _tables(_book(fill))
    assert table.grid[0][0] is table.grid[1][0]
    assert table.grid[0][1] is table.grid[0][2]
    corner = table.grid[0][1]
    assert corner is not None
    assert (corner.width, corner.height) == (2, 1)


def test_hidden_sheets_rows_and_columns_are_said_and_not_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["项目", "去年", "今年"], ["新收", 9, 12], ["公开", 4, 77], ["结转", 1, 2]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    old = book.create_sheet("去年")
    old.append(["新收", 555])
    old.sheet_state = "hidden"
    blocks = _saved(book, "a.xlsx")
    assert [shown(t) for t in _tables(blocks)] == [[["项目", "今年"], ["新收", "12"], ["结转", "2"]]]
    said = " ".join(words + why for words, why in _hidden(blocks))
    assert all(part in said for part in ("77", "555", "隐藏的行", "隐藏的列", "隐藏的工作表“去年”"))


def test_struck_white_and_tiny_cells_are_said_and_not_read() -> None:
    def fill(sheet: Any) -> None:
        for row in (["项目", "件数"], ["新收", 12], ["公开", 81], ["部分", 82], ["结转", 83]):
            sheet.append(row)
        sheet["B3"].font = Font(strike=True)
        sheet["B4"].font = Font(color="FFFFFFFF")
        sheet["B5"].font = Font(sz=1)
        sheet["A1"].font = Font(color="FFFFFFFF")
        sheet["A1"].fill = PatternFill("solid", fgColor="FF003366")
        sheet["B2"].value = CellRichText(TextBlock(InlineFont(strike=True), "84"), "12")

    blocks = _book(fill)
    assert shown(_tables(blocks)[0]) == [
        ["项目", "件数"],
        ["新收", "12"],
        ["公开", ""],
        ["部分", ""],
        ["结转", ""],
    ]
    assert {words for words, _ in _hidden(blocks)} == {"81", "82", "83", "84"}


def test_formats_of_numbers_and_dates() -> None:
    import datetime

    def fill(sheet: Any) -> None:
        sheet.append(["日期", "月", "百分比", "序号", "带单位", "小数"])
        sheet.append([datetime.date(2025, 3, 4), datetime.date(2025, 3, 1), 0.125, 7, 1286, 0.1 + 0.2])
        for place, shape in (
            ("A2", 'yyyy"年"m"月"d"日"'),
            ("B2", "yyyy-mm"),
            ("C2", "0.0%"),
            ("D2", "000"),
            ("E2", '#,##0"件"'),
        ):
            sheet[place].number_format = shape

    assert shown(_tables(_book(fill))[0])[1] == ["2025-03-04", "2025-03", "12.5%", "007", "1286件", "0.3"]


def test_a_formula_without_a_stored_result_is_no_blank() -> None:
    def fill(sheet: Any) -> None:
        for row in (["项目", "件数"], ["新收", 12], ["合计", "=SUM(B2:B2)"]):
            sheet.append(row)

    assert shown(_tables(_book(fill))[0])[2] == ["合计", "（公式未保存结果）"]


def test_tables_below_and_beside_each_other_come_apart() -> None:
    def fill(sheet: Any) -> None:
        left: list[list[Any]] = [["项目", "件数"], ["新收", 12], ["公开", 7]]
        right: list[list[Any]] = [["类别", "数量"], ["许可", 5], ["处罚", 6]]
        for a, b in zip(left, right, strict=True):
            row: list[Any] = [*a, None, *b]
            sheet.append(row)
        sheet.append([])
        for row in (["复议", "件数"], ["维持", 1], ["纠正", 2]):
            sheet.append(row)

    assert [shown(t)[0] for t in _tables(_book(fill))] == [
        ["项目", "件数"],
        ["类别", "数量"],
        ["复议", "件数"],
    ]


def test_a_blank_row_inside_a_register_does_not_cut_it() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["序号", "申请人", "结果", "日期"])
        for number in range(1, 7):
            sheet.append([number, "个人", "公开", f"2025-0{number}-02"])
            if number == 3:
                sheet.append([])

    (table,) = _tables(_book(fill))
    assert table.height == 7


def test_any_sheet_keeps_every_visible_figure_and_no_hidden_one() -> None:
    for seed in range(40):
        rng = random.Random(seed)
        rows, columns = rng.randint(2, 9), rng.randint(2, 7)
        gone_rows = {r for r in range(2, rows + 2) if rng.random() < 0.2}
        gone_columns = {c for c in range(2, columns + 1) if rng.random() < 0.2}

        def fill(
            sheet: Any,
            rows: int = rows,
            columns: int = columns,
            gone: tuple[set[int], set[int]] = (gone_rows, gone_columns),
        ) -> None:
            sheet.append(["项目", *[f"列{'甲乙丙丁戊己'[c]}" for c in range(columns - 1)]])
            for r in range(rows):
                sheet.append(
                    [f"行{'甲乙丙丁戊己庚辛壬'[r]}", *[(r + 1) * 1000 + c for c in range(columns - 1)]]
                )
            for r in gone[0]:
                sheet.row_dimensions[r].hidden = True
            for c in gone[1]:
                sheet.column_dimensions[openpyxl.utils.get_column_letter(c)].hidden = True

        blocks = _book(fill)
        read = {cell.text for table in _tables(blocks) for cell in table.cells if cell.text.isdigit()}
        read |= {
            blocks.text[b.start : b.end]
            for b in blocks.blocks
            if b.table is None and b.kind is not BlockKind.HIDDEN
        }
        for r in range(rows):
            for c in range(columns - 1):
                visible = r + 2 not in gone_rows and c + 2 not in gone_columns
                assert any(str((r + 1) * 1000 + c) in words for words in read) == visible, (seed, r, c)


def test_word_reads_in_order_and_leaves_out_what_is_hidden() -> None:
    document = docx.Document()
    document.add_heading("2025年情况", 1)
    paragraph = document.add_paragraph("新收")
    paragraph.add_run("24件").font.strike = True
    paragraph.add_run("26件")
    document.add_paragraph().add_run("内部数99件").font.hidden = True
    document.add_paragraph().add_run("白字98件").font.color.rgb = RGBColor(255, 255, 255)
    table = document.add_table(3, 3)
    for row, words in zip(
        table.rows, (["项目", "法人", ""], ["新收", "1", "2"], ["公开", "0", "1"]), strict=True
    ):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    deleted = document.add_paragraph("结转3件")
    mark = OxmlElement("w:del")
    run = document.add_paragraph("97件")._p.r_lst[0]
    mark.append(run)
    deleted._p.append(mark)
    blocks = _saved(document, "a.docx")
    assert [str(b.kind) for b in blocks.blocks if b.kind is not BlockKind.HIDDEN] == [
        "heading",
        "paragraph",
        "table",
        "paragraph",
    ]
    assert "新收26件" in blocks.text
    assert {words for words, _ in _hidden(blocks)} == {"24件", "内部数99件", "白字98件", "97件"}
    (grid,) = _tables(blocks)
    assert grid.grid[0][1] is grid.grid[0][2]
    assert all(b.headings == ("2025年情况",) for b in blocks.blocks[1:])


def test_a_page_with_merged_cells_and_hidden_parts() -> None:
    page = """<html><body><h2>申请情况</h2><p>新收<s>24</s>26件</p><p style="display: none">内部99件</p>
    <table><tr><th rowspan=2>项目</th><th colspan=2>法人</th></tr><tr><th>企业</th><th>科研</th></tr>
    <tr><td>新收</td><td>1</td><td>2</td></tr><tr hidden><td>公开</td><td>8</td><td>9</td></tr></table></body></html>"""
    blocks = blocks_of(page.encode(), "a.html")
    sound(blocks)
    (table,) = _tables(blocks)
    assert shown(table) == [["项目", "法人", "法人"], ["项目", "企业", "科研"], ["新收", "1", "2"]]
    assert "新收26件" in blocks.text
    assert {words for words, _ in _hidden(blocks)} == {"24", "内部99件", "公开 8 9"}
    assert blocks.blocks[1].headings == ("申请情况",)


def test_a_register_of_500_rows_takes_less_than_half_a_second() -> None:
    import time

    text = "序号\t日期\t申请人\t结果\n" + "".join(f"{n}\t2025-01-02\t个人\t予以公开\n" for n in range(500))
    started = time.perf_counter()
    blocks = blocks_of(text.encode(), "a.txt")
    assert time.perf_counter() - started < 0.5
    assert _tables(blocks)[0].height == 501
