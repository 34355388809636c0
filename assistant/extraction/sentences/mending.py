"""Puts mistyped characters right where a word of the form comes out: 部份公开, 另行制做; every character keeps its place."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from assistant.extraction.lexicon import Lexicon

__all__ = ["mended"]

_REACH = 7
"""characters before a fault at which the word may begin"""
_SHORTEST = 3
"""characters of a word that may be put right; 信访, 结转 and the like are listed as they are two, but official"""
_PAIRS = frozenset({"信访", "结转", "复议", "诉讼", "许可", "处罚", "维持", "公开", "申请"})

_QUARTER = re.compile(r"(?<![A-Za-z0-9])Q([1-4])(?![\d.A-Za-z])")

_SUM = re.compile(r"(?<![\u4e00-\u9fff])合(?=[ \t]?\d)")
"""复议 2,9,3,1 合15"""


@cache
def _faults() -> dict[str, tuple[str, ...]]:
    raw = tomllib.loads((files(__package__) / "faults.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for fault in raw["fault"]:
        for wrong in fault["wrong"]:
            found[wrong] = (*found.get(wrong, ()), fault["right"])
    return found


@cache
def _places() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(_faults())) + "]")


def mended(text: str, lexicon: Lexicon) -> str:
    """The text with single wrong characters replaced, quarters and sums by their name, as long as before."""
    text = _QUARTER.sub(lambda m: "一二三四"[int(m[1]) - 1] + "季", text) if "Q" in text else text
    text = _SUM.sub("计", text) if "合" in text else text
    faults = _faults()
    changed: list[str] | None = None
    for found in _places().finditer(text):
        at = found.start()
        for right in faults[text[at]]:
            window = text[max(0, at - _REACH) : at + 1 + 2 * _REACH]
            here = at - max(0, at - _REACH)
            if _becomes_word(window, here, right, lexicon):
                changed = changed or list(text)
                changed[at] = right
                break
    return text if changed is None else "".join(changed)


def _becomes_word(window: str, here: int, right: str, lexicon: Lexicon) -> bool:
    """Whether a word of the form covers the place once it is put right, and none (or a shorter one) did before."""
    put = window[:here] + right + window[here + 1 :]
    for start in range(here + 1):
        after = lexicon.match(put, start)
        if after is None or after[0] <= here or not _is_name(put[start : after[0]], after[1]):
            continue
        return not any(
            before is not None and before[0] > here
            for before in (lexicon.match(window, s) for s in range(here + 1))
        )
    return False


def _is_name(word: str, entries: tuple[object, ...]) -> bool:
    names = any(getattr(e, "kind", "") not in ("cue", "decoy", "ask", "ask_col") for e in entries)
    return names and (len(word) >= _SHORTEST or word in _PAIRS)
