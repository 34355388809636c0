"""Reads a saved web page or a fragment of one, as government sites produce them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.documents.document import Builder, Document
from assistant.documents.limits import MAX_PAGE
from assistant.documents.markup import parse_html
from assistant.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_page"]

_DATA_URI = re.compile(r"data:[\w/+.-]{0,60};base64,[A-Za-z0-9+/=\s]+")
_SKIP = frozenset((
    "script", "style", "noscript", "template", "head", "svg", "canvas", "iframe", "object", "select",
    "option", "button", "input", "textarea", "nav", "footer",
))  # fmt: skip
_BLOCK = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section",
    "article", "main", "header", "body", "html", "form", "center", "blockquote", "pre", "address",
    "aside", "figure", "figcaption", "hr", "fieldset", "tbody", "thead", "tfoot", "tr", "td", "th",
    "caption",
))  # fmt: skip
_MAX_SPAN = 60
_MAX_COLUMNS = 120
_MAX_CELL = 400
"""characters; a longer cell is a frame around prose, not a cell of a table"""


def read_page(text: str, name: str) -> Document:
    """Paragraphs and tables of a page; merged cells are laid out on their grid, tables that frame prose are opened."""
    if len(text) > MAX_PAGE:
        text = _DATA_URI.sub("", text)
        if len(text) > MAX_PAGE:
            raise InputError(f"“{name}”的网页过大，已拒绝读取；请只保存正文后再试")
    root = parse_html(text, name)
    mains = [e for e in root.iter("main", "article") if isinstance(e.tag, str)]
    # a page that says which part is its content has no furniture inside it
    start = mains[0] if len(mains) == 1 else root
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
        if node.tag in _SKIP or _is_hidden(node):
            return node
        if node.tag == "table" and _is_data(node):
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
            self.words.append(re.sub(r"[ \t\r\n\f]+", " ", text))

    def _flush(self) -> None:
        text = "".join(self.words)
        self.words.clear()
        if text.strip():
            self.builder.paragraph(text, title=self.title)


def _is_hidden(node: _Element) -> bool:
    style = str(node.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or node.get("hidden") is not None


def _is_data(table: _Element) -> bool:
    """Whether a table holds data: no table inside, and no cell that holds whole passages."""
    if next((t for t in table.iter("table") if t is not table), None) is not None:
        return False
    cells = list(table.iter("td", "th"))
    if len(cells) < 2:
        return False
    return all(_length(cell) <= _MAX_CELL for cell in cells[:600])


def _length(cell: _Element) -> int:
    return sum(len(part.strip()) for part in _texts(cell))


def _texts(node: _Element) -> Iterator[str]:
    return (str(part) for part in node.itertext())


def _rows(table: _Element) -> list[list[str | None]]:
    """The table on its grid. A cell that a rowspan or colspan covers is None."""
    rows: list[list[str | None]] = []
    hanging: dict[int, int] = {}
    for row in table.iter("tr"):
        line: dict[int, str | None] = {column: None for column, left in hanging.items() if left > 0}
        hanging = {column: left - 1 for column, left in hanging.items() if left > 1}
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while column in line:
                column += 1
            wide, tall = _span(cell, "colspan"), _span(cell, "rowspan")
            if column + wide > _MAX_COLUMNS:
                break
            for covered in range(column, column + wide):
                line[covered] = None
                if tall > 1:
                    hanging[covered] = tall - 1
            line[column] = _cell_text(cell)
            column += wide
        rows.append([line.get(i) for i in range(max(line, default=-1) + 1)])
    return rows


def _span(cell: _Element, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return (
        min(int(value), _MAX_SPAN)
        if value.isascii() and value.isdigit() and 1 <= len(value) < 6 and int(value)
        else 1
    )


def _cell_text(cell: _Element) -> str:
    """Words of a cell; its paragraphs, spans and line breaks are layout."""
    parts = [re.sub(r"[ \t\r\n\f]+", " ", part) for part in _texts(cell)]
    return "".join(parts).replace("\xa0", " ").strip()
