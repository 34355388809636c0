"""Prints findings as comments in a Word file: in the file that was checked itself, or in the report printed anew."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from assistant.checks import all_rules
from assistant.documents.archive import repack, with_members
from assistant.documents.printable import printable
from assistant.documents.word.markup import BODY
from assistant.errors import MissingDependency, install_hint
from assistant.printing.findings.view import Item, Unit

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["render"]

_AUTHOR, _INITIALS = "年报助手", "核对"
_RELATIONS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_POINTS = 9.0
_NAMED = 7
"""cells that a comment names"""


def render(unit: Unit) -> bytes:
    """The Word file with one comment a finding; MissingDependency without python-docx.

    A .docx that was checked is copied and gets comments, nothing else in it changes. Of anything else the report is printed
    by the renderer of drafts. Findings that name no place stand at the title.
    """
    try:
        import docx
    except ImportError as error:
        raise MissingDependency(
            f"输出带批注的 Word 文件需要安装 python-docx；{install_hint('docs')}"
        ) from error
    original = _original(Path(unit.file))
    opened = None if original is None else _opened(original)
    if original is not None and opened is not None:
        _comment(opened, unit, printed_anew=False)
        return _merged(original, _saved(opened))
    assert unit.report is not None
    from assistant.printing.reports.word import render as print_word

    opened = docx.Document(BytesIO(print_word(unit.report)))
    _comment(opened, unit, printed_anew=True)
    return repack(_saved(opened))


def _original(path: Path) -> bytes | None:
    """The bytes of the file that was checked, where it is a Word document by its content."""
    if not path.is_file():
        return None
    data = path.read_bytes()
    try:
        with ZipFile(BytesIO(data)) as archive:
            return data if {BODY, _RELATIONS, _TYPES} <= set(archive.namelist()) else None
    except BadZipFile:
        return None


def _opened(data: bytes) -> Document | None:
    """The document; None where the library takes no such kind of it, a template or one with macros."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        return docx.Document(BytesIO(data))
    except (KeyError, ValueError, OpcError, XMLSyntaxError):
        return None


def _saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _comment(document: Document, unit: Unit, *, printed_anew: bool) -> None:
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    from assistant.printing.findings.word_anchor import Anchors

    assert unit.report is not None
    bases = {rule.code: rule.citation for rule in all_rules()}
    anchors = Anchors(document, unit.report, printed_anew=printed_anew)
    for item in unit.items:
        anchor = anchors.of(item.finding)
        first, last = anchor.runs()
        owner = Paragraph(anchor.paragraph, document._body)
        comment = document.add_comment(
            [Run(first, owner), Run(last, owner)], "", author=_AUTHOR, initials=_INITIALS
        )
        _write(comment, list(_lines(item, bases.get(item.finding.code, ""))))


def _lines(item: Item, basis: str) -> Iterator[str]:
    finding = item.finding
    yield f"【{item.severity_name}】{finding.message}"
    if finding.fix is not None:
        yield f"建议：{finding.fix.title}"
    if len(item.cells) > 1:
        more = f"等 {len(item.cells)} 格" if len(item.cells) > _NAMED else ""
        yield f"参与核对的单元格：{'、'.join(label for _, label in item.cells[:_NAMED])}{more}"
    yield f"依据：{basis}（{finding.code}）" if basis else finding.code


def _write(comment: Any, lines: list[str]) -> None:
    """The lines in small type of their own: the style of the document's text may be large and widely spaced."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    # the library stamps the time; the same check gives the same file
    comment._comment_elm.attrib.pop(qn("w:date"), None)
    for number, line in enumerate(lines):
        paragraph = comment.paragraphs[0] if number == 0 else comment.add_paragraph()
        paragraph.paragraph_format.line_spacing = 1.0
        paragraph.paragraph_format.first_line_indent = Pt(0)
        run = paragraph.add_run(printable(line))
        run.font.size = Pt(_POINTS)
        run.font.bold = number == 0 or None


def _merged(original: bytes, saved: bytes) -> bytes:
    """The original package with the commented text and the comments; every other member stays as it is, byte by byte."""
    with ZipFile(BytesIO(original)) as old, ZipFile(BytesIO(saved)) as new:
        part = _comments_part(new)
        changed = {BODY: new.read(BODY)}
        if part is not None:
            changed[part] = new.read(part)
            changed[_RELATIONS] = _related(old.read(_RELATIONS), part)
            changed[_TYPES] = _typed(old.read(_TYPES), part)
    return with_members(original, changed)


def _comments_part(package: ZipFile) -> str | None:
    from lxml import etree

    for relation in etree.fromstring(package.read(_RELATIONS)):
        if relation.get("Type") == _KIND:
            target = str(relation.get("Target"))
            return target.lstrip("/") if target.startswith("/") else f"word/{target}"
    return None


def _related(relations: bytes, part: str) -> bytes:
    """The relations of the document, with its comments among them."""
    from lxml import etree

    root = etree.fromstring(relations)
    if any(relation.get("Type") == _KIND for relation in root):
        return relations
    taken = {relation.get("Id") for relation in root}
    name = next(f"rIdNianbao{n}" for n in range(1, len(taken) + 2) if f"rIdNianbao{n}" not in taken)
    space = root.tag.removesuffix("Relationships")
    etree.SubElement(
        root, f"{space}Relationship", {"Id": name, "Type": _KIND, "Target": part.removeprefix("word/")}
    )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _typed(types: bytes, part: str) -> bytes:
    """The table of content types, with the comments in it."""
    from lxml import etree

    root = etree.fromstring(types)
    if any(entry.get("PartName") == f"/{part}" for entry in root):
        return types
    space = root.tag.removesuffix("Types")
    etree.SubElement(root, f"{space}Override", {"PartName": f"/{part}", "ContentType": _MEDIA})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
