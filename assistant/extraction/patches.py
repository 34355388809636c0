"""Changes to the ledger that a person asks for: set, move, withdraw, confirm, add or drop an activity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from pydantic import Field

from assistant.extraction.open_answers import placed
from assistant.report.facts import Aspect, Evidence, Fact, FactKind, FactStatus, Frozen, Value

__all__ = ["Patch", "SetValue", "Verb", "apply_patches"]

_LIVE = (FactStatus.STATED, FactStatus.HEDGED, FactStatus.CONFLICTING)
_FEE = "info_fee"


class Verb(StrEnum):
    """What a patch does."""

    SET = "set"
    MOVE = "move"
    PLACE = "place"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    CONFIRM_ZERO = "confirm_zero"
    ADD_ACTIVITY = "add_activity"
    DROP_ACTIVITY = "drop_activity"


class SetValue(Frozen):
    """A cell (table.row.col), or info_fee.yuan / info_fee.cases, and its new figure; None makes it blank again."""

    where: str
    value: Value | None = None


class Patch(Frozen):
    """One change with the words that asked for it; it is kept, so that leaving it out undoes it.

    ``sets`` are the figures after the change (verbs set and move), or those found right as they are (confirm); ``sources`` are texts taken back as a whole, ``spans``
    parts of texts taken back (verbs withdraw and drop_activity); ``scope`` is declared empty (confirm_zero); ``choice`` is the
    answer to the question about open figures of the ``topic`` (place), whichever and however many they are.
    """

    verb: Verb
    evidence: Evidence
    sets: tuple[SetValue, ...] = ()
    sources: tuple[str, ...] = ()
    spans: tuple[Evidence, ...] = ()
    scope: str = ""
    topic: str = ""
    choice: str = ""
    aspect: Aspect | None = None
    text: str = Field(default="")
    note: str = ""
    """what was done, one line of Chinese for the user"""


def apply_patches(
    facts: Sequence[Fact], patches: Sequence[Patch], order: Mapping[str, int]
) -> tuple[Fact, ...]:
    """The ledger after the patches; nothing is deleted, what no longer holds gets another status.

    ``order`` is the position of each source in the conversation: a patch reaches what was said before it, and a patch
    whose own source is taken back later never happened. Each patch that adds something adds a fact with its quote.
    """
    ledger = list(facts)
    for number, patch in enumerate(_standing(patches, order), start=1):
        if patch.verb in (Verb.WITHDRAW, Verb.DROP_ACTIVITY):
            ledger = [_withdrawn(fact, patch, order) for fact in ledger]
        elif patch.verb is Verb.CONFIRM:
            ledger += _confirmed(patch, f"p{number}")
        elif patch.verb is Verb.PLACE:
            ledger = placed(ledger, patch.topic, patch.choice, patch.evidence, f"p{number}")
        else:
            ledger = _extended(ledger, patch, number, order)
    return tuple(ledger)


def _standing(patches: Sequence[Patch], order: Mapping[str, int]) -> list[Patch]:
    """The patches that were not themselves taken back; the last word counts."""
    cancelled: set[str] = set()
    standing: list[Patch] = []
    for patch in sorted(patches, key=lambda p: order.get(p.evidence.source, -1), reverse=True):
        if patch.evidence.source in cancelled:
            continue
        standing.append(patch)
        cancelled.update(patch.sources)
    return standing[::-1]


def _earlier(fact: Fact, patch: Patch, order: Mapping[str, int]) -> bool:
    here = order.get(patch.evidence.source, -1)
    return all(
        order.get(e.source, -1) < here
        or (e.source == patch.evidence.source and e.end <= patch.evidence.start)
        for e in fact.evidence
    )


def _withdrawn(fact: Fact, patch: Patch, order: Mapping[str, int]) -> Fact:
    if fact.status not in _LIVE or not _earlier(fact, patch, order):
        return fact
    if patch.verb is Verb.DROP_ACTIVITY and fact.kind is not FactKind.ACTIVITY:
        return fact
    if any(_taken_back(place, patch) for place in fact.evidence):
        return fact.model_copy(update={"status": FactStatus.WITHDRAWN})
    return fact


def _taken_back(place: Evidence, patch: Patch) -> bool:
    return place.source in patch.sources or any(
        span.source == place.source and span.start <= place.start and place.end <= span.end
        for span in patch.spans
    )


def _extended(ledger: list[Fact], patch: Patch, number: int, order: Mapping[str, int]) -> list[Fact]:
    added: list[Fact] = []
    replaced: dict[str, str] = {}
    for index, change in enumerate(patch.sets, start=1):
        old = [
            f
            for f in ledger
            if _is_about(f, change.where) and f.status in _LIVE and _earlier(f, patch, order)
        ]
        replaced.update({f.id: change.where for f in old})
        if change.value is not None:
            corrects = old[-1].id if old else ""
            added.append(_set_fact(patch, f"p{number}.{index}", change, corrects))
    added += _other_facts(patch, f"p{number}")
    kept = [
        f.model_copy(update={"status": FactStatus.SUPERSEDED}) if f.id in replaced else f for f in ledger
    ]  # fmt: skip
    return [*kept, *added]


def _confirmed(patch: Patch, name: str) -> Iterator[Fact]:
    """What was said stands as it was said; beside it stands that a person found it right."""
    for index, found in enumerate(patch.sets, start=1):
        yield Fact(
            id=f"{name}.{index}",
            kind=FactKind.CONFIRMED,
            where=found.where,
            value=found.value,
            evidence=(patch.evidence,),
        )


def _is_about(fact: Fact, where: str) -> bool:
    kind = FactKind.FEE if where.startswith(_FEE) else FactKind.CELL
    return fact.kind is kind and fact.where == where


def _set_fact(patch: Patch, name: str, change: SetValue, corrects: str) -> Fact:
    kind = FactKind.FEE if change.where.startswith(_FEE) else FactKind.CELL
    return Fact(
        id=name,
        kind=kind,
        where=change.where,
        value=change.value,
        evidence=(patch.evidence,),
        corrects=corrects,
        edited=True,
    )


def _other_facts(patch: Patch, name: str) -> Iterator[Fact]:
    if patch.verb is Verb.CONFIRM_ZERO:
        yield Fact(
            id=name, kind=FactKind.ZERO, where=patch.scope or "rest.rest", value=0, evidence=(patch.evidence,)
        )
    elif patch.verb is Verb.ADD_ACTIVITY:
        aspect = patch.aspect or Aspect.OTHER
        yield Fact(
            id=name, kind=FactKind.ACTIVITY, where=str(aspect), text=patch.text, evidence=(patch.evidence,)
        )
