"""Opens the file of a report so that it can be changed in place: each kind of file keeps everything that is not repaired."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.documents.document import Piece
from assistant.documents.encoding import encoding_of
from assistant.documents.opening import kind_of, read_document
from assistant.documents.places import Change, Unreachable, edited
from assistant.forms import CellKey
from assistant.reading.data import is_json, read_json
from assistant.report import AnnualReport

__all__ = ["Original", "open_original"]

_FIGURE = re.compile(r"[+-]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?")


@dataclass(frozen=True)
class Original:
    """A file as it came, the report read from it, and where its words and cells stand.

    ``kind`` is docx, xlsx, html, md, txt, json, or pdf, whose words cannot be changed.
    """

    data: bytes
    name: str
    kind: str
    report: AnnualReport
    text: str = ""
    """the words of the document, as all offsets count them"""
    cells: Mapping[CellKey, Piece] = field(default_factory=dict)

    def figure(self, cell: str, value: str) -> Change:
        """The change that puts a figure into a cell; a unit printed beside it stays."""
        piece = self.cells.get(CellKey.parse(cell))
        found = _FIGURE.search(piece.text) if piece is not None else None
        if (
            piece is None
            or found is None
            or self.text[piece.start : piece.start + len(piece.text)] != piece.text
        ):
            raise Unreachable("在原文件中找不到这个单元格")
        start = piece.start + found.start()
        return Change(start, start + len(found.group()), value, cell)

    def rewritten(self, changes: Sequence[Change], repaired: AnnualReport) -> bytes:
        """The file with the changes made; Unreachable when one of them has no place in it."""
        if self.kind == "json":
            from assistant.fixing.data import rewrite_json

            return rewrite_json(self.data, self.report, repaired)
        if self.kind == "docx":
            from assistant.documents.word.changing import rewrite_word

            return rewrite_word(self.data, self.name, changes)
        if self.kind == "xlsx":
            from assistant.documents.sheet.changing import rewrite_sheet

            return rewrite_sheet(self.data, self.name, self.text, changes)
        if self.kind == "pdf":
            raise Unreachable("PDF 文件不能直接修改")
        return self._text(changes)

    def _text(self, changes: Sequence[Change]) -> bytes:
        mark, source, encoding = _source(self.data, self.name)
        if self.kind == "html":
            from assistant.documents.page.changing import rewrite_page

            new = rewrite_page(source, self.text, changes)
            return mark + new.encode(encoding, "xmlcharrefreplace")
        raw = [i for i, char in enumerate(source) if char != "\0" and not _is_line_feed(source, i)]
        raw.append(len(source))
        try:
            edits = [
                (raw[c.start], raw[c.end - 1] + 1 if c.end > c.start else raw[c.start], c.text)
                for c in changes
            ]
            return mark + edited(source, edits).encode(encoding)
        except UnicodeEncodeError:
            raise Unreachable(f"原文件的编码 {encoding} 写不了改正后的文字") from None


def _is_line_feed(source: str, index: int) -> bool:
    """The second half of a line end of two characters, which the reader takes for one."""
    return source[index] == "\n" and index > 0 and source[index - 1] == "\r"


def _source(data: bytes, name: str) -> tuple[bytes, str, str]:
    """Byte order mark, text with its own line ends, and encoding; Unreachable where writing it back would change it."""
    encoding = encoding_of(data, name)
    mark = b""
    if encoding == "utf-8-sig":
        mark, encoding = codecs.BOM_UTF8, "utf-8"
    elif encoding in ("utf-16", "utf-32"):
        width = 2 if encoding == "utf-16" else 4
        mark = data[:width]
        encoding += "-le" if mark.startswith(codecs.BOM_UTF16_LE) else "-be"
    body = data[len(mark) :]
    text = body.decode(encoding, "replace")
    if text.encode(encoding, "replace") != body:
        raise Unreachable("原文件有损坏的字符，改动会连带改变其他文字")
    return mark, text, encoding


def open_original(data: bytes, name: str) -> Original:
    """The file with the report in it. InputError when it cannot be read.

    An old Word file is opened as what LibreOffice makes of it, a .docx with the same look.
    """
    if is_json(data):
        return Original(data, name, "json", read_json(data, name))
    kind = kind_of(data, name)
    if kind == "doc":
        from assistant.documents.word.old_word import to_docx

        data, kind = to_docx(data, name), "docx"
    from assistant.reading.compose import compose_placed

    document = read_document(data, name)
    report, cells = compose_placed(document, name)
    return Original(data, name, kind, report, document.text, cells)
