"""Prints a report as a Word document in the layout of GB/T 9704-2012.

A4 with a type area of 156 × 225 mm, 22 lines of 28 characters in 3号仿宋, title in 2号小标宋, first headings in 黑体,
second in 楷体, page numbers 4号 between dashes, odd pages right and even pages left.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from assistant.documents.archive import repack
from assistant.errors import MissingDependency, install_hint
from assistant.printing.reports.view import Marks, MarkView, ParagraphView, SectionView, View, build_view
from assistant.printing.reports.word_table import add_table
from assistant.report import AnnualReport

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["render"]

_BODY, _TITLE, _HEAD, _LEAD, _NUMBER = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
_LATIN = "Times New Roman"
_SIZE, _TITLE_SIZE, _NUMBER_SIZE, _PITCH = 16.0, 22.0, 14.0, 28.95
_TITLE_CHARACTERS = 20
_GRID_PITCH = "579"
"""22 lines in 225 mm, in twentieths of a point"""
_TIGHTEN = "-5"
"""a quarter point closer: 28 characters of 16 pt are a little wider than 156 mm"""
_HIGHLIGHT = {"error": "red", "warning": "yellow", "ask": "turquoise", "info": "turquoise"}


def render(report: AnnualReport, marks: Marks = ()) -> bytes:
    """The Word file; marked cells are shaded, marked words highlighted. MissingDependency without python-docx."""
    try:
        import docx
    except ImportError as error:
        raise MissingDependency(f"导出 Word 文档需要安装 python-docx；{install_hint('docs')}") from error
    view = build_view(report, marks)
    document = docx.Document()
    _set_page(document)
    _set_styles(document)
    _set_properties(document, view)
    _number_pages(document)
    _write_head(document, view)
    for section in view["sections"]:
        _write_section(document, section)
    out = BytesIO()
    document.save(out)
    return repack(out.getvalue())


def _set_page(document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Mm

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    page.footer_distance = Mm(28)
    properties = page._sectPr
    grid = properties.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        properties.append(grid)
    # a character grid (linesAndChars) makes LibreOffice print 14 characters a line
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), _GRID_PITCH)


def _set_styles(document: Document) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    normal = document.styles["Normal"]
    normal.font.size = Pt(_SIZE)
    _set_fonts(normal.element.get_or_add_rPr(), _BODY)
    spacing, language = OxmlElement("w:spacing"), OxmlElement("w:lang")
    spacing.set(qn("w:val"), _TIGHTEN)
    # without it a substitute font may draw Japanese or Taiwan shapes
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().extend((spacing, language))
    shape = normal.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_PITCH)
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False


def _set_fonts(properties: Any, east: str) -> None:
    fonts = properties.get_or_add_rFonts()
    from docx.oxml.ns import qn

    for slot, name in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _LATIN), ("eastAsia", east)):
        fonts.set(qn(f"w:{slot}"), name)


def _set_properties(document: Document, view: View) -> None:
    """Replace what the library's blank document says of itself."""
    properties = document.core_properties
    properties.title, properties.author = view["title"][:255], view["unit"][:255]
    properties.comments, properties.language = "", "zh-CN"
    properties.last_modified_by, properties.revision = "", 1


def _number_pages(document: Document) -> None:
    """GB/T 9704: dashes on both sides, one character in from the outer edge."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document.settings.odd_and_even_pages_header_footer = True
    page = document.sections[0]
    for footer, side, edge in (
        (page.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
        (page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        _indent(paragraph, {f"{edge}Chars": "100", edge: "280"})
        _run(paragraph, "— ", _NUMBER, _NUMBER_SIZE)
        _page_field(paragraph)
        _run(paragraph, " —", _NUMBER, _NUMBER_SIZE)


def _page_field(paragraph: Any) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("show", "1"), ("end", "")):
        run = _run(paragraph, text if kind == "show" else "", _NUMBER, _NUMBER_SIZE)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)


def _write_head(document: Document, view: View) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _shape(title, pitch=36.0)
    for number, part in enumerate(_title_lines(view)):
        run = _run(title, part, _TITLE, _TITLE_SIZE)
        if number == 0 and part != view["title"]:
            run.add_break()
    for line in view["facts"]:
        fact = document.add_paragraph()
        fact.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(fact, line, _LEAD, _SIZE)
    _empty_line(document)
    for paragraph in view["preamble"]:
        _write_paragraph(document, paragraph)


def _title_lines(view: View) -> list[str]:
    """A title too long for one line of 2号 breaks between the unit and the year, never inside a word."""
    title, unit = view["title"], view["unit"]
    if len(title) <= _TITLE_CHARACTERS or not unit or not title.startswith(unit) or title == unit:
        return [title]
    return [unit, title[len(unit) :]]


def _write_section(document: Document, section: SectionView) -> None:
    heading = document.add_paragraph()
    _indent(heading, {"firstLineChars": "200", "firstLine": "640"})
    heading.paragraph_format.keep_with_next = True
    # the large table fills a page; begun halfway down it would lose its merged labels at the page break
    heading.paragraph_format.page_break_before = any(
        table["layout"] == "matrix" for table in section["tables"]
    )
    _outline(heading)
    _run(heading, section["title"], _HEAD, _SIZE, section["mark"])
    for paragraph in section["paragraphs"]:
        _write_paragraph(document, paragraph)
    for table in section["tables"]:
        add_table(document, table)
        _empty_line(document)
    for paragraph in section["notes"]:
        _write_paragraph(document, paragraph)


def _write_paragraph(document: Document, view: ParagraphView) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _indent(paragraph, {"firstLineChars": "200", "firstLine": "640"})
    if view["lead"]:
        paragraph.paragraph_format.keep_with_next = view["lead"] == view["text"]
        _run(paragraph, view["lead"], _LEAD, _SIZE)
    for run in view["runs"]:
        _run(paragraph, run["text"], _BODY, _SIZE, run["mark"])


def _empty_line(document: Document) -> None:
    document.add_paragraph()


def _run(paragraph: Any, text: str, font: str, size: float, mark: MarkView | None = None) -> Any:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    run = paragraph.add_run(text)
    if font != _BODY:
        _set_fonts(run._r.get_or_add_rPr(), font)
    if size != _SIZE:
        run.font.size = Pt(size)
    if mark is not None:
        colour = OxmlElement("w:highlight")
        colour.set(qn("w:val"), _HIGHLIGHT[mark["severity"]])
        run._r.get_or_add_rPr().append(colour)
    return run


def _indent(paragraph: Any, values: dict[str, str]) -> None:
    from docx.oxml.ns import qn

    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for name, value in values.items():
        indent.set(qn(f"w:{name}"), value)


def _shape(paragraph: Any, pitch: float) -> None:
    """A line of its own pitch; off the grid, or Word would round it up to two grid lines."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    paragraph.paragraph_format.line_spacing = Pt(pitch)
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(snap, "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")


def _outline(paragraph: Any) -> None:
    """First level of the outline, so that Word's navigation pane lists the sections."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(level, "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr")
