"""What the reader of a Word document does not see: hidden, struck out, deleted, white or tiny words; and which styles are headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.documents.word.markup import W

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Looks"]

_TINY = 4
"""half points; nobody reads letters of this size"""
_OFF = ("0", "false", "off", "none")


class Looks:
    """The looks of a document's runs, its styles included."""

    def __init__(self, styles: _Element | None) -> None:
        self._hiding: dict[str, str] = {}
        self._headings: dict[str, str] = {}
        self._shaded: set[str] = set()
        for style in () if styles is None else styles.iter(f"{W}style"):
            key = str(style.get(f"{W}styleId"))
            self._hiding[key] = _plainly_hidden(style.find(f"{W}rPr"))
            self._headings[key] = _rank_of(style)
            if next(style.iter(f"{W}shd"), None) is not None:
                self._shaded.add(key)

    def heading_rank(self, paragraph: _Element) -> str:
        """The rank of a paragraph in a heading style or with an outline level; empty for the text."""
        outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
        level = _value(outline)
        if level.isdigit() and int(level) < 9:
            return f"level{level}"
        return self._headings.get(_value(paragraph.find(f"{W}pPr/{W}pStyle")), "")

    def take_out(self, block: _Element) -> list[tuple[str, str]]:
        """Removes from a paragraph or table what its reader does not see, and returns it with the reasons."""
        gone: list[tuple[str, str]] = []
        for row in list(block.iter(f"{W}tr")):
            why = _row_is_gone(row)
            if why:
                gone.append(("\t".join(_words(cell) for cell in row.iter(f"{W}tc")), why))
                _remove(row)
        for deletion in list(block.iter(f"{W}del", f"{W}moveFrom")):
            gone.append((_words(deletion), "修订中已删除的内容"))
        for run in list(block.iter(f"{W}r")):
            why = self._unseen(run)
            if why and not any(a.tag in (f"{W}del", f"{W}moveFrom") for a in run.iterancestors()):
                words = _words(run)
                # neighbouring runs are one stretch
                if gone and gone[-1][1] == why and run.getprevious() is None:
                    gone[-1] = (gone[-1][0] + words, why)
                else:
                    gone.append((words, why))
                for text in list(run.iter(f"{W}t")):
                    text.text = ""
        return [(words, why) for words, why in gone if words.strip()]

    def _unseen(self, run: _Element) -> str:
        properties = run.find(f"{W}rPr")
        why = _plainly_hidden(properties) or self._hiding.get(
            _value(None if properties is None else properties.find(f"{W}rStyle")), ""
        )
        if why or properties is None:
            return why
        size = _value(properties.find(f"{W}sz"))
        if size.isdigit() and int(size) < _TINY:
            return "字号过小、看不见的内容"
        if _is_white(properties.find(f"{W}color")) and not self._is_shaded(run):
            return "白色、看不见的内容"
        return ""

    def _is_shaded(self, run: _Element) -> bool:
        """Whether the ground is coloured, by the run, its paragraph, its cell or the style of its table."""
        marked = run.find(f"{W}rPr/{W}highlight")
        if marked is not None and _value(marked) != "white":
            return True
        for holder in (run, *run.iterancestors()):
            name = holder.tag.rpartition("}")[2]
            shade = holder.find(f"{W}{name}Pr/{W}shd")
            if shade is not None and str(shade.get(f"{W}fill") or "").upper() not in ("", "AUTO", "FFFFFF"):
                return True
            if name == "tbl" and _value(holder.find(f"{W}tblPr/{W}tblStyle")) in self._shaded:
                return True
        return False


def _plainly_hidden(properties: _Element | None) -> str:
    if properties is None:
        return ""
    for name, why in (("vanish", "隐藏的文字"), ("strike", "划掉的内容"), ("dstrike", "划掉的内容")):
        mark = properties.find(f"{W}{name}")
        if mark is not None and _value(mark).lower() not in _OFF:
            return why
    return ""


def _row_is_gone(row: _Element) -> str:
    if row.find(f"{W}trPr/{W}del") is not None:
        return "修订中已删除的行"
    hidden = row.find(f"{W}trPr/{W}hidden")
    return "隐藏的行" if hidden is not None and _value(hidden).lower() not in _OFF else ""


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _is_white(colour: _Element | None) -> bool:
    if colour is None:
        return False
    theme = colour.get(f"{W}themeColor")
    return _value(colour).upper() == "FFFFFF" and theme in (None, "background1", "light1")


def _rank_of(style: _Element) -> str:
    name = _value(style.find(f"{W}name")).lower()
    if name in ("title", "标题"):
        return "title"
    found = re.fullmatch(r"(?:heading|标题)\s*([1-9])", name)
    return f"level{int(found[1]) - 1}" if found else ""


def _words(element: _Element) -> str:
    return "".join(str(t.text or "") for t in element.iter(f"{W}t", f"{W}delText"))


def _value(element: _Element | None) -> str:
    return "" if element is None else str(element.get(f"{W}val") or "")
