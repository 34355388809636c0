"""Carries out the answer to a question about open figures: what it claims goes into the ledger, and nothing of it is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.report.facts import Choice, Claim, Evidence, Fact, FactKind, FactStatus, Value

__all__ = ["open_asks", "placed"]

_LIVE = (FactStatus.STATED, FactStatus.CONFLICTING)
_FEE = "info_fee"


def open_asks(facts: Sequence[Fact]) -> Iterator[Fact]:
    """The open facts that have a question of their own."""
    return (
        f for f in facts if f.kind is FactKind.OPEN and f.status is FactStatus.HEDGED and f.ask is not None
    )


def placed(ledger: Sequence[Fact], topic: str, choice: str, answer: Evidence, name: str) -> list[Fact]:
    """The ledger with all open figures of a topic where the chosen answer puts them; as it was where nothing asks for it.

    ``name`` begins the ids of the new facts, ``answer`` are the words that chose.
    """
    opened = [f for f in open_asks(ledger) if f.ask is not None and f.ask.topic == topic]
    chosen = next((c for f in opened if f.ask is not None for c in f.ask.choices if c.text == choice), None)
    if chosen is None:
        return list(ledger)
    quotes = tuple(dict.fromkeys(e for f in opened for e in f.evidence))
    added: list[Fact] = []
    replaced: set[str] = set()
    for claim in chosen.claims:
        old = [f for f in ledger if f.where == claim.where and f.kind is _kind(claim) and f.status in _LIVE]
        value = _value(claim, old, chosen)
        if value is None:
            continue
        replaced.update(f.id for f in old)
        before = old[-1].evidence if old and chosen.counted else ()
        places = tuple(dict.fromkeys((*before, *quotes, answer)))
        number = len(added) + 1
        added.append(
            Fact(
                id=f"{name}.{number}",
                kind=_kind(claim),
                where=claim.where,
                value=value,
                evidence=places,
                corrects=old[-1].id if old else "",
            )
        )
    if chosen.zero:
        added.append(Fact(id=f"{name}.0", kind=FactKind.ZERO, where=chosen.zero, value=0, evidence=(answer,)))
    settled = {f.id: FactStatus.WITHDRAWN for f in opened} | dict.fromkeys(replaced, FactStatus.SUPERSEDED)
    kept = [f.model_copy(update={"status": settled[f.id]}) if f.id in settled else f for f in ledger]
    return [*kept, *added]


def _kind(claim: Claim) -> FactKind:
    return FactKind.FEE if claim.where.startswith(_FEE) else FactKind.CELL


def _value(claim: Claim, old: Sequence[Fact], chosen: Choice) -> Value | None:
    """The value that the cell has then; None where it has it already."""
    said = {f.value for f in old}
    if not chosen.counted:
        return None if said == {claim.value} else claim.value
    if not old:
        return claim.base + claim.value
    held = old[-1].value
    return None if held is None or not claim.value else held + claim.value
