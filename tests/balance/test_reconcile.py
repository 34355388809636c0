"""Against plain enumeration: exactly the cells with one possible value are pinned, and every proof given is one."""

from __future__ import annotations

import random

import pytest

from assistant.balance import Reconciler, repairs_of
from assistant.balance.repairs import repaired
from assistant.balance.statements import only
from tests.balance.small import FORM, LEAVES, LINES, agrees, at, lawful, said, solutions, truth


def _reconciler() -> Reconciler:
    return Reconciler(FORM, LINES)


@pytest.mark.parametrize("seed", range(60))
def test_exactly_the_cells_with_one_possible_value_are_pinned(seed: int) -> None:
    rng = random.Random(f"pinned {seed}")
    figures = truth(rng, 1)
    given = said(rng, figures, rng.choice((0.2, 0.4, 0.6)))
    outcome = _reconciler().solve(given)
    assert outcome.clash is None
    assert not outcome.undecided
    possible = list(solutions(given, 2))
    assert possible
    for key in (k for i in FORM.identities for k in i.cells):
        if key in outcome.pinned:
            assert {one[key] for one in possible} == {outcome.pinned[key]}, (key, outcome.pinned[key])
        elif key not in given:
            witnesses = outcome.witnesses(key)
            assert witnesses is not None, key
            first, second = witnesses
            assert first[key] != second[key]
            assert lawful(first) and lawful(second)  # noqa: PT018
            assert agrees(first, given) and agrees(second, given)  # noqa: PT018


@pytest.mark.parametrize("seed", range(50))
def test_a_pinned_cell_rests_on_a_smallest_set_of_statements(seed: int) -> None:
    rng = random.Random(f"facts {seed}")
    given = said(rng, truth(rng, 3), rng.choice((0.4, 0.7)))
    outcome = _reconciler().solve(given)
    for key, value in outcome.pinned.items():
        facts = set(outcome.facts(key))
        assert _reconciler().solve(only(given, facts)).pinned[key] == value
        for fact in facts:
            assert key not in _reconciler().solve(only(given, facts - {fact})).pinned, (key, fact)


@pytest.mark.parametrize("seed", range(60))
def test_a_contradiction_is_found_and_none_of_its_statements_can_be_left_out(seed: int) -> None:
    rng = random.Random(f"clash {seed}")
    given = said(rng, truth(rng, 1), rng.choice((0.3, 0.6, 0.9)))
    for key in rng.sample(sorted(given), min(2, len(given))):
        given[key] = (given[key][0] + rng.choice((1, 2)), f"wrong {key}")
    reconciler = _reconciler()
    outcome = reconciler.solve(given)
    if outcome.clash is None:
        flow = reconciler.settled(given)
        assert flow is not None
        figures = dict(zip(reconciler.network.keys, flow.value, strict=True))
        assert lawful(figures)
        assert agrees(figures, given)
        return
    assert next(solutions(given, 2), None) is None
    facts = outcome.clash.facts
    assert reconciler.refuted(only(given, facts)) is not None
    for fact in facts:
        assert _reconciler().settled(only(given, facts - {fact})) is not None


@pytest.mark.parametrize("seed", range(50))
def test_repairs_repair_and_the_wrong_figure_is_among_them(seed: int) -> None:
    rng = random.Random(f"repair {seed}")
    right = said(rng, truth(rng, 5), rng.choice((0.5, 0.8, 1.0)), aggregates=0.05)
    wrong = rng.choice([k for k in sorted(right) if k in _reconciler().index])
    given = {**right, wrong: (right[wrong][0] + rng.choice((1, 2, 7)), "wrong")}
    reconciler = _reconciler()
    outcome = reconciler.solve(given)
    if outcome.clash is None:
        return
    repairs = repairs_of(reconciler, given, outcome.clash.facts)
    for repair in repairs:
        assert reconciler.settled(repaired(given, repair)) is not None
    ours = [c for r in repairs for c in r.changes if len(r.changes) == 1 and c.key == wrong]
    assert ours, "the one wrong figure repairs everything"
    assert not ours[0].exact or ours[0].after == right[wrong][0]


@pytest.mark.parametrize("seed", range(20))
def test_two_columns_mixed_up_are_repaired_by_one_move(seed: int) -> None:
    figures = truth(random.Random(f"move {seed}"), 6)
    given = {key: (value, str(key)) for key, value in figures.items() if FORM.aggregate(key.row) is None}
    given = {key: said for key, said in given.items() if FORM.aggregate(key.col) is None}
    source, target = at("new", "p"), at("new", "q")
    given[target] = (given[target][0] + 2, str(target))
    given[source] = (given[source][0] + 3, str(source))
    # the row and its total agree, only the two columns do not: 2 too many in one, 2 too few in the other
    given = {
        **given,
        at("over", "p"): (given[at("over", "p")][0] + 5, "more"),
        at("open", "p"): (given[at("open", "p")][0] + 10, "left"),
    }
    given[at("new", "total")] = (given[at("new", "total")][0] + 5, str(at("new", "total")))
    given[at("over", "total")] = (given[at("over", "total")][0] + 5, str(at("over", "total")))
    given[at("open", "total")] = (given[at("open", "total")][0] + 10, str(at("open", "total")))
    reconciler = _reconciler()
    clash = reconciler.clash(given)
    assert clash is not None
    repairs = repairs_of(reconciler, given, clash.facts)
    moves = [[(c.key, c.after - c.before) for c in r.changes] for r in repairs]
    assert [(target, -2), (source, 2)] in moves
    for repair in repairs:
        assert repair.moved == 2
        assert reconciler.settled(repaired(given, repair)) is not None


def test_a_sum_beside_the_network_is_kept_too() -> None:
    reconciler = _reconciler()
    assert [side.total for side in reconciler.network.sides] == [at("result", "qr")]
    given = {
        at("result", "qr"): (3, "qr"),
        at("result", "q"): (1, "q"),
        **{at(r, "r"): (0, f"{r} r") for r in LEAVES[1:]},
    }
    outcome = reconciler.solve(given)
    assert (outcome.pinned[at("result", "r")], outcome.pinned[at(LEAVES[0], "r")]) == (2, 2)
    assert outcome.facts(at("result", "r")) == ("q", "qr")
    assert reconciler.clash({**given, at("result", "r"): (1, "r")}) is not None


def test_the_network_holds_every_sum_of_both_statutory_forms() -> None:
    from assistant.forms import load_form

    for version in ("2019", "2021"):
        assert Reconciler(load_form(version)).network.sides == ()
