"""Small forms of the statutory shape, random statements about them, and the plain enumeration that the reconciler is held against."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from assistant.balance import Given, aggregate_key
from assistant.forms import Aggregate, CellKey, Form, Identity, load_form

LEAVES = ("a", "b")
COLUMNS = ("p", "q", "r")
ROWS = ("new", "over", *LEAVES, "result", "open")
AGGREGATES = (
    Aggregate("ab", "", "t", "rows", LEAVES),
    Aggregate("all", "", "t", "rows", ("new", "over")),
    Aggregate("qr", "", "t", "columns", ("q", "r")),
)
Figures = dict[CellKey, int]


def at(row: str, col: str) -> CellKey:
    return CellKey("t", row, col)


def small_form() -> Form:
    """Two results, three kinds of applicants, the sums of the statutory form."""
    sums = [
        *(Identity("BALANCE", "t", c, (at("new", c), at("over", c)), (at("result", c), at("open", c))) for c in (*COLUMNS, "total")),
        *(Identity("RESULT", "t", c, (at("result", c),), tuple(at(r, c) for r in LEAVES)) for c in (*COLUMNS, "total")),
        *(Identity("ROW", "t", r, (at(r, "total"),), tuple(at(r, c) for c in COLUMNS)) for r in ROWS),
    ]  # fmt: skip
    return replace(load_form("2021"), identities=tuple(sums), aggregates=AGGREGATES)


FORM = small_form()
LINES = [(a, line) for a in AGGREGATES for line in ((*COLUMNS, "total") if a.along == "rows" else ROWS)]


def complete(free: Mapping[CellKey, int]) -> Figures | None:
    """All cells and aggregates from the free cells (new, over, results by applicant); None when too much was handled."""
    out = dict(free)
    for col in COLUMNS:
        out[at("result", col)] = sum(out[at(r, col)] for r in LEAVES)
        out[at("open", col)] = out[at("new", col)] + out[at("over", col)] - out[at("result", col)]
        if out[at("open", col)] < 0:
            return None
    for row in ROWS:
        out[at(row, "total")] = sum(out[at(row, c)] for c in COLUMNS)
    for aggregate, line in LINES:
        out[aggregate_key(aggregate, line)] = sum(out[k] for k in aggregate.cells(line))
    return out


def truth(rng: random.Random, most: int) -> Figures:
    while True:
        drawn = {
            at(r, c): rng.choice((0, rng.randint(0, most))) for r in ("new", "over", *LEAVES) for c in COLUMNS
        }
        figures = complete(drawn)
        if figures is not None:
            return figures


def lawful(figures: Mapping[CellKey, int]) -> bool:
    """Whether all cells are there, none negative, and all sums hold."""
    return all(figures[k] >= 0 for i in FORM.identities for k in i.cells) and all(
        sum(figures[k] for k in i.left) == sum(figures[k] for k in i.right) for i in FORM.identities
    )


def agrees(figures: Mapping[CellKey, int], given: Given) -> bool:
    """Whether complete figures say what the statements say, aggregates included."""
    whole = complete(
        {k: v for k, v in figures.items() if k.row in ("new", "over", *LEAVES) and k.col in COLUMNS}
    )
    return whole is not None and all(whole[key] == value for key, (value, _) in given.items())


def said(
    rng: random.Random, figures: Figures, share: float, aggregates: float = 0.1
) -> dict[CellKey, tuple[int, str]]:
    """A random part of the figures as statements; now and then one statement speaks of two cells."""
    sums = {aggregate_key(*one) for one in LINES}
    keys = [k for k in figures if rng.random() < (aggregates if k in sums else share)]
    given = {key: (figures[key], f"f{n:02}") for n, key in enumerate(keys)}
    zeros = [k for k in keys if not figures[k] and k not in sums]
    for first, second in zip(zeros[::2], zeros[1::2], strict=False):
        given[second] = (0, given[first][1])
    return given


def solutions(given: Given, most: int) -> Iterator[Figures]:
    """Every lawful way to fill the form with free cells up to ``most`` that agrees with the statements."""
    rows = ("new", "over", *LEAVES)
    per_column = [list(_column(given, col, rows, most)) for col in COLUMNS]
    for columns in product(*per_column):
        figures = complete(
            {
                at(r, c): v
                for c, column in zip(COLUMNS, columns, strict=True)
                for r, v in zip(rows, column, strict=True)
            }
        )
        if figures is not None and all(figures[key] == value for key, (value, _) in given.items()):
            yield figures


def _column(given: Given, col: str, rows: tuple[str, ...], most: int) -> Iterator[tuple[int, ...]]:
    known = {r: given[at(r, col)][0] for r in ROWS if at(r, col) in given}
    for values in product(*[(known[r],) if r in known else range(most + 1) for r in rows]):
        result = sum(values[2:])
        left = values[0] + values[1] - result
        if left >= 0 and known.get("result", result) == result and known.get("open", left) == left:
            yield values
