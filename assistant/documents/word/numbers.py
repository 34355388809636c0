"""Spells out Word's automatic numbering, which the text of a paragraph does not contain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.documents.word.markup import W
from assistant.numerals import to_chinese

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Numbering"]

_CHINESE = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    ]
)
_Level = tuple[str, str, int]
"""number format, text such as （%1）, first number"""


class Numbering:
    """Counts the numbered paragraphs of a document in reading order."""

    def __init__(self, root: _Element | None) -> None:
        self.levels: dict[tuple[str, str], _Level] = {}
        self.counters: dict[tuple[str, str], int] = {}
        self._marks: dict[_Element, str] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: _Element) -> None:
        abstract: dict[str, dict[str, _Level]] = {}
        for definition in root.iter(f"{W}abstractNum"):
            levels = abstract.setdefault(str(definition.get(f"{W}abstractNumId")), {})
            for level in definition.iter(f"{W}lvl"):
                levels[str(level.get(f"{W}ilvl"))] = (
                    _value(level, "numFmt"),
                    _value(level, "lvlText"),
                    int(_value(level, "start") or 1) if (_value(level, "start") or "1").isdecimal() else 1,
                )
        for number in root.iter(f"{W}num"):
            for depth, content in abstract.get(_value(number, "abstractNumId"), {}).items():
                self.levels[str(number.get(f"{W}numId")), depth] = content

    def mark(self, paragraph: _Element) -> str:
        """The ordinal that Word prints before a paragraph: “一、”, “1.”; empty for none or for a bullet.

        To be asked in reading order, because numbers count; asked again, a paragraph keeps its number.
        """
        if paragraph not in self._marks:
            self._marks[paragraph] = self._counted(paragraph)
        return self._marks[paragraph]

    def _counted(self, paragraph: _Element) -> str:
        properties = paragraph.find(f"{W}pPr/{W}numPr") if self.levels else None
        if properties is None:
            return ""
        number, level = _value(properties, "numId"), _value(properties, "ilvl") or "0"
        found = self.levels.get((number, level))
        if found is None:
            return ""
        kind, text, first = found
        count = self.counters.get((number, level), first - 1) + 1
        self.counters[number, level] = count
        # a deeper list starts anew below each item
        for key in [k for k in self.counters if k[0] == number and k[1] > level]:
            del self.counters[key]
        if kind not in _CHINESE and kind != "decimal":
            return ""
        words = to_chinese(count) if kind in _CHINESE and 0 <= count < 10_000 else str(count)
        return re.sub(r"%\d", words, text, count=1) if "%" in text else text


def _value(parent: _Element, name: str) -> str:
    child = parent.find(f"{W}{name}")
    return "" if child is None else str(child.get(f"{W}val") or "")
