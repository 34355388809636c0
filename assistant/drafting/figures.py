"""Settles the account of every figure in the finished draft: what the ledger made of it after corrections, answers and a model."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from assistant.extraction.inventory import inventory_of
from assistant.report.draft import Cell
from assistant.report.facts import Fact, FactKind, FactStatus, Value
from assistant.report.figures import OF_FACTS, Account, FigureAccount

__all__ = ["all_figures", "settle"]

_ASIDE: dict[FactStatus, tuple[Account, str]] = {
    FactStatus.CONFLICTING: (Account.OPEN, "与另一处说法矛盾，待确认"),
    FactStatus.HEDGED: (Account.OPEN, "说法不确定，待确认"),
    FactStatus.SUPERSEDED: (Account.LEFT_OUT, "已被后面的更正取代"),
    FactStatus.WITHDRAWN: (Account.LEFT_OUT, "已撤回"),
    FactStatus.REJECTED: (Account.LEFT_OUT, "没有采用"),
}
"""what a figure is whose facts no longer hold, the gravest first"""
_OPEN: dict[FactStatus, tuple[Account, str]] = {
    FactStatus.STATED: (Account.TOTAL, "与已填的数相同"),
    FactStatus.WITHDRAWN: (Account.LEFT_OUT, "已另行说明"),
}


@dataclass(frozen=True)
class _Stood:
    """A fact at one place of its evidence."""

    start: int
    end: int
    fact: Fact


def all_figures(
    read: Iterable[FigureAccount], finished: Mapping[str, str], order: Iterable[str]
) -> list[FigureAccount]:
    """The figures of all sources in their order, numbered through: those that were ``read`` as raw facts, and those of the
    texts of ``finished`` reports, which are printed as they stand, so that only their cells are facts."""
    found = [*read]
    for name, text in finished.items():
        found += _listed(name, text)
    place = {name: number for number, name in enumerate(order)}
    found.sort(key=lambda figure: place[figure.source])
    return [figure.model_copy(update={"id": number}) for number, figure in enumerate(found, 1)]


def _listed(name: str, text: str) -> Iterator[FigureAccount]:
    for figure in inventory_of(text):
        yield FigureAccount(
            id=figure.id,
            start=figure.span.start,
            end=figure.span.end,
            source=name,
            kind=figure.kind,
            value=figure.value,
            account=Account.LEFT_OUT if figure.why else Account.FACT,
            why=figure.why or "年报原文",
        )


def settle(
    figures: Sequence[FigureAccount], facts: Sequence[Fact], cells: Iterable[Cell]
) -> tuple[FigureAccount, ...]:
    """The figures with the accounts that hold in the end; ``figures`` are as the reader left them."""
    held = {f"{c.table}.{c.row}.{c.col}": c.value for c in cells}
    beside = _facts_beside(figures, facts)
    return tuple(_settled(figure, beside.get(figure.id, ()), held) for figure in figures)


def _facts_beside(figures: Sequence[FigureAccount], facts: Iterable[Fact]) -> Mapping[int, list[Fact]]:
    """The facts in whose words each figure stands and from which they may be taken."""
    places: dict[str, list[_Stood]] = {}
    for fact in facts:
        for place in fact.evidence if fact.kind in OF_FACTS or fact.kind is FactKind.OPEN else ():
            places.setdefault(place.source, []).append(_Stood(place.start, place.end, fact))
    found: dict[int, list[Fact]] = {}
    for source, mine in _by_source(figures):
        starts = [figure.start for figure in mine]
        for one in places.get(source, ()):
            # a figure that begins before the words ends before them too
            first, last = bisect_left(starts, one.start), bisect_left(starts, one.end)
            for figure in mine[first:last]:
                if _may_be_from(one.fact, figure, alone=last - first == 1):
                    found.setdefault(figure.id, []).append(one.fact)
    return found


def _by_source(figures: Iterable[FigureAccount]) -> Iterator[tuple[str, list[FigureAccount]]]:
    sources: dict[str, list[FigureAccount]] = {}
    for figure in sorted(figures, key=attrgetter("start")):
        sources.setdefault(figure.source, []).append(figure)
    return iter(sources.items())


def _may_be_from(fact: Fact, figure: FigureAccount, *, alone: bool) -> bool:
    """Whether a fact was taken from this figure of its words: it has its value, or no other stands there."""
    if fact.kind is FactKind.OPEN:
        return figure.account is Account.OPEN
    if figure.value is None or fact.value is None:
        return alone and figure.account is Account.OPEN
    if figure.value in (fact.value, -fact.value, fact.value * 10_000, Decimal(fact.value) / 10_000):
        return figure.account in (Account.CELL, Account.OPEN, Account.TOTAL) or alone
    return alone and figure.account is Account.CELL


def _settled(figure: FigureAccount, facts: Sequence[Fact], held: Mapping[str, Value | None]) -> FigureAccount:
    told = [f for f in facts if f.kind is not FactKind.OPEN]
    live = [f for f in told if f.status is FactStatus.STATED]
    if live:
        account, why = OF_FACTS[live[0].kind]
        same = [f.where for f in live if OF_FACTS[f.kind][0] is account is Account.CELL]
        return _as(figure, account, why, tuple(dict.fromkeys(same)))
    for status, (account, why) in _ASIDE.items():
        mine = [f.where for f in told if f.status is status]
        if mine:
            # what contradicts still says of which cell it speaks
            return _as(figure, account, why, tuple(mine) if status is FactStatus.CONFLICTING else ())
    opened = [f for f in facts if f.kind is FactKind.OPEN]
    if opened and all(f.status in _OPEN for f in opened):
        return _as(figure, *_OPEN[opened[0].status])
    if figure.account is Account.CELL and figure.cells and not _is_held(figure, held):
        # it only repeats what was said elsewhere, and that does not stand any more
        return _as(figure, *_ASIDE[FactStatus.CONFLICTING], figure.cells)
    return figure


def _is_held(figure: FigureAccount, held: Mapping[str, Value | None]) -> bool:
    """Whether the cells it names, if they are cells of the form, are filled at all."""
    return any(where not in held or held[where] is not None for where in figure.cells)


def _as(figure: FigureAccount, account: Account, why: str, cells: tuple[str, ...] = ()) -> FigureAccount:
    return figure.model_copy(update={"account": account, "why": why, "cells": cells})
