"""Lets arithmetic fill the cells that have one possible value, after statements in a contradiction are set aside."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from assistant.assembly.board import Board, Filled
from assistant.assembly.conflicts import Contradiction
from assistant.balance import Given, Outcome, Reconciler, aggregate_key
from assistant.forms import Aggregate, CellKey
from assistant.report.facts import Fact, FactKind, Origin

__all__ = ["Arithmetic"]

_MOST = 40
"""contradictions set aside one after the other; beyond it the message is no report and nothing is derived"""


def _with_twins(board: Board, blocked: frozenset[CellKey]) -> frozenset[CellKey]:
    """With the one cell that must be as open: the applicant of a row that has no other, where the total is open."""
    found = set(blocked)
    for one in board.form.identities if blocked else ():
        if len({key.row for key in one.cells}) == 1:
            blank = [key for key in one.cells if board.open(key)]
            if len(blank) == 2 and not found.isdisjoint(blank):
                found.update(blank)
    return frozenset(found)


class Arithmetic:
    """The sums over the cells of a board, and the sums that were stated.

    ``blocked`` are cells that a figure may belong to which nobody placed. The blank ones among them take part in what contradicts,
    but nothing is derived in them, nor from a sum in which one of them stands.
    """

    def __init__(self, board: Board, blocked: Collection[CellKey] = ()) -> None:
        self.board = board
        self.contradictions: list[Contradiction] = []
        stated: dict[CellKey, list[Fact]] = {}
        self._parts: dict[CellKey, tuple[CellKey, ...]] = {}
        self.lines: list[tuple[Aggregate, str]] = []
        for fact in board.live(FactKind.AGGREGATE):
            place = self._place(fact)
            if place is not None:
                self.lines.append(place)
                key = aggregate_key(*place)
                self._parts[key] = place[0].cells(place[1])
                stated.setdefault(key, []).append(fact)
        self.stated = {key: facts[0] for key, facts in stated.items()}
        self.reconciler = Reconciler(board.form, self.lines)
        self.blocked = _with_twins(board, frozenset(key for key in blocked if board.open(key)))
        self._deriver = Reconciler(board.form, self.lines, self.blocked) if self.blocked else self.reconciler
        for facts in stated.values():
            if len({f.value for f in facts}) > 1:
                self._break(frozenset(f.id for f in facts), {})
        self._last: Outcome | None = None

    def pinned(self) -> Mapping[CellKey, int]:
        """The blank cells that the sums leave one value, were there no open figure; none where statements contradict."""
        outcome = self.reconciler.solve(self.given())
        return (
            {k: v for k, v in outcome.pinned.items() if self.board.open(k)} if outcome.clash is None else {}
        )

    def given(self) -> dict[CellKey, tuple[int, str]]:
        """All statements that arithmetic may rest on: cells, then stated sums."""
        given = self.board.given()
        for key, fact in self.stated.items():
            if fact.id not in self.board.broken and isinstance(fact.value, int) and fact.value >= 0:
                given[key] = (fact.value, fact.id)
        return given

    def stated_sums(self, given: Given) -> list[tuple[tuple[CellKey, ...], int]]:
        """The stated sums among the statements: the cells they sum up, and their value."""
        return [(parts, given[key][0]) for key, parts in self._parts.items() if key in given]

    def derive(self) -> None:
        """Fill what the sums fix; statements in a contradiction are set aside first, so that nothing rests on them."""
        for _ in range(_MOST):
            given = self.given()
            outcome = self.reconciler.solve(given)
            if outcome.clash is None:
                break
            doubtful = self._doubtful(outcome.clash.facts)
            if doubtful:
                self._refute(doubtful)
            else:
                self._break(outcome.clash.facts, given)
        else:
            return
        self._last = outcome
        if self.blocked:
            outcome = self._deriver.solve(given)
        board = self.board
        # what was printed for a cell is never replaced by what the others leave for it: it is asked
        printed = {f.where for f in board.refuted if f.kind is FactKind.CELL}
        for key, value in outcome.pinned.items():
            if key in board.filled or key in self.blocked or not board.form.has(key) or str(key) in printed:
                continue
            if key in board.conflicts and value not in {f.value for f in board.conflicts[key]}:
                # arithmetic must not decide for a third value that nobody said
                continue
            facts = board.sources(outcome.facts(key))
            board.filled[key] = Filled(value, Origin.DERIVED, facts, follows=True)

    def settle_rivals(self) -> None:
        """Of two values of a cell the sure one stands where the other was read unsurely and the sums refute it."""
        board, given = self.board, self.given()
        for key, facts in list(board.conflicts.items()):
            if any(f.read_by == "model" for f in facts):
                continue
            sure = {f.value for f in facts if f.sure}
            value = next(iter(sure)) if len(sure) == 1 else None
            others = [f for f in facts if f.value != value]
            if (
                not isinstance(value, int)
                or key not in self.reconciler.index
                or not self._fits(given, key, value)
            ):
                continue
            if any(isinstance(f.value, int) and self._fits(given, key, f.value) for f in others):
                continue
            del board.conflicts[key]
            held = tuple(f.id for f in facts if f.value == value)
            board.filled[key] = Filled(value, Origin.STATED, held)
            board.refuted += others
            board.doubted.add(key)

    def _fits(self, given: Given, key: CellKey, value: int) -> bool:
        return value >= 0 and self.reconciler.refuted({**given, key: (value, "said")}) is None

    def may_be_zero(self, key: CellKey) -> bool:
        """Whether the sums allow a 0 in a cell, as far as the last derivation knows."""
        span = self._last.span(key) if self._last is not None and key in self.reconciler.index else None
        return span is None or span[0] == 0

    def _place(self, fact: Fact) -> tuple[Aggregate, str] | None:
        """The aggregate a fact speaks of and its line, whichever of the two it names first."""
        form = self.board.form
        name, line = fact.where.split(".", 1)
        aggregate = form.aggregate(name) or form.aggregate(line)
        if aggregate is None or not isinstance(fact.value, int):
            return None
        on_line = line if aggregate.key == name else name
        try:
            cells = aggregate.cells(on_line)
        except KeyError:
            return None
        return (aggregate, on_line) if all(form.has(k) for k in cells) else None

    def _doubtful(self, facts: frozenset[str]) -> str:
        """The only statement of a contradiction that was read unsurely, empty where there is none or more than one."""
        known = [self.board.by_id[f] for f in facts if f in self.board.by_id]
        if any(f.read_by == "model" for f in known):
            # what only a model says refutes nobody
            return ""
        unsure = [f.id for f in known if not f.sure]
        return unsure[0] if len(unsure) == 1 and len(facts) > 1 else ""

    def _refute(self, fact: str) -> None:
        """An unsure reading that all the others contradict was misread: it fills nothing, and is asked about."""
        board = self.board
        board.refuted.append(board.by_id[fact])
        board.broken.add(fact)
        for key in [k for k, held in board.filled.items() if fact in held.facts]:
            del board.filled[key]
            board.doubted.add(key)

    def _break(self, facts: frozenset[str], given: Given) -> None:
        cells = frozenset(
            key for key, (_, fact) in given.items() if fact in facts and self.board.form.has(key)
        )
        self.board.suspect |= cells
        self.board.broken |= {f for f in facts if f in self.board.by_id}
        self.contradictions.append(Contradiction(facts, cells))
