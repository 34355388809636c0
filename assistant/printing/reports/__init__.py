"""Prints a report in any format: one registry, one view, one module a format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from assistant.errors import UsageError
from assistant.printing.reports.view import Mark, Marks, marks_of
from assistant.report import AnnualReport

__all__ = ["FORMATS", "Format", "Mark", "Marks", "format_named", "marks_of", "render"]


class _Renderer(Protocol):
    """What a format module offers: its function ``render``."""

    def __call__(self, report: AnnualReport, marks: Marks) -> str | bytes: ...


@dataclass(frozen=True)
class Format:
    """One output format; its module is loaded when first used, because Word and sheet libraries are heavy."""

    name: str
    label: str
    """what a clerk calls it"""
    suffix: str
    media_type: str
    binary: bool
    module: str
    offered: bool = False
    """on the page of the chat, where few are better: what clerks hand on, and what this program reads back"""

    @property
    def renderer(self) -> Callable[[AnnualReport, Marks], str | bytes]:
        """The function that prints a report in this format."""
        module = import_module(f"assistant.printing.reports.{self.module}")
        return cast(_Renderer, module.render)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("docx", "Word 文档", ".docx", _WORD, True, "word", offered=True),
        Format("html", "网页", ".html", "text/html", False, "page", offered=True),
        Format("xlsx", "Excel 表格", ".xlsx", _SHEET, True, "sheet", offered=True),
        Format("json", "JSON 数据", ".json", "application/json", False, "data", offered=True),
        Format("txt", "纯文本", ".txt", "text/plain", False, "text"),
        Format("md", "Markdown", ".md", "text/markdown", False, "markdown"),
        Format("pdf", "PDF 文档", ".pdf", "application/pdf", True, "pdf"),
    )
}
"""All formats by name; adding one is a line here, a module, and its template."""


def format_named(name: str) -> Format:
    """The format of that name (``docx`` or ``.docx``); UsageError when there is none."""
    found = FORMATS.get(name.lower().lstrip("."))
    if found is None:
        raise UsageError(f"没有“{name}”这种输出格式；可用：{'、'.join(FORMATS)}")
    return found


def render(report: AnnualReport, fmt: str, *, marks: Marks = ()) -> str | bytes:
    """Print a report: text for txt, md, html and json, bytes for docx, xlsx and pdf.

    ``marks`` are drawn in html, docx and xlsx. The same report and marks give the same bytes (pdf excepted, whose
    producer stamps the time). UsageError for an unknown format; MissingDependency when the format needs something that
    is not installed.
    """
    return format_named(fmt).renderer(report, marks)
