"""Registers the mutations and applies them."""

from __future__ import annotations

import pkgutil
import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

from assistant.checks import CheckInput
from assistant.forms import CellKey
from assistant.report.facts import Value
from evals.printing import as_printed

__all__ = ["MUTATIONS", "Mutation", "mutate", "mutated_codes", "mutation", "prose", "with_cells"]

Mutation = Callable[[CheckInput, random.Random], CheckInput | None]
"""Returns the spoiled input, or None where this report offers no place for the fault."""

MUTATIONS: dict[str, Mutation] = {}


def mutation(code: str) -> Callable[[Mutation], Mutation]:
    """Register the decorated function as the mutation of one rule."""

    def register(function: Mutation) -> Mutation:
        MUTATIONS[code] = function
        return function

    return register


@cache
def mutated_codes() -> frozenset[str]:
    """Codes of all rules that have a mutation."""
    package = import_module("evals.mutations")
    for module in pkgutil.iter_modules(package.__path__, "evals.mutations."):
        import_module(module.name)
    return frozenset(MUTATIONS)


def mutate(code: str, ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    """Apply the mutation of a rule to a lawful input; None where it has no place. KeyError when the rule has none."""
    mutated_codes()
    return MUTATIONS[code](ctx, rng)


def with_cells(ctx: CheckInput, changes: dict[CellKey, Value | None]) -> CheckInput:
    """The input with some cells replaced; what was printed is printed anew."""
    return _again(ctx, report=ctx.report.with_cells(changes))


def prose(ctx: CheckInput, **sections: str) -> CheckInput:
    """The input with the words of some sections replaced; what was printed is printed anew."""
    return _again(ctx, report=ctx.report.with_sections(sections))


def _again(ctx: CheckInput, **changes: Any) -> CheckInput:
    report = changes["report"]
    if ctx.finished:
        changes["report"] = as_printed(report)
    return replace(ctx, **changes)
