"""Repairs in the file itself: every certain repair holds in every format, and nothing else of the file changes."""

from __future__ import annotations

import json
import random
from collections import Counter
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from assistant.checks import CheckInput, all_rules, apply_certain
from assistant.checks.check_report import check_report
from assistant.fixing import Mended, mend
from assistant.printing.reports import render
from assistant.reading import read_report
from assistant.report import AnnualReport
from assistant.report.draft import CheckResult
from evals.lawful import lawful_report
from evals.mutations import mutate
from evals.printing import as_printed
from tests.reading.layouts import TEXT_LAYOUTS, cms_page

FORMATS = ("docx", "html", "txt", "md", "json", "xlsx")
REPORT = lawful_report(3)
WRONG = REPORT.with_sections(
    {
        "s5": "存在问题.主要包括政策解读较少,更新台帐不及时。\n（一）公开意识需要强化。\n（三）下一步将增加图解。"
    }
)


def _bytes(report: AnnualReport, fmt: str) -> bytes:
    printed = render(report, fmt)
    return printed if isinstance(printed, bytes) else printed.encode()


def _mend(data: bytes, name: str) -> Mended:
    return mend(data, name, f".{name.rsplit('.')[-1]}", check_report)


def _certain(result: CheckResult) -> int:
    return sum(f.fix is not None and f.fix.certain for f in result.findings)


def _places(result: CheckResult) -> Counter[tuple[str, str]]:
    return Counter((f.code, f.where) for f in result.findings)


def _mutants(seed: int) -> list[tuple[str, AnnualReport]]:
    ctx = CheckInput(lawful_report(seed))
    spoiled = ((one.code, mutate(one.code, ctx, random.Random(seed))) for one in all_rules())
    return [
        (code, found.report)
        for code, found in spoiled
        if found is not None and _certain(check_report(as_printed(found.report)))
    ]


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("seed", [0, 4])
def test_all_mutations_in_every_format(fmt: str, seed: int) -> None:
    repaired: set[str] = set()
    for code, report in _mutants(seed):
        data, name = _bytes(report, fmt), f"a.{fmt}"
        before = check_report(read_report(data, name))
        mended = _mend(data, name)
        assert mended.left == [], code
        assert _certain(mended.result) == 0, code
        assert not _places(mended.result) - _places(before), f"{code} brought a new finding"
        assert check_report(read_report(mended.data, name)).findings == mended.result.findings
        repaired.update(repair.finding.code for repair in mended.made)
    assert {code for code, _ in _mutants(seed)} <= repaired


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_lawful_file_is_left_alone(fmt: str) -> None:
    data = _bytes(REPORT, fmt)
    mended = _mend(data, f"a.{fmt}")
    assert (mended.data, mended.made, mended.left) == (data, [], [])


@pytest.mark.parametrize("fmt", FORMATS)
def test_words_are_put_right_and_shown(fmt: str) -> None:
    mended = _mend(_bytes(WRONG, fmt), f"a.{fmt}")
    read = read_report(mended.data, f"a.{fmt}")
    assert read.sections["s5"] == (
        "存在问题。主要包括政策解读较少，更新台账不及时。\n（一）公开意识需要强化。\n（二）下一步将增加图解。"
    )
    assert read.tables == WRONG.tables
    shown = [one for repair in mended.made for one in repair.shown]
    assert {one.place for one in shown} == {"“五、存在的主要问题及改进情况”"}
    assert any("台帐" in one.before and "台账" in one.after for one in shown)


@pytest.mark.parametrize("fmt", ["docx", "html", "txt", "md", "xlsx"])
def test_titles_and_labels_are_put_right(fmt: str) -> None:
    printed = {
        "本年废止件数": "本年度止件数",
        "二、主动公开政府信息情况": "二、主动公开情况",
        "（七）总计": "(七)总计",
    }
    data = _bytes(REPORT, fmt)
    for right, wrong in printed.items():
        data = _replaced(data, right, wrong)
    before = check_report(read_report(data, f"a.{fmt}"))
    assert {"LABEL", "SECTIONS"} <= {f.code for f in before.findings}
    mended = _mend(data, f"a.{fmt}")
    assert mended.left == []
    assert mended.result.findings == check_report(read_report(_bytes(REPORT, fmt), f"a.{fmt}")).findings
    assert any("二、主动公开情况" in one.before for repair in mended.made for one in repair.shown)


