"""Loads the lexicon: which words name which row, column, cue or unit; an office can add its own words without code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import prod
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.numerals import fold

__all__ = ["Entry", "Lexicon", "default_lexicon", "default_units", "load_extension"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word stands for. ``kind``: row, t2row, t4block, t4col, t2col, col, fee, cue, decoy, ask, unit."""

    kind: str
    key: str
    official: bool = False
    weak: bool = False
    form: str = ""


_KINDS = {
    "table3": "row",
    "table2": "t2row",
    "table4": "t4block",
    "table4_columns": "t4col",
    "table2_columns": "t2col",
    "applicant": "col",
    "fee": "fee",
    "cue": "cue",
    "unit": "unit",
    "decoy": "decoy",
}
_LITERAL_LIMIT = 48


class Lexicon:
    """Longest-match dictionary from words to entries (a word may have several).

    Short patterns are kept as literal words in a dictionary; patterns with many variants stay regular expressions,
    indexed by the characters they can start with.
    """

    def __init__(
        self,
        words: Mapping[str, tuple[Entry, ...]],
        patterns: tuple[tuple[str, tuple[Entry, ...]], ...] = (),
    ) -> None:
        self._words = dict(words)
        self._patterns = patterns
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}
        self._regexes: dict[str, list[tuple[re.Pattern[str], tuple[Entry, ...]]]] = {}
        for pattern, entries in patterns:
            tree = _parse(pattern)
            compiled = re.compile(tree.regex())
            for first in tree.first():
                self._regexes.setdefault(first, []).append((compiled, entries))

    def match(self, text: str, at: int) -> tuple[int, tuple[Entry, ...]] | None:
        """The longest word that starts at ``at``: its end and entries; None when no word starts there.

        没结 before 转 is not 未审结: a word never ends between 结 and 转.
        """
        found = self._longest(text, at)
        if found is not None and text[found[0] - 1] == "结" and text[found[0] : found[0] + 1] == "转":
            return self._longest(text[: found[0] - 1], at)
        if found is not None and text[found[0] - 1] == "请" and text[found[0] : found[0] + 1] == "人":
            # 申请人 names a person, not a request
            return self._longest(text[: found[0] - 2], at) if found[0] - 2 > at else None
        return found

    def _longest(self, text: str, at: int) -> tuple[int, tuple[Entry, ...]] | None:
        end, found = at, ()  # type: tuple[int, tuple[Entry, ...]]
        for size in self._lengths.get(text[at], ()):
            entries = self._words.get(text[at : at + size])
            if entries is not None and at + size <= len(text):
                end, found = at + size, entries
                break
        for regex, entries in self._regexes.get(text[at], ()):
            matched = regex.match(text, at)
            if matched is not None and matched.end() > end:
                end, found = matched.end(), entries
            elif matched is not None and matched.end() == end and end > at:
                found = tuple(dict.fromkeys([*found, *entries]))
        return (end, found) if found else None

    def lookup(self, word: str) -> tuple[Entry, ...]:
        """Entries of exactly this word, empty when unknown."""
        matched = self.match(word, 0) if word else None
        return matched[1] if matched is not None and matched[0] == len(word) else ()

    def extended(self, extra: Mapping[str, Any]) -> Lexicon:
        """A lexicon with an office's own words added (same layout as lexicon.toml); InputError on unknown sections."""
        words, patterns = dict(self._words), list(self._patterns)
        for pattern, entries in _entries(extra):
            tree = _parse(pattern)
            if tree.size() > _LITERAL_LIMIT:
                patterns.append((pattern, entries))
                continue
            for word in tree.words():
                if word:
                    words[word] = tuple(dict.fromkeys([*entries, *words.get(word, ())]))
        return Lexicon(words, tuple(patterns))


@cache
def default_lexicon() -> Lexicon:
    """The lexicon shipped with the package."""
    raw = tomllib.loads((files("assistant.extraction") / "lexicon.toml").read_text(encoding="utf-8"))
    raw.pop("unit")
    return Lexicon({}).extended(raw)


