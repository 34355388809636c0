"""Settles what 去年 means: the report is written in January, and many who say 去年 mean the year it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extraction.patches import Patch, Verb
from assistant.interfaces.chat.turns import Turn
from assistant.report.draft import Draft
from assistant.report.facts import Evidence, FactKind
from assistant.report.findings import Question

__all__ = ["meant_this_year", "which_year"]

_LAST = re.compile("去年|上年度?|上一年度?")
_THIS = re.compile("今年|本年|报告年度|20[0-4][0-9]\\s*年")
_ABOUT = "last_year"
_YES, _NO = "“去年”指的就是报告年度", "是上一年度的数，不计入本年"


def which_year(turn: Turn, draft: Draft) -> Question | None:
    """The question to put when all figures of the turn were taken for last year's and no other year is named in it."""
    own = [f for f in draft.facts if any(e.source == turn["source"] for e in f.evidence)]
    prior = [f for f in own if f.kind is FactKind.PRIOR]
    if not prior or any(f.kind in (FactKind.CELL, FactKind.FEE) for f in own):
        return None
    text = draft.sources.get(turn["source"], "")
    if _LAST.search(text) is None or _THIS.search(text) is not None:
        return None
    quote = prior[0].evidence[0].quote.strip()
    more = f"等 {len(prior)} 处" if len(prior) > 1 else ""
    words = f"“{quote}”{more}按上一年度的数理解，没有计入。这里的“去年”是指报告年度，还是再上一年？"
    return Question(code="YEAR", about=(_ABOUT,), text=words, choices=(_YES, _NO))


def meant_this_year(turn: Turn, words: str, log: Sequence[Turn], text: str) -> bool | None:
    """Make the turn the answer to :func:`which_year`; ``text`` is what the turn before brought.

    True when that is now read for the report's own year, False when it stays last year's, None when this is no answer.
    """
    if not log or tuple(log[-1]["asked"].get("about", ())) != (_ABOUT,) or words.strip() not in (_YES, _NO):
        return None
    if words.strip() == _NO:
        turn["text"], turn["used"] = words, [[0, len(words)]]
        return False
    # the words are read anew as they were meant; the first reading is taken back
    turn["text"] = anew = _LAST.sub("本年", text)
    evidence = Evidence(source=turn["source"], start=0, end=len(anew), quote=anew)
    patch = Patch(
        verb=Verb.WITHDRAW, sources=(log[-1]["source"],), evidence=evidence, note="已按报告年度重新读入"
    )
    turn["patches"] = [patch.model_dump(mode="json")]
    return True
