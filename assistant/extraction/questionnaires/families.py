"""Reads answers that give a number and why: 4件，不掌握3、需制作1 to 无法提供几件."""

from __future__ import annotations

import re

from assistant.extraction.ledgers.outcomes import read_outcome
from assistant.numerals import fold

__all__ = ["reasons_told"]

_WHOLE = re.compile(r"\s*(?P<number>\d{1,5})\s*[件份个宗起]?\s*[，,:：;；(（]\s*(?P<rest>[^\d].*?)[)）]?\s*$")
_SPLIT = re.compile(r"[、，,;；]")
_PART = re.compile(r"(?P<words>\D{2,20}?)(?P<number>\d{1,5})?\s*[件份个宗起]?\s*")


def reasons_told(answer: str, family: str, version: str) -> dict[str, int] | None:
    """The rows of a family (``deny``, ``na``, ``np``, ``ot``) that an answer names with their figures, which add up to its number;
    None where anything in it is not understood."""
    found = _WHOLE.fullmatch(fold(answer))
    if found is None:
        return None
    whole, rows = int(found["number"]), dict[str, int | None]()
    for words in _SPLIT.split(found["rest"]):
        part = _PART.fullmatch(words)
        told = read_outcome((part["words"],), version) if part is not None else None
        if part is None or told is None or len(told.rows) != 1 or not told.rows[0].startswith(f"{family}_"):
            return None
        if told.rows[0] in rows:
            return None
        rows[told.rows[0]] = int(part["number"]) if part["number"] else None
    if len(rows) == 1:
        row, value = next(iter(rows.items()))
        return {row: whole} if value in (None, whole) else None
    values = {row: value for row, value in rows.items() if value is not None}
    return values if len(values) == len(rows) and sum(values.values()) == whole else None
