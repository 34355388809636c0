"""The words of registers (words.toml) in the shape the readers of cells ask for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from assistant.extraction.lexicon import Entry, Lexicon, default_lexicon

__all__ = ["Word", "data", "every_match", "first_match", "matches", "register_lexicon", "words_of"]


@cache
def data() -> dict[str, Any]:
    """What words.toml holds."""
    text = (files("assistant.extraction.ledgers") / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def register_lexicon() -> Lexicon:
    """The lexicon of the reader with the wordings that clerks use in the cells of registers."""
    return default_lexicon().extended(data()["lexicon"])


@cache
def _compiled(path: str) -> re.Pattern[str]:
    value: Any = data()
    for part in path.split("."):
        value = value[part]
    return re.compile(value if isinstance(value, str) else "|".join(value))


def matches(path: str, text: str) -> bool:
    """Whether the pattern at ``path`` of words.toml (``marks.void``) occurs in the folded text."""
    return _compiled(path).search(text) is not None


def first_match(path: str, text: str) -> re.Match[str] | None:
    """Where the pattern at ``path`` of words.toml occurs in the folded text."""
    return _compiled(path).search(text)


def every_match(path: str, text: str) -> Iterator[re.Match[str]]:
    """All places where the pattern at ``path`` of words.toml occurs in the folded text."""
    return _compiled(path).finditer(text)


class Word(NamedTuple):
    """A word of the lexicon in a text."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]


def words_of(text: str, form: str) -> list[Word]:
    """Words of at least two characters in a folded text, left to right, with the entries that hold for a form version.

    没有现成的 in 答复没有现成的 goes before 答复没有: of two words that overlap, the longer one.
    """
    lexicon = register_lexicon()
    found: list[Word] = []
    at = 0
    while at < len(text):
        match = lexicon.match(text, at)
        if match is None or match[0] - at < 2:
            at += 1
            continue
        start, end, entries = at, *match
        for later in range(at + 1, end):
            other = lexicon.match(text, later)
            if other is not None and other[0] > end and other[0] - later > end - at:
                start, end, entries = later, *other
                break
        held = tuple(entry for entry in entries if entry.form in ("", form))
        if held:
            found.append(Word(start, end, text[start:end], held))
        at = end
    return found
