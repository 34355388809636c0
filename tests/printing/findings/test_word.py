"""Findings as comments in Word: at their cells and words, and nothing else in the file changed."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from assistant.printing.findings import FORMATS, Checked, Unit
from assistant.reading import read_report
from assistant.report.draft import CheckResult
from assistant.report.findings import Finding, Severity
from tests.printing.findings.checked import checked, faulty, review, write


def commented(unit: Unit) -> bytes:
    data = FORMATS["docx"].render_unit(unit)
    assert isinstance(data, bytes)
    return data


def anchored(document: Document) -> dict[str, str]:
    """The first line of each comment and the words it hangs on."""
    body = document.element.body
    lines = {str(c.comment_id): c.text.split("\n")[0] for c in document.comments}
    words: dict[str, str] = {}
    open_ids: set[str] = set()
    for node in body.iter():
        if node.tag == qn("w:commentRangeStart"):
            open_ids.add(node.get(qn("w:id")))
            words.setdefault(node.get(qn("w:id")), "")
        elif node.tag == qn("w:commentRangeEnd"):
            open_ids.discard(node.get(qn("w:id")))
        elif node.tag == qn("w:t"):
            for one in open_ids:
                words[one] += node.text or ""
    return {lines[one]: text for one, text in words.items()}


def unit_of(path: Path) -> Unit:
    return review(path).units[0]


@pytest.mark.parametrize("fmt", ["docx", "txt", "html", "json", "xlsx"])
def test_each_finding_is_a_comment_at_its_words_or_cell(fmt: str, tmp_path: Path) -> None:
    unit = unit_of(write(tmp_path, faulty(), fmt))
    document = docx.Document(BytesIO(commented(unit)))
    places = anchored(document)
    assert len(list(document.comments)) == len(unit.items)
    typo = next(words for line, words in places.items() if "部署" in line)
    assert typo == "部暑"
    total = next(words for line, words in places.items() if "行政复议" in line)
    assert total == "4"
    assert {c.author for c in document.comments} == {"年报助手"}
    assert all(line.startswith(("【错误】", "【警告】", "【提示】")) for line in places)


def test_a_finding_about_a_passage_that_names_cells_too_is_at_its_words(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "docx")
    result = checked(path).result
    typo = next(f for f in result.findings if f.code == "TYPO")
    both = typo.model_copy(update={"where": "s6", "cells": ("table3.granted.total",)})
    unit = review(Checked(result.model_copy(update={"findings": (both,)}))).units[0]
    assert list(anchored(docx.Document(BytesIO(commented(unit)))).values()) == ["部暑"]
    assert unit.items[0].place == "六、其他需要报告的事项"


def test_of_a_word_file_nothing_changes_but_the_comments(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "docx")
    before = path.read_bytes()
    data = commented(unit_of(path))
    assert path.read_bytes() == before
    with ZipFile(BytesIO(before)) as old, ZipFile(BytesIO(data)) as new:
        added = set(new.namelist()) - set(old.namelist())
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        assert added == {"word/comments.xml"}
        assert changed == {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
        bare = re.sub(
            rb"<w:comment(RangeStart|RangeEnd|Reference)[^>]*/>", b"", new.read("word/document.xml")
        )
        assert b"w:comment" not in bare
    copy = tmp_path / "批注.docx"
    copy.write_bytes(data)
    was, now = read_report(path), read_report(copy)
    assert was.model_copy(update={"printed": None}) == now.model_copy(update={"printed": None})
    assert was.printed is not None
    assert now.printed is not None
    assert was.printed.text == now.printed.text


def test_comments_that_were_there_stay(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "docx")
    document = docx.Document(str(path))
    document.add_comment(document.paragraphs[0].runs, "原有批注", author="张三", initials="张")
    document.save(str(path))
    unit = unit_of(path)
    comments = list(docx.Document(BytesIO(commented(unit))).comments)
    assert [c.text for c in comments if c.author == "张三"] == ["原有批注"]
    assert len(comments) == len(unit.items) + 1
    assert len({c.comment_id for c in comments}) == len(comments)


def test_words_that_are_spread_over_several_runs_are_found(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "docx")
    document = docx.Document(str(path))
    paragraph = next(p for p in document.paragraphs if "部暑" in p.text)
    run = next(r for r in paragraph.runs if "部暑" in r.text)
    before, after = run.text.split("暑")
    run.text = before
    bold = paragraph.add_run("暑")
    bold.bold = True
    paragraph.add_run(after)
    document.save(str(path))
    places = anchored(docx.Document(BytesIO(commented(unit_of(path)))))
    assert next(words for line, words in places.items() if "部署" in line) == "部暑"


def test_words_after_an_automatic_number_are_found(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "docx")
    document = docx.Document(str(path))
    paragraph = next(p for p in document.paragraphs if "部暑" in p.text)
    numbering = document.part.numbering_part.element
    number = numbering.add_num(
        numbering.xpath("./w:abstractNum[w:lvl/w:numFmt/@w:val='decimal']/@w:abstractNumId")[0]
    )
    shape: Any = paragraph._p.get_or_add_pPr()
    properties = shape.get_or_add_numPr()
    properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, number.numId
    document.save(str(path))
    assert read_report(path).sections["s6"].startswith("1.")
    places = anchored(docx.Document(BytesIO(commented(unit_of(path)))))
    assert next(words for line, words in places.items() if "部署" in line) == "部暑"


def test_a_blank_cell_can_carry_a_comment(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "docx")
    report = read_report(path)
    name = "table3.granted.total"
    blank = report.with_cells({key: None for key in report.layout.cells if str(key) == name})
    path = write(tmp_path, blank, "docx", "缺数")
    finding = Finding(
        code="CELL_BLANK", severity=Severity.ERROR, where=name, message="没有填写", cells=(name,)
    )
    unit = review(Checked(CheckResult(file=str(path), report=blank, findings=(finding,)))).units[0]
    document = docx.Document(BytesIO(commented(unit)))
    assert anchored(document) == {"【错误】没有填写": ""}
    (start,) = list(document.element.body.iter(qn("w:commentRangeStart")))
    assert start.getparent().getparent().tag == qn("w:tc")


def test_a_finding_without_a_place_stands_at_the_title(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "docx")
    report = read_report(path)
    finding = Finding(code="DEADLINE", severity=Severity.INFO, where="nowhere", message="说不出位置")
    unit = review(Checked(CheckResult(file=str(path), report=report, findings=(finding,)))).units[0]
    (words,) = anchored(docx.Document(BytesIO(commented(unit)))).values()
    assert words
    assert words in report.title


def test_a_file_the_library_refuses_is_printed_anew(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "docx")
    kind = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    out = BytesIO()
    with ZipFile(path) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(plain, kind))
    path.write_bytes(out.getvalue())
    document = docx.Document(BytesIO(commented(unit_of(path))))
    assert any("部署" in line and words == "部暑" for line, words in anchored(document).items())


def test_accepted_findings_get_no_comment_and_the_bytes_are_the_same_each_time(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "docx")
    unit = review(checked(path, accepted="T4_SUM")).units[0]
    data = commented(unit)
    assert not any("行政复议" in line for line in anchored(docx.Document(BytesIO(data))))
    assert data == commented(unit)
