"""Findings as a page: self-contained, escaped, every finding at a place of the report, the ranking first."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import html

from assistant.printing.findings import FORMATS, Checked, Review, Unreadable
from assistant.printing.findings.marks import marked_report
from assistant.report import UnitProfile
from assistant.report.draft import CheckResult
from evals.lawful import lawful_report
from tests.printing.findings.checked import checked, faulty, review, unreadable, write

_HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def page(found: Review) -> html.HtmlElement:
    return html.document_fromstring(str(FORMATS["html"].render(found)))


def marked(root: html.HtmlElement, id: str) -> list[html.HtmlElement]:
    return [node for node in root.iter() if id in node.get("data-findings", "").split()]


def test_every_finding_has_its_place_in_the_report(tmp_path: Path) -> None:
    for fmt in ("txt", "docx", "json"):
        found = review(write(tmp_path, faulty(), fmt))
        root = page(found)
        assert found.units[0].items
        for item in found.units[0].items:
            assert marked(root, item.id), item.finding.message


def test_words_and_cells_are_marked_exactly(tmp_path: Path) -> None:
    found = review(write(tmp_path, faulty(), "txt"))
    root = page(found)
    by_code = {item.finding.code: item for item in found.units[0].items}
    assert [node.text for node in marked(root, by_code["TYPO"].id)] == ["部暑"]
    cells = marked(root, by_code["T4_SUM"].id)
    assert {node.get("data-cell") for node in cells} == set(by_code["T4_SUM"].finding.cells)
    (chief,) = [node for node in cells if by_code["T4_SUM"].id in node.get("data-suspect", "").split()]
    assert chief.get("data-cell") == "table4.review.total"


def test_the_words_of_the_report_stay_whole_between_the_marks(tmp_path: Path) -> None:
    found = review(write(tmp_path, faulty(), "txt"))
    report = page(found).find_class("nb-report")[0].text_content()
    written = found.units[0].report
    assert written is not None
    for line in "\n".join([written.title, *written.sections.values()]).splitlines():
        assert line in report


def test_misprinted_labels_and_cells_are_shown_as_printed(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "txt")
    path.write_text(
        path.read_text(encoding="utf-8").replace("本年废止件数", "本年度止件数"), encoding="utf-8"
    )
    found = review(path)
    label = next(i for i in found.units[0].items if i.finding.code == "LABEL")
    (node,) = marked(page(found), label.id)
    assert node.text == "本年度止件数"


def test_a_finding_without_a_place_stands_at_the_title(tmp_path: Path) -> None:
    found = review(write(tmp_path, faulty(), "txt"))
    unit = found.units[0]
    assert unit.report is not None
    (item,) = [i for i in unit.items if i.finding.code == "T4_SUM"]
    lost = item.finding.model_copy(update={"where": "nowhere", "cells": ()})
    (again,) = review(Checked(CheckResult(file="x", report=unit.report, findings=(lost,)))).units[0].items
    assert marked_report(unit.report, [again])["spot"]["ids"] == [again.id]


def test_everything_from_outside_is_escaped() -> None:
    report = faulty().with_sections({"s6": f"2023年部暑{_HOSTILE}"})
    report = report.model_copy(update={"org": UnitProfile(name=_HOSTILE), "title": _HOSTILE})
    result = CheckResult(file=_HOSTILE, report=report)
    found = review(Checked(result), Unreadable(f"{_HOSTILE}.pdf", _HOSTILE))
    text = str(FORMATS["html"].render(found))
    root = html.document_fromstring(text)
    assert text.count("<script>") == 1
    assert root.xpath("//img") == []
    assert [n for n in root.iter() if any(str(name).startswith("on") for name in n.attrib)] == []


def test_the_page_asks_for_nothing(tmp_path: Path) -> None:
    text = str(FORMATS["html"].render(review(write(tmp_path, faulty(), "txt"), unreadable())))
    assert not re.search(r"<link|<img|@import|url\(|src=|fetch\(|XMLHttp", text)
    assert "http" not in re.sub(r"http://www\.\w+\.gov\.cn", "", text)


def test_several_files_are_ranked_before_their_reports(tmp_path: Path) -> None:
    found = review(
        write(tmp_path, lawful_report(5), "txt", "无误"),
        unreadable(),
        write(tmp_path, faulty(), "txt", "有误"),
    )
    root = page(found)
    order = [row.get("data-unit") for row in root.xpath("//section[@id='league']//tbody/tr")]
    assert order == ["u3", "u2", "u1"]
    assert [unit.get("id") for unit in root.xpath("//details[starts-with(@class, 'unit')]")] == order
    (failed,) = root.find_class("problem")
    assert "图片" in failed.text_content()
    assert len({node.get("id") for node in root.xpath("//*[@id]")}) == len(root.xpath("//*[@id]"))


def test_one_file_is_shown_open_and_without_a_ranking(tmp_path: Path) -> None:
    root = page(review(write(tmp_path, faulty(), "txt")))
    assert root.xpath("//section[@id='league']") == []
    assert len(root.find_class("single")) == 1


def test_accepted_findings_are_told_apart(tmp_path: Path) -> None:
    root = page(review(checked(write(tmp_path, faulty(), "txt"), accepted="T4_SUM")))
    (item,) = root.xpath("//li[@class='accepted']")
    assert "经核实无误" in item.text_content()
    assert {node.get("data-weight") for node in marked(root, item.get("id"))} == {"accepted"}
