"""Loads the lexicon: which words name which row, column, cue or unit; an office can add its own words without code."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from assistant.errors import InputError, reason_of
from assistant.extraction.spellings import State, initial_state, spelling_count
from assistant.numerals import fold

__all__ = ["Entry", "Lexicon", "default_lexicon", "default_units", "load_extension"]


class Entry(NamedTuple):
    """What a word stands for. ``kind``: row, t2row, t4block, t4col, t2col, col, fee, cue, decoy, ask, ask_col, unit."""

    kind: str
    key: str
    official: bool = False
    weak: bool = False
    form: str = ""


_ASKED = {("decoy", "ask"): "ask", ("decoy", "ask_applicant"): "ask_col"}
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
_WIDE = 48
"""spellings; a pattern of more is a loose one, and others speak first"""


class Lexicon:
    """Longest-match dictionary from words to entries; ``words`` are pairs of a pattern and its entries.

    A word of several patterns has the entries of all of them: later patterns come before earlier ones, so that an
    office's own words lead, and patterns of very many spellings come last, in their own order.
    """

    def __init__(self, words: Iterable[tuple[str, tuple[Entry, ...]]] = ()) -> None:
        self.words = tuple(words)
        self._start = initial_state(pattern for pattern, _ in self.words)
        self._start.expand()
        self._entries: dict[tuple[int, ...], tuple[Entry, ...]] = {}

    def __reduce__(self) -> tuple[type[Lexicon], tuple[tuple[tuple[str, tuple[Entry, ...]], ...]]]:
        # the words are enough to build it again in another process
        return Lexicon, (self.words,)

    @property
    def initials(self) -> Collection[str]:
        """The characters words start with."""
        return self._start.next.keys()

    def match(self, text: str, at: int) -> tuple[int, tuple[Entry, ...]] | None:
        """The longest word that starts at ``at``: its end and entries; None when no word starts there.

        没结 before 转 is not 未审结: a word never ends between 结 and 转.
        """
        found = self._longest(text, at, len(text))
        if found is None:
            return None
        border = text[found[0] - 1 : found[0] + 1]
        if border == "结转":
            return self._longest(text, at, found[0] - 1)
        if border == "请人":
            # 申请人 names a person, not a request
            return self._longest(text, at, found[0] - 2)
        return found

    def _longest(self, text: str, at: int, stop: int) -> tuple[int, tuple[Entry, ...]] | None:
        state: State | None = self._start.next.get(text[at])
        end = at
        ends: tuple[int, ...] = ()
        while state is not None and at < stop:
            at += 1
            if state.pending:
                state.expand()
            if state.ends:
                end, ends = at, state.ends
            state = state.next.get(text[at]) if at < stop else None
        return (end, self._entries.get(ends) or self._merged(ends)) if ends else None

    def _merged(self, ends: tuple[int, ...]) -> tuple[Entry, ...]:
        def rank(index: int) -> tuple[bool, int]:
            wide = spelling_count(self.words[index][0]) > _WIDE
            return wide, index if wide else -index

        order = sorted(ends, key=rank) if len(ends) > 1 else ends
        self._entries[ends] = tuple(dict.fromkeys(e for i in order for e in self.words[i][1]))
        return self._entries[ends]

    def lookup(self, word: str) -> tuple[Entry, ...]:
        """Entries of exactly this word, empty when unknown."""
        matched = self.match(word, 0) if word else None
        return matched[1] if matched is not None and matched[0] == len(word) else ()

    def extended(self, extra: Mapping[str, Any]) -> Lexicon:
        """A lexicon with an office's own words added (same layout as lexicon.toml); InputError on unknown sections."""
        return Lexicon((*self.words, *_entries(extra)))


@cache
def _shipped() -> dict[str, Any]:
    return tomllib.loads((files("assistant.extraction") / "lexicon.toml").read_text(encoding="utf-8"))


@cache
def default_lexicon() -> Lexicon:
    """The lexicon shipped with the package."""
    return Lexicon(_entries({name: body for name, body in _shipped().items() if name != "unit"}))


@cache
def default_units() -> Lexicon:
    """Measure words; they count only directly behind a figure."""
    return Lexicon(_entries({"unit": _shipped()["unit"]}))


def load_extension(path: Path, base: Lexicon) -> Lexicon:
    """``base`` with the words of an office's own TOML file; InputError when the file is missing or wrong."""
    try:
        return base.extended(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(f"词表 {path} 读不出来：{reason_of(error)}；请检查 --lexicon") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"词表 {path} 不是 UTF-8 编码的 TOML；请按 docs/reading.md 的格式书写") from error


def _entries(raw: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    for section, notions in raw.items():
        if section not in _KINDS:
            raise InputError(f"词表中没有“{section}”这一类；可用：{'、'.join(_KINDS)}")
        for key, body in notions.items():
            kind = _ASKED.get((section, key)) or _KINDS[section]
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
