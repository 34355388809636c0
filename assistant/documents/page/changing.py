"""Changes words inside a web page: characters of its text, never its markup."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape, unescape
from html.parser import HTMLParser
from itertools import pairwise

from assistant.documents.places import Area, Carrier, Change, Places, Unreachable, edited

__all__ = ["rewrite_page"]


def rewrite_page(source: str, text: str, changes: Sequence[Change]) -> str:
    """The page with the changes made; ``text`` is what the reader makes of it. Unreachable when one has no place."""
    runs = _runs(source)
    carriers = [
        Carrier(unescape(source[start:end]) if coded else source[start:end], (start, end, coded))
        for start, end, coded in runs
    ]
    places = Places(text, [Area(0, len(text), carriers)])
    edits: list[tuple[int, int, str]] = []
    for change in changes:
        for edit in places.edits(change):
            start, end, coded = runs[edit.carrier]
            words = escape(edit.text, quote=False)
            if not coded:
                edits.append((start + edit.start, start + edit.end, words))
            elif edit.start < edit.end:
                edits.append((start, end, words))
            else:
                at = start if edit.start == 0 else end
                edits.append((at, at, words))
    ordered = sorted(edits)
    if any(one[1] > other[0] for one, other in pairwise(ordered)):
        raise Unreachable("同一处文字有几处改动，无法一并修改")
    return edited(source, edits)


def _runs(source: str) -> list[tuple[int, int, bool]]:
    """The stretches of text of a page, and its character references, as offsets; scripts and styles are left out."""
    scanner = _Scanner(source)
    scanner.feed(source)
    scanner.close()
    return scanner.runs


class _Scanner(HTMLParser):
    """Notes where text stands."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.runs: list[tuple[int, int, bool]] = []
        self.source = source
        self.lines = [0]
        for line in source.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)

    @property
    def _offset(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_data(self, data: str) -> None:
        if self.cdata_elem not in ("script", "style"):
            self.runs.append((self._offset, self._offset + len(data), False))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        end = self._offset + len(written)
        self.runs.append((self._offset, end + (self.source[end : end + 1] == ";"), True))
