"""Knows labels of one character by the others beside them: 自 alone may be anything, 自 企 法 计 are applicants."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.extraction.tables.vocabulary import short_sets

__all__ = ["long_forms"]

_FEWEST = 2


def long_forms(labels: Iterable[str]) -> dict[str, str]:
    """The whole words for labels of one character, 其中 in front left aside, where all of these are of one set and at least two
    tell it; empty otherwise."""
    texts = dict.fromkeys("".join(label.split()) for label in labels)
    short = {text: text.removeprefix("其中") for text in texts if len(text.removeprefix("其中")) == 1}
    for words, general in short_sets():
        told = [one for one in short.values() if one in words]
        if len(set(told)) >= _FEWEST and all(one in words or one in general for one in short.values()):
            longer = {**general, **words}
            return {text: ("其中" if text != one else "") + longer[one] for text, one in short.items()}
    return {}
