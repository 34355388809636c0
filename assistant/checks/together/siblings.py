"""What other reports of a batch need to know of one: its unit, its figures, the marks of its own sentences; and its siblings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple, Self

from assistant.checks.claims.own_words import own_sentences
from assistant.checks.claims.passages import passages_of
from assistant.checks.together.areas import UnitName, named, same_unit
from assistant.forms import CellKey, load_form
from assistant.report import AnnualReport, Contact, UnitProfile, blank_tables
from assistant.report.facts import Frozen, Value

__all__ = ["MATES", "Average", "Beside", "Family", "Peers", "Sibling", "Twin"]

_COMPARED = ("s1", "s5")
"""the sections that a unit writes itself"""
MATES = 40
"""units looked at for one shared sentence; where more have it, these are enough to show that it is copied"""


class Sibling(Frozen):
    """One report as its neighbours see it: no text and no tables of names, so that thousands can be held at once."""

    org: UnitProfile
    form: str
    year: int | None = None
    values: tuple[Value | None, ...] = ()
    """the figures of all cells in the order of the form"""
    marks: tuple[tuple[int, ...], ...] = ()
    """what stands for each sentence of its own in sections one and five, each sentence once"""

    @classmethod
    def of(cls, report: AnnualReport) -> Sibling:
        """What is kept of a report."""
        own = own_sentences((p for p in passages_of(report) if p.key in _COMPARED), report.org.name)
        return cls.model_construct(
            org=report.org.model_copy(update={"contact": Contact()}),
            form=report.form,
            year=report.year,
            values=tuple(report.value(key) for key in report.layout.cells),
            marks=tuple(dict.fromkeys(one.marks for one in own)),
        )

    @property
    def bare(self) -> AnnualReport:
        """The report without its words, for rules that look at figures only."""
        tables = blank_tables(load_form(self.form))
        for key, value in self.filled():
            tables[key.table][key.row][key.col] = value
        return AnnualReport(form=self.form, org=self.org, year=self.year, tables=tables)

    @cached_property
    def all_marks(self) -> frozenset[int]:
        """The marks of all its sentences."""
        return frozenset(mark for sentence in self.marks for mark in sentence)

    @cached_property
    def unit(self) -> UnitName:
        """Its name taken apart."""
        return named(self.org.name)

    def value(self, key: CellKey) -> Value | None:
        """The figure of one cell; None when it is blank or the report's form does not have it."""
        place = _places(self.form).get(key)
        return None if place is None else self.values[place]

    def filled(self) -> Iterator[tuple[CellKey, Value]]:
        """All cells that are not blank."""
        for key, value in zip(load_form(self.form).cells, self.values, strict=True):
            if value is not None:
                yield key, value


@cache
def _places(form: str) -> dict[CellKey, int]:
    return {key: place for place, key in enumerate(load_form(form).cells)}


class Twin(NamedTuple):
    """A sibling whose text is alike; ``same`` of the report's own sentences stand in it too."""

    sibling: Sibling
    same: int


class Average(NamedTuple):
    """A cell over the other units of one kind: how many know it, how many have more than 0, and their average."""

    known: int
    positive: int
    average: float


class _Figures:
    """Sums of every cell over units of one kind, made once for all of them."""

    def __init__(self, members: Iterable[Sibling]) -> None:
        self._sums: dict[CellKey, list[float]] = defaultdict(lambda: [0, 0, 0.0])
        for member in members:
            for key, value in member.filled():
                line = self._sums[key]
                line[0] += 1
                line[1] += value > 0
                line[2] += float(value)

    def without(self, key: CellKey, own: Value | None) -> Average:
        known, positive, total = self._sums.get(key, (0, 0, 0.0))
        if own is not None:
            known, positive, total = known - 1, positive - (own > 0), total - float(own)
        return Average(int(known), int(positive), total / known if known else 0.0)


@dataclass(frozen=True, eq=False)
class Family:
    """Units of one area and one year; their indexes are made once and asked by each of them."""

    members: Sequence[Sibling]

    @cached_property
    def names(self) -> frozenset[str]:
        """The bodies' names without their areas: 水利局, 双庙镇."""
        return frozenset(member.unit.body for member in self.members if len(member.unit.body) > 2)

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """How long these names are, the longest first."""
        return tuple(sorted({len(name) for name in self.names}, reverse=True))

    @cached_property
    def holders(self) -> dict[int, list[int]]:
        """Which members have a sentence, by its mark."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, member in enumerate(self.members):
            for mark in member.all_marks:
                found[mark].append(number)
        return found

    def figures_of(self, me: Sibling) -> _Figures:
        """The sums over the members of the same level and form."""
        return self._figures[me.org.level, me.form]

    @cached_property
    def _figures(self) -> dict[tuple[object, str], _Figures]:
        kinds: dict[tuple[object, str], list[Sibling]] = defaultdict(list)
        for member in self.members:
            kinds[member.org.level, member.form].append(member)
        return {kind: _Figures(members) for kind, members in kinds.items()}


@dataclass(frozen=True, eq=False)
class Peers:
    """The siblings of one report; ``counted`` is the one that stands for its unit in the family, usually ``me`` itself."""

    me: Sibling
    family: Family
    counted: Sibling

    @classmethod
    def of(cls, report: AnnualReport, others: Iterable[AnnualReport]) -> Self:
        """The siblings of a report, where they are at hand."""
        me = Sibling.of(report)
        return cls(me, Family((me, *map(Sibling.of, others))), me)

    def average(self, key: CellKey) -> Average:
        """A cell over the siblings of the same level and form."""
        return self.family.figures_of(self.counted).without(key, self.counted.value(key))

    def twins(self, share: float) -> list[Twin]:
        """The siblings that have more than ``share`` of the report's own sentences, the most alike first.

        Whoever has so many of them has one of any few: only units that share one of the rarest sentences are compared, so
        that the work does not grow with the square of the units.
        """
        mine, holders = self.me.marks, self.family.holders
        rarest = sorted(mine, key=lambda sentence: sum(len(holders.get(mark, ())) for mark in sentence))
        few = rarest[: len(mine) - int(share * len(mine))]
        mates = {n for sentence in few for mark in sentence for n in holders.get(mark, ())[: MATES + 1]}
        twins = []
        for number in sorted(mates):
            other = self.family.members[number]
            if other is self.counted or same_unit(other.org.name, self.me.org.name):
                continue
            same = sum(not other.all_marks.isdisjoint(sentence) for sentence in mine)
            if same > share * len(mine):
                twins.append(Twin(other, same))
        return sorted(twins, key=lambda twin: -twin.same)


@dataclass(frozen=True)
class Beside:
    """What stands beside one report in its batch."""

    units: tuple[Sibling, ...] = ()
    """the units that a government-level report sums up"""
    unclear: tuple[str, ...] = ()
    """names of units that may belong to it and cannot be placed"""
    doubled: tuple[str, ...] = ()
    """names of its units with several reports of one year that differ"""
    peers: Peers | None = field(default=None, compare=False)
    """its siblings; None where the report was checked alone, or is one of several"""
    unsettled: bool = False
    """its unit has other reports of the year in the batch that differ: nobody knows which one it sends in"""
