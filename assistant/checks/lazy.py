"""Regular expressions that are compiled when they are first used.

The rules have some two hundred patterns; a single report needs about half of them, and compiling all at import would take
longer than checking the report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

__all__ = ["HAN", "Choice", "regex"]

HAN = r"[^\W\d_A-Za-z]"
"""A Chinese character, as a pattern. Written by categories: a range of twenty thousand characters takes Python 3.11 a
millisecond to compile, wherever it stands."""


_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _Lazy:
    """Stands for a pattern; its first use compiles it and puts the compiled methods in place of itself."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern, self.flags = source, flags

    def __getattr__(self, name: str) -> object:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """Like ``re.compile``, but nothing is compiled until a method is called; re.error is raised only then."""
    return cast("re.Pattern[str]", _Lazy(source, flags))


class Choice:
    """Tells which of several named wordings a whole label is; the first that fits, in the order given.

    ``lead`` and ``tail`` are patterns that may stand around every wording; they are compiled once for all of them.
    Wordings have no groups of their own.
    """

    def __init__(self, wordings: Mapping[str, Sequence[str]], lead: str, tail: str) -> None:
        self.keys = tuple(wordings)
        named = (f"(?P<w{i}>{'|'.join(wordings[key])})" for i, key in enumerate(self.keys))
        self._pattern = regex(f"{lead}(?:{'|'.join(named)}){tail}")

    def key(self, label: str) -> str | None:
        """The name of the wording; None where the label is none of them."""
        match = self._pattern.fullmatch(label)
        if match is None:
            return None
        assert match.lastgroup is not None, "every branch is named"
        return self.keys[int(match.lastgroup[1:])]
