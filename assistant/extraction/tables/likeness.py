"""Finds the label of the form that differs by little from the one typed: 本机关不掌握相关正府信息."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.extraction.tables.vocabulary import Name, core, line_words

__all__ = ["alike"]

_FAULTS = 0.8
_CLOSE = 0.85
"""likeness from which a label is as good as the form's own"""
_PART = re.compile("^其中[:：]?")


def alike(words: str, form: str) -> tuple[tuple[Name, ...], bool] | None:
    """What the one label names that differs by little, and whether by very little; None where there is none or more."""
    heard = core(_PART.sub("", words))
    if len(heard) < 4:
        return None
    scores: dict[tuple[Name, ...], float] = {}
    for official, names in line_words(form).items():
        score = _likeness(heard, official)
        if score >= _FAULTS:
            scores[names] = max(score, scores.get(names, 0.0))
    best = max(scores.values(), default=0.0)
    winners = [names for names, score in scores.items() if score > best - 0.08]
    return (winners[0], best >= _CLOSE) if len(winners) == 1 else None


@lru_cache(maxsize=65_536)
def _likeness(one: str, other: str) -> float:
    short, long = sorted((one, other), key=len)
    if len(short) >= 6 and long.startswith(short):
        return 0.9
    if len(short) * 2 < (len(short) + len(long)) * _FAULTS or len(long) > 80:
        return 0.0
    shared = min(sum(char in other for char in one), sum(char in one for char in other))
    if 2 * shared < (len(one) + len(other)) * _FAULTS:
        # most pairs share few characters, and counting them is cheap
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
