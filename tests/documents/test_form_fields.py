"""What is ticked and typed into the fields of a form shows in the text, in a saved page and in a Word document."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from assistant.documents.reading_blocks import blocks_of

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ('<input type="radio" checked>有 <input value="12">件 <input type="radio">无', "☑有 12件 ☐无"),
        ("<select><option>有</option><option selected>无</option></select>", "无"),
        ("<select><option>请选择</option><option>无</option></select>", ""),
        (
            '<input type="hidden" value="77"><input type="submit" value="提交"><textarea>更新慢</textarea>',
            "更新慢",
        ),
        ('<input style="display:none" value="5">0件', "0件"),
    ],
)
def test_a_saved_page_shows_what_is_filled_in(markup: str, shown: str) -> None:
    page = f"<html><body><p>行政许可：{markup}</p><table><tr><td>许可</td><td>{markup}</td></tr></table></body></html>"
    text = blocks_of(page.encode(), "form.html").text
    assert f"行政许可：{shown}" in text
    assert f"许可\t{shown}".strip() in text


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
        ('<w:sym w:font="Wingdings 2" w:char="F0A3"/>', "☐"),
        ('<w:sym w:font="Symbol" w:char="F0FE"/>', ""),
        ('<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar>', "☑"),
        ('<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar>', "☐"),
        ('<w:fldChar w:fldCharType="end"/>', ""),
    ],
)  # fmt: skip
def test_a_word_document_shows_what_is_ticked(run: str, shown: str) -> None:
    from docx import Document
    from docx.oxml import parse_xml

    document: Any = Document()
    paragraph = document.add_paragraph("行政强制：")
    paragraph._p.append(parse_xml(f"<w:r {_W}>{run}</w:r>"))
    paragraph.add_run("有")
    out = BytesIO()
    document.save(out)
    assert f"行政强制：{shown}有" in blocks_of(out.getvalue(), "form.docx").text