def _replaced(data: bytes, right: str, wrong: str) -> bytes:
    """A file with some printed words replaced, in whichever part of it they stand."""
    if not data.startswith(b"PK"):
        return data.replace(right.encode(), wrong.encode())
    # spreadsheets are written with character references
    coded = "".join(f"&#{ord(char)};" for char in right).encode()
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name).replace(right.encode(), wrong.encode())
            target.writestr(name, part.replace(coded, wrong.encode()))
    return out.getvalue()


def test_other_parts_of_a_word_file_stay_byte_for_byte() -> None:
    data = _bytes(WRONG, "docx")
    mended = _mend(data, "a.docx")
    with ZipFile(BytesIO(data)) as old, ZipFile(BytesIO(mended.data)) as new:
        assert old.namelist() == new.namelist()
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert changed == ["word/document.xml"]
        one, other = (archive.read("word/document.xml").decode() for archive in (old, new))
    assert _tags(one) == _tags(other), "runs and their formats stay"


def _tags(markup: str) -> list[str]:
    from lxml import etree

    return [f"{node.tag} {sorted(node.attrib.items())}" for node in etree.fromstring(markup.encode()).iter()]


def test_words_that_are_split_over_runs() -> None:
    import docx

    document = docx.Document(BytesIO(_bytes(WRONG, "docx")))
    paragraph = next(p for p in document.paragraphs if "台帐" in p.text)
    words = paragraph.text
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = ""
    for number, char in enumerate(words):
        paragraph.add_run(char).bold = number % 2 == 0
    out = BytesIO()
    document.save(out)
    mended = _mend(out.getvalue(), "a.docx")
    after = next(p for p in docx.Document(BytesIO(mended.data)).paragraphs if "台账" in p.text)
    assert after.text == words.replace("台帐", "台账").replace(".", "。").replace(",", "，")
    assert [run.bold for run in after.runs if run.text] == [n % 2 == 0 for n in range(len(words))]


def test_automatic_numbers_are_left_and_said() -> None:
    import docx
    from docx.oxml.parser import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document: Any = docx.Document(BytesIO(_bytes(WRONG, "docx")))
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(
        f'<w:abstractNum {space} w:abstractNumId="91"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>'
    ))  # fmt: skip
    numbering.append(parse_xml(f'<w:num {space} w:numId="91"><w:abstractNumId w:val="91"/></w:num>'))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("（三）下"))
    paragraph.runs[0].text = paragraph.text.removeprefix("（三）")
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {space}><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>')
    )
    out = BytesIO()
    document.save(out)
    mended = _mend(out.getvalue(), "a.docx")
    assert [(left.finding.code, left.reason) for left in mended.left] == [
        ("ORDINAL", "这处文字是自动编号，要在办公软件里改")
    ]
    assert {"PUNCT", "TYPO"} <= {repair.finding.code for repair in mended.made}


def test_a_page_of_a_content_management_system() -> None:
    page = cms_page(WRONG).replace("台帐", "台<b>帐</b>").replace(",更新", "&#44;更新")
    mended = _mend(page.encode("gb18030"), "a.html")
    want = page.replace("台<b>帐</b>", "台<b>账</b>").replace("存在问题.", "存在问题。")
    want = want.replace("&#44;更新", "，更新").replace("（三）下一步", "（二）下一步")
    assert mended.data.decode("gb18030") == want, "only the wrong characters change, no markup"


@pytest.mark.parametrize("layout", TEXT_LAYOUTS, ids=lambda layout: str(layout.__name__))
def test_texts_keep_their_encoding_and_line_ends(layout: Any) -> None:
    text = layout(WRONG).replace("\n", "\r\n")
    mended = _mend(text.encode("gb18030"), "a.txt")
    after = mended.data.decode("gb18030")
    assert after.count("\r\n") == text.count("\r\n") == after.count("\n")
    assert "台账" in after
    assert len(after) == len(text) or layout.__name__ == "half_width"
    assert read_report(mended.data, "a.txt").tables == WRONG.tables


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_byte_order_marks_stay(encoding: str) -> None:
    data = str(render(WRONG, "txt")).encode(encoding)
    mended = _mend(data, "a.txt")
    assert mended.data[:2] == data[:2]
    assert mended.data.decode(encoding) == str(render(read_report(mended.data, "a.txt"), "txt"))


