"""Names the figures that nobody could place, so that nothing is dropped in silence."""

from __future__ import annotations

import re

from assistant.report.draft import Draft
from assistant.report.figures import Account, FigureAccount

__all__ = ["NOT_READ", "open_figures", "open_line"]

NOT_READ = "没有读懂"
"""words by which the chat says that figures of a message have no place"""

_STOPS = re.compile(r"[。！？；;，,、：:（）()|\t\n]")
_GLANCE, _NAMED = 20, 5
"""characters shown around a figure, and figures shown"""


def open_figures(draft: Draft, source: str = "") -> list[FigureAccount]:
    """The open figures of the draft, or of one of its sources, in their order. Those that contradict each other know their cell
    and are asked about as such."""
    found = (f for f in draft.figures if f.account is Account.OPEN and not f.cells)
    return [f for f in found if source in ("", f.source)]


def open_line(draft: Draft, lead: str, way_out: str, source: str = "") -> str:
    """One Chinese line with their number, the words around the first, and ``way_out``; empty where none is open.

    ``lead`` has a place for the number: 材料中有 {} 个数没有归属.
    """
    found = open_figures(draft, source)
    if not found:
        return ""
    words = list(dict.fromkeys(_words(draft.sources.get(f.source, ""), f) for f in found))
    shown = "、".join(f"“{one}”" for one in words[:_NAMED])
    more = "等" if len(words) > _NAMED else ""
    return f"{lead.format(len(found))}：{shown}{more}；{way_out}。"


def _words(text: str, figure: FigureAccount) -> str:
    """The clause around a figure, as far as one glance reaches."""
    before = _STOPS.split(text[max(0, figure.start - _GLANCE) : figure.start])[-1]
    behind = _STOPS.split(text[figure.end : figure.end + _GLANCE], maxsplit=1)[0]
    return " ".join(f"{before}{text[figure.start : figure.end]}{behind}".split())
