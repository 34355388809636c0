"""Tells which of the bodies that a register names is ours: its full name, its short forms, 本局, a section of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.extraction.ledgers.layout import clean
from assistant.extraction.ledgers.vocabulary import every_match, first_match, matches

__all__ = ["Fit", "Judged", "fit", "judged"]

_SEVERAL = re.compile("[、,;/和及与]")
_BRACKET = re.compile(r"\([^()]*\)")
_SHORT = 3
"""characters of a name without its place and its ending from which another name for the same body is not looked for"""


class Fit(StrEnum):
    """How a name stands to our body."""

    OURS = "ours"
    INNER = "inner"
    """a section, which says who in the body did the work"""
    NEAR = "near"
    """may be ours under another name, or a body beneath it"""
    OTHER = "other"
    NONE = "none"
    """no name of a body"""


@dataclass(frozen=True)
class Judged:
    """The names of one column. ``whole``: none of them is known as ours, so that nothing can be counted before it is asked."""

    ours: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    whole: bool = False
    sure: bool = True


def judged(names: Iterable[str], unit: str) -> Judged | None:
    """What the names of a column say together; None where they tell no bodies apart (sections of one body, or no bodies)."""
    found = {name: fit(name, unit) for name in dict.fromkeys(names) if name}
    places = {
        place for name, kind in found.items() if kind is Fit.OURS and len(place := _parts(clean(name))[0]) > 1
    }
    if any(not one.endswith(other) and not other.endswith(one) for one in places for other in places):
        # the unit was named without its place, and two places have such a body
        found |= {
            n: Fit.NEAR for n, kind in found.items() if kind is Fit.OURS and len(_parts(clean(n))[0]) > 1
        }
    by_fit = {kind: frozenset(n for n, f in found.items() if f is kind) for kind in Fit}
    bodies = by_fit[Fit.OURS] | by_fit[Fit.OTHER]
    if len(by_fit[Fit.NONE]) * 2 > len(found):
        return None
    if matches("units.area", clean(unit)) and not by_fit[Fit.OURS] and by_fit[Fit.NEAR] | by_fit[Fit.OTHER]:
        # the report of a government holds those of its offices; which of the two is meant, the clerk confirms
        return Judged(frozenset(found), sure=False)
    if not bodies:
        return None
    ours = by_fit[Fit.OURS] | by_fit[Fit.INNER]
    doubtful = by_fit[Fit.NEAR] | by_fit[Fit.NONE]
    if by_fit[Fit.OURS]:
        return Judged(ours, by_fit[Fit.OTHER], doubtful)
    if len(ours) * 2 >= len(found):
        return Judged(ours, frozenset(), doubtful | by_fit[Fit.OTHER])
    if len(found) == 1 and not unit:
        return Judged(frozenset(found), sure=False)
    return Judged(asked=frozenset(found), whole=True)


@lru_cache(maxsize=4096)
def fit(name: str, unit: str) -> Fit:
    """How one name stands to the unit; of several bodies that did it together the first that is ours decides."""
    text = _BRACKET.sub("", clean(name))
    if text and (matches("units.own", text) or text in _own(unit)):
        return Fit.OURS
    if _SEVERAL.search(text):
        kinds = {_one(part, unit) for part in _SEVERAL.split(text) if part}
        if len(kinds) > 1 or Fit.OURS in kinds:
            whole = _one(text, unit)
            # 自然资源和规划局 is one body
            return next((k for k in (Fit.OURS, Fit.NEAR) if k in kinds or k is whole), whole)
    return _one(text, unit)


def _one(text: str, unit: str) -> Fit:
    if not text or not matches("units.body", text):
        return Fit.OURS if text and text in _own(unit) else Fit.NONE
    if text in _own(unit):
        return Fit.OURS
    mine = next((own for own in sorted(_own(unit), key=len, reverse=True) if text.startswith(own)), "")
    rest = text[len(mine) :]
    if mine and rest:
        return _beneath(rest)
    if not matches("units.placed", text):
        if matches("units.inner", text) and not matches("units.government", text):
            return Fit.INNER
        if matches("units.beneath", text):
            return Fit.NEAR
    return _compared(text, unit) if unit else Fit.OTHER


def _beneath(rest: str) -> Fit:
    """What stands behind our own name: a section of ours, or a body that may be counted by itself."""
    if matches("units.own", rest) or (matches("units.inner", rest) and not matches("units.placed", rest)):
        return Fit.INNER
    return Fit.NEAR


@lru_cache(maxsize=64)
def _own(unit: str) -> frozenset[str]:
    """The name of the unit in full, without its place, with the rank of the place only: 怀乡县财政局, 财政局, 县财政局."""
    whole = clean(unit)
    place, body = _parts(whole)
    names = {whole, body, f"{place[-1:]}{body}"}
    bare = re.sub(r"(人民政府|政府|办事处)$", "", body)
    if bare != body:
        rank = re.search("(镇|乡|街道|苏木)$", bare)
        names |= {bare, f"{bare}政府", place + bare, f"{place}{bare}政府", f"{place[-1:]}{bare}"}
        area = matches("units.area", whole)
        ranked = rank[0] if rank is not None else bare[-1] if area else ""
        if ranked:
            names |= {bare.removesuffix(ranked), f"{ranked}政府", f"{ranked}人民政府", f"{ranked}办"}
    return frozenset(name for name in names if len(name) > 1 and name not in ("人民政府", "政府", "办事处"))


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, str]:
    """The place a body is of, and the body: 怀乡县 | 自然资源局, 县 | 自然资源局."""
    found = first_match("units.region", name)
    if found is not None and found.end() < len(name) and name[found.end() :] not in ("人民政府", "政府"):
        return found.group(), name[found.end() :]
    if matches("units.placed", name) and name[:1] in "省市县区旗州":
        return name[:1], name[1:]
    return "", name


def _compared(text: str, unit: str) -> Fit:
    """A body of the same place whose name is shortened, or is not quite ours, may be ours."""
    place, body = _parts(text)
    own_place, own = _parts(clean(unit))
    if not (not place or not own_place or own_place.endswith(place)):
        return Fit.OTHER
    core, own_core = _core(body), _core(own)
    if body == own:
        return Fit.OURS
    if len(text) < _SHORT:
        # 县局: any of them
        return Fit.NEAR
    if body[-1] != own[-1] or not own_core:
        return Fit.OTHER
    if not core:
        return Fit.NEAR
    if len(core) > 1 and _in_order(body, own):
        return Fit.OURS
    shared = sum(char in own_core for char in core)
    if _in_order(own_core, core) or (len(core) <= _SHORT and shared * 2 >= len(core)):
        return Fit.NEAR
    return Fit.OTHER


def _core(body: str) -> str:
    """The name without what all bodies of its kind end with."""
    ends = list(every_match("units.generic", body))
    return body[: ends[-1].start()] if ends else body


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)
