"""Reads what the words beside a table say about its figures: their order, their codes, what a blank stands for, whose they are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.extraction.statements import Span
from assistant.extraction.tables.labels import read_label
from assistant.extraction.tables.shortened import long_forms
from assistant.numerals import fold

__all__ = [
    "NOTHING_SAID",
    "Declared",
    "Default",
    "Legend",
    "Words",
    "declared",
    "default_in",
    "legend_in",
    "placed_in",
]

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
    line: Span
    rest_zero: bool = False


@dataclass(frozen=True)
class Default:
    """Whose the figures are that have no remark beside them; ``outcomes``: those of the outcomes alone."""

    col: str
    span: Span
    outcomes: bool = False


@dataclass(frozen=True)
class Declared:
    """``aside`` is why the table is not for the report; ``codes`` are words by code; ``scope`` are sentences that say which column
    or row is the report; ``no_figure`` that a dash or blank is none; ``read`` are words that say nothing else."""

    aside: str = ""
    legend: Legend | None = None
    codes: tuple[tuple[str, str], ...] = ()
    code_lines: tuple[Span, ...] = ()
    scope: tuple[str, ...] = ()
    no_figure: bool = False
    read: tuple[Span, ...] = ()
    default: Default | None = None


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
    legend, codes, scope = None, dict[str, str](), list[str]()
    read: list[Span] = []
    coded: list[Span] = []
    for words in (*before, *behind):
        text = fold(words.text)
        read += [
            Span(words.start + m.start(), words.start + m.end()) for m in _pattern("none").finditer(text)
        ]
        if _pattern("scope").search(text):
            scope.append(text)
    no_figure = bool(read)
    for words in (*(w for w in reversed(behind) if not re.search(r"\d", fold(w.text))), *before):
        # the line nearest above the table counts most
        legend = legend_in(words, year, form) or _sides(words) or legend
        found = {m["code"]: m["words"] for m in _pattern("code").finditer(fold(words.text))}
        if len(found) >= _FEWEST_CODES:
            codes |= found
            coded.append(_line(words))
    above = fold(before[-1].text) if before else ""
    # 年报只报市局机关这一行，分局的仅供参考: the rest of the table is aside, not the table
    aside = _pattern("aside").search(above) is not None and _pattern("one_of_it").search(above) is None
    if aside:
        read.append(_line(before[-1]))
    return Declared(
        "另附，不报" if aside else "",
        legend,
        tuple(codes.items()),
        tuple(coded),
        tuple(scope),
        no_figure,
        tuple(read),
        next((one for w in (*behind, *before) if (one := default_in(w.text, w.start, year, form))), None),
    )


def default_in(text: str, start: int, year: int | None, form: str) -> Default | None:
    """除说明栏注明外，申请人均为自然人: the applicants of all rows that no remark tells of; None where nothing of that kind is said."""
    folded = fold(text)
    found = _pattern("default").search(folded)
    if found is None:
        return None
    label = read_label(found["who"], year, form)
    keys = [name.key for name in label.columns if name.kind == "col"]
    if len(keys) != 1 or label.rest:
        return None
    begin = max(folded.rfind(mark, 0, found.start()) for mark in "。；;") + 1
    clause = folded[begin : found.end()]
    span = Span(start + begin, start + found.end())
    return Default(keys[0], span, _pattern("outcomes").search(clause) is not None)


def placed_in(sentence: str) -> Iterator[re.Match[str]]:
    """Where a sentence says that the report is the first or the last row or column of the table."""
    return _pattern("placed").finditer(sentence)


def _sides(words: Words) -> Legend | None:
    """左边是去年的，右边是今年的: two columns of figures by their years."""
    found = _pattern("sides").search(fold(words.text))
    if found is None:
        return None
    labels = tuple(f"{found[side]}年" if found[side].isdigit() else found[side] for side in ("left", "right"))
    places = tuple(
        Span(words.start + a, words.start + b) for a, b in (found.span("left"), found.span("right"))
    )
    return Legend(labels, places, _line(words))


def _line(words: Words) -> Span:
    return Span(words.start, words.start + len(words.text))


def legend_in(words: Words, year: int | None, form: str) -> Legend | None:
    """The first list of columns in a line: 每行 自/企/科/社/法/其/计, 列:代码,自,企,计; None where there is none."""
    # as written: a full-width comma parts clauses, no labels
    for name in ("list", "spaced_list"):
        for match in _pattern(name).finditer(words.text):
            parts = list(re.finditer(r"[^/、,|\s]+", match.group()))
            parts = parts[1:] if _pattern("corner").fullmatch(parts[0].group()) else parts
            found = _legend([part.group() for part in parts], year, form)
            if found:
                at = words.start + match.start()
                places = tuple(Span(at + part.start(), at + part.end()) for part in parts)
                rest = _pattern("rest_zero").search(fold(words.text), match.end()) is not None
                return Legend(found, places, _line(words), rest)
    return None


def _legend(labels: Sequence[str], year: int | None, form: str) -> tuple[str, ...]:
    """The labels in full where all of them are columns of one table of the form; empty otherwise."""
    if any(char.isdigit() for label in labels for char in label):
        # no column has a figure in its name
        return ()
    longer = long_forms(labels)
    shown = tuple(longer.get(label, label) for label in labels)
    known = [read_label(label, year, form) for label in shown]
    named = [{name.kind for name in one.columns} & {"col", "t4col"} for one in known]
    kinds = set[str]().union(*named)
    told = [one for one, kind in zip(known, named, strict=True) if kind]
    rest = [o for o, kind in zip(known, named, strict=True) if not kind and not o.marks & {"sum", "other"}]
    fits = len(kinds) == 1 and len(told) >= _FEWEST_COLUMNS and not rest
    return shown if fits and not any(one.lines or one.rest for one in told) else ()
