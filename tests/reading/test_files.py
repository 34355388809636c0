"""Word, sheets, pages and PDFs as other programs write them."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from assistant.documents.opening import read_source
from assistant.printing.reports import render
from assistant.reading import read_report
from assistant.report import AnnualReport
from evals.lawful import lawful_report

REPORT = lawful_report(3)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def bytes_of(report: AnnualReport, fmt: str) -> bytes:
    printed = render(report, fmt)
    return printed if isinstance(printed, bytes) else printed.encode()


def changed(data: bytes, member: str, old: str, new: str) -> bytes:
    """An office file with some words of one part replaced."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == member:
                assert old in part.decode()
                part = part.decode().replace(old, new).encode()
            target.writestr(name, part)
    return out.getvalue()


def test_word_numbering_is_spelt_out() -> None:
    import docx
    from docx.oxml.parser import parse_xml

    document = docx.Document()
    numbering: Any = document.part.numbering_part.element
    numbering.insert(0, parse_xml(
        f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="91"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    ))  # fmt: skip
    numbering.append(parse_xml(f'<w:num xmlns:w="{W}" w:numId="91"><w:abstractNumId w:val="91"/></w:num>'))
    document.add_paragraph(REPORT.title)
    for section in REPORT.layout.sections:
        heading: Any = document.add_paragraph(section.name)
        properties = heading._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr xmlns:w="{W}"><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>')
        )
        document.add_paragraph("正文。")
    out = BytesIO()
    document.save(out)
    read = read_report(out.getvalue(), "a.docx")
    assert read.printed is not None
    assert [h.text for h in read.printed.headings] == [s.title for s in REPORT.layout.sections]


def test_tracked_deletions_are_not_read() -> None:
    import docx
    from docx.oxml.parser import parse_xml

    document = docx.Document(BytesIO(bytes_of(REPORT, "docx")))
    title: Any = document.paragraphs[0]._p
    title.append(
        parse_xml(
            f'<w:del xmlns:w="{W}" w:id="1" w:author="a"><w:r><w:delText>（草稿）</w:delText></w:r></w:del>'
        )
    )
    title.append(
        parse_xml(f'<w:ins xmlns:w="{W}" w:id="2" w:author="a"><w:r><w:t>（修订）</w:t></w:r></w:ins>')
    )
    out = BytesIO()
    document.save(out)
    assert read_report(out.getvalue(), "a.docx").title == f"{REPORT.title}（修订）"


def test_a_report_inside_a_frame_table() -> None:
    data = bytes_of(REPORT, "docx")
    opened = changed(data, "word/document.xml", "<w:body>", "<w:body><w:tbl><w:tr><w:tc>")
    framed = changed(opened, "word/document.xml", "<w:sectPr", "</w:tc></w:tr></w:tbl><w:sectPr")
    read = read_report(framed, "a.docx")
    assert read.tables == REPORT.tables
    assert read.sections == REPORT.sections


def test_one_sheet_with_everything() -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    for line in str(render(REPORT, "txt")).split("\n"):
        sheet.append([int(c) if c.isdigit() else c for c in line.split("\t")])
    out = BytesIO()
    book.save(out)
    read = read_report(out.getvalue(), "a.xlsx")
    assert read.tables == REPORT.tables
    assert read.sections == REPORT.sections
    assert read.title == REPORT.title


def test_the_flat_sheet_alone_is_no_table_of_the_form() -> None:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(bytes_of(REPORT, "xlsx")))
    for name in book.sheetnames[1:-1]:
        book.remove(book[name])
    out = BytesIO()
    book.save(out)
    read = read_report(out.getvalue(), "a.xlsx")
    assert read.title == REPORT.title
    assert list(read.filled()) == []


def test_a_corrected_sheet_wins_over_the_flat_list() -> None:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(bytes_of(REPORT, "xlsx")))
    sheet: Any = book.worksheets[1]
    assert sheet["A3"].value == "规章"
    sheet["B3"] = 77
    out = BytesIO()
    book.save(out)
    assert read_report(out.getvalue(), "a.xlsx").table2["rules"]["issued"] == 77


