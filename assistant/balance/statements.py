"""Statements about cells as the arithmetic sees them, and contradictions among them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assistant.forms import CellKey

__all__ = ["Clash", "Given", "only"]

Given = Mapping[CellKey, tuple[int, str]]
"""cell (or aggregate, see ``aggregate_key``) -> its value and the id of the statement it comes from"""


@dataclass(frozen=True)
class Clash:
    """Statements that cannot all hold, none of which can be left out."""

    facts: frozenset[str]


def only(given: Given, facts: Collection[str]) -> Given:
    """The statements among ``facts``."""
    return {key: said for key, said in given.items() if said[1] in facts}
