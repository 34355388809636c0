"""Makes the patch that sets one figure, in the unit of its cell, with what follows from it in its row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.extraction.patch_places import Ambiguous, Place, Places
from assistant.extraction.patches import Patch, SetValue, Verb
from assistant.numerals import plain
from assistant.report.facts import Evidence, Value
from assistant.report.findings import Question

__all__ = ["in_unit_of", "setting"]


def setting(places: Places, place: Place, value: Value | None, evidence: Evidence) -> Patch:
    """The figure at a place set to ``value``; None makes it blank."""
    old, unit = places.value(place), places.unit(place)
    note = f"“{places.label(place)}”由 {_shown(old, unit)} 改为 {_shown(value, unit)}"
    return Patch(
        verb=Verb.SET,
        sets=(SetValue(where=place.where, value=value), *_same(places, place, old, value)),
        evidence=evidence,
        note=note,
    )


def in_unit_of(places: Places, place: Place, value: Value, written: str, unit: str) -> Value:
    """The figure in the unit of its cell: 2500元 is 0.25 of an amount in 万元. Ambiguous when no unit is said.

    ``written`` is the figure as it stands in the words, ``unit`` the word behind it.
    """
    said = unit or ("元" if {"万", "千"} & set(written) else "")
    column = places.unit(place)
    if column not in ("万元", "元") or not value:
        return value
    if not said and column == "元":
        said = "元"
    if said not in ("万元", "元", "块", "块钱"):
        name = places.label(place)
        choices = tuple(f"把{name.replace('·', '的')}改成{value}{unit}" for unit in ("万元", "元"))
        question = f"“{name}”是金额，{value} 的单位是万元还是元？"
        raise Ambiguous(Question(code="AMBIGUOUS_MAP", about=(place.where,), text=question, choices=choices))
    yuan = Decimal(value) * (10_000 if said == "万元" else 1)
    return plain(yuan / 10_000 if column == "万元" else yuan)


def _same(places: Places, place: Place, old: Value | None, value: Value | None) -> Iterator[SetValue]:
    """A row whose applicants were all of one kind stays so when its total changes."""
    if place.table != "table3" or place.col != "total" or not old or value is None:
        return
    parts = {c: places.at(place.table, place.row, c) for c in places.applicants}
    only = [c for c, v in parts.items() if v == old]
    if len(only) == 1 and all(v == 0 for c, v in parts.items() if c != only[0]):
        yield SetValue(where=f"table3.{place.row}.{only[0]}", value=value)


def _shown(value: Value | None, unit: str) -> str:
    return "空白" if value is None else f"{value}{unit}"
