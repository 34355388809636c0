"""Sheets that the program writes: text stays text, rows are high enough, lists go onto A4."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from assistant.documents.sheet.writing import fit_to_paper, lines_in, print_as_list, put, set_widths


def test_text_that_looks_like_a_formula_stays_text() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row, value in enumerate(["=1+1", "#N/A", "甲\x07乙", 12], 1):
        put(sheet.cell(row, 1), value)
    out = BytesIO()
    book.save(out)
    read = load_workbook(BytesIO(out.getvalue())).worksheets[0]
    assert [(c.value, c.data_type) for (c,) in read.iter_rows()] == [
        ("=1+1", "s"),
        ("#N/A", "s"),
        ("甲乙", "s"),
        (12, "n"),
    ]


@pytest.mark.parametrize(
    ("text", "width", "padding", "lines"),
    [("", 10, 2, 1), ("一二三四", 10, 2, 1), ("一二三四五", 10, 2, 2), ("一二三四五", 10, 0, 1), ("a\nb\n一二三四五", 10, 2, 4), ("一", 1, 2, 2)],
)  # fmt: skip
def test_lines_of_a_text(text: str, width: float, padding: int, lines: int) -> None:
    assert lines_in(text, width, padding) == lines


def test_a_list_and_a_table_on_paper() -> None:
    book = Workbook()
    lists, titled, table = (book.create_sheet(name) for name in "甲乙丙")
    print_as_list(lists)
    print_as_list(titled, "总览")
    fit_to_paper(table, one_page=True)
    set_widths(table, (12, 30))
    out = BytesIO()
    book.save(out)
    read: Any = load_workbook(BytesIO(out.getvalue()))
    for name, pages in (("甲", 0), ("乙", 0), ("丙", 1)):
        setup = read[name].page_setup
        assert (setup.orientation, setup.paperSize) == ("landscape", 9)
        assert (setup.fitToWidth, setup.fitToHeight) == (1, pages)
        assert read[name].sheet_properties.pageSetUpPr.fitToPage
    assert read["甲"].print_title_rows == read["乙"].print_title_rows == "$1:$1"
    assert read["甲"].oddFooter.center.text.startswith("&A")
    assert read["乙"].oddHeader.center.text == "总览"
    assert [read["丙"].column_dimensions[letter].width for letter in "AB"] == [12, 30]
