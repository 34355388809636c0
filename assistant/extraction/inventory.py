"""Lists every figure of a material: what kind it is, its unit, and whether it is exact. No figure is lost before it is read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files

from assistant.extraction.statements import Span
from assistant.numerals import Numeral, find_numerals, fold, with_digits

__all__ = ["CANDIDATES", "Figure", "FigureKind", "figure_kinds", "inventory_of"]

CANDIDATES = ("count", "amount", "unreadable")
"""kinds that a cell of the form may hold"""
_AMOUNT = re.compile(r"\s*(万元|亿元|元|块钱|块)")
_UNIT = re.compile(
    r"\s*(人次|场次|批次|件次|户次|家次|[件份条项个次人篇期场家户宗起例名位处块批部张册页辆台座栋轮种类门所届版本])"
)
_ABOUT_BEFORE = re.compile(
    r"(?:约|近|大约|大概|将近|不到|超过|逾|上|差不多|估计|左右是|至少|最多)[有为是]?\s*$"
)
_ABOUT_AFTER = re.compile(r"\s*(?:多|余|几|来|左右|上下|以上|开外|出头)")
_BOUND = frozenset(" \t\n　，。；、：:;,()（）|｜/+=＝-—~")


@dataclass(frozen=True)
class FigureKind:
    """One kind of figure that is no count of the form, as figures.toml describes it."""

    name: str
    why: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """One figure: ``text`` stands at ``span`` (characters of the material, end exclusive); ``id`` counts from 1.

    ``kind``: count, amount (``unit`` 元, 万元 …), unreadable (▢件: no ``value``), or a name of figures.toml. ``exact`` is False
    for 约30件, 三百来件.
    """

    id: int
    span: Span
    text: str
    value: int | Decimal | None
    kind: str
    unit: str = ""
    exact: bool = True
    why: str = ""

    @property
    def is_candidate(self) -> bool:
        """Whether a cell of the form may hold it."""
        return self.kind in CANDIDATES


@cache
def figure_kinds() -> tuple[FigureKind, ...]:
    """The kinds of figures.toml in their order; KeyError or re.error when an entry is broken."""
    raw = tomllib.loads((files("assistant.extraction") / "figures.toml").read_text(encoding="utf-8"))
    return tuple(
        FigureKind(one["name"], one["why"], re.compile(one["pattern"]), tuple(one["examples"]))
        for one in raw["kind"]
    )


@lru_cache(maxsize=8)
def inventory_of(text: str) -> tuple[Figure, ...]:
    """All figures from left to right. Words that merely hold a numeral character (一共, 统一) are none."""
    folded, blots = with_digits(fold(text))
    kinds = _kinds_by_place(folded)
    figures: list[Figure] = []
    for numeral in find_numerals(folded):
        kind = kinds.get(numeral.start)
        if kind is None and numeral.chinese and not _is_figure(folded, numeral):
            continue
        figure = _figure(len(figures) + 1, text, folded, numeral, kind)
        if blots and not blots.isdisjoint(range(numeral.start, numeral.end)):
            figure = _blotted(figure)
        figures.append(figure)
    return tuple(figures)


def _blotted(figure: Figure) -> Figure:
    kind, why = (figure.kind, figure.why) if figure.why else ("unreadable", "")
    return replace(figure, value=None, kind=kind, why=why, exact=False)


def _kinds_by_place(folded: str) -> dict[int, FigureKind]:
    """The kind of each character that lies in a stretch of some kind; the first kind to take it holds it."""
    taken: dict[int, FigureKind] = {}
    for kind in figure_kinds():
        for match in kind.pattern.finditer(folded):
            start, end = next((match.span(n) for n in match.groupdict() if match[n]), match.span())
            if start in taken:
                continue
            for at in range(start, end):
                taken.setdefault(at, kind)
    return taken


def _figure(number: int, text: str, folded: str, numeral: Numeral, kind: FigureKind | None) -> Figure:
    span = Span(numeral.start, numeral.end)
    words = text[span.start : span.end]
    if kind is not None:
        return Figure(number, span, words, numeral.value, kind.name, why=kind.why)
    amount = _AMOUNT.match(folded, span.end)
    measure = amount or _UNIT.match(folded, span.end)
    unit = "" if measure is None else measure[1]
    ends = {span.end, span.end if measure is None else measure.end()}
    about = numeral.about or _ABOUT_BEFORE.search(folded[max(0, span.start - 4) : span.start]) is not None
    exact = not (about or any(_ABOUT_AFTER.match(folded, at) for at in ends))
    return Figure(number, span, words, numeral.value, "amount" if amount else "count", unit, exact)


def _is_figure(folded: str, numeral: Numeral) -> bool:
    """Whether characters such as 三 count something: they stand before a measure word, or between bounds."""
    behind = folded[numeral.end : numeral.end + 1]
    about = _ABOUT_AFTER.match(folded, numeral.end)
    ends = (numeral.end, about.end() if about else numeral.end)
    if any(_UNIT.match(folded, at) or _AMOUNT.match(folded, at) for at in ends):
        return folded[numeral.start : numeral.end] not in ("一", "几") or behind in "件份"
    alone = numeral.start == 0 or folded[numeral.start - 1] in _BOUND
    return alone and (not behind or behind in _BOUND) and numeral.end - numeral.start < 6