def test_wrong_extensions_are_seen_through() -> None:
    for fmt, name in (
        ("docx", "a.pdf"),
        ("html", "a.doc"),
        ("xlsx", "a.docx"),
        ("txt", "a.html"),
        ("json", "a.txt"),
        ("html", "a.xls"),
    ):
        assert read_report(bytes_of(REPORT, fmt), name).tables == REPORT.tables


def test_answers_of_draft_and_check_are_reports() -> None:
    inner = str(render(REPORT, "json"))
    assert read_report(f'{{"file": "a", "report": {inner}, "findings": []}}'.encode(), "a.json") == REPORT


def test_sources_as_text(tmp_path: Path) -> None:
    files = {
        "a.txt": "收到申请12件\r\n其中自然人10件".encode("gb18030"),
        "b.csv": "项目,数量\n收到,12\n".encode("utf-8-sig"),
        "c.html": "<p>收到申请<b>12</b>件</p><table><tr><td>自然人</td><td>10</td></tr></table>".encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert read_source(tmp_path / "a.txt") == "收到申请12件\n其中自然人10件"
    assert read_source(tmp_path / "b.csv") == "项目\t数量\n收到\t12\n"
    assert read_source(tmp_path / "c.html") == "收到申请12件\n自然人\t10\n"


def test_sources_of_office_files_as_text(tmp_path: Path) -> None:
    import docx
    from openpyxl import Workbook

    document = docx.Document()
    document.add_paragraph("收到申请12件。")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "自然人", "10"
    document.add_paragraph("以上。")
    document.save(str(tmp_path / "a.docx"))
    assert read_source(tmp_path / "a.docx") == "收到申请12件。\n自然人\t10\n以上。\n"
    book = Workbook()
    first: Any = book.active
    first.title = "台账"
    first.append(["日期", "件数", "金额"])
    first.append([None, 3, 1.5])
    book.create_sheet("空表")
    book.save(tmp_path / "a.xlsx")
    assert read_source(tmp_path / "a.xlsx") == "【台账】\n日期\t件数\t金额\n\t3\t1.5\n\n【空表】\n"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (apt)")
@pytest.mark.parametrize(("seed", "form"), [(3, "2021"), (2, "2019")])
def test_conversions_by_another_program(tmp_path: Path, seed: int, form: str) -> None:
    report = lawful_report(seed, form=form)
    source = tmp_path / "report.docx"
    source.write_bytes(bytes_of(report, "docx"))
    for target in ("pdf", "doc", "html", "txt:Text (encoded):UTF8", "odt", "docx"):
        # the last is a Word file that went through another format and back
        source, folder = (
            (tmp_path / "report.odt", tmp_path / "again") if target == "docx" else (source, tmp_path)
        )
        command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", target,
                   "--outdir", str(folder), str(source)]  # fmt: skip
        subprocess.run(command, capture_output=True, timeout=120, check=True)
        if target == "odt":
            continue
        read = read_report(folder / f"report.{target.split(':')[0]}")
        assert read.printed is not None
        assert read.printed.unread == (), target
        assert read.tables == report.tables, target
        assert read.sections == report.sections, target
        assert (read.title, read.preamble, read.year) == (report.title, report.preamble, report.year), target


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (apt)")
def test_our_own_pdf() -> None:
    data = render(REPORT, "pdf")
    assert isinstance(data, bytes)
    assert read_report(data, "a.pdf").tables == REPORT.tables


def test_fields_of_csv_are_not_run_together() -> None:
    text = read_source(
        '指标,2025年,2026年\n行政许可,310,322\n行政事业性收费（元）,"31,500","32,500"\n'.encode(), "数.csv"
    )
    assert text.splitlines()[1].split("\t") == ["行政许可", "310", "322"]
    assert text.splitlines()[2].split("\t") == ["行政事业性收费（元）", "31,500", "32,500"]
