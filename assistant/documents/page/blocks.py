"""Takes a web page apart: paragraphs, headings and tables with their merged cells; what the page hides is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.documents.blocks import BlockKind
from assistant.documents.limits import MAX_PAGE
from assistant.documents.markup import parse_html
from assistant.documents.parts import RawCell, Writer
from assistant.documents.splitting import pieces_of
from assistant.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["write_page"]

_DATA_URI = re.compile(r"data:[\w/+.-]{0,60};base64,[A-Za-z0-9+/=\s]+")
_SKIP = frozenset((
    "script", "style", "noscript", "template", "head", "svg", "canvas", "iframe", "object", "select",
    "option", "button", "input", "textarea", "nav", "footer",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "img", "ins", "label", "mark", "o", "q", "samp",
    "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "del", "s", "strike",
))  # fmt: skip
_STRUCK = frozenset(("del", "s", "strike"))
_MAX_SPAN, _MAX_COLUMNS = 60, 120
_MAX_CELL = 400
"""characters; a longer cell is a frame around prose, not a cell of a table"""


def write_page(text: str, name: str) -> Writer:
    """A saved page or a fragment of one; InputError when it is too large or no page."""
    if len(text) > MAX_PAGE:
        text = _DATA_URI.sub("", text)
        if len(text) > MAX_PAGE:
            raise InputError(f"“{name}”的网页过大，已拒绝读取；请只保存正文后再试")
    root = parse_html(text, name)
    mains = [e for e in root.iter("main", "article") if isinstance(e.tag, str)]
    walker = _Walker()
    walker.walk(mains[0] if len(mains) == 1 else root)
    return walker.writer


class _Walker:
    """Goes through the tree without recursion, so that deep nesting costs nothing."""

    def __init__(self) -> None:
        self.writer = Writer()
        self._words: list[str] = []
        self._rank = ""
        self._gone: list[tuple[str, str]] = []

    def walk(self, root: _Element) -> None:
        """Write everything that stands below an element."""
        from lxml import etree

        done_with: _Element | None = None
        for event, node in etree.iterwalk(root, events=("start", "end")):
            starts, named = event == "start", isinstance(node.tag, str)
            if done_with is None and starts and named:
                done_with = self._open(node)
            elif done_with is None and not starts:
                self._close(node, is_root=node is root)
            elif done_with is not None and node is done_with and not starts:
                done_with = None
                self._say(node.tail if node is not root else None)
        self._flush()

    def _open(self, node: _Element) -> _Element | None:
        """Handle the start of an element; returns it when its content is done with."""
        if node.tag in _SKIP:
            return node
        why = _hidden(node)
        if why:
            self._gone.append((_inner(node), why))
            return node
        if node.tag == "table" and _is_data(node):
            self._flush()
            self._table(node)
            return node
        if node.tag == "br":
            self._words.append("\n")
        elif node.tag not in _INLINE:
            self._flush()
            self._rank = _rank_of(str(node.tag))
        self._say(node.text)
        return None

    def _close(self, node: _Element, *, is_root: bool) -> None:
        if isinstance(node.tag, str) and node.tag not in _INLINE and node.tag != "br":
            self._flush()
        if not is_root:
            self._say(node.tail)

    def _say(self, text: str | None) -> None:
        if text:
            self._words.append(re.sub(r"[ \t\r\n\f]+", " ", text))

    def _flush(self) -> None:
        text = "".join(self._words)
        self._words.clear()
        if text.strip():
            is_heading = self._rank and len(text) <= 60 and not re.search(r"[。；]", text)
            self.writer.line(
                text, BlockKind.HEADING if is_heading else None, rank=self._rank if is_heading else ""
            )
        self._rank = ""
        for words, why in self._gone:
            self.writer.hidden(words.replace("\n", " "), why)
        self._gone.clear()

    def _table(self, table: _Element) -> None:
        grid, hidden = _grid(table)
        for piece in pieces_of(grid):
            if piece.grid:
                self.writer.table(piece.grid)
            elif piece.title:
                self.writer.line(piece.words, BlockKind.HEADING, rank="表题")
            else:
                self.writer.line(piece.words)
        for words, why in hidden:
            self.writer.hidden(words, why)


def _hidden(node: _Element) -> str:
    """Why nobody sees an element; empty where it shows."""
    style = re.sub(r"\s", "", str(node.get("style") or "")).lower()
    if node.get("hidden") is not None or re.search(
        r"display:none|visibility:(?:hidden|collapse)|opacity:0(?:;|$)", style
    ):
        return "隐藏的内容"
    if node.tag in _STRUCK or re.search(r"text-decoration[a-z-]*:[^;]*line-through", style):
        return "划掉的内容"
    return (
        "字号过小、看不见的内容"
        if re.search(r"font-size:[01](?:\.\d+)?(?:px|pt|em)?(?:;|!|$)(?<!1em)(?<!1em;)", style)
        else ""
    )


def _rank_of(tag: str) -> str:
    if tag == "h1":
        return "title"
    return f"level{tag[1]}" if re.fullmatch(r"h[2-6]", tag) else ""


def _is_data(table: _Element) -> bool:
    """Whether a table holds data: no table inside, and no cell that holds whole passages."""
    if next((t for t in table.iter("table") if t is not table), None) is not None:
        return False
    cells = list(table.iter("td", "th"))
    return len(cells) > 1 and all(len(_inner(cell)) <= _MAX_CELL for cell in cells[:600])


def _inner(node: _Element) -> str:
    return "".join(str(part) for part in node.itertext()).strip()


def _grid(table: _Element) -> tuple[list[list[RawCell | None]], list[tuple[str, str]]]:
    """The table with merged cells in all their places, and what it hides."""
    grid: list[list[RawCell | None]] = []
    gone: list[tuple[str, str]] = []
    hanging: dict[int, tuple[int, RawCell]] = {}
    key = 0
    for row in table.iter("tr"):
        section = row.getparent()
        why = _hidden(row) or ("" if section is None else _hidden(section))
        if why:
            gone.append((" ".join(_inner(cell) for cell in row), why))
            continue
        line: dict[int, RawCell] = {column: cell for column, (_, cell) in hanging.items()}
        hanging = {column: (left - 1, cell) for column, (left, cell) in hanging.items() if left > 1}
        column = 0
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            while column in line:
                column += 1
            wide, tall = _span(element, "colspan"), _span(element, "rowspan")
            if column + wide > _MAX_COLUMNS:
                break
            key += 1
            cell = RawCell(_cell_text(element, gone), key)
            for covered in range(column, column + wide):
                line[covered] = cell
                if tall > 1:
                    hanging[covered] = (tall - 1, cell)
            column += wide
        grid.append([line.get(i) for i in range(max(line, default=-1) + 1)])
    return grid, gone


def _span(cell: _Element, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    good = value.isascii() and value.isdigit() and 1 <= len(value) < 6 and int(value)
    return min(int(value), _MAX_SPAN) if good else 1


def _cell_text(cell: _Element, gone: list[tuple[str, str]]) -> str:
    """Words of a cell that show; its paragraphs, spans and line breaks are layout."""
    why = _hidden(cell)
    if why:
        gone.append((_inner(cell), why))
        return ""
    return re.sub(r"[ \t\r\n\f]+", " ", "".join(_shown(cell, gone))).replace("\xa0", " ").strip()


def _shown(cell: _Element, gone: list[tuple[str, str]]) -> Iterator[str]:
    from lxml import etree

    done_with: _Element | None = None
    for event, node in etree.iterwalk(cell, events=("start", "end")):
        if event == "start" and done_with is None and isinstance(node.tag, str):
            why = _hidden(node) if node is not cell else ""
            if why or node.tag in _SKIP:
                done_with = node
                gone += [(_inner(node), why)] if why and _inner(node) else []
            else:
                yield str(node.text or "")
        elif event == "end" and node is not cell and (done_with is None or node is done_with):
            done_with = None
            yield str(node.tail or "")
