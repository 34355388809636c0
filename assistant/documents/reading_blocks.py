"""Bytes or text in, blocks out: the one call above the readers of files."""

from __future__ import annotations

from pathlib import PurePath

from assistant.documents.blocks import Blocks
from assistant.documents.encoding import decode
from assistant.documents.limits import MAX_TEXT
from assistant.documents.lines.kinds import judged
from assistant.documents.lines.outline import outlined
from assistant.documents.opening import kind_of, load_source
from assistant.documents.parts import Part, Writer
from assistant.documents.text.blocks import csv_parts, text_parts
from assistant.errors import InputError

__all__ = ["blocks_of", "blocks_of_text"]


def blocks_of_text(text: str, name: str = "") -> Blocks:
    """A plain text, a mail, a chat or Markdown as blocks; ``text`` of the result is the text as given, so offsets point into it."""
    return _blocks(text, text_parts(text), name)


def blocks_of(data: bytes, name: str) -> Blocks:
    """A file of any kind (txt, md, csv, html, docx, doc, xlsx, pdf) as blocks.

    Texts keep every character; other files get a plain text with cells apart by tabs, one row a line. InputError (one Chinese
    line) when the file cannot be read at all, MissingDependency when what reads it is not installed.
    """
    data, name = load_source(data, name)
    kind = kind_of(data, name)
    if kind in ("txt", "md"):
        if len(data) > MAX_TEXT:
            raise InputError(f"“{name}”超过 {MAX_TEXT // 1_000_000} MB 的文本上限；请只保留年报内容后再试")
        text = decode(data, name)
        is_csv = PurePath(name).suffix.lower() in (".csv", ".tsv")
        return _blocks(text, csv_parts(text) if is_csv else text_parts(text), name)
    writer = _written(data, name, kind)
    if not writer.parts:
        raise InputError(f"“{name}”中没有文字；请核对文件内容")
    return _blocks(writer.text, writer.parts, name)


def _written(data: bytes, name: str, kind: str) -> Writer:
    if kind == "doc":
        from assistant.documents.word.old_word import to_docx

        data, kind = to_docx(data, name), "docx"
    if kind == "docx":
        from assistant.documents.word.blocks import write_word

        return write_word(data, name)
    if kind == "xlsx":
        from assistant.documents.sheet.blocks import write_workbook

        return write_workbook(data, name)
    if kind == "pdf":
        from assistant.documents.pdf.blocks import write_pdf

        return write_pdf(data, name)
    from assistant.documents.page.blocks import write_page

    return write_page(decode(data, name), name)


def _blocks(text: str, parts: list[Part], name: str) -> Blocks:
    return Blocks(text, outlined(judged(parts, text), text), name)
