"""What the words of a label may name: the lexicon and words.toml, read by sound so that typing faults do not matter."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from assistant.extraction.lexicon import Entry, Lexicon, default_lexicon
from assistant.forms import load_form
from assistant.numerals import fold

__all__ = [
    "Name",
    "Piece",
    "core",
    "either_of",
    "line_words",
    "pieces",
    "shape",
    "short_sets",
    "sound",
]


class Name(NamedTuple):
    """One thing a word names. ``kind``: row, t2row, t4block, fee (lines of the form), col, t2col, t4col (its columns), decoy, ask, mark."""

    kind: str
    key: str


class Piece(NamedTuple):
    """A stretch of a label and what it names; ``strong`` and ``weak`` are empty where nobody knows the word."""

    text: str
    strong: tuple[Name, ...] = ()
    weak: tuple[Name, ...] = ()


_STATUTORY = frozenset(
    {"row", "t2row", "t4block", "t4col", "t2col", "col", "fee", "decoy", "ask", "ask_col", "mark"}
)


@cache
def _data() -> dict[str, Any]:
    text = (files("assistant.extraction.tables") / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _sounds() -> dict[int, str]:
    return {ord(char): group[0] for group in _data()["sounds"]["classes"] for char in group[1:]}


def sound(text: str) -> str:
    """The text with characters of one sound written alike: 部份公开 and 部分公开 are the same. Offsets stay valid."""
    return text.translate(_sounds())


@cache
def shape(name: str) -> re.Pattern[str]:
    """A pattern of words.toml for what a name looks like: unit, inner_unit, government."""
    return re.compile(_data()["shapes"][name])


@cache
def _lexicon() -> Lexicon:
    own = default_lexicon().extended(_data()["lexicon"])
    words = [(sound(word), kept) for word, entries in own.words if (kept := _kept(entries))]
    for key, patterns in _data()["marks"].items():
        words += [(sound(fold(pattern)), (Entry("mark", key),)) for pattern in patterns]
    return Lexicon(words)


def _kept(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.kind in _STATUTORY)


@cache
def short_sets() -> tuple[tuple[dict[str, str], dict[str, str]], ...]:
    """Sets of labels of one character: words by character, and those that only go with them (其, 计)."""
    return tuple((one["words"], one["general"]) for one in _data()["short"])


@cache
def _dropped() -> frozenset[str]:
    return frozenset(sound(word) for word in _data()["drop"]["words"])


def either_of(heard: str) -> tuple[Name, ...]:
    """The rows that a label (its :func:`core`) fits equally well, where it fits more than one."""
    return _either().get(heard, ())


@cache
def _either() -> dict[str, tuple[Name, ...]]:
    return {core(word): tuple(Name("row", key) for key in keys) for word, keys in _data()["either"].items()}


def pieces(words: str, form: str) -> list[Piece]:
    """The known and unknown stretches of a folded label without blanks, longest words first.

    A word of one character counts only where it is the whole label: 公 names a row, 公告 does not.
    """
    text = sound(words)
    found: list[Piece] = []
    at = unknown = 0
    while at < len(text):
        match = _lexicon().match(text, at)
        if match is None or (match[0] - at == 1 and not _may_be_short(match[1], len(text))):
            at += 1
            continue
        if unknown < at:
            found.append(Piece(words[unknown:at]))
        found.append(_piece(words[at : match[0]], text[at : match[0]], match[1], form))
        at = unknown = match[0]
    if unknown < len(words):
        found.append(Piece(words[unknown:]))
    return found


def _may_be_short(entries: tuple[Entry, ...], length: int) -> bool:
    return length == 1 or any(entry.kind == "mark" and entry.key == "fill" for entry in entries)


def _piece(words: str, heard: str, entries: tuple[Entry, ...], form: str) -> Piece:
    mine = [entry for entry in entries if entry.form in ("", form)]
    if heard in _dropped() or (len(words) == 1 and any(entry.key == "fill" for entry in mine)):
        return Piece(words, (Name("mark", "fill"),))
    strong = dict.fromkeys(Name(entry.kind, entry.key) for entry in mine if not entry.weak)
    weak = dict.fromkeys(Name(entry.kind, entry.key) for entry in mine if entry.weak)
    return Piece(words, tuple(strong), tuple(name for name in weak if name not in strong))


@cache
def line_words(form: str) -> dict[str, tuple[Name, ...]]:
    """The form's own labels by sound, without ordinals, for labels with a fault in one character."""
    named: dict[str, list[Name]] = {}
    layout = load_form(form)
    for table in layout.tables:
        kind = {"table3": "row", "table4": "t4block"}.get(table.key, "t2row")
        column_kind = {"table3": "col", "table4": "t4col"}.get(table.key, "t2col")
        for row in table.rows:
            for label in {row.label, row.label.split("、")[0] if len(row.label) > 20 else row.label}:
                named.setdefault(core(label), []).append(Name(kind, row.key))
        for column in table.columns:
            named.setdefault(core(column.label), []).append(Name(column_kind, column.key))
    return {words: tuple(dict.fromkeys(names)) for words, names in named.items() if len(words) >= 4}


_ORDINAL = re.compile(
    r"^(?:[(]?[一二三四五六七八九十]{1,3}[)、.．]+|[(]?\d{1,2}(?:[.)、．](?!\d)|(?=[^\d\s.,%月季年/\-])))"
)
_NOT_WORDS = re.compile(r"[^\w%+/±]|_")


def core(text: str) -> str:
    """The words of a label by sound: no ordinal, punctuation or blank."""
    bare = fold(text).replace(" ", "").replace("\n", "")
    return sound(_NOT_WORDS.sub("", _ORDINAL.sub("", bare, count=1)))
