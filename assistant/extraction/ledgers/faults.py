"""Labels with a wrong character: 自燃人, 执法案券, 过程型信息. They are looked at only where no word as written says anything."""

from __future__ import annotations

from functools import cache, lru_cache

from assistant.extraction.ledgers.vocabulary import register_lexicon
from assistant.extraction.sentences.mending import mended

__all__ = ["differs_once", "put_right", "unlike"]

_SHORTEST = 4
"""characters of a word that is known again with one of them wrong"""
_TURNING = frozenset("不未非无没可已予")
"""characters that turn the sense: 不公开 is no 已公开 mistyped"""


def differs_once(word: str, meant: str) -> bool:
    """Whether two words as long differ in one character only."""
    return len(word) == len(meant) and sum(a != b for a, b in zip(word, meant, strict=True)) == 1


def put_right(text: str) -> str:
    """The text with the faults that are known as such put right, as long as before."""
    return mended(text, register_lexicon())


@lru_cache(maxsize=4096)
def unlike(text: str) -> str:
    """The text with one word of the form in place of one that differs in a character; the text itself where there is none,
    or where several words are as near."""
    found = {
        text[:at] + word + text[at + len(word) :]
        for at in range(len(text) - _SHORTEST + 1)
        for word in _by_rest(text, at)
    }
    return next(iter(found)) if len(found) == 1 else text


def _by_rest(text: str, at: int) -> set[str]:
    """The words that begin here but for one character."""
    found: set[str] = set()
    for size in _sizes():
        piece = text[at : at + size]
        if len(piece) < size:
            break
        for gap in range(size):
            for word in _gapped().get((piece[:gap], piece[gap + 1 :]), ()):
                if word != piece and not {word[gap], piece[gap]} & _TURNING:
                    found.add(word)
    return found


@cache
def _gapped() -> dict[tuple[str, str], tuple[str, ...]]:
    """Words of the rows of the form by what is left of them without one character."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for word, entries in register_lexicon().words:
        plain = len(word) >= _SHORTEST and not set(word) & set("[]{}|…")
        if plain and any(entry.kind == "row" and not entry.weak for entry in entries):
            for gap in range(len(word)):
                key = (word[:gap], word[gap + 1 :])
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), word)))
    return found


@cache
def _sizes() -> tuple[int, ...]:
    return tuple(sorted({len(a) + len(b) + 1 for a, b in _gapped()}))
