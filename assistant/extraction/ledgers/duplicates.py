"""Finds requests that two sheets of one register hold alike: a sheet of the whole year beside its quarters, one carried along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.extraction.ledgers.entries import Entry

__all__ = ["once"]

_ALREADY = "另一张表中已有"


def once(entries: Sequence[tuple[int, Entry]]) -> list[Entry]:
    """Each request once, the entries given with the number of their sheet; of two the one that tells an answer counts, and
    where both tell another answer the row is in doubt. Entries left out keep their place with the reason."""
    first: dict[tuple[str, ...], int] = {}
    found = [entry for _, entry in entries]
    for index, (number, entry) in enumerate(entries):
        if not entry.key or entry.why:
            continue
        before = first.setdefault(entry.key, index)
        if entries[before][0] == number:
            continue
        kept, left = (before, index) if not _tells_more(entry, found[before]) else (index, before)
        found[kept] = _together(found[kept], found[left])
        found[left] = replace(found[left], why=_ALREADY)
        first[entry.key] = kept
    return found


def _tells_more(entry: Entry, other: Entry) -> bool:
    return other.period.ended == "open" and entry.period.ended == "done"


def _together(kept: Entry, other: Entry) -> Entry:
    """The entry that counts, in doubt where the other was answered otherwise."""
    differ = other.period.ended != "open" and kept.outcome.rows != other.outcome.rows
    if not (differ or kept.applicant.cols != other.applicant.cols):
        return kept
    return replace(kept, asked=f"两张表中登记得不一样：{kept.words}；{other.words}")
