"""Loads terse.toml: the sets of abbreviations, the words that count beside a figure, and the lexicon with the reader's own words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from assistant.extraction.lexicon import Entry, Lexicon

__all__ = ["HAN", "TermSet", "applicants", "side_words", "sides", "term_sets", "with_own_words"]

HAN = "\u4e00-\u9fff"
_FIGURE = r"[ \t]?\d"


@dataclass(frozen=True)
class TermSet:
    """Labels of one axis; ``words`` from the short label to its key, ``group`` the row that the word before them stands for."""

    name: str
    kind: str
    group: str
    behind: tuple[str, ...]
    fewest: int
    words: Mapping[str, str]

    def means(self, label: str, lexicon: Lexicon) -> tuple[Entry, ...]:
        """What a label means in this set: its short word, else a word of the lexicon; empty when it is none of its labels."""
        key = self.words.get(label)
        if key is not None:
            return (Entry("cue", "sum"),) if key == "total" else (Entry(self.kind, key),)
        known = tuple(e for e in lexicon.lookup(label) if e.kind == self.kind)
        if self.kind == "row" and self.behind:
            known = tuple(e for e in known if e.key in self.words.values())
        return known

    def head_of(self, words: str) -> str:
        """The word that the set stands behind, at the end of ``words``; empty where it stands behind none of them."""
        return max((w for w in self.behind if words.endswith(w)), key=len, default="")

    def without_head(self, label: str) -> str:
        """A label without the word of the head that is glued to it (规范性制2)."""
        head = max((w for w in self.behind if label.startswith(w)), key=len, default="")
        return label[len(head) :] if label[len(head) :] in self.words else label


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "terse.toml").read_text(encoding="utf-8"))


@cache
def term_sets() -> tuple[TermSet, ...]:
    """The sets in their order; KeyError when an entry is broken."""
    return tuple(
        TermSet(
            name,
            one["kind"],
            one.get("group", ""),
            tuple(one.get("behind", ())),
            one.get("fewest", 1),
            {word: key for key, words in one["words"].items() for word in words},
        )
        for name, one in _raw()["set"].items()
    )


@cache
def applicants() -> TermSet:
    """The set of applicants."""
    return next(s for s in term_sets() if s.name == "applicants")


@cache
def sides() -> dict[str, tuple[re.Pattern[str], tuple[Entry, ...]]]:
    """What must stand behind each side word, and what it means."""
    return {
        word: (re.compile(one.get("before", _FIGURE)), (Entry(one["kind"], one["key"]),))
        for one in _raw()["side"]
        for word in one["words"]
    }


@cache
def side_words() -> re.Pattern[str]:
    """Any side word behind a border."""
    words = sorted(sides(), key=len, reverse=True)
    return re.compile(rf"(?<![{HAN}])(?:{'|'.join(words)})")


@lru_cache(maxsize=4)
def with_own_words(lexicon: Lexicon) -> Lexicon:
    """The lexicon with the words of words.toml and abbreviations.toml behind its own."""
    for name in ("words.toml", "abbreviations.toml"):
        lexicon = lexicon.extended(tomllib.loads((files(__package__) / name).read_text(encoding="utf-8")))
    return lexicon
