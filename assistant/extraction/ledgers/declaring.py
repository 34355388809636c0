"""Reads what a material itself says about its applicants: 合作社计入商业企业, 村委会归入其他."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.extraction.ledgers.applicants import typed
from assistant.extraction.ledgers.vocabulary import every_match
from assistant.numerals import fold

__all__ = ["kinds_declared"]


def kinds_declared(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of a word for applicants and the key of the column that is to count them."""
    found: dict[str, str] = {}
    for text in texts:
        for match in every_match("declared.kinds", fold(text)):
            told = typed(match["kind"])
            if told.sure and len(told.cols) == 1:
                found.setdefault(match["word"], told.cols[0])
    return tuple(found.items())
