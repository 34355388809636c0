"""Finds out what a file is and has the right reader open it."""

from __future__ import annotations

import csv
import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from assistant.documents.encoding import decode
from assistant.documents.limits import MAX_BYTES, MAX_TEXT, check_archive, load_bytes
from assistant.errors import InputError, UnsupportedFormat

if TYPE_CHECKING:
    from assistant.documents.document import Document

__all__ = ["kind_of", "load_source", "read_document", "read_source"]

_HTML = r"<\s*(!doctype\s+html|html|head|body|table|div|p|meta)\b"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


def read_source(source: str | Path | bytes, name: str = "") -> str:
    """Any file, or its bytes, as plain text for the facts reader: tables as tab-separated lines, a workbook sheet by sheet,
    CSV likewise.

    InputError when the file cannot be read; text files come back exactly as they are.
    """
    data, name = load_source(source, name)
    kind = kind_of(data, name)
    if kind == "xlsx":
        from assistant.documents.sheet.reading import sheet_rows

        return "\n".join(_sheet_text(title, rows) for title, rows in sheet_rows(data, name))
    if PurePath(name).suffix.lower() == ".csv" and kind in ("txt", "md"):
        return _csv_text(_text(data, name))
    if kind in ("txt", "md"):
        return _text(data, name)
    return read_document(data, name).text


def _csv_text(text: str) -> str:
    """Fields parted by tabs: 310,322 is two figures in a file of fields, and one in a sentence."""
    head = text.partition("\n")[0]
    mark = max(",;\t，；", key=head.count)
    if not head.count(mark):
        return text
    rows = csv.reader(text.splitlines(), delimiter=mark)
    return "\n".join("\t".join(" ".join(field.split()) for field in row).rstrip("\t") for row in rows) + "\n"


def _sheet_text(title: str, rows: list[list[str]]) -> str:
    lines = ["\t".join(" ".join(cell.split("\n")) for cell in row).rstrip("\t") for row in rows]
    named = [] if re.fullmatch(r"(?:sheet|工作表)\s*\d*", title, re.IGNORECASE) else [f"【{title}】"]
    return "\n".join([*named, *(line for line in lines if line)]) + "\n"


def read_document(data: bytes, name: str) -> Document:
    """The paragraphs and rows of a file of any kind but JSON."""
    from assistant.documents.document import Line

    kind = kind_of(data, name)
    if kind == "doc":
        from assistant.documents.word.old_word import to_docx

        data, kind = to_docx(data, name), "docx"
    if kind == "docx":
        from assistant.documents.word.reading import read_word

        document = read_word(data, name)
    elif kind == "xlsx":
        from assistant.documents.sheet.reading import read_sheet

        document = read_sheet(data, name)
    elif kind == "pdf":
        from assistant.documents.pdf.reading import read_pdf

        document = read_pdf(data, name)
    elif kind == "html":
        from assistant.documents.page.reading import read_page

        document = read_page(decode(data, name), name)
    else:
        from assistant.documents.text.reading import read_text

        document = read_text(_text(data, name), markdown=kind == "md")
    if not any(isinstance(item, Line) or item.text for item in document.items):
        raise InputError(f"“{name}”中没有文字；请核对文件内容")
    return document


def load_source(source: str | Path | bytes, name: str) -> tuple[bytes, str]:
    """The bytes of a source and the name that messages call it by; InputError when it is empty, too large or not there."""
    if isinstance(source, bytes):
        data, name = source, name or "输入"
        if len(data) > MAX_BYTES:
            raise InputError(f"“{name}”超过 {MAX_BYTES // 1_000_000} MB 的上限；请去掉图片和附件后再试")
    else:
        data, name = load_bytes(Path(source)), name or PurePath(source).name
    if not data.strip(b"\x00\t\r\n "):
        raise InputError(f"“{name}”是空文件；请核对文件内容")
    return data, name


def _text(data: bytes, name: str) -> str:
    if len(data) > MAX_TEXT:
        raise InputError(f"“{name}”超过 {MAX_TEXT // 1_000_000} MB 的文本上限；请只保留年报内容后再试")
    return decode(data, name)


def kind_of(data: bytes, name: str) -> str:
    """docx, doc, xlsx, pdf, html, md or txt: by content first, because many files carry a wrong extension; the extension decides between kinds of text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office_kind(data, name)
    if data.startswith(_OLD_OFFICE):
        if PurePath(name).suffix.lower() == ".xls":
            raise UnsupportedFormat(f"“{name}”是旧版 Excel 文件；请用 WPS 或 Excel 另存为 xlsx 后再试")
        return "doc"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "doc"
    if data.startswith(_IMAGES):
        raise UnsupportedFormat(f"“{name}”是图片；请提供可复制文字的文件，或先做文字识别")
    if data.startswith(_OTHER_ARCHIVES):
        raise UnsupportedFormat(f"“{name}”是压缩包；请解压后逐个读取其中的文件")
    head = decode(data, name)[:65_536]
    suffix = PurePath(name).suffix.lower()
    if re.search(_HTML, head, re.IGNORECASE) and (
        suffix in (".html", ".htm", ".shtml", ".mht", ".doc", ".xls", "") or head.lstrip().startswith("<")
    ):
        return "html"
    if suffix in (".html", ".htm", ".shtml") and "<" in head:
        return "html"
    if suffix in (".md", ".markdown") or (suffix != ".txt" and re.search(r"^#{1,2} \S", head, re.MULTILINE)):
        return "md"
    return "txt"


def _office_kind(data: bytes, name: str) -> str:
    members = check_archive(data, name)
    if "word/document.xml" in members:
        return "docx"
    if "xl/workbook.xml" in members:
        return "xlsx"
    raise UnsupportedFormat(
        f"“{name}”是压缩包，不是 Word 或 Excel 文件；请解压后读取其中的文件，或重新另存为 docx、xlsx"
    )
