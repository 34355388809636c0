"""Finds what stands in a message with a figure and was not read, so that nothing is dropped in silence."""

from __future__ import annotations

import re

from assistant.extraction.dialogue import read_dialogue
from assistant.interfaces.chat.turns import Turn
from assistant.printing.sources.materials import unread_of
from assistant.report.draft import Draft
from assistant.report.facts import Fact

__all__ = ["unread_in"]

_YEAR = re.compile(r"(?:20)?\d{2}\s*年|\d{1,2}月(?:\d{1,2}日)?")
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百两](?=[件起条次份篇宗])")
_NAMED, _BRIEF = 3, 40
"""passages named, and characters of each"""
_LONG = 2000
"""characters above which a text is not read a second time by itself"""


def unread_in(turn: Turn, draft: Draft) -> tuple[list[str], bool]:
    """The line that names the passages, and whether the text only repeats what was said before.

    A repeated statement is one fact with its first quote; read by itself, the text shows whether it can be read at all.
    """
    source = turn["source"]
    text = draft.sources.get(source, "")
    if not source or turn["used"]:
        return [], False
    words = _passages(source, text, draft, ())
    if not words or len(text) > _LONG or turn["kind"] != "message":
        return _line(words), False
    alone = read_dialogue({source: text}, year=draft.report.year, profile=draft.report.org).facts
    return _line(_passages(source, text, draft, alone)), bool(alone)


def _passages(source: str, text: str, draft: Draft, more: tuple[Fact, ...]) -> list[str]:
    """Passages with a figure that no fact rests on and no finding speaks of; years and dates are no figures."""
    spoken_of = [e.quote.strip() for f in draft.findings for e in f.evidence if e.source == source]
    open_words = [u["text"] for u in unread_of({source: text}, [*draft.facts, *more])]
    return [
        words
        for words in open_words
        if _FIGURE.search(_YEAR.sub("", words))
        and not any(q and (q in words or words in q) for q in spoken_of)
    ]


def _line(words: list[str]) -> list[str]:
    if not words:
        return []
    more = f"等 {len(words)} 处" if len(words) > _NAMED else ""
    shown = "".join(f"“{_brief(w)}”" for w in words[:_NAMED])
    return [f"没有读懂{shown}{more}，没有计入；请换个说法，或直接填在“三张表”里。"]


def _brief(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _BRIEF else f"{line[:_BRIEF]}……"
