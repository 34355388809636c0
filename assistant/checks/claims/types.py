"""What a sentence can say about table figures. Data only."""

from __future__ import annotations

from typing import NamedTuple

from assistant.checks.claims.passages import Span
from assistant.forms import CellKey
from assistant.report.facts import Value

__all__ = ["Claim", "Reading", "Statement", "Trend"]

Reading = tuple[CellKey, ...]
"""Cells whose sum a figure may stand for."""


class Claim(NamedTuple):
    """“新收12件”: a figure of the prose and the cells it may stand for, the likeliest reading first."""

    readings: tuple[Reading, ...]
    value: Value
    span: Span
    """the figure with the words that name it"""
    figure: Span
    """the numeral alone; empty where zero is said in words"""
    words: str
    decimals: int = 0

    def agrees(self, total: Value) -> bool:
        """Whether the figure equals the total; an amount may be rounded to the decimals that the prose gives."""
        return self.value == total or (self.decimals > 0 and round(total, self.decimals) == self.value)

    @property
    def says_none_received(self) -> bool:
        """“收到申请0件”: a statement that nothing was received, which NONE_RECEIVED judges and TEXT_TABLE leaves alone."""
        first = self.readings[0]
        return not self.value and first == (CellKey("table3", "new_received", "total"),)


class Statement(NamedTuple):
    """“未收到政府信息公开申请” or “全部办结”."""

    span: Span
    words: str


class Trend(NamedTuple):
    """“比上年增加3件”: a change of the claim before it; ``percent`` when the change is a percentage."""

    claim: Claim
    change: Value
    """signed"""
    percent: bool
    decimals: int
    span: Span
    words: str