@cache
def default_units() -> Lexicon:
    """Measure words; they count only directly behind a figure."""
    raw = tomllib.loads((files("assistant.extraction") / "lexicon.toml").read_text(encoding="utf-8"))
    return Lexicon({}).extended({"unit": raw["unit"]})


def load_extension(path: Path, base: Lexicon) -> Lexicon:
    """``base`` with the words of an office's own TOML file; InputError when the file is missing or wrong."""
    try:
        return base.extended(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"词表 {path.name} 读不出来：{error}；请按 docs/reading.md 的格式书写") from error


def _entries(raw: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    for section, notions in raw.items():
        if section not in _KINDS:
            raise InputError(f"词表中没有“{section}”这一类；可用：{'、'.join(_KINDS)}")
        for key, body in notions.items():
            kind = "ask" if (section, key) == ("decoy", "ask") else _KINDS[section]
            form = (body.get("forms") or [""])[0]
            for name, patterns in body.items():
                if name == "forms":
                    continue
                strength, _, version = name.partition("_")
                if strength not in ("official", "words", "weak"):
                    raise InputError(
                        f"词表 {section}.{key} 中没有“{name}”这一栏；可用：official、words、weak"
                    )
                for pattern in patterns:
                    yield (
                        fold(pattern),
                        (Entry(kind, key, strength == "official", strength == "weak", version or form),),
                    )


@dataclass(frozen=True)
class _Node:
    """A parsed pattern: a sequence of characters and choices."""

    items: tuple[str | tuple[_Node, ...], ...]

    def size(self) -> int:
        return prod(1 if isinstance(i, str) else sum(n.size() for n in i) for i in self.items)

    def words(self) -> list[str]:
        words = [""]
        for item in self.items:
            options = [item] if isinstance(item, str) else [w for n in item for w in n.words()]
            words = [w + o for w in words for o in options]
        return list(dict.fromkeys(words))

    def regex(self) -> str:
        parts = []
        for item in self.items:
            if isinstance(item, str):
                parts.append(re.escape(item))
            else:
                # longer alternatives first, so that the greedy match is the longest one
                options = sorted((n.regex() for n in item), key=len, reverse=True)
                parts.append(f"(?:{'|'.join(options)})")
        return "".join(parts)

    def first(self) -> set[str]:
        """Characters a match can start with."""
        starts: set[str] = set()
        for item in self.items:
            if isinstance(item, str):
                return starts | {item}
            empty = False
            for node in item:
                starts |= node.first()
                empty = empty or node.nullable()
            if not empty:
                return starts
        return starts

    def nullable(self) -> bool:
        return all(not isinstance(i, str) and any(n.nullable() for n in i) for i in self.items)


@cache
def _parse(pattern: str) -> _Node:
    """Parse ``[x]`` optional and ``{a|b}`` choice, nested as needed; InputError when unbalanced."""
    node, rest = _sequence(pattern, 0, "")
    if rest != len(pattern) or node.nullable():
        raise InputError(f"词表中的写法“{pattern}”括号不配对或为空；[可省略]、{{甲|乙}} 须成对")
    return node


def _sequence(pattern: str, at: int, stops: str) -> tuple[_Node, int]:
    items: list[str | tuple[_Node, ...]] = []
    while at < len(pattern) and pattern[at] not in stops:
        char = pattern[at]
        if char in "[{":
            options, at = _options(pattern, at + 1, "]" if char == "[" else "}")
            items.append((*options, _Node(())) if char == "[" else options)
        else:
            items.append(char)
            at += 1
    return _Node(tuple(items)), at


def _options(pattern: str, at: int, close: str) -> tuple[tuple[_Node, ...], int]:
    options: list[_Node] = []
    while True:
        node, at = _sequence(pattern, at, "|" + close)
        options.append(node)
        if at >= len(pattern):
            raise InputError(f"词表中的写法“{pattern}”括号不配对；[可省略]、{{甲|乙}} 须成对")
        if pattern[at] == close:
            return tuple(options), at + 1
        at += 1
