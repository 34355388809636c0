"""Changes words inside a Word document: the text of its runs, nothing else of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.documents.archive import with_members
from assistant.documents.places import Change, edited
from assistant.documents.word.markup import BODY, open_word
from assistant.documents.word.places import word_places
from assistant.documents.word.runs import set_text

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["rewrite_word"]


def rewrite_word(data: bytes, name: str, changes: Sequence[Change]) -> bytes:
    """The document with the changes made, whose offsets count what its reader makes of it. Unreachable when one has no place."""
    from lxml import etree

    file = open_word(data, name)
    places = word_places(file.body, file.numbering).places
    edits: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for change in changes:
        for edit in places.edits(change):
            edits[edit.carrier].append((edit.start, edit.end, edit.text))
    for number, parts in edits.items():
        node: _Element = places.carriers[number].handle
        set_text(node, edited(places.carriers[number].text, parts))
    body = etree.tostring(file.root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return with_members(data, {BODY: body})
