"""Reads a saved web page or a fragment of one, as government sites produce them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.documents.document import Builder, Document
from assistant.documents.page.markup import SKIPPED, content_of, is_data, laid_out, on_one_line, open_page

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_page"]

_BLOCK = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section",
    "article", "main", "header", "body", "html", "form", "center", "blockquote", "pre", "address",
    "aside", "figure", "figcaption", "hr", "fieldset", "tbody", "thead", "tfoot", "tr", "td", "th",
    "caption",
))  # fmt: skip


def read_page(text: str, name: str) -> Document:
    """Paragraphs and tables of a page; merged cells are laid out on their grid, tables that frame prose are opened."""
    root = open_page(text, name)
    # a page that says which part is its content has no furniture inside it
    start = content_of(root)
    builder = Builder(
        "html", furnished=start is root and next(root.iter("body"), None) is not None and _is_page(text)
    )
    _Walker(builder).walk(start)
    return builder.finish()


def _is_page(text: str) -> bool:
    return re.search(r"<(html|body|title)\b", text[:4000], re.IGNORECASE) is not None


class _Walker:
    """Goes through the tree without recursion, so that deep nesting costs nothing."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.words: list[str] = []
        self.title = False

    def walk(self, root: _Element) -> None:
        from lxml import etree

        skip_to: _Element | None = None
        for event, node in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(node.tag, str):
                if event == "end" and skip_to is None and node is not root:
                    self._say(node.tail)
                continue
            if skip_to is not None:
                if event == "end" and node is skip_to:
                    skip_to = None
                    self._say(node.tail if node is not root else None)
                continue
            if event == "start":
                skip_to = self._open(node)
            else:
                self._close(node, is_root=node is root)
        self._flush()

    def _open(self, node: _Element) -> _Element | None:
        """Handle the start of an element; returns it when its content is done with."""
        if node.tag in SKIPPED or _is_hidden(node):
            return node
        if node.tag == "table" and is_data(node):
            self._flush()
            self.builder.grid(_rows(node))
            return node
        if node.tag == "br":
            self.words.append("\n")
        elif node.tag in _BLOCK:
            self._flush()
            self.title = node.tag == "h1"
        self._say(node.text)
        return None

    def _close(self, node: _Element, *, is_root: bool) -> None:
        if node.tag in _BLOCK:
            self._flush()
        if not is_root:
            self._say(node.tail)

    def _say(self, text: str | None) -> None:
        if text:
            self.words.append(on_one_line(text))

    def _flush(self) -> None:
        text = "".join(self.words)
        self.words.clear()
        if text.strip():
            self.builder.paragraph(text, title=self.title)


def _is_hidden(node: _Element) -> bool:
    style = str(node.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or node.get("hidden") is not None


def _rows(table: _Element) -> Iterator[list[str | None]]:
    """The table on its grid. A cell that a rowspan or colspan covers is None."""
    for line in laid_out(table.iter("tr")):
        yield [None if place is None or not place[1] else _cell_text(place[0]) for place in line]


def _cell_text(cell: _Element) -> str:
    """Words of a cell; its paragraphs, spans and line breaks are layout."""
    parts = (on_one_line(str(part)) for part in cell.itertext())
    return "".join(parts).replace("\xa0", " ").strip()
