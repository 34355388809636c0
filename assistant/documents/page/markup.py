"""The markup of a web page: where its content is, what shows nothing, and tables on their grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assistant.documents.limits import MAX_PAGE
from assistant.documents.markup import parse_html
from assistant.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["SKIPPED", "content_of", "filled_in", "is_data", "laid_out", "on_one_line", "open_page"]

SKIPPED = frozenset((
    "script", "style", "noscript", "template", "head", "svg", "canvas", "iframe", "object", "select",
    "option", "button", "input", "textarea", "nav", "footer",
))  # fmt: skip
"""elements that hold no words of the page"""
_SILENT = frozenset(("hidden", "password", "submit", "button", "reset", "image", "file"))
"""kinds of fields that show no answer"""
_DATA_URI = re.compile(r"data:[\w/+.-]{0,60};base64,[A-Za-z0-9+/=\s]+")
_MAX_SPAN, _MAX_COLUMNS = 60, 120
_MAX_CELL = 400
"""characters; a longer cell is a frame around prose, not a cell of a table"""


def open_page(text: str, name: str) -> _Element:
    """The root of a saved page or a fragment of one; InputError when it is too large or no page."""
    if len(text) > MAX_PAGE:
        text = _DATA_URI.sub("", text)
        if len(text) > MAX_PAGE:
            raise InputError(f"“{name}”的网页过大，已拒绝读取；请只保存正文后再试")
    return parse_html(text, name)


def content_of(root: _Element) -> _Element:
    """The one part that the page itself calls its content; else all of it."""
    mains = [element for element in root.iter("main", "article") if isinstance(element.tag, str)]
    return mains[0] if len(mains) == 1 else root


def on_one_line(text: str) -> str:
    """White space as a browser shows it: one blank."""
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def filled_in(node: _Element) -> str:
    """What a field of a form shows: a ticked or empty box, the words typed or chosen; empty where it shows nothing."""
    if node.tag == "textarea":
        return "".join(str(part) for part in node.itertext())
    if node.tag == "select":
        chosen = [option for option in node.iter("option") if option.get("selected") is not None]
        return "".join(str(part) for part in chosen[0].itertext()).strip() if chosen else ""
    kind = str(node.get("type") or "text").lower()
    if node.tag != "input" or kind in _SILENT:
        return ""
    if kind in ("checkbox", "radio"):
        return "☑" if node.get("checked") is not None else "☐"
    return str(node.get("value") or "")


def is_data(table: _Element) -> bool:
    """Whether a table holds data: no table inside, and no cell that holds whole passages."""
    if next((t for t in table.iter("table") if t is not table), None) is not None:
        return False
    cells = list(table.iter("td", "th"))
    return len(cells) > 1 and all(_length(cell) <= _MAX_CELL for cell in cells[:600])


def _length(cell: _Element) -> int:
    return sum(len(str(part).strip()) for part in cell.itertext())


def laid_out(rows: Iterable[_Element]) -> Iterator[list[tuple[_Element, bool] | None]]:
    """Rows of a table on its grid: each place with the cell that covers it and whether the cell begins there."""
    hanging: dict[int, tuple[int, _Element]] = {}
    for row in rows:
        line = {column: (cell, False) for column, (_, cell) in hanging.items()}
        hanging = {column: (left - 1, cell) for column, (left, cell) in hanging.items() if left > 1}
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
                line[covered] = (cell, covered == column)
                if tall > 1:
                    hanging[covered] = (tall - 1, cell)
            column += wide
        yield [line.get(i) for i in range(max(line, default=-1) + 1)]


def _span(cell: _Element, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    good = value.isascii() and value.isdigit() and 1 <= len(value) < 6 and int(value)
    return min(int(value), _MAX_SPAN) if good else 1
