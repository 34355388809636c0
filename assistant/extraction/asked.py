"""What a model is asked to return: a small flat schema whose cell names come from the form, and nothing that is zero or blank."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.facts import ASPECTS, FactKind
from assistant.forms import CellKey, Form

__all__ = [
    "Names",
    "Place",
    "ReadActivity",
    "ReadApplicants",
    "ReadCell",
    "ReadCorrection",
    "Reading",
    "reading_schema",
]

VERBS = ("replace", "withdraw")
"""what a correction may do"""
ALL_ROWS = "all"


class _Lenient(BaseModel):
    """Parts of an answer: unknown keys are ignored, for not every server holds a model to the schema."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class ReadCell(_Lenient):
    """One figure the model found: the cell's name, the figure, and the words of the source that hold it."""

    cell: str
    value: str
    quote: str


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

    cells: list[Any] = []
    last_year: list[Any] = []
    applicants: list[Any] = []
    corrections: list[Any] = []
    activities: list[Any] = []

    @cached_property
    def parsed(self) -> ParsedReading:
        """The entries that have the right shape."""
        cells, last = _parse(self.cells, ReadCell), _parse(self.last_year, ReadCell)
        applicants, corrections = (
            _parse(self.applicants, ReadApplicants),
            _parse(self.corrections, ReadCorrection),
        )
        activities = _parse(self.activities, ReadActivity)
        broken = cells.broken + last.broken + applicants.broken + corrections.broken + activities.broken
        return ParsedReading(
            cells.items, last.items, applicants.items, corrections.items, activities.items, broken
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


@dataclass(frozen=True)
class Place:
    """What a name stands for in the ledger: kind and ``where`` of a fact."""

    kind: FactKind
    where: str

    @property
    def key(self) -> CellKey | None:
        """The cell, for places that are one."""
        return CellKey.parse(self.where) if self.kind in (FactKind.CELL, FactKind.PRIOR) else None


class Names:
    """The short names of one form: ``granted.total`` for table3.granted.total, ``deny_subtotal.total`` for a sum people
    speak of, ``info_fee.yuan`` for the fee. Rows are unique over the tables, so the table need not be said."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.places: dict[str, Place] = {
            f"{key.row}.{key.col}": Place(FactKind.CELL, str(key)) for key in form.cells
        }
        columns = [c.key for c in form.table("table3").columns]
        for aggregate in form.aggregates:
            if aggregate.along == "rows":
                lines = columns if aggregate.table == "table3" else ["total"]
                names = [f"{aggregate.key}.{line}" for line in lines]
            else:
                names = [f"{row.key}.{aggregate.key}" for row in form.table(aggregate.table).rows]
            self.places |= {
                name: Place(FactKind.AGGREGATE, name) for name in names if name not in self.places
            }
        self.places |= {
            f"info_fee.{part}": Place(FactKind.FEE, f"info_fee.{part}") for part in ("yuan", "cases")
        }
        self.applicants = tuple(c for c in columns if c != "total")
        self.rows = tuple(r.key for r in form.table("table3").rows)

    def place(self, name: str) -> Place | None:
        """The place of a name; a full address (table3.granted.total) is understood too. None when there is no such cell."""
        name = name.strip()
        return self.places.get(name) or self.places.get(
            name.partition(".")[2] if name.startswith("table") else ""
        )

    def describe(self) -> list[str]:
        """One line for each row with its columns, in Chinese, for the prompt."""
        lines = []
        for table in self.form.tables:
            columns: dict[tuple[str, ...], list[str]] = {}
            for row in table.rows:
                keys = tuple(c.key for c in table.columns_of(row.key))
                columns.setdefault(keys, []).append(f"{row.key}={row.name}")
            for keys, rows in columns.items():
                labels = "、".join(
                    f"{c.key}={c.label}" for c in table.columns_of(rows[0].partition("=")[0]) if c.key in keys
                )
                lines.append(f"行：{'、'.join(rows)}\n列：{labels}")
        sums = "、".join(f"{a.key}={a.label}" for a in self.form.aggregates)
        lines.append(
            f"表外合计（只在材料没有细分时用）：{sums}\n信息处理费：info_fee.yuan=金额（元）、info_fee.cases=件数"
        )
        return lines


def reading_schema(names: Names) -> dict[str, Any]:
    """The JSON Schema of an answer: flat, strict, every field required, cells from an enumeration."""
    cell = {"type": "string", "enum": list(names.places)}
    text = {"type": "string"}
    number = {"type": "number"}
    figure = _object(cell=cell, value=number, quote=text)
    applicants = _object(
        rows={"type": "string", "enum": [ALL_ROWS, *names.rows]},
        applicant={"type": "string", "enum": list(names.applicants)},
        quote=text,
    )
    correction = _object(verb={"type": "string", "enum": list(VERBS)}, cell=cell, value=number, quote=text)
    activity = _object(aspect={"type": "string", "enum": [a.value for a in ASPECTS]}, quote=text)
    whole = _object(
        cells=_list(figure),
        last_year=_list(figure),
        applicants=_list(applicants),
        corrections=_list(correction),
        activities=_list(activity),
    )
    return {"title": "Reading", **whole}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
