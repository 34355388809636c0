"""Loads the constructions of frames.toml and finds them in a sentence written as signs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Frame", "Made", "all_frames", "made_in"]


@dataclass(frozen=True)
class Frame:
    """One construction: what it makes of the figures its pattern names."""

    name: str
    makes: str
    pattern: re.Pattern[str]
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Made:
    """A construction found: ``start`` to ``end`` are places in the signs, ``parts`` the places of each named group."""

    frame: Frame
    start: int
    end: int
    parts: dict[str, tuple[int, int]]


@cache
def all_frames() -> tuple[Frame, ...]:
    """The frames in their order, which is their precedence; KeyError or re.error when an entry is broken."""
    raw = tomllib.loads((files(__package__) / "frames.toml").read_text(encoding="utf-8"))
    return tuple(
        Frame(
            f["name"],
            f["makes"],
            re.compile(f["pattern"]),
            tuple((text, kinds) for text, kinds in f["examples"]),
        )
        for f in raw["frame"]
    )


def made_in(signs: str) -> Sequence[Made]:
    """The constructions of a sentence, left to right, none over another; an earlier frame goes before a later one."""
    taken = bytearray(len(signs))
    found: list[Made] = []
    for made in _all_matches(signs):
        if not any(taken[made.start : made.end]):
            taken[made.start : made.end] = b"\1" * (made.end - made.start)
            found.append(made)
    return sorted(found, key=lambda made: made.start)


def _all_matches(signs: str) -> Iterator[Made]:
    if signs.count("N") + signs.count("0") < 1:
        return
    for frame in all_frames():
        for match in frame.pattern.finditer(signs):
            if frame.makes == "dealt" and match["labels"].count("L") + 1 < match["items"].count("N"):
                # more figures than labels (one word may stand for two): no list that is dealt out
                continue
            parts = {name: match.span(name) for name, text in match.groupdict().items() if text is not None}
            yield Made(frame, match.start(), match.end(), parts)
