"""Reads what the words beside a table say about its figures: their order, their codes, what a blank stands for, whose they are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.extraction.statements import Span
from assistant.extraction.tables.labels import read_label
from assistant.extraction.tables.shortened import long_forms
from assistant.numerals import fold

__all__ = ["NOTHING_SAID", "Declared", "Legend", "Words", "declared", "legend_in"]

_FEWEST_COLUMNS = 2
_FEWEST_CODES = 3


@dataclass(frozen=True)
class Words:
    """A line beside a table and where it begins."""

    text: str
    start: int


@dataclass(frozen=True)
class Legend:
    """The order of the figures of a row: labels of columns as they are written, each with its place.

    ``rest_zero``: the columns that are not listed hold nothing (其余三列全0).
    """

    labels: tuple[str, ...]
    places: tuple[Span, ...]
    rest_zero: bool = False


@dataclass(frozen=True)
class Declared:
    """``aside`` is why the table is not for the report; ``codes`` are words by code; ``scope`` are sentences that say which column
    or row is the report; ``no_figure`` that a dash or blank is none; ``read`` are the words that are understood by this."""

    aside: str = ""
    legend: Legend | None = None
    codes: tuple[tuple[str, str], ...] = ()
    scope: tuple[str, ...] = ()
    no_figure: bool = False
    read: tuple[Span, ...] = ()


NOTHING_SAID = Declared()


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_data()[name])


@cache
def _data() -> dict[str, str]:
    text = (files("assistant.extraction.tables") / "declared.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def declared(before: Sequence[Words], behind: Sequence[Words], year: int | None, form: str) -> Declared:
    """What the lines directly before and behind a table declare."""
    legend, codes, scope, aside = None, dict[str, str](), list[str](), ""
    read: list[Span] = []
    for words in (*before, *behind):
        text = fold(words.text)
        for match in _pattern("none").finditer(text):
            read.append(Span(words.start + match.start(), words.start + match.end()))
        if _pattern("scope").search(text):
            scope.append(text)
    no_figure = bool(read)
    for words in before:
        found = legend_in(words, year, form)
        legend = found or legend
        coded = {m["code"]: m["words"] for m in _pattern("code").finditer(fold(words.text))}
        if len(coded) >= _FEWEST_CODES:
            codes |= coded
        if found or len(coded) >= _FEWEST_CODES:
            read.append(Span(words.start, words.start + len(words.text)))
    if before and _pattern("aside").search(fold(before[-1].text)):
        aside = "另附，不报"
        read.append(Span(before[-1].start, before[-1].start + len(before[-1].text)))
    return Declared(aside, legend, tuple(codes.items()), tuple(scope), no_figure, tuple(read))


def legend_in(words: Words, year: int | None, form: str) -> Legend | None:
    """The first list of columns in a line: 每行 自/企/科/社/法/其/计, 列:代码,自,企,计; None where there is none."""
    text = fold(words.text)
    # as written: a full-width comma parts clauses, no labels
    for match in _pattern("list").finditer(words.text):
        parts = list(re.finditer(r"[^/、,|]+", match.group()))
        if _pattern("corner").fullmatch(parts[0].group()):
            parts = parts[1:]
        labels = [part.group() for part in parts]
        longer = long_forms(labels)
        known = [read_label(longer.get(label, label), year, form) for label in labels]
        named = [one for one in known if any(name.kind == "col" for name in one.names)]
        rest = [one for one in known if one not in named and not one.marks & {"sum", "other"}]
        if len(named) >= _FEWEST_COLUMNS and not rest:
            at = words.start + match.start()
            places = tuple(Span(at + part.start(), at + part.end()) for part in parts)
            shown = tuple(longer.get(label, label) for label in labels)
            return Legend(shown, places, _pattern("rest_zero").search(text, match.end()) is not None)
    return None
