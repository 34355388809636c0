"""Reads what a material itself says about its applicants: 合作社计入商业企业, 村委会归入其他."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.extraction.ledgers.applicants import typed
from assistant.extraction.ledgers.vocabulary import every_match
from assistant.extraction.lexicon import default_lexicon
from assistant.numerals import fold

__all__ = ["kinds_declared"]

_AROUND = re.compile("^[一二两三四五六七八九十件个份是有另还那]+|[提递寄来]的?$")
"""what stands around the word: 1件是村民小组提的"""


def kinds_declared(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of a word for applicants and the key of the column that is to count them."""
    found: dict[str, str] = {}
    for text in texts:
        for match in every_match("declared.kinds", fold(text)):
            told = typed(match["kind"])
            word = _AROUND.sub("", match["word"])
            if told.sure and len(told.cols) == 1 and len(word) > 1 and not _is_known(word):
                found.setdefault(word, told.cols[0])
    return tuple(found.items())


def _is_known(word: str) -> bool:
    """书面撤回，列入“其他”, 企业算“其他”: a result, or a kind that needs no telling."""
    ends = (word[at:] for at in range(len(word) - 1))
    entries = (entry for end in ends for entry in default_lexicon().lookup(end))
    return any(entry.kind in ("row", "cue", "col") for entry in entries)
