"""Makes a right reading false in part, in all the ways a model can: values, rows, applicants, quotes, order."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.extraction.tokens import Token
from assistant.forms import CellKey, form_for_year
from assistant.model_reader.answers import ParsedReading, ReadCell
from assistant.model_reader.asked import Names
from assistant.model_reader.grounding import Ground
from evals.cases import Case
from evals.oracle import Found, Oracle, clause_of, figures_of, phrased

__all__ = ["KINDS", "SHARE", "Lie", "lied"]

KINDS = (
    "wrong_value", "altered_quote", "other_figure", "wrong_row", "swapped_applicant", "shifted", "invented_quote",
    "stray_figure",
)  # fmt: skip
"""ways to lie: a value the quote does not hold; a quote with another figure; another figure of the message with its own quote;
a row, an applicant that the quote does not speak of; words stretched over the figure before, so that cells and figures go
together wrongly; a quote that is not in the message; a figure about something else put into a cell"""
SHARE = 0.3


@dataclass(frozen=True)
class Lie:
    """One false item: the cell, the value that it would bring in, the words it gives for it."""

    kind: str
    cell: str
    value: str
    quote: str


def lied(case: Case, draw: random.Random, share: float = SHARE) -> tuple[ParsedReading, list[Lie]]:
    """The right reading of a case with a share of its items replaced by lies."""
    ground = Ground(case.message, form_for_year(case.year), case.year)
    liar = _Liar(case, draw, ground)
    declared = Oracle(case).declared(ground)
    honest: list[Found] = []
    for item in Oracle(case).found(ground):
        if draw.random() >= share or not liar.lie(item, draw.choice(KINDS)):
            honest.append(item)
    # a false name stands among honest ones, in the same words
    mixed = sorted([*honest, *liar.renamed], key=lambda item: item.start)
    cells = (*phrased(ground, mixed), *liar.cells)
    for item in liar.renamed:
        held = next((c for c in cells if c.cell == item.cell), None)
        liar.note(liar.kinds[item], item.cell, str(item.value), held.quote if held else "")
    return replace(
        ParsedReading(), cells=cells, applicants=() if declared is None else (declared,)
    ), liar.lies


class _Liar:
    """Collects the lies about one case; ``cells`` are those in words of their own, ``renamed`` right figures under a false name."""

    def __init__(self, case: Case, draw: random.Random, ground: Ground) -> None:
        self.case, self.draw, self.ground = case, draw, ground
        self.names = Names(ground.form)
        self.figures = [t for t in figures_of(ground) if t.value]
        self.cells: list[ReadCell] = []
        self.renamed: list[Found] = []
        self.kinds: dict[Found, str] = {}
        self.lies: list[Lie] = []
        self._ways: dict[str, Callable[[Found], bool]] = {
            "wrong_value": self._wrong_value,
            "altered_quote": self._altered_quote,
            "other_figure": lambda item: self._with_figure("other_figure", item.cell),
            "wrong_row": self._wrong_row,
            "swapped_applicant": self._swapped_applicant,
            "shifted": self._shifted,
            "invented_quote": self._invented_quote,
            "stray_figure": lambda _: self._with_figure(
                "stray_figure", draw.choice(list(self.names.places)[:200])
            ),
        }

    def lie(self, item: Found, kind: str) -> bool:
        """Put a lie in place of the item; False when this way does not fit it or would happen to be true."""
        return self._ways[kind](item)

    def note(self, kind: str, cell: str, value: str, quote: str) -> bool:
        """Keep the lie for the count, unless it happens to be true."""
        if self._true(cell, value):
            return False
        self.lies.append(Lie(kind, cell, value, quote))
        return True

    def _true(self, cell: str, value: str) -> bool:
        place = self.names.place(cell)
        known = {**self.case.published, **self.case.derived, **self.case.cells}
        return place is not None and str(known.get(place.where)) == value

    def _say(self, kind: str, cell: str, value: str, quote: str, *, aloud: bool = False) -> bool:
        """A lie in words of its own; ``aloud`` writes the value down as well."""
        if not self.note(kind, cell, value, quote):
            return False
        self.cells.append(ReadCell(cell=cell, quote=quote, value=value if aloud else ""))
        return True

    def _quote(self, item: Found) -> str:
        return next(iter(phrased(self.ground, [item]))).quote

    def _near(self, item: Found) -> str:
        return str(max(1, int(float(item.value)) + self.draw.choice((-2, -1, 1, 2, 10))))

    def _wrong_value(self, item: Found) -> bool:
        return self._say("wrong_value", item.cell, self._near(item), self._quote(item), aloud=True)

    def _altered_quote(self, item: Found) -> bool:
        near, figure = self._near(item), self.ground.text[item.start : item.end]
        unit = figure.lstrip("0123456789.,一二两三四五六七八九十百千万零〇")
        quote = self._quote(item).replace(figure, near + unit)
        return self._say("altered_quote", item.cell, near, quote)

    def _with_figure(self, kind: str, cell: str) -> bool:
        if not self.figures:
            return False
        token = self.draw.choice(self.figures)
        quote = clause_of(self.ground.text, token.start, token.end)
        return self._say(kind, cell, str(token.value), quote, aloud=self.draw.random() < 0.5)

    def _rename(self, kind: str, item: Found, cell: str) -> bool:
        false = replace(item, cell=cell)
        if self._true(cell, str(item.value)):
            return False
        self.renamed.append(false)
        self.kinds[false] = kind
        return True

    def _wrong_row(self, item: Found) -> bool:
        place = self.names.place(item.cell)
        key = place.key if place else None
        if key is None:
            return False
        rows = [r.key for r in self.ground.form.table(key.table).rows if r.key != key.row]
        rows = [r for r in rows if self.ground.form.has(CellKey(key.table, r, key.col))]
        return bool(rows) and self._rename(
            "wrong_row", item, self.names.name(f"{self.draw.choice(rows)}.{key.col}")
        )

    def _swapped_applicant(self, item: Found) -> bool:
        row, _, col = item.cell.partition(".")
        if row not in self.names.rows:
            return False
        others = [c for c in (*self.names.applicants, "total") if c != (col or "total")]
        return self._rename("swapped_applicant", item, self.names.name(f"{row}.{self.draw.choice(others)}"))

    def _shifted(self, item: Found) -> bool:
        """The words reach back over the figure before, and the cell comes first."""
        before = [t for t in self.figures if t.end <= item.start]
        if not before or item.end - before[-1].start > 100:
            return False
        quote = clause_of(self.ground.text, before[-1].start, item.end)
        other = self.draw.choice(list(self.names.places)[:200])
        pairs = ((item.cell, before[-1]), (other, self._token(item)))
        if self._true(item.cell, str(before[-1].value)):
            return False
        for turn, (cell, token) in enumerate(pairs):
            self.cells.append(ReadCell(cell=cell, quote=quote, turn=turn, turns=2))
            self.note("shifted", cell, str(token.value if token else item.value), quote)
        return True

    def _token(self, item: Found) -> Token | None:
        return next((t for t in self.figures if t.start == item.start), None)

    def _invented_quote(self, item: Found) -> bool:
        value = int(float(item.value)) + self.draw.randint(1, 40)
        row = self.ground.form.label(CellKey.parse(self.names.places[item.cell].where)).partition("·")[0]
        return self._say("invented_quote", item.cell, str(value), f"{row}{value}件")
