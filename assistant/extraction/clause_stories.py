"""Reads what is told applicant by applicant: 企业2件，一件予以公开，一件不予公开；律所1件，归行政查询事项."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.extraction.phrases import Phrase, is_feature
from assistant.extraction.statements import Story, Target
from assistant.extraction.tokens import Token

if TYPE_CHECKING:
    from assistant.extraction.clause_state import ClauseState

__all__ = ["outcome_alone", "stories_of"]

_LEADS = frozenset({"new_received", "received_all", "result_total"})
_BEGINS = (";", "。", "\n", "", ":")
_RESULTS = ("granted", "partial", "deny_", "na_", "np_", "ot_")


def stories_of(phrases: Sequence[Phrase]) -> dict[int, Story]:
    """The phrases (by the start of their span) with which a story begins.

    One does where the figure of an applicant leads, the outcomes behind it name no other applicant, and they add up to it;
    so it cannot be the breakdown of a row that was told before.
    """
    out: dict[int, Story] = {}
    for _, group in groupby(phrases, key=lambda p: p.segment):
        segment = list(group)
        for index, phrase in enumerate(segment):
            if phrase.before in _BEGINS and not phrase.depth:
                story = _story(phrase, segment[index + 1 :])
                if story is not None:
                    out[phrase.span.start] = story
    return out


def _story(lead: Phrase, rest: list[Phrase]) -> Story | None:
    figures = lead.numbers
    if (
        len(figures) != 1
        or not isinstance(figures[0].value, int)
        or figures[0].unit_kind not in ("", "count")
    ):
        return None
    value = figures[0].value
    if value < 1 or figures[0].approx or lead.cue("previous", "next", "every", "zero", "of_which", "negated"):
        return None
    col, bracketed = _applicant(lead), False
    if not col and rest and rest[0].depth and not any(map(is_feature, lead.tokens)):
        col, bracketed = _only_applicant(rest[0]), True
        rest = rest[1:]
    if not col:
        return None
    told = outcomes = waiting = 0
    for index, phrase in enumerate(rest):
        if (phrase.before == ":" and index) or phrase.cue("previous", "next", "rest"):
            return None
        keys = {e.key for t in phrase.tokens for e in t.entries if e.kind == "row" and not t.cue("zero")}
        cols = {e.key for t in phrase.tokens for e in t.entries if e.kind == "col"}
        if cols - {col} or any(t.has("t2row") or t.has("t4block") for t in phrase.tokens):
            return None
        results = {k for k in keys if k.startswith(_RESULTS)}
        if "granted_or_partial" in results:
            results = results - {"granted_or_partial"} | {"granted", "partial"}
        if results and not phrase.numbers:
            waiting += len(results)
        if not results:
            if any(t.kind == "num" and t.unit_kind == "count" for t in phrase.tokens):
                return None
            continue
        outcomes += 1
        for number in phrase.numbers:
            if isinstance(number.value, int) and number.unit_kind in ("", "count"):
                # 予以公开、部分公开各1件: as often as there are words before it
                each = waiting + len(results) if number.gap.rstrip().endswith("各") else 1
                told += number.value * each
                waiting = 0
    if not outcomes or told not in (0, value):
        return None
    return Story(col, value, bare=told == 0, bracketed=bracketed)


def _applicant(lead: Phrase) -> str:
    """The applicant that leads the phrase, whose other words say no more than that requests came in or were dealt with."""
    first = lead.tokens[0]
    if not first.has("col") or first.has("row"):
        return ""
    cols = {e.key for t in lead.tokens for e in t.entries if e.kind == "col"}
    others = [t for t in lead.tokens[1:] if is_feature(t) and not t.has("col")]
    plain = all(any(e.kind == "row" and e.key in _LEADS for e in t.entries) for t in others)
    return next(iter(cols)) if len(cols) == 1 and plain else ""


def _only_applicant(bracket: Phrase) -> str:
    cols = {e.key for t in bracket.tokens for e in t.entries if e.kind == "col"}
    features = [t for t in bracket.tokens if is_feature(t)]
    return next(iter(cols)) if len(cols) == 1 and all(t.has("col") for t in features) else ""


def outcome_alone(r: ClauseState, phrase: Phrase, words: list[Token]) -> bool:
    """科研机构申请办结1件，予以公开: the outcome of all that the story tells of."""
    story = r.story
    if story is None or not story.bare or r.story_told:
        return False
    sense = r.resolver.sense([w for w in words if not w.has("col")], r.ctx)
    if len(sense.targets) != 1 or not sense.targets[0].row.startswith(_RESULTS):
        return False
    target = Target("table3", sense.targets[0].row, story.col)
    statement = r.add(
        "value", target, phrase.span, phrase, value=story.value, words=sense.words, official=sense.official
    )
    if r.story_lead is not None:
        statement.span = r.story_lead.span.join(phrase.span)
    statement.whole = r.ctx.whole
    r.story_told = not target.row.endswith("_subtotal")
    r.follow(target, statement)
    return True
