"""Reads what a person says of the figures that nobody could place: 这些数都不计入, or where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.extraction.patches import Patch, Verb
from assistant.numerals import find_numerals, fold
from assistant.report.draft import Draft
from assistant.report.facts import Evidence, Fact, FactKind, FactStatus

__all__ = ["answered", "set_aside"]

_ASIDE = re.compile(
    r"^(?P<which>“[^”]{1,40}”)?(?:这|那|上面|以上|剩下|其余)?(?:些|几个|个)?(?:数字?|数据)?(?:都|全|先|就|也)*"
    r"(?:不计入(?:年报)?|不用计入|不要计入|和年报无关|与年报无关|跟年报没关系|与年报没有关系)[了的吧啊]*[。.!！]*$"
)


def set_aside(words: str, evidence: Evidence, draft: Draft) -> Patch | None:
    """The patch that takes open figures out of account: all of them, or those that stand in the words quoted."""
    match = _ASIDE.match(words)
    named = (match["which"] or "").strip("“”") if match else ""
    found = [f for f in _open(draft) if not named or named in fold(f.text) or fold(f.text) in named]
    if match is None or not found:
        return None
    return Patch(
        verb=Verb.WITHDRAW,
        spans=tuple(_places(found)),
        evidence=evidence,
        note=f"{len(found)} 个没有归属的数不计入年报",
    )


def answered(text: str, source: str, before: Draft, after: Draft) -> Patch | None:
    """The patch that settles the open figures of ``before`` which an answer places: it gives their value, or an only one is
    given another. ``after`` is the draft with the answer."""
    told = [
        fact
        for fact in after.facts
        if fact.kind is not FactKind.ACTIVITY
        and fact.status is FactStatus.STATED
        and any(e.source == source for e in fact.evidence)
    ]
    opened = list(_open(before))
    values = {numeral.value for numeral in find_numerals(fold(text))}
    found = [f for f in opened if f.value in values or (f.value is None and len(opened) == 1)] if told else []
    if not found:
        return None
    here = Evidence(source=source, start=0, end=len(text), quote=text)
    return Patch(verb=Verb.WITHDRAW, spans=tuple(_places(found)), evidence=here)


def _open(draft: Draft) -> Iterator[Fact]:
    return (f for f in draft.facts if f.kind is FactKind.OPEN and f.status is FactStatus.HEDGED)


def _places(facts: list[Fact]) -> Iterator[Evidence]:
    return (place for fact in facts for place in fact.evidence)
