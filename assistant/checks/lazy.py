"""Regular expressions that are compiled when they are first used, and word lists that need no compiling.

The rules have some two hundred patterns; a single report needs about half of them, and compiling all at import would take
longer than checking the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, cast

__all__ = ["HAN", "NUMERAL", "Choice", "Words", "one_of", "regex"]

HAN = r"[^\W\d_A-Za-z]"
"""A Chinese character, as a pattern. Written by categories: a range of twenty thousand characters takes Python 3.11 a
millisecond to compile, wherever it stands."""


def one_of(characters: str) -> str:
    """A pattern for one of these characters. It matches like ``[…]``, and compiles in a third of the time.

    For a class of scattered Chinese characters Python fills a table of 65 536 places. The last branch never matches; it
    keeps Python from making a class of the others. A pattern that is tried at every character of a text had better have
    a class, which matches quicker.
    """
    return f"(?:{'|'.join(map(re.escape, characters))}|(?!))"


NUMERAL = one_of("一二三四五六七八九十")


class Words:
    """Plain words, written ``主动公开|主动发布``. To look for them one by one is quicker than to compile a pattern."""

    def __init__(self, words: str) -> None:
        self.words = tuple(words.split("|"))

    def found_in(self, text: str) -> bool:
        """Whether at least one of the words occurs."""
        return any(map(text.__contains__, self.words))


# what each method says of a text in which nothing is found
_NOTHING: dict[str, Callable[[str], object]] = {
    "search": lambda text: None,
    "match": lambda text: None,
    "fullmatch": lambda text: None,
    "finditer": lambda text: iter(()),
    "findall": lambda text: [],
    "sub": lambda text: text,
    "split": lambda text: [text],
}


class _Lazy:
    """Stands for a pattern; its first use compiles it and puts the compiled methods in place of itself."""

    def __init__(self, source: str, flags: int, needs: str) -> None:
        self.pattern, self.flags = source, flags
        self.needs = Words(needs) if needs else None

    def __getattr__(self, name: str) -> object:
        if name not in _NOTHING:
            raise AttributeError(name)
        if self.needs is None:
            return getattr(self._compile(), name)
        method = partial(self._try, name)
        setattr(self, name, method)
        return method

    def _compile(self) -> re.Pattern[str]:
        compiled = re.compile(self.pattern, self.flags)
        for method in _NOTHING:
            setattr(self, method, getattr(compiled, method))
        return compiled

    def _try(self, method: str, *arguments: Any) -> object:
        """Call a method of the pattern, which is compiled only when the text has one of the words it needs."""
        text = arguments[1 if method == "sub" else 0]
        if self.needs is not None and not self.needs.found_in(text):
            return _NOTHING[method](text)
        return getattr(self._compile(), method)(*arguments)


def regex(source: str, flags: int = 0, needs: str = "") -> re.Pattern[str]:
    """Like ``re.compile``, but nothing is compiled until a method is called; re.error is raised only then.

    ``needs`` are words (``收到|受理``) of which every match contains at least one: the pattern is not compiled, either,
    before a text has one of them.
    """
    return cast("re.Pattern[str]", _Lazy(source, flags, needs))


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
