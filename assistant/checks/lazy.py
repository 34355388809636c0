"""Regular expressions that are compiled when they are first used.

The rules have some two hundred patterns; a single report needs about half of them, and compiling all at import would take
longer than checking the report.
"""

from __future__ import annotations

import re
from typing import cast

__all__ = ["regex"]

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
