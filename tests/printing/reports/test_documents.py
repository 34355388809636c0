"""The finished files: golden text and page, Word and sheets by structure, the same bytes every time."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree

from assistant.errors import MissingDependency
from assistant.forms import FORM_VERSIONS, CellKey, load_form
from assistant.printing.reports import FORMATS, Mark, render
from assistant.printing.reports.grid import lay_out
from assistant.report import AnnualReport
from assistant.report.findings import Severity
from evals.lawful import lawful_report

GOLDEN = Path(__file__).parent / "golden"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def sample() -> AnnualReport:
    """A report written down here, so that the golden files change only when printing does."""
    report = AnnualReport.model_validate_json((GOLDEN / "report.json").read_text(encoding="utf-8"))
    assert report.value(CellKey("table3", "granted", "total")) is None
    return report


@pytest.mark.parametrize("fmt", ["txt", "md", "html", "json"])
def test_golden(fmt: str) -> None:
    assert str(render(sample(), fmt)) == (GOLDEN / f"report.{fmt}").read_text(encoding="utf-8")


@pytest.mark.parametrize("fmt", [name for name in FORMATS if name != "pdf"])
def test_the_same_report_gives_the_same_bytes(fmt: str) -> None:
    assert render(lawful_report(2), fmt) == render(lawful_report(2), fmt)


def test_the_page_needs_nothing_from_outside() -> None:
    page = str(render(lawful_report(3), "html"))
    assert not re.search(r"<script|<link|<img|@import|url\(", page)
    assert "http" not in re.sub(r"http://www\.\w+\.gov\.cn", "", page)


def test_the_page_escapes_markup() -> None:
    page = str(render(lawful_report(3).with_sections({"s6": "<script>alert(1)</script>"}), "html"))
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def word(report: AnnualReport, marks: list[Mark] | None = None) -> Any:
    data = render(report, "docx", marks=marks or [])
    assert isinstance(data, bytes)
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


@pytest.mark.parametrize("version", FORM_VERSIONS)
def test_word_tables_have_the_merged_cells_of_the_form(version: str) -> None:
    root = word(lawful_report(3, form=version))
    tables = root.findall(f".//{W}tbl")
    for table, form_table in zip(tables, load_form(version).tables, strict=True):
        grid = lay_out(form_table)
        wide = [int(s.get(f"{W}val")) for s in table.iter(f"{W}gridSpan")]
        tall = [m for m in table.iter(f"{W}vMerge") if m.get(f"{W}val") == "restart"]
        assert len(tall) == sum(cell.rowspan > 1 for cell in grid.cells)
        assert sum(wide) == sum(cell.colspan * cell.rowspan for cell in grid.cells if cell.colspan > 1)
        assert len(table.findall(f".//{W}tblHeader")) == grid.header_rows
        assert len(table.findall(f".//{W}cantSplit")) == grid.rows
        widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(widths) == 8845
        for row in table.iter(f"{W}tr"):
            assert sum(int(w.get(f"{W}w")) for w in row.iter(f"{W}tcW")) == 8845


def test_word_page_follows_the_standard() -> None:
    root = word(lawful_report(3))
    margins = root.find(f".//{W}pgMar")
    millimetres = {
        side: round(int(margins.get(f"{W}{side}")) * 25.4 / 1440)
        for side in ("top", "bottom", "left", "right")
    }
    assert millimetres == {"top": 37, "bottom": 35, "left": 28, "right": 26}
    grid = root.find(f".//{W}docGrid")
    assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("lines", "579")
    fonts = {f.get(f"{W}eastAsia") for f in root.iter(f"{W}rFonts")}
    assert {"方正小标宋简体", "黑体", "楷体_GB2312", "宋体"} <= fonts
    headings = [p for p in root.iter(f"{W}p") if p.find(f"{W}pPr/{W}outlineLvl") is not None]
    assert ["".join(p.itertext()) for p in headings] == [s.title for s in load_form("2021").sections]


def test_word_marks_are_drawn() -> None:
    marks = [Mark("table3.granted.total", Severity.ERROR, "不平"), Mark("s6", Severity.WARNING, "缺说明")]
    root = word(lawful_report(3), marks)
    assert [s.get(f"{W}fill") for s in root.iter(f"{W}shd")] == ["FBD5D2"]
    assert [h.get(f"{W}val") for h in root.iter(f"{W}highlight")] == ["yellow"]


def test_word_opens_in_its_own_library() -> None:
    import docx

    data = render(lawful_report(3), "docx")
    assert isinstance(data, bytes)
    document = docx.Document(BytesIO(data))
    assert len(document.tables) == 3
    assert (
        document.tables[1].cell(3, 0).text
        == document.tables[1].cell(3, 2).text
        == "一、本年新收政府信息公开申请数量"
    )
    assert document.settings.odd_and_even_pages_header_footer
    page = document.sections[0]
    assert [p.paragraphs[0].text for p in (page.footer, page.even_page_footer)] == ["— 1 —", "— 1 —"]


def sheet(report: AnnualReport, marks: list[Mark] | None = None) -> Any:
    from openpyxl import load_workbook

    data = render(report, "xlsx", marks=marks or [])
    assert isinstance(data, bytes)
    return load_workbook(BytesIO(data))


def test_workbook_has_a_sheet_a_table_and_one_of_all_cells() -> None:
    report = lawful_report(3)
    book = sheet(report)
    titles = [report.layout.section(t.section).title for t in report.layout.tables]
    assert book.sheetnames == ["报告", *titles, "单元格"]
    for title, table in zip(titles, report.layout.tables, strict=True):
        merged = {(r.min_row, r.min_col, r.max_row, r.max_col) for r in book[title].merged_cells.ranges}
        assert merged == {
            (c.row + 1, c.col + 1, c.row + c.rowspan, c.col + c.colspan)
            for c in lay_out(table).cells
            if c.rowspan > 1 or c.colspan > 1
        }
    rows = list(book["单元格"].iter_rows(min_row=2, values_only=True))
    shown = {str(key): (report.value(key), report.value(key)) for key in report.layout.cells}
    assert {key: (value, made) for key, _, value, made in rows} == shown


def test_workbook_leaves_blanks_empty_and_text_is_no_formula() -> None:
    key = CellKey("table3", "granted", "total")
    report = lawful_report(3).with_cells({key: None}).with_sections({"s6": "=1+1"})
    book = sheet(report)
    assert {
        c.value for row in book["单元格"].iter_rows(min_row=2) for c in row if row[0].value == str(key)
    } >= {None}
    words = [cell for row in book["报告"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in words] == ["s"]


def test_workbook_marks_carry_their_note() -> None:
    book = sheet(lawful_report(3), [Mark("table4.review.total", Severity.ERROR, "合计不符")])
    notes = [c.comment.text for row in book.worksheets[3].iter_rows() for c in row if c.comment]
    assert notes == ["合计不符"]


def test_pdf_without_libreoffice_says_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.printing.reports.pdf.shutil.which", lambda _: None)
    with pytest.raises(MissingDependency, match="docx"):
        render(lawful_report(3), "pdf")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (apt)")
def test_pdf_is_a_pdf() -> None:
    data = render(lawful_report(3), "pdf")
    assert isinstance(data, bytes)
    assert data.startswith(b"%PDF-")
