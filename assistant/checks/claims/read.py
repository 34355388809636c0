"""Reads what the prose says about table figures into claims; when a wording is not certain there is no claim."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from assistant.checks.claims.passages import Passage
from assistant.checks.claims.scan import SentenceReader
from assistant.checks.claims.types import Claim, Statement, Trend
from assistant.report import AnnualReport

__all__ = ["Claim", "Claims", "Statement", "Trend", "read_claims"]

_PROSE = frozenset(("s1", "s2", "s3", "s4", "s5", "s6"))


class Claims(NamedTuple):
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


def read_claims(report: AnnualReport, passages: Iterable[Passage]) -> Claims:
    """Claims of sections one to six, in reading order."""
    readers = [SentenceReader(report, passage) for passage in passages if passage.key in _PROSE]
    for reader in readers:
        for sentence in reader.passage.sentences:
            reader.read(sentence)
    return Claims(
        figures=tuple(claim for reader in readers for claim in reader.figures),
        foreign=tuple(claim for reader in readers for claim in reader.foreign),
        vague=tuple(claim for reader in readers for claim in reader.vague),
        none_received=tuple(statement for reader in readers for statement in reader.none_received),
        all_done=tuple(statement for reader in readers for statement in reader.all_done),
        trends=tuple(trend for reader in readers for trend in reader.trends),
    )
