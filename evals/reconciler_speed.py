"""Measures how long the exact arithmetic takes for a message, against plain propagation of bounds (``python -m evals.reconciler_speed``)."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

from assistant.assembly import assemble
from assistant.assembly.board import Board
from assistant.assembly.deriving import Arithmetic
from assistant.assembly.stating import state
from assistant.balance import Given, Reconciler
from assistant.extraction.sources import read_sources
from assistant.forms import Aggregate, CellKey, Form, form_for_year
from assistant.report import UnitProfile
from assistant.report.facts import Fact
from evals.cases import DATASETS, READER, load_cases

__all__ = ["GOAL", "measure", "propagated"]

GOAL = 20.0
"""milliseconds for all figures of a typical message"""
_ROUNDS = 3


def measure() -> dict[str, list[float]]:
    """Milliseconds of processor time for each message, the best of three: the whole assembly (statements, arithmetic with
    proofs, zeros, findings), the exact arithmetic alone, and propagation of bounds over the same statements."""
    found: dict[str, list[float]] = {"assembly": [], "exact": [], "propagation": []}
    for facts, form in _messages():
        arithmetic = _laid(facts, form)
        given = arithmetic.given()
        found["assembly"].append(_best(partial(assemble, facts, form=form, year=None, profile=UnitProfile())))
        found["exact"].append(_best(partial(_proved, form, arithmetic.lines, given)))
        found["propagation"].append(_best(partial(propagated, form, given)))
    return {name: sorted(times) for name, times in found.items()}


def _messages() -> list[tuple[Sequence[Fact], Form]]:
    out: list[tuple[Sequence[Fact], Form]] = []
    for case in load_cases(DATASETS / "samples.yaml", *sorted(READER.glob("tune_*.yaml"))):
        facts = read_sources({"message": case.text}, year=case.year).facts
        out.append((facts, form_for_year(case.year)))
    return out


def _laid(facts: Sequence[Fact], form: Form) -> Arithmetic:
    board = Board(tuple(facts), form)
    state(board)
    return Arithmetic(board)


def _proved(form: Form, lines: Sequence[tuple[Aggregate, str]], given: Given) -> None:
    outcome = Reconciler(form, lines).solve(given)
    for key in outcome.pinned:
        outcome.facts(key)


_Bound = tuple[int, int | None]
"""smallest and largest value; None = no limit"""


def propagated(form: Form, given: Given) -> dict[CellKey, _Bound]:
    """Bounds of the cells by going round the sums until nothing changes: no proofs, no other figures, not complete."""
    bounds: dict[CellKey, _Bound] = {k: (v, v) for k, (v, _) in given.items()}
    sums = [([(k, 1) for k in i.left] + [(k, -1) for k in i.right]) for i in form.identities]
    for _ in range(60):
        changed = False
        for terms in sums:
            for key, sign in terms:
                new = _tightened(bounds, terms, key, sign)
                if new[1] is not None and new[0] > new[1]:
                    return bounds
                if new != bounds.get(key, (0, None)):
                    bounds[key] = new
                    changed = True
        if not changed:
            break
    return bounds


def _tightened(
    bounds: dict[CellKey, _Bound], terms: Sequence[tuple[CellKey, int]], key: CellKey, sign: int
) -> _Bound:
    """What the rest of one sum leaves to one of its cells: the other side less its own side."""
    low, high = bounds.get(key, (0, None))
    least: int | None = 0
    most: int | None = 0
    for other, its in terms:
        if other == key:
            continue
        down, up = bounds.get(other, (0, None))
        if its != sign:
            least = None if least is None else least + down
            most = None if most is None or up is None else most + up
        else:
            least = None if least is None or up is None else least - up
            most = None if most is None else most - down
    tops = [top for top in (high, most) if top is not None]
    return (low if least is None else max(low, least)), (min(tops) if tops else None)


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1000


def _report() -> int:
    found = measure()
    names = {"assembly": "整份草稿的数据", "exact": "其中精确推算", "propagation": "只传播上下界"}
    for name, times in found.items():
        late = times[int(len(times) * 0.95)]
        print(
            f"{names[name]}  中位 {statistics.median(times):7.2f} 毫秒，95% 以内 {late:7.2f} 毫秒（{len(times)} 份）"
        )
    ratio = statistics.median(found["exact"]) / statistics.median(found["propagation"])
    print(f"精确推算是只传播上下界的 {ratio:.1f} 倍；目标：整份草稿中位数少于 {GOAL:g} 毫秒")
    return int(statistics.median(found["assembly"]) > GOAL)


if __name__ == "__main__":
    sys.exit(_report())
