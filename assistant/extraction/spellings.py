"""Finds the longest of many words in a text; a word is written with ``[x]`` for what may be left out and ``{a|b}`` for a choice.

All patterns together make one automaton over characters. It is built while texts are read: a state learns where it leads
when a text first comes there, so that a process pays for the words it meets and not for all spellings there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import prod
from typing import TypeAlias

from assistant.errors import InputError

__all__ = ["State", "initial_state", "spelling_count"]

_Spelling: TypeAlias = "tuple[str | tuple[_Spelling, ...], ...]"
"""a parsed pattern: runs of characters, and choices between spellings"""
_PARTS = re.compile(r"[\[\]{}|]|[^\[\]{}|]+")


class _Spot:
    """A character of a pattern and the spots that may follow it; without a character, the end of the pattern ``index``."""

    __slots__ = ("char", "index", "then")

    def __init__(self, char: str, then: tuple[_Spot, ...] = (), index: int = -1) -> None:
        self.char = char
        self.then = then
        self.index = index


class State:
    """What has been read of a word so far. :meth:`expand` it while ``pending``; then ``next`` and ``ends`` hold."""

    __slots__ = ("ends", "next", "pending")

    def __init__(self, spots: Iterable[_Spot]) -> None:
        self.pending = tuple(dict.fromkeys(spots))
        """spots not looked at yet"""
        self.next: dict[str, State] = {}
        self.ends: tuple[int, ...] = ()
        """indexes of the patterns that are complete here"""

    def expand(self) -> None:
        """Learn the next states. Threads that come here at the same time learn the same."""
        spots = self.pending
        behind: dict[str, list[_Spot]] = {}
        for spot in spots:
            if spot.char:
                behind.setdefault(spot.char, []).extend(spot.then)
        if spots:
            self.ends = tuple(spot.index for spot in spots if not spot.char)
            self.next = {char: State(then) for char, then in behind.items()}
            self.pending = ()


def initial_state(patterns: Iterable[str]) -> State:
    """The state before the first character; InputError when a pattern is unbalanced or may be empty."""
    spots: list[_Spot] = []
    for index, pattern in enumerate(patterns):
        spots += _linked(_parse(pattern), (_Spot("", index=index),))
    return State(spots)


def spelling_count(pattern: str) -> int:
    """How many ways of writing a pattern stands for."""
    return _count(_parse(pattern))


def _count(spelling: _Spelling) -> int:
    return prod(1 if isinstance(item, str) else sum(map(_count, item)) for item in spelling)


def _linked(spelling: _Spelling, then: tuple[_Spot, ...]) -> tuple[_Spot, ...]:
    """The spots a spelling may start with, when ``then`` may follow it."""
    for item in reversed(spelling):
        if isinstance(item, str):
            for char in reversed(item):
                then = (_Spot(char, then),)
        else:
            then = tuple(dict.fromkeys(spot for option in item for spot in _linked(option, then)))
    return then


def _parse(pattern: str) -> _Spelling:
    parts = _PARTS.findall(pattern)
    spelling, _ = _sequence(parts, 0, "")
    if _may_be_empty(spelling):
        raise _unbalanced(pattern)
    return spelling


def _sequence(parts: list[str], at: int, stops: str) -> tuple[_Spelling, int]:
    items: list[str | tuple[_Spelling, ...]] = []
    while at < len(parts) and parts[at] not in stops:
        part = parts[at]
        at += 1
        if part in "[{":
            options, at = _options(parts, at, "]" if part == "[" else "}")
            items.append((*options, ()) if part == "[" else options)
        else:
            items.append(part)
    return tuple(items), at


def _options(parts: list[str], at: int, close: str) -> tuple[tuple[_Spelling, ...], int]:
    options: list[_Spelling] = []
    while True:
        spelling, at = _sequence(parts, at, "|" + close)
        options.append(spelling)
        if at >= len(parts):
            raise _unbalanced("".join(parts))
        at += 1
        if parts[at - 1] == close:
            return tuple(options), at


def _may_be_empty(spelling: _Spelling) -> bool:
    return all(not isinstance(item, str) and any(map(_may_be_empty, item)) for item in spelling)


def _unbalanced(pattern: str) -> InputError:
    return InputError(f"词表中的写法“{pattern}”括号不配对或为空；[可省略]、{{甲|乙}} 须成对")
