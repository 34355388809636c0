"""Recognises the header lines of a pasted table and says which words stand over each column."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.extraction.pasted import GridCell
from assistant.extraction.tokens import Token
from assistant.forms import FORM_VERSIONS, load_form
from assistant.numerals import fold

__all__ = ["Headers", "Layout"]


def _plain_label(text: str) -> str:
    return re.sub(r"[\s()（）/、:]|单位|万元", "", fold(text))


_COLUMN_LABELS = {
    _plain_label(column.label)
    for version in FORM_VERSIONS
    for table in load_form(version).tables
    for column in table.columns
    if len(column.label) > 2
}
"""headers of every form version: the columns of another version are known, and not read as this one's"""


@dataclass
class Layout:
    """Headers in force: words per column, counted from the left and (for figures without label shift) from the right."""

    headers: list[list[Token]]
    texts: list[str]
    width: int
    label_width: int
    said_from: int = 0
    """number of statements read before this header"""


class Headers:
    """Reads header lines; ``words`` gives the words of the lexicon in a label."""

    def __init__(self, words: Callable[[str], list[Token]]) -> None:
        self._words = words

    def found_in(self, row: list[GridCell]) -> bool:
        """Whether a line is a header: names of columns or rows, and no figures but a year in its corner."""
        figures = [c for c in row if c.number is not None]
        if len(figures) > 1 or any(
            c is not row[0] or not re.fullmatch(r"20\d\d", fold(c.text)) for c in figures
        ):
            return False
        if sum(_plain_label(c.text) in _COLUMN_LABELS for c in row) >= 2:
            return True
        known = sum(
            any(
                e.kind in ("col", "t2col", "t4col", "t4block", "row", "t2row")
                for t in self._words(c.text)
                for e in t.entries
            )
            for c in row[1:]
        )
        others = sum(1 for c in row[1:] if fold(c.text) in ("其他", "其它", "总计", "合计", "小计", "数量"))
        titled = len(row) >= 3 and others >= 1 and not known and all(0 < len(c.text) <= 10 for c in row[1:])
        return known + others >= 2 or titled or (known == 1 and len([c for c in row if c.text]) == 2)

    def of(self, row: list[GridCell]) -> Layout:
        """The layout that a header line sets."""
        headers = [self._header_words(c, row, i) for i, c in enumerate(row)]
        first = next((i for i, words in enumerate(headers) if i and words), 1)
        if headers[0] and any(e.kind in ("col", "t4col", "t2col") for t in headers[0] for e in t.entries):
            first = 0
        return Layout(headers, [c.text for c in row], len(row), first)

    def _header_words(self, cell: GridCell, row: list[GridCell], index: int) -> list[Token]:
        words = self._words(cell.text)
        if fold(cell.text) in ("总计", "合计", "小计", "共计", "总数"):
            return [w for w in words if w.cue("sum")]
        if fold(cell.text) in ("其他", "其它"):
            applicants = any(e.kind == "col" for c in row for t in self._words(c.text) for e in t.entries)
            key = (
                "其他组织"
                if applicants
                else "其他结果"
                if any(t.has("t4col") for c in row for t in self._words(c.text))
                else cell.text
            )
            return self._words(key)
        return words

    def completed(self, upper: Layout | None, row: list[GridCell]) -> Layout:
        """A second header line completes the first: its words win where it has any."""
        lower = self.of(row)
        if upper is None or upper.width != lower.width:
            return lower
        headers = [low or up for low, up in zip(lower.headers, upper.headers, strict=True)]
        return replace(lower, headers=headers)
