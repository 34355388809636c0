"""Fills cells with 0 where the rest was declared empty, where a row is listed in full, or where a person confirmed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.assembly.board import Board, Filled
from assistant.assembly.deriving import Arithmetic
from assistant.assembly.scopes import Scopes
from assistant.assembly.zeros import ZeroSweep, sums_of
from assistant.forms import CellKey
from assistant.report.facts import FactKind, Origin

__all__ = ["Sweeper"]


@dataclass
class Sweeper:
    """Sets blank cells to 0 where every sum they take part in still holds with all of them 0."""

    board: Board
    arithmetic: Arithmetic
    scopes: Scopes

    def rest(self) -> None:
        """其余为 0, 其余都是自然人: what was not spoken of, in a declared scope."""
        for fact in self.board.live(FactKind.ZERO):
            cells = [k for k in self.scopes.rest(fact) if self.board.open(k)]
            parts = fact.where.split(".")
            named = parts[parts.index("rest") + 1 :] if "rest" in parts else []
            self._sweep(cells, Filled(0, Origin.CONFIRMED_ZERO, (fact.id,)), named[0] if named else "")

    def listed_in_full(self) -> None:
        """自然人 80、企业 1 without a total: the applicants of a row are listed in full."""
        board = self.board
        for row in ("new_received", "carried_over", "carried_forward"):
            total = CellKey("table3", row, "total")
            cells = [k for k in board.form.table("table3").cells if k.row == row]
            listed = [
                f
                for f in board.live(FactKind.CELL)
                if f.where.startswith(f"table3.{row}.") and f.where != str(total)
            ]
            if not board.open(total) or not any(f.value for f in listed):
                continue
            others = [k for k in cells if k != total and board.open(k) and k not in self.scopes.awaited]
            if board.suspect.isdisjoint(cells):
                self._sweep(others, Filled(0, Origin.DERIVED, tuple(f.id for f in listed)))

    def confirmed(self) -> None:
        """A person confirmed that all that is left is 0; what the user was not sure about stays blank."""
        cells = [k for k in self.board.form.cells if self.board.open(k) and k not in self.scopes.awaited]
        self._sweep(cells, Filled(0, Origin.CONFIRMED_ZERO, ()))

    def _sweep(self, cells: Iterable[CellKey], zero: Filled, taker: str = "") -> None:
        """``taker`` is the applicant column that takes what remains (其余都是自然人)."""
        chosen = self._allowed({k for k in cells if self.arithmetic.may_be_zero(k)}, taker)
        for key in cells:
            if key in chosen:
                self.board.filled[key] = zero
        if chosen:
            self.arithmetic.derive()

    def _allowed(self, cells: set[CellKey], taker: str) -> set[CellKey]:
        given = self.arithmetic.given()
        known = {k: f.value for k, f in self.board.filled.items() if isinstance(f.value, int)}
        stated = [(cells_, (), value) for cells_, value in self.arithmetic.stated_sums(given)]
        # zeros around a figure that is still to come must not make it zero by arithmetic
        sweep = ZeroSweep([*sums_of(self.board.form), *stated], known, taker, set(self.scopes.awaited))
        chosen = sweep.narrow(cells)
        while chosen:
            refuted = self.arithmetic.reconciler.refuted(given | {k: (0, f"zero:{k}") for k in chosen})
            if refuted is None:
                break
            narrower = sweep.narrow({k for k in chosen if f"zero:{k}" not in refuted})
            # a contradiction among the facts themselves, which no zero takes part in, would never end
            chosen = set() if narrower == chosen else narrower
        return chosen
