"""What is known of one figure on its way to a statement."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.extraction.statements import Target
from assistant.extraction.tables.facets import Facets, Why
from assistant.extraction.tables.lines import Placed
from assistant.extraction.tables.vocabulary import Name

__all__ = ["Reading"]


@dataclass(eq=False)
class Reading:
    """One figure with what its labels say. ``targets`` are alternatives; ``doubt`` says in Chinese why it has none, and then
    ``places`` are where it may belong."""

    figure: Placed
    row: Facets
    column: Facets
    words: str
    label: str
    """the innermost label of its row"""
    targets: tuple[Target, ...] = ()
    places: tuple[Target, ...] = ()
    year: int | None = None
    period: str = ""
    unit: str = ""
    money: str = ""
    detail: str = ""
    why: Why | None = None
    doubt: str = ""
    doubted: str = ""
    """the label that the doubt is about"""
    sure: bool = True
    by_order: bool = False
    """placed by the order of the form's columns, where no header names them"""
    lines: tuple[Name, ...] = field(default=())
    zeros: tuple[Target, ...] = ()
    """cells that 其余各项 says are none"""
