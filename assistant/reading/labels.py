"""Recognises printed labels: spaces, brackets, ordinals and small misprints do not matter."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cache, lru_cache

from assistant.forms import Form, Table, load_form
from assistant.numerals import fold

__all__ = ["ALIKE", "Vocabulary", "bare", "core", "likeness", "vocabulary"]

ALIKE = 0.6
"""likeness from which two labels may be the same one misprinted"""

_ORDINAL = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.．]|\(?\d{1,2}(?:[.、．)]))"
)
_NOT_WORDS = re.compile(r"[^\w]|_")
_SPACE = re.compile(r"\s+")


def bare(text: str) -> str:
    """The label without any space: a line break inside a cell is layout, not a deviation."""
    return _SPACE.sub("", text)


@lru_cache(maxsize=16_384)
def core(text: str) -> str:
    """The words of a label: half-width, without ordinal, punctuation and space."""
    folded = _SPACE.sub("", fold(text)).replace("【", "(").replace("】", ")")
    return _NOT_WORDS.sub("", _ORDINAL.sub("", folded, count=1))


@lru_cache(maxsize=65_536)
def likeness(one: str, other: str) -> float:
    """How alike two cores are, 0 to 1. A label cut short is as good as a misprinted one."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= 4 and (long.startswith(short) or long.endswith(short)):
        return 0.9
    total = len(short) + len(long)
    if total > 160 or len(short) * 2 < total * ALIKE:
        return 0.0
    # a cheap upper bound first: most pairs share few characters
    if 2 * sum((Counter(one) & Counter(other)).values()) < total * ALIKE:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


class Vocabulary:
    """All labels of one table of a form, by their cores."""

    def __init__(self, table: Table, first_header: str) -> None:
        self.rows = {core(row.label): row.key for row in table.rows}
        self.paths = {core(path): path for row in table.rows for path in row.path}
        heads = [column.label for block in table.blocks for column in block.columns]
        heads += [column.group for column in table.columns if column.group]
        heads += [h for h in (table.columns_title, table.corner) if h]
        heads += [block.heading for block in table.blocks if block.heading]
        self.heads = {core(head): head for head in heads}
        if table.layout == "bands":
            # its rows stand side by side, so that their labels are headers too
            self.heads |= {core(label): label for row in table.rows for label in (*row.path, row.label)}
        if table.layout == "blocks":
            self.heads[core(first_header)] = first_header
        self.headings = frozenset(core(block.heading) for block in table.blocks if block.heading)
        self.columns = frozenset(core(c.label) for block in table.blocks for c in block.columns)
        self.blank_row = len(table.rows) * len(table.columns) if table.layout == "bands" else 0
        """how many blank cells make a row of the table that has no label"""
        self.all = frozenset(self.rows) | frozenset(self.paths) | frozenset(self.heads)
        self.run = "\n".join(sorted(self.all))
        """all labels in one string, to find fragments of them"""

    def knows(self, text: str) -> bool:
        """Whether the words are exactly a label of this table, but for layout."""
        return core(text) in self.all

    def resembles(self, text: str, level: float = 0.75) -> bool:
        """Whether the words are a label of this table, perhaps misprinted."""
        words = core(text)
        if words in self.all:
            return True
        return 2 <= len(words) <= 60 and any(likeness(words, label) >= level for label in self.all)

    def resembles_head(self, text: str) -> bool:
        """Whether the words are a column header of this table, perhaps misprinted."""
        words = core(text)
        return 2 <= len(words) <= 60 and any(likeness(words, head) >= 0.75 for head in self.heads)

    def has_fragment(self, text: str) -> bool:
        """Whether the words are a label or a part of one, as a table in pieces leaves them."""
        words = core(text)
        return bool(words) and (words in self.run or self.resembles(text))


def vocabulary(form: Form, table: str) -> Vocabulary:
    """The vocabulary of a table, built once."""
    return _vocabulary(form.version, table)


@cache
def _vocabulary(version: str, table: str) -> Vocabulary:
    # by name: a form is a deep value, and hashing it costs more than reading a row
    form = load_form(version)
    return Vocabulary(form.table(table), form.first_header)
