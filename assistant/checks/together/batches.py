"""Finds out who belongs together among reports that are checked at once: siblings, and the units of a government."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import TypeVar

from assistant.checks.together.areas import UnitName, named, within
from assistant.checks.together.siblings import Beside, Family, Peers, Sibling
from assistant.report import Level, Scope

__all__ = ["BESIDE", "Batch"]

BESIDE = ("OUTLIER", "ROLLUP", "TWIN_TEXT")
"""rules that judge a report by its neighbours alone, and by what a Sibling holds of it"""

_Area = tuple[str, ...]
_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class Batch:
    """The reports of one run.

    Names and years say who belongs together. ``folders`` (one for each report, None where there is none) help where several
    reports of one unit and year differ, as when several counties' folders are checked at once: a report then belongs to
    the largest folder around it in which every unit has one report.
    """

    def __init__(self, members: Sequence[Sibling], folders: Sequence[PurePath | None] = ()) -> None:
        self._members = members
        self._folders = folders or [None] * len(members)
        self._inside: dict[PurePath | None, list[int]] = defaultdict(list)
        for number, folder in enumerate(self._folders):
            for around in _upwards(folder):
                self._inside[around].append(number)
        self._homes: dict[PurePath | None, PurePath | None] = {}
        self._pools: dict[PurePath | None, _Pool] = {}

    def beside(self, number: int, roster: Iterable[str] = ()) -> Beside:
        """What stands beside one report; units that the ``roster`` names belong to its government, whatever their names show."""
        return self._pool(self._folders[number]).beside(self._members[number], roster)

    def _pool(self, folder: PurePath | None) -> _Pool:
        home = self._home(folder)
        if home not in self._pools:
            self._pools[home] = _Pool([self._members[n] for n in self._inside[home]])
        return self._pools[home]

    def _home(self, folder: PurePath | None) -> PurePath | None:
        if folder not in self._homes:
            home = folder
            for around in _upwards(folder):
                if self._clash(around):
                    break
                home = around
            self._homes[folder] = home
        return self._homes[folder]

    def _clash(self, folder: PurePath | None) -> bool:
        seen: dict[tuple[UnitName, int | None], Sibling] = {}
        for number in self._inside[folder]:
            one = self._members[number]
            if _is_named(one) and _differ(seen.setdefault((one.unit, one.year), one), one):
                return True
        return False


def _is_named(one: Sibling) -> bool:
    """Whether the report names its unit; 我局 stands in every report."""
    return bool(one.org.name) and one.org.name[0] not in "我本"


def _upwards(folder: PurePath | None) -> list[PurePath | None]:
    """The folder and those around it; the last one holds everything."""
    return [None] if folder is None else [folder, *folder.parents, None]


def _differ(one: Sibling, other: Sibling) -> bool:
    """Whether two reports of a unit are more than two prints of one report."""
    return one is not other and one.values != other.values


@dataclass(frozen=True, eq=False)
class _Pool:
    """Reports among which a unit's name means one unit."""

    everyone: Sequence[Sibling]

    def beside(self, me: Sibling, roster: Iterable[str]) -> Beside:
        if not _is_named(me) or me.year is None:
            return Beside()
        same = self._same[self._whole(me.unit), me.year]
        unsettled = any(_differ(me, other) for other in same)
        peers = None if unsettled else Peers(me, self._families[self._kin(me)], same[0])
        if me.org.scope is not Scope.GOVERNMENT:
            return Beside(peers=peers, unsettled=unsettled)
        listed = {self._whole(name) for name in map(named, roster)}
        doubled = {self._whole(one.unit) for one in self._doubled}
        clear, unclear, twice = [], [], []
        for one in self._of_year.get((me.year, me.form), ()):
            if one.unit == me.unit:
                continue
            name = self._whole(one.unit)
            belongs = self._belongs(one, me) if name not in listed else True
            if belongs and name in doubled:
                twice.append(one.org.name)
            elif belongs:
                clear.append(one)
            elif belongs is None:
                unclear.append(one.org.name)
        return Beside(tuple(clear), _once(unclear), _once(twice), peers, unsettled)

    def _belongs(self, one: Sibling, government: Sibling) -> bool | None:
        """Whether a unit's figures are part of a government's; None where its name does not say."""
        area, own = self._area(one), self._area(government)
        governs = one.org.scope is Scope.GOVERNMENT
        if not area or not own:
            # a body that names no area, among units of several
            return False if governs else None
        if area == own:
            return not governs
        if governs and area[:-1] == own:
            return True
        below = area[: len(own)] == own
        # a county that does not say of which city it is
        unplaced = government.org.level in (Level.PROVINCE, Level.CITY) and len(area) <= len(own)
        if not below and not unplaced:
            return False
        # whoever is summed up by a report between the two is no unit of this government
        between = area[:-1] if governs else area
        return None if between not in self._governed else False

    def _kin(self, one: Sibling) -> tuple[_Area, int | None, bool]:
        area, governs = self._area(one), one.org.scope is Scope.GOVERNMENT
        return (area[:-1] if governs else area), one.year, governs

    @cached_property
    def _families(self) -> dict[tuple[_Area, int | None, bool], Family]:
        found: dict[tuple[_Area, int | None, bool], list[Sibling]] = defaultdict(list)
        doubled = {id(one) for one in self._doubled}
        for one in self._distinct:
            if id(one) not in doubled:
                found[self._kin(one)].append(one)
        for one in self.everyone:
            found.setdefault(self._kin(one), [])
        return {kin: Family(tuple(members)) for kin, members in found.items()}

    @cached_property
    def _of_year(self) -> dict[tuple[int | None, str], list[Sibling]]:
        return _grouped(self._distinct, lambda one: (one.year, one.form))

    @cached_property
    def _same(self) -> dict[tuple[UnitName, int | None], list[Sibling]]:
        return _grouped(filter(_is_named, self.everyone), lambda one: (self._whole(one.unit), one.year))

    @cached_property
    def _distinct(self) -> list[Sibling]:
        """One report for each unit and year; where several differ, the first."""
        return [reports[0] for reports in self._same.values()]

    @cached_property
    def _doubled(self) -> list[Sibling]:
        return [reports[0] for reports in self._same.values() if any(_differ(reports[0], o) for o in reports)]

    @cached_property
    def _governed(self) -> frozenset[_Area]:
        """Areas whose own government has sent its report."""
        return frozenset(self._area(one) for one in self.everyone if one.org.scope is Scope.GOVERNMENT)

    def _area(self, one: Sibling) -> _Area:
        return self._whole(one.unit).areas

    def _whole(self, unit: UnitName) -> UnitName:
        """The name with its areas as fully as any report gives them: 清河县 is 邢台市清河县 where nothing else ends so."""
        return unit._replace(areas=self._full.get(unit.areas, unit.areas))

    @cached_property
    def _full(self) -> dict[_Area, _Area]:
        known = {one.unit.areas for one in self.everyone if one.unit.areas}
        by_last = _grouped(known, lambda areas: areas[-1])
        full: dict[_Area, _Area] = {}
        for areas in known:
            longer = [other for other in by_last[areas[-1]] if within(areas, other)]
            longest = max(longer, key=len)
            if all(within(other, longest) for other in longer):
                full[areas] = longest
        wholes = {full.get(areas, areas) for areas in known}
        if len(wholes) == 1:
            # bodies that name no area, where all others are of one
            full[()] = next(iter(wholes))
        return full


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _grouped(items: Iterable[_V], key: Callable[[_V], _K]) -> dict[_K, list[_V]]:
    found: dict[_K, list[_V]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return found
