"""The markup of a Word document: its parts, and the pieces of text that a paragraph prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.documents.limits import check_archive, read_member
from assistant.documents.markup import parse_xml
from assistant.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["BODY", "W", "WordFile", "open_word", "pieces"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
# text of deleted words, of fields' codes, and of frames that float beside the text
_SKIPPED = frozenset(
    [
        f"{W}{name}"
        for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "drawing", "pict", "object")
    ]
    + ["{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"]
)


_SIGNS = {
    "Wingdings": {"FE": "☑", "FD": "☒", "FC": "√", "A8": "☐", "6F": "☐"},
    "Wingdings 2": {"52": "☑", "51": "☒", "50": "√", "A3": "☐"},
}
"""signs of picture fonts that clerks insert for boxes, by the end of their code"""


@dataclass(frozen=True)
class WordFile:
    """A document whose body is parsed; its other parts are, when they are asked for."""

    root: _Element
    body: _Element
    data: bytes
    name: str
    members: frozenset[str]

    @property
    def numbering(self) -> _Element | None:
        """The definitions of automatic numbers; None where the document has none."""
        return self._part("word/numbering.xml")

    @property
    def styles(self) -> _Element | None:
        """The styles; None where the document has none."""
        return self._part("word/styles.xml")

    def _part(self, member: str) -> _Element | None:
        if member not in self.members:
            return None
        return parse_xml(read_member(self.data, member, self.name), self.name)


def open_word(data: bytes, name: str) -> WordFile:
    """A .docx; InputError when it is damaged, encrypted, too large or no Word document."""
    members = frozenset(check_archive(data, name))
    if BODY not in members:
        raise InputError(f"“{name}”不是 Word 文档；请核对扩展名，或用办公软件重新另存为 docx")
    root = parse_xml(read_member(data, BODY, name), name)
    body = root.find(f"{W}body")
    if body is None:
        raise InputError(f"“{name}”中没有正文；请核对文件")
    return WordFile(root, body, data, name, members)


def _sign(node: _Element) -> str:
    """The box that a form field or a sign of a picture font shows; empty for any other element."""
    if node.tag == f"{W}sym":
        return _SIGNS.get(str(node.get(f"{W}font")), {}).get(str(node.get(f"{W}char"))[-2:].upper(), "")
    box = node.find(f"{W}ffData/{W}checkBox") if node.tag == f"{W}fldChar" else None
    if box is None:
        return ""
    told = box.find(f"{W}checked")
    told = box.find(f"{W}default") if told is None else told
    return "☐" if told is None or told.get(f"{W}val") in ("0", "false", "off") else "☑"


def pieces(paragraph: _Element) -> Iterator[tuple[str, _Element]]:
    """What a paragraph prints, in order, each with the element that prints it: ``w:t``, a tab, a break, a hyphen.

    Its automatic number is no part of it: see :class:`Numbering`.
    """
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag in _SKIPPED:
            continue
        if node.tag == f"{W}t":
            yield node.text or "", node
        elif node.tag in (f"{W}br", f"{W}cr"):
            yield "" if node.get(f"{W}type") in ("page", "column") else "\n", node
        elif node.tag == f"{W}tab":
            yield " ", node
        elif node.tag == f"{W}noBreakHyphen":
            yield "-", node
        elif sign := _sign(node):
            yield sign, node
        else:
            stack.extend(reversed(node))
