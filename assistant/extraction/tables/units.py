"""Which of several offices in a table is ours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.extraction.tables.declared import placed_in
from assistant.extraction.tables.facets import OURS, SUM_OF_UNITS
from assistant.extraction.tables.readings import Reading
from assistant.extraction.tables.vocabulary import shape

__all__ = ["our_units", "ours_among"]

_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_COLUMN = re.compile("[列栏行]|口径|合计数|总数|为准")
_NOT = re.compile("别|不用|不要|不报|勿|另报|自己那份|仅供")
"""“办机关”列是政府办自己那份报告用的: what the report is not"""
_CLAUSE = re.compile("[，,。；;：:]")
_SHORTEST = 4
_SUMS = ("合计", "总计", "汇总")
_AREA = re.compile(r"(?:[省市县区旗州盟]|新区|开发区|高新区)(?:人民政府|管委会|管理委员会)?$")
_GOVERNMENT = re.compile(r"(?:人民)?政府$|办事处$")


def our_units(readings: Sequence[Reading], unit: str, scope: Sequence[str] = ()) -> frozenset[str] | None:
    """The names in the table that stand for our body, the sum of them where it is the government or the office of all.

    ``scope`` are sentences beside the table that may say which column the report is (局年报＝合计列). Empty when the table names
    no offices, None when nobody can tell which one is ours.
    """
    names = tuple(dict.fromkeys(r.unit for r in readings if r.unit))
    named = [name for name in names if name != OURS and not name.startswith(SUM_OF_UNITS)]
    if not names or names == (SUM_OF_UNITS,):
        return frozenset(names)
    told = _told(scope, {r.unit: r.words for r in readings if r.unit}) or _at_the_edge(scope, readings)
    if told:
        return frozenset({told})
    ours = ours_among(named, unit)
    if ours:
        return frozenset({ours})
    if OURS in names and SUM_OF_UNITS in names and _holds_all(named, unit):
        # 县本级 beside 全县: a government reports on all; 局机关 beside its stations and their sum may be either
        return frozenset({SUM_OF_UNITS}) if _AREA.search(unit) else None
    if OURS in names:
        return frozenset({OURS})
    # an unread label beside the offices may be ours
    unread = any(
        one.rest and not other.unit for r in readings for one, other in ((r.row, r.column), (r.column, r.row))
    )
    if SUM_OF_UNITS in names and unit and not unread and _holds_all(named, unit):
        return frozenset({SUM_OF_UNITS})
    return None


def _told(scope: Sequence[str], words: Mapping[str, str]) -> str:
    """The one name that a sentence says the report is, brackets left aside."""
    sentences = [_BRACKETED.sub("", sentence) for sentence in scope]
    # a clause says more than the sentence: 这是县里汇总的，我们只用农业农村局那一行
    for said in (*(clause for one in sentences for clause in _CLAUSE.split(one)), *sentences):
        says = _COLUMN.search(said) is not None and _NOT.search(said) is None
        named = [name for name, labels in words.items() if says and _is_in(name, labels, said)]
        if len(named) == 1:
            return named[0]
    return ""


def _is_in(name: str, labels: str, said: str) -> bool:
    """Whether a sentence names a column or row, with the letter of the county in front or without."""
    if name == SUM_OF_UNITS:
        # 请用“全县”列: the sum by the words that head it
        return any(word and word in said for word in (*_SUMS, *labels.split("·")))
    short = name[1:] if name[:1] in "省市县区" and len(name) > _SHORTEST else name
    return any(word and word in said for word in (name, short, *_own_words(name, labels)))


def _at_the_edge(scope: Sequence[str], readings: Sequence[Reading]) -> str:
    """按最后一行报: the office whose row or column is the first or the last of all."""
    for found in (m for sentence in scope for m in placed_in(sentence)):
        by_place: dict[int, str] = {}
        for reading in readings:
            axis = reading.row if found["axis"] == "行" else reading.column
            place = reading.figure.row if found["axis"] == "行" else reading.figure.column
            if reading.unit and axis.unit == reading.unit:
                by_place[place.at] = reading.unit
        if len(set(by_place.values())) > 1:
            return by_place[max(by_place) if found["last"] else min(by_place)]
    return ""


def _own_words(name: str, labels: str) -> tuple[str, ...]:
    """局机关: how our own column is headed."""
    return tuple(labels.split("·")) if name == OURS else ()


def ours_among(names: Sequence[str], unit: str) -> str:
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
