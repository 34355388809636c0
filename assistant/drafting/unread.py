"""Finds what stands in a source with a figure and was not read, so that nothing is dropped in silence."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.extraction.sources import read_sources
from assistant.printing.sources.materials import unread_of
from assistant.report.draft import Draft
from assistant.report.facts import Fact

__all__ = ["Unread", "unread_in", "unread_line"]

_YEAR = re.compile(r"(?:20)?\d{2}\s*年|\d{1,2}月(?:\d{1,2}日)?")
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百两](?=[件起条次份篇宗])")
_NAMED, _BRIEF = 3, 40
"""passages named, and characters of each"""


class Unread(NamedTuple):
    """The passages of a source with a figure that nothing was read from."""

    passages: tuple[str, ...] = ()
    repeated: bool = False
    """whether the source only repeats what was said before: alone it can be read"""


def unread_in(draft: Draft, source: str, *, alone: bool = False) -> Unread:
    """What of a source of the draft was not read; years and dates are no figures.

    With ``alone`` the text is read once more by itself: what repeats another source may be accounted for there.
    """
    text = draft.sources.get(source, "")
    passages = _passages(source, text, draft, ())
    if not passages or not alone:
        return Unread(passages)
    again = read_sources({source: text}, year=draft.report.year, profile=draft.report.org).facts
    return Unread(_passages(source, text, draft, again), bool(again))


def _passages(source: str, text: str, draft: Draft, more: tuple[Fact, ...]) -> tuple[str, ...]:
    """Passages with a figure that no fact rests on and no finding speaks of."""
    spoken_of = [e.quote.strip() for f in draft.findings for e in f.evidence if e.source == source]
    open_words = [u["text"] for u in unread_of({source: text}, [*draft.facts, *more])]
    return tuple(
        words
        for words in open_words
        if _FIGURE.search(_YEAR.sub("", words))
        and not any(q and (q in words or words in q) for q in spoken_of)
    )


def unread_line(unread: Unread, way_out: str) -> str:
    """One Chinese line that names the first passages and ends with ``way_out``; empty where all was read."""
    if not unread.passages:
        return ""
    count = len(unread.passages)
    more = f"等 {count} 处" if count > _NAMED else ""
    shown = "".join(f"“{_brief(words)}”" for words in unread.passages[:_NAMED])
    return f"没有读懂{shown}{more}，没有计入；{way_out}。"


def _brief(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _BRIEF else f"{line[:_BRIEF]}……"
