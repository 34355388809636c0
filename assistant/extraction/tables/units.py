"""Which of several offices in a table is ours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extraction.tables.facets import OURS, SUM_OF_UNITS
from assistant.extraction.tables.readings import Reading
from assistant.extraction.tables.vocabulary import shape

__all__ = ["our_units"]

_GOVERNMENT = re.compile(r"(?:人民)?政府$|办事处$")


def our_units(readings: Sequence[Reading], unit: str) -> frozenset[str] | None:
    """The names in the table that stand for our body, the sum of them where it is the government or the office of all.

    Empty when the table names no offices, None when nobody can tell which one is ours.
    """
    names = tuple(dict.fromkeys(r.unit for r in readings if r.unit))
    named = [name for name in names if name not in (OURS, SUM_OF_UNITS)]
    if not names or names == (SUM_OF_UNITS,):
        return frozenset(names)
    if OURS in names:
        return frozenset({OURS})
    ours = _ours(named, unit)
    if ours:
        return frozenset({ours})
    # an unread label beside the offices may be ours
    unread = any(
        one.rest and not other.unit for r in readings for one, other in ((r.row, r.column), (r.column, r.row))
    )
    if SUM_OF_UNITS in names and unit and not unread and _holds_all(named, unit):
        return frozenset({SUM_OF_UNITS})
    return None


def _ours(names: Sequence[str], unit: str) -> str:
    """The one name that fits the unit: within it word for word, else by its characters in order."""
    if not unit:
        return ""
    whole = unit.replace(" ", "")
    short = _GOVERNMENT.sub("", whole)
    exact = [n for n in names if n in (whole, short) or whole.endswith(n) or short.endswith(n)]
    exact = exact or [n for n in names if n.endswith((short, whole))]
    if exact:
        best = max(exact, key=len)
        return best if sum(len(n) == len(best) for n in exact) == 1 else ""
    loose = [n for n in names if len(n) >= 3 and _abbreviates(n, short)]
    return loose[0] if len(loose) == 1 else ""


def _abbreviates(name: str, unit: str) -> bool:
    """市住建局 for 明州市住房和城乡建设局: the characters in order, the last one the same."""
    bare = _GOVERNMENT.sub("", name)
    rest = iter(unit)
    return bool(bare) and bare[-1] == unit[-1] and all(char in rest for char in bare)


def _holds_all(names: Sequence[str], unit: str) -> bool:
    """Whether the named offices are parts of our body."""
    if shape("government").search(unit):
        return True
    return bool(names) and all(shape("inner_unit").search(name) for name in names)
