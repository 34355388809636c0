"""Reads what the prose says about table figures into claims; when a wording is not certain there is no claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.checks.claim_scan import SentenceReader
from assistant.checks.claim_types import Claim, Statement, Trend
from assistant.checks.passages import Passage
from assistant.report import AnnualReport

__all__ = ["Claim", "Claims", "Statement", "Trend", "read_claims"]

_PROSE = frozenset(("s1", "s2", "s3", "s4", "s5", "s6"))


@dataclass(frozen=True)
class Claims:
    """All claims of one report about its own year.

    ``figures`` speak of the report's own scope, ``foreign`` of another one (全县 in a department's report); ``vague`` are
    hedged (约、余) and judged by nobody but VAGUE_COUNT.
    """

    figures: tuple[Claim, ...] = ()
    foreign: tuple[Claim, ...] = ()
    vague: tuple[Claim, ...] = ()
    none_received: tuple[Statement, ...] = ()
    all_done: tuple[Statement, ...] = ()
    trends: tuple[Trend, ...] = ()


@dataclass
class _Collected:
    figures: list[Claim] = field(default_factory=list)
    foreign: list[Claim] = field(default_factory=list)
    vague: list[Claim] = field(default_factory=list)
    none_received: list[Statement] = field(default_factory=list)
    all_done: list[Statement] = field(default_factory=list)
    trends: list[Trend] = field(default_factory=list)


def read_claims(report: AnnualReport, passages: Iterable[Passage]) -> Claims:
    """Claims of sections one to six, in reading order."""
    found = _Collected()
    for passage in passages:
        if passage.key not in _PROSE:
            continue
        reader = SentenceReader(report, passage)
        for sentence in passage.sentences:
            reader.read(sentence)
        found.figures += reader.figures
        found.foreign += reader.foreign
        found.vague += reader.vague
        found.none_received += reader.none_received
        found.all_done += reader.all_done
        found.trends += reader.trends
    return Claims(
        figures=tuple(found.figures),
        foreign=tuple(found.foreign),
        vague=tuple(found.vague),
        none_received=tuple(found.none_received),
        all_done=tuple(found.all_done),
        trends=tuple(found.trends),
    )
