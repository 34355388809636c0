"""What nobody has confirmed is marked in every format, is read back without the marks, and loses them when it is confirmed."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest

from assistant import read, render, revise
from assistant.drafting.pipeline import DraftOptions, draft_facts
from assistant.printing.drafts import print_draft, unconfirmed_marks
from assistant.printing.sources.page import build_review, render_review
from assistant.report.draft import Draft
from assistant.report.facts import Evidence, Fact, FactKind
from assistant.report.pending import PENDING_LEAD, PENDING_SIGN

_UNSURE = ("table2.admin_license.decisions", "table2.admin_penalty.decisions")
_FORMATS = ("txt", "md", "html", "docx", "xlsx", "json")


@pytest.fixture(scope="module")
def draft() -> Draft:
    quote = (Evidence(source="input", start=0, end=4, quote="许可31"),)
    facts = [
        Fact(id="a", kind=FactKind.CELL, where=_UNSURE[0], value=31, evidence=quote, sure=False),
        Fact(id="b", kind=FactKind.CELL, where=_UNSURE[1], value=4, evidence=quote, sure=False),
        Fact(id="c", kind=FactKind.CELL, where="table2.admin_compulsion.decisions", value=2, evidence=quote),
    ]
    return draft_facts(facts, {"input": "许可31，处罚4，强制2"}, DraftOptions(org="某县水利局", year=2025))


def _bytes(draft: Draft, fmt: str) -> bytes:
    content = render(draft, fmt)
    return content.encode() if isinstance(content, str) else content


@pytest.mark.parametrize("fmt", _FORMATS)
def test_it_is_read_back_without_the_marks(draft: Draft, fmt: str) -> None:
    back = read(_bytes(draft, fmt), f"年报.{fmt}")
    assert back.tables == draft.report.tables
    assert back.preamble == draft.report.preamble
    assert back.sections == draft.report.sections


@pytest.mark.parametrize("fmt", _FORMATS)
def test_what_is_confirmed_is_printed_like_any_report(draft: Draft, fmt: str) -> None:
    confirmed = revise(draft, "都对")
    assert unconfirmed_marks(confirmed) == []
    if fmt != "json":
        assert print_draft(confirmed, fmt) == render(confirmed.report, fmt)


@pytest.mark.parametrize("fmt", ["txt", "md"])
def test_words_carry_a_sign_and_a_line(draft: Draft, fmt: str) -> None:
    lines = _bytes(draft, fmt).decode().splitlines()
    marked = [line for line in lines if PENDING_SIGN in line and not line.startswith(PENDING_LEAD)]
    assert [("31" + PENDING_SIGN in line, "4" + PENDING_SIGN in line) for line in marked] == [
        (True, False),
        (False, True),
    ]
    assert any(line.startswith(f"{PENDING_LEAD}有底色或{PENDING_SIGN}的 2 格") for line in lines[:4])


def test_the_page_colours_them(draft: Draft) -> None:
    page = _bytes(draft, "html").decode()
    cells = {m[2]: m[1] for m in re.finditer(r'<td class="([^"]*)"[^>]* data-cell="([^"]*)"', page)}
    assert {where for where, kinds in cells.items() if "ask" in kinds.split()} == set(_UNSURE)
    assert f'<p class="fact">{PENDING_LEAD}' in page


def test_the_word_file_shades_them(draft: Draft) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(BytesIO(_bytes(draft, "docx")))
    shaded = [
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        if cell._tc.xpath("./w:tcPr/w:shd") and cell.text.isdigit()
    ]
    assert {"31", "4"} == set(shaded)
    assert any(p.text.startswith(PENDING_LEAD) for p in document.paragraphs)


def test_the_sheet_fills_them_and_says_why(draft: Draft) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(BytesIO(_bytes(draft, "xlsx")))
    noted = {
        cell.value: cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }
    assert set(noted) == {31, 4}
    assert all(text.startswith(PENDING_LEAD) for text in noted.values())


def test_the_data_names_the_status(draft: Draft) -> None:
    cells = json.loads(_bytes(draft, "json"))["cells"]
    assert {f"{c['table']}.{c['row']}.{c['col']}" for c in cells if c["status"] == "unconfirmed"} == set(
        _UNSURE
    )


def test_the_page_of_sources_says_it_beside_each(draft: Draft) -> None:
    view = build_review(draft)
    assert {key for key, reason in view["why"].items() if reason["unconfirmed"]} == set(_UNSURE)
    assert view["counts"]["unconfirmed"] == 2
    page = render_review(draft)
    assert "待核对 2" in page
    assert 'aria-label="行政许可：31（原话写明，待核对）"' in page
    confirmed = build_review(revise(draft, "都对"))["why"][_UNSURE[0]]
    assert (confirmed["unconfirmed"], confirmed["note"]) == (False, "已由填报人核对")
