"""Reads a finished report from a file of any kind."""

from __future__ import annotations

from pathlib import Path

from assistant.documents.opening import load_source, read_document
from assistant.reading.data import is_json, read_json
from assistant.report import AnnualReport

__all__ = ["read_report"]


def read_report(source: str | Path | bytes, name: str = "") -> AnnualReport:
    """A finished report from a file or from its bytes: docx, doc, html, md, txt, xlsx, pdf or json.

    What is printed is reported as printed; a cell that could not be located is None and named in
    ``report.printed.unread``. InputError (one Chinese line) when the source cannot be read at all.
    """
    data, name = load_source(source, name)
    if is_json(data):
        return read_json(data, name)
    # the reader of layouts is of no use to JSON, and a check of JSON should start at once
    from assistant.reading.compose import compose

    return compose(read_document(data, name), name)
