"""Takes a web page apart: paragraphs, headings and tables with their merged cells; what the page hides is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.documents.blocks import BlockKind
from assistant.documents.page.markup import (
    SKIPPED,
    content_of,
    filled_in,
    is_data,
    laid_out,
    on_one_line,
    open_page,
)
from assistant.documents.parts import RawCell, Writer
from assistant.documents.splitting import pieces_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["write_page"]

_INLINE = frozenset((
    "a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "img", "ins", "label", "mark", "o", "q", "samp",
    "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "del", "s", "strike",
))  # fmt: skip
_STRUCK = frozenset(("del", "s", "strike"))


def write_page(text: str, name: str) -> Writer:
    """A saved page or a fragment of one; InputError when it is too large or no page."""
    walker = _Walker()
    walker.walk(content_of(open_page(text, name)))
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
        why = _hidden(node)
        if node.tag in SKIPPED:
            self._say("" if why else filled_in(node))
            return node
        if why:
            self._gone.append((_inner(node), why))
            return node
        if node.tag == "table" and is_data(node):
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
            self._words.append(on_one_line(text))

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


def _inner(node: _Element) -> str:
    return "".join(str(part) for part in node.itertext()).strip()


def _grid(table: _Element) -> tuple[list[list[RawCell | None]], list[tuple[str, str]]]:
    """The table with merged cells in all their places, and what it hides."""
    grid: list[list[RawCell | None]] = []
    gone: list[tuple[str, str]] = []
    cells: dict[_Element, RawCell] = {}
    for places in laid_out(_visible(table, gone)):
        for place in places:
            if place is not None and place[0] not in cells:
                cells[place[0]] = RawCell(_cell_text(place[0], gone), len(cells))
        grid.append([None if place is None else cells[place[0]] for place in places])
    return grid, gone


def _visible(table: _Element, gone: list[tuple[str, str]]) -> Iterator[_Element]:
    for row in table.iter("tr"):
        section = row.getparent()
        why = _hidden(row) or ("" if section is None else _hidden(section))
        if why:
            gone.append((" ".join(_inner(cell) for cell in row), why))
        else:
            yield row


def _cell_text(cell: _Element, gone: list[tuple[str, str]]) -> str:
    """Words of a cell that show; its paragraphs, spans and line breaks are layout."""
    why = _hidden(cell)
    if why:
        gone.append((_inner(cell), why))
        return ""
    return on_one_line("".join(_shown(cell, gone))).replace("\xa0", " ").strip()


def _shown(cell: _Element, gone: list[tuple[str, str]]) -> Iterator[str]:
    from lxml import etree

    done_with: _Element | None = None
    for event, node in etree.iterwalk(cell, events=("start", "end")):
        if event == "start" and done_with is None and isinstance(node.tag, str):
            why = _hidden(node) if node is not cell else ""
            if why or node.tag in SKIPPED:
                done_with = node
                gone += [(_inner(node), why)] if why and node.tag not in SKIPPED and _inner(node) else []
                yield "" if why else filled_in(node)
            else:
                yield str(node.text or "")
        elif event == "end" and node is not cell and (done_with is None or node is done_with):
            done_with = None
            yield str(node.tail or "")
