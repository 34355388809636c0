"""What the reader takes a clause to say, before it becomes a fact of the ledger."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

__all__ = ["ANYWHERE", "Places", "Remark", "Span", "Statement", "Story", "Target"]


class Span(NamedTuple):
    """Characters of the source, end exclusive."""

    start: int
    end: int

    def join(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def meets(self, outer: Span) -> bool:
        """Whether it starts or ends inside another span."""
        return outer.start <= self.start < outer.end or outer.start < self.end <= outer.end


class Places:
    """Many spans at once: one look tells whether a span meets any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._reach = [-1, *accumulate((span.end for span in ordered), max)]

    def met_by(self, span: Span) -> bool:
        """Whether it :meth:`Span.meets` one of them."""
        begins = self._reach[bisect_right(self._starts, span.start)] > span.start
        return begins or self._reach[bisect_left(self._starts, span.end)] >= span.end

    def touched_by(self, start: int, end: int) -> bool:
        """Whether one of them has a character in common with ``start`` to ``end``."""
        return self._reach[bisect_left(self._starts, end)] > start


class Target(NamedTuple):
    """What a figure is about: table3/granted/total, an aggregate row, or ``fee``/``info_fee``/``yuan``."""

    table: str
    row: str
    col: str


ANYWHERE = Target("*", "*", "*")
"""among the places of a figure: it may just as well belong to any other cell"""


@dataclass
class Statement:
    """One reading. ``kind``: value, zero (target.col may be ``*``, row ``*`` or ``rest``), only (all applicants of the row
    are target.col), all_of (the whole of the row's figures is target.row), pending (the figure will come later)."""

    kind: str
    target: Target
    span: Span
    value: int | Decimal | None = None
    unit: str = ""
    words: str = ""
    official: bool = True
    corrects: bool = False
    replaces: int | Decimal | None = None
    hedged: bool = False
    text_channel: bool = False
    prior: bool = False
    part: bool = False
    """given after 其中, so the parts need not be exhaustive"""
    scope: str = ""
    sentence: int = 0
    year: int | None = None
    inherited: bool = False
    """an applicant's figure that opens a sentence and takes its row from the sentence before"""
    whole: bool = False
    """the applicant named behind the figure holds for all of the row (逾期不补正2件自然人)"""
    dropped: str = ""
    """why it is not used: conflicting scope, question, …"""
    spans: list[Span] = field(default_factory=list)
    sure: bool = True
    """whether label and figure stand side by side with no rival; else the cell waits to be confirmed"""


@dataclass(frozen=True)
class Remark:
    """Something the reader noticed that must reach the clerk: a code of keys.md, the place, a Chinese message."""

    code: str
    where: str
    message: str
    span: Span
    severity: str = "ask"
    expected: int | Decimal | str | None = None
    got: int | Decimal | str | None = None


@dataclass(frozen=True)
class Story:
    """The requests of one kind of applicant and what became of them, between two semicolons."""

    col: str
    value: int
    bare: bool
    """the outcome has no figure of its own: it is that of all of them"""
    bracketed: bool
    """the applicant stands in a bracket behind the figure: 设计院1件（按科研机构统计）"""
