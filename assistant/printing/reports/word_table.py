"""Builds a statutory table for Word, with its merged cells and a header that repeats on each page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from assistant.printing.reports.view import CellView, TableView

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["add_table"]

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WIDTH = 8845
"""156 mm in twentieths of a point"""
_ROW = {"blocks": 454, "matrix": 357, "bands": 454}
"""least height of a row: 8, 6.3 and 8 mm"""
_LINE = 236
"""11.8 pt; exact, because fonts that stand in for 宋体 may have far taller lines and push table 3 off its page"""
_MARGIN = 45
"""0.8 mm between text and rule: eleven millimetres must hold two characters of 10.5 pt"""
_INSET = 40
_AIR = 28
"""half a millimetre above and below the words of a cell"""
_SHADE = {"error": "FBD5D2", "warning": "FFE9B8", "ask": "D6E6F8", "info": "D6E6F8"}
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def add_table(document: Document, table: TableView) -> None:
    """Append the table to the document; built as XML because merging 200 cells one by one takes ten times as long."""
    from docx.oxml.parser import parse_xml

    widths = _column_widths(table)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(table, number, widths) for number in range(table["rows"]))
    element = parse_xml(
        f"<w:tbl {_NS}><w:tblPr>"
        f'<w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="{_AIR}" w:type="dxa"/>'
        f'<w:left w:w="{_MARGIN}" w:type="dxa"/><w:bottom w:w="{_AIR}" w:type="dxa"/>'
        f'<w:right w:w="{_MARGIN}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )
    # the last child of the body is its section properties
    document.element.body.insert(len(document.element.body) - 1, element)


def _column_widths(table: TableView) -> list[int]:
    """Whole widths that add up to the text width exactly."""
    edges = [0]
    for share in table["widths"]:
        edges.append(edges[-1] + round(share * _WIDTH))
    edges[-1] = _WIDTH
    return [right - left for left, right in pairwise(edges)]


def _row(table: TableView, number: int, widths: list[int]) -> str:
    repeat = "<w:tblHeader/>" if number < table["header_rows"] else ""
    cells = "".join(_cells(table, number, widths))
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_ROW[table["layout"]]}" w:hRule="atLeast"/>{repeat}'
        f"</w:trPr>{cells}</w:tr>"
    )


def _cells(table: TableView, number: int, widths: list[int]) -> Iterator[str]:
    """The cells of one row from left to right; a cell that began above goes on as an empty one."""
    at = 0
    covering = sorted(
        (c for line in table["lines"] for c in line if c["row"] <= number < c["row"] + c["rowspan"]),
        key=lambda c: c["col"],
    )
    for cell in covering:
        width = sum(widths[at : at + cell["colspan"]])
        at += cell["colspan"]
        yield _cell(table, cell, width, goes_on=cell["row"] < number)


def _cell(table: TableView, cell: CellView, width: int, *, goes_on: bool) -> str:
    span = f'<w:gridSpan w:val="{cell["colspan"]}"/>' if cell["colspan"] > 1 else ""
    merge = "" if cell["rowspan"] == 1 else "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>'
    fill = _SHADE[cell["mark"]["severity"]] if cell["mark"] else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    text = "" if goes_on else cell["text"]
    keep = "<w:keepNext/>" if _kept(table, cell["row"] + cell["rowspan"]) else ""
    side = "left" if cell["role"] == "label" and cell["rowspan"] == 1 else "center"
    indent = f'<w:ind w:left="{_INSET}"/>' if side == "left" else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{keep}<w:snapToGrid w:val="0"/><w:spacing w:line="{_LINE}" w:lineRule="exact"/>{indent}'
        f'<w:jc w:val="{side}"/></w:pPr>{_run(table, cell, text, width)}</w:p></w:tc>'
    )


def _kept(table: TableView, below: int) -> bool:
    """Whether a row must stay on the page of the row below: inside a block and inside table 4, not in the large one."""
    if table["layout"] == "matrix" or below >= table["rows"]:
        return False
    return table["lines"][below][0]["role"] != "heading"


def _run(table: TableView, cell: CellView, text: str, width: int) -> str:
    if not text:
        return ""
    bold = "<w:b/>" if cell["role"] in ("heading", "header") else ""
    half_points = _size(table, cell, text, width)
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
    return (
        f'<w:r><w:rPr>{fonts}{bold}<w:spacing w:val="0"/><w:sz w:val="{half_points}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def _size(table: TableView, cell: CellView, text: str, width: int) -> int:
    """五号 (10.5 pt), smaller for labels of the large table and for figures that would not fit on one line."""
    if cell["role"] != "value":
        return 21 if table["layout"] == "blocks" else 19
    # a digit is half an em wide
    fits = int((width - 2 * _MARGIN) / 10 / (max(len(text), 1) * 0.52))
    return max(10, min(21, fits))
