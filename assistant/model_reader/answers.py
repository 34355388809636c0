"""A model's answer as it is understood: entry by entry, so that a bad one does not spoil the rest; nothing of it is checked yet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

__all__ = [
    "ParsedReading",
    "ReadActivity",
    "ReadApplicants",
    "ReadCell",
    "ReadCorrection",
    "Reading",
    "canonical",
]


class _Lenient(BaseModel):
    """Parts of an answer: unknown keys are ignored, for not every server holds a model to the schema."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class ReadCell(_Lenient):
    """One cell and the words of the source that give its figure.

    The words may give several cells: this one is number ``turn`` (from 0) of ``turns``. ``value`` is empty unless the model
    wrote the figure down as well; then it must be the same.
    """

    cell: str
    quote: str
    value: str = ""
    turn: int = 0
    turns: int = 1


class _Phrase(_Lenient):
    """An entry of ``figures``: words of the source and the cells that their figures fill, in order."""

    quote: str
    cells: tuple[str, ...]
    values: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _one_or_many(cls, data: object) -> object:
        """Models that are not held to the schema write ``cell`` and ``value``, too."""
        if not isinstance(data, dict):
            return data
        one = {f"{name}s": [data[name]] for name in ("cell", "value") if data.get(name) is not None}
        return {**one, **{name: value for name, value in data.items() if value is not None}}

    @model_validator(mode="after")
    def _as_many(self) -> _Phrase:
        if self.values and len(self.values) != len(self.cells):
            raise ValueError("values and cells differ in number")
        return self

    @property
    def read(self) -> Iterable[ReadCell]:
        """The cells one by one."""
        for turn, cell in enumerate(self.cells):
            value = self.values[turn] if self.values else ""
            yield ReadCell(cell=cell, quote=self.quote, value=value, turn=turn, turns=len(self.cells))


class ReadApplicants(_Lenient):
    """The model read that all requests of a row (or ``all``) came from one kind of applicant."""

    rows: str
    applicant: str
    quote: str


class ReadCorrection(_Lenient):
    """The source takes something back: ``replace`` a figure by another, or ``withdraw`` it."""

    verb: str
    cell: str
    value: str = ""
    quote: str


class ReadActivity(_Lenient):
    """Something the unit did, by aspect; its text is the quote itself, so that no word of it is the model's."""

    aspect: str
    quote: str


T = TypeVar("T", bound=_Lenient)


@dataclass(frozen=True)
class _Parsed(Generic[T]):
    items: tuple[T, ...]
    broken: int


def _parse(raw: object, kind: type[T]) -> _Parsed[T]:
    items: list[T] = []
    broken = 0
    for entry in raw if isinstance(raw, list) else []:
        try:
            items.append(kind.model_validate(entry))
        except ValidationError:
            broken += 1
    return _Parsed(tuple(items), broken)


class Reading(_Lenient):
    """A whole answer. Each list is read entry by entry: a bad entry is counted in ``broken`` and does not spoil the rest."""

    figures: list[Any] = []
    last_year: list[Any] = []
    applicants: list[Any] = []
    corrections: list[Any] = []
    activities: list[Any] = []

    @cached_property
    def parsed(self) -> ParsedReading:
        """The entries that have the right shape."""
        figures, last = _parse(self.figures, _Phrase), _parse(self.last_year, _Phrase)
        applicants, corrections = (
            _parse(self.applicants, ReadApplicants),
            _parse(self.corrections, ReadCorrection),
        )
        activities = _parse(self.activities, ReadActivity)
        broken = figures.broken + last.broken + applicants.broken + corrections.broken + activities.broken
        return ParsedReading(
            tuple(cell for phrase in figures.items for cell in phrase.read),
            tuple(cell for phrase in last.items for cell in phrase.read),
            applicants.items,
            corrections.items,
            activities.items,
            broken,
        )


@dataclass(frozen=True)
class ParsedReading:
    """What a model read from one or several pieces of a source."""

    cells: tuple[ReadCell, ...] = ()
    last_year: tuple[ReadCell, ...] = ()
    applicants: tuple[ReadApplicants, ...] = ()
    corrections: tuple[ReadCorrection, ...] = ()
    activities: tuple[ReadActivity, ...] = ()
    broken: int = 0

    def merged(self, other: ParsedReading) -> ParsedReading:
        """Both, in order, what stands in the overlap of two pieces once."""
        return ParsedReading(
            _joined(self.cells, other.cells),
            _joined(self.last_year, other.last_year),
            _joined(self.applicants, other.applicants),
            _joined(self.corrections, other.corrections),
            _joined(self.activities, other.activities),
            self.broken + other.broken,
        )


I = TypeVar("I")  # noqa: E741


def _joined(first: tuple[I, ...], second: tuple[I, ...]) -> tuple[I, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def canonical(reading: ParsedReading) -> str:
    """The reading as compact JSON, as a model would write it; evals count its tokens."""
    data = {
        "figures": _phrases(reading.cells),
        "last_year": _phrases(reading.last_year),
        "applicants": [a.model_dump() for a in reading.applicants],
        "corrections": [c.model_dump() for c in reading.corrections],
        "activities": [a.model_dump() for a in reading.activities],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _phrases(cells: Iterable[ReadCell]) -> list[dict[str, Any]]:
    """Cells that follow one another in the same words, as one entry."""
    phrases: list[dict[str, Any]] = []
    for cell in cells:
        if cell.turn == 0 or not phrases:
            phrases.append({"quote": cell.quote, "cells": []})
        phrases[-1]["cells"].append(cell.cell)
        if cell.value:
            phrases[-1].setdefault("values", []).append(json.loads(cell.value))
    return phrases
