"""Compares the sentences of two reports, for the rules about copied text."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.claims.passages import Passage
from assistant.checks.lazy import regex

__all__ = ["Core", "cores_of", "share_in"]

Core = tuple[str, int, int]
"""A sentence without figures, years and ordinals, and its place in the compact text."""

_SHORTEST = 12
"""Shorter sentences are headings or set phrases that every report has."""
_CHANGING = regex(r"\d+(?:[.,]\d+)*|[一二三四五六七八九十]+是|（[一二三四五六七八九十]）|[，、：“”（）()\s]")
_SPLIT = regex(r"[^。！？；\n]+")


def cores_of(passage: Passage) -> Iterator[Core]:
    """The sentences of a passage that say something of their own, reduced to their words."""
    for match in _SPLIT.finditer(passage.compact):
        core = _CHANGING.sub("", match.group())
        if len(core) >= _SHORTEST:
            yield core, match.start(), match.end()


def share_in(cores: list[Core], others: set[str]) -> float:
    """Share of the sentences that also stand among others; 0 when there are none."""
    return sum(core in others for core, _, _ in cores) / len(cores) if cores else 0.0