def test_json_keeps_its_shape() -> None:
    inner = json.loads(str(render(WRONG, "json")))
    del inner["info_fee"]
    source = json.dumps({"file": "a", "report": inner, "x": [1]}, ensure_ascii=False, indent=4) + "\n"
    mended = _mend(source.encode(), "a.json")
    after = json.loads(mended.data)
    assert list(after) == ["file", "report", "x"]
    assert list(after["report"]) == list(inner)
    assert len(mended.data.decode().splitlines()) == len(source.splitlines())
    changed = [k for k in inner if inner[k] != after["report"][k]]
    assert changed == ["sections"]


def _sheet_with_wrong_total(formula: bool) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(_bytes(REPORT, "xlsx")))
    sheet: Any = next(
        s
        for s in book.worksheets
        if s.title.startswith(("四", "表四", "复议")) or "复议" in str(s["A1"].value)
    )
    row = next(r for r in sheet.iter_rows() if sum(isinstance(c.value, int) for c in r) >= 15)
    figures = [c for c in row if isinstance(c.value, int)]
    figures[4].value = "=9+90" if formula else 99
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_keeps_its_formats_and_its_list_follows() -> None:
    from openpyxl import load_workbook

    data = _sheet_with_wrong_total(formula=False)
    mended = _mend(data, "a.xlsx")
    assert [repair.finding.code for repair in mended.made] == ["T4_SUM"]
    assert read_report(mended.data, "a.xlsx").tables == REPORT.tables
    old, new = (load_workbook(BytesIO(content)) for content in (data, mended.data))
    differing = [
        (sheet.title, cell.coordinate)
        for sheet in old.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value != new[sheet.title][cell.coordinate].value
        or cell.style_id != new[sheet.title][cell.coordinate].style_id
    ]
    assert len(differing) == 1, "the list of cells was right before"


def test_a_formula_is_left_and_said() -> None:
    from openpyxl import load_workbook

    data = _sheet_with_wrong_total(formula=True)
    # what a spreadsheet program stores beside the formula
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(n for n, part in parts.items() if b"<f>9+90</f>" in part)
    parts[name] = parts[name].replace(b"<f>9+90</f><v></v>", b"<f>9+90</f><v>99</v>")
    parts[name] = parts[name].replace(b"<f>9+90</f><v />", b"<f>9+90</f><v>99</v>")
    out = BytesIO()
    with ZipFile(out, "w") as target:
        for part, content in parts.items():
            target.writestr(part, content)
    assert load_workbook(out, data_only=True) is not None
    mended = _mend(out.getvalue(), "a.xlsx")
    assert [left.reason for left in mended.left] == ["这个单元格是公式，要在 Excel 里改"]
    assert mended.data == out.getvalue()


def test_an_accepted_finding_is_not_repaired() -> None:
    from datetime import date

    from assistant.office.decisions import decide
    from assistant.report.findings import Acceptance

    data = _bytes(WRONG, "txt")
    found = check_report(read_report(data, "a.txt"))
    why = Acceptance(reason="原名如此", person="张某", date=date(2026, 1, 15))
    typo = next(f for f in found.findings if f.code == "TYPO")
    decisions = [decide(typo, found.report, "a.txt", why)]
    mended = mend(
        data, "a.txt", ".txt", lambda report: check_report(report, file="a.txt", decisions=decisions)
    )
    assert "台帐" in mended.data.decode()
    assert "TYPO" not in {repair.finding.code for repair in mended.made}


def test_repairs_agree_with_those_of_a_report_in_memory() -> None:
    read = read_report(_bytes(WRONG, "docx"), "a.docx")
    repaired, _ = apply_certain(read, check_report(read).findings)
    mended = _mend(_bytes(WRONG, "docx"), "a.docx")
    assert read_report(mended.data, "a.docx").sections == repaired.sections
