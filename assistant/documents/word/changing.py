"""Changes words inside a Word document: the text of its runs, nothing else of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from assistant.documents.limits import check_archive, read_member
from assistant.documents.markup import parse_xml
from assistant.documents.places import Carrier, Change, Places, edited
from assistant.documents.word.numbers import Numbering
from assistant.documents.word.reading import BODY, SKIPPED, W

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["rewrite_word", "with_members"]

_NUMBERING = "word/numbering.xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def rewrite_word(data: bytes, name: str, text: str, changes: Sequence[Change]) -> bytes:
    """The document with the changes made; ``text`` is what the reader makes of it. Unreachable when one has no place."""
    from lxml import etree

    root = parse_xml(read_member(data, BODY, name), name)
    numbered = _NUMBERING in check_archive(data, name)
    numbers = Numbering(parse_xml(read_member(data, _NUMBERING, name), name) if numbered else None)
    carriers = list(_carriers(root, numbers))
    places = Places(text, carriers)
    edits: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for change in changes:
        for edit in places.edits(change):
            edits[edit.carrier].append((edit.start, edit.end, edit.text))
    for number, parts in edits.items():
        node: _Element = carriers[number].handle
        words = edited(carriers[number].text, parts)
        node.text = words
        if words != words.strip():
            node.set(_SPACE, "preserve")
    body = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return with_members(data, {BODY: body})


def _carriers(root: _Element, numbers: Numbering) -> Iterator[Carrier]:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.tag in SKIPPED:
            continue
        if node.tag == f"{W}p":
            yield Carrier(numbers.mark(node))
        if node.tag == f"{W}t":
            yield Carrier(node.text or "", node)
        elif node.tag == f"{W}noBreakHyphen":
            yield Carrier("-")
        else:
            stack.extend(reversed(node))


def with_members(data: bytes, members: dict[str, bytes]) -> bytes:
    """An office file with some parts replaced; all others stay as they are, in their order."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = members.get(info.filename)
            target.writestr(info, source.read(info) if content is None else content, info.compress_type)
    return out.getvalue()
