"""Finds lines of a label and figures in an order that a line before declares: 依次：自然人,企业,科研 above 新收(63,11,0) 合74."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.extraction.statements import Span
from assistant.extraction.tables.declared import Legend
from assistant.numerals import fold

__all__ = ["Vector", "vector_in"]

_LINE = re.compile(
    r"\s*(?P<label>[^\d()\[\]:：,，。;；=]{2,24}?)\s*[:：=]?\s*[(\[]?\s*(?P<figures>\d+(?:\s*[,，/、]\s*\d+|\s+\d+)+)\s*[)\]]?"
    r"(?:\s*[,，;；=]?\s*(?:合计?|总计?|共计?|计)?\s*[:：]?\s*(?P<total>\d+)\s*件?)?\s*[。;；]?\s*"
)
_FEWEST = 2


@dataclass(frozen=True)
class Vector:
    """A label, its figures in the order declared, and what they are together, if it is said."""

    label: Span
    figures: tuple[Span, ...]
    total: Span | None


def vector_in(text: str, start: int, end: int, legend: Legend | None) -> Vector | None:
    """The vector of a line that holds nothing else; None where its figures are not as many as the columns declared."""
    found = _LINE.fullmatch(fold(text[start:end])) if legend is not None else None
    if found is None or legend is None or len(legend.labels) < _FEWEST:
        return None
    at = start + found.start("figures")
    figures = [Span(at + m.start(), at + m.end()) for m in re.finditer(r"\d+", found["figures"])]
    total = Span(start + found.start("total"), start + found.end("total")) if found["total"] else None
    if len(figures) == len(legend.labels) + 1 and total is None:
        total = figures.pop()
    if len(figures) != len(legend.labels):
        return None
    return Vector(Span(start + found.start("label"), start + found.end("label")), tuple(figures), total)
