"""Reads the sources of one report in their order, whoever gives them: the one way from texts to facts.

They are read as one text, because people go on in the next message or file (其中自然人3件) and correct there what they said
before (说错了，是4件). Without words of correction a second value is a contradiction, which the ledger keeps and asks about.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from assistant.extraction.lexicon import Lexicon
from assistant.extraction.reader import SourceReading, read_facts
from assistant.report import UnitProfile
from assistant.report.facts import Evidence, Fact
from assistant.report.findings import Finding

__all__ = ["Masks", "read_sources"]

_BREAK = "\n\n"
Masks = Mapping[str, Sequence[tuple[int, int]]]
"""spans by source: start and end in characters, end exclusive"""


def read_sources(
    sources: Mapping[str, str],
    *,
    hidden: Masks | None = None,
    year: int | None = None,
    profile: UnitProfile | None = None,
    lexicon: Lexicon | None = None,
) -> SourceReading:
    """The facts of all sources; the evidence points into each by its own name (offsets in characters, end exclusive).

    ``hidden`` are spans, by source, that are no facts (a request for a change that was carried out already); ``year`` is the
    report year and ``profile`` the reporting body, as far as they are known. What two sources say alike are two facts, so
    that each has its account. Never raises for bad facts.
    """
    names = list(sources)
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    for name in names:
        text = _masked(sources[name], (hidden or {}).get(name, ()))
        starts.append(length)
        parts.append(text)
        length += len(text) + len(_BREAK)
    reading = read_facts(
        _BREAK.join(parts), source="", year=year, profile=profile, lexicon=lexicon, begins=starts
    )
    place = _Placer(names, starts, sources)
    return SourceReading(
        facts=tuple(_fact(f, place) for f in reading.facts if f.evidence),
        findings=tuple(_finding(f, place) for f in reading.findings),
        pending=reading.pending,
    )


def _masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with some spans blanked; line breaks keep sentences apart and every offset stays valid."""
    parts, last = [], 0
    for start, end in sorted(spans):
        if end > max(start, last):
            parts += [text[last : max(start, last)], "\n" * (end - max(start, last))]
            last = end
    return "".join([*parts, text[last:]])


class _Placer:
    """Turns evidence in the joined text into evidence in one source."""

    def __init__(self, names: Sequence[str], starts: Sequence[int], sources: Mapping[str, str]) -> None:
        self._names, self._starts, self._sources = names, starts, sources

    def __call__(self, evidence: Evidence) -> Evidence:
        # words that reach over the border of two texts are shown as far as the text they end in
        index = bisect_right(self._starts, max(evidence.end - 1, 0)) - 1
        name, base = self._names[index], self._starts[index]
        text = self._sources[name]
        start, end = max(evidence.start - base, 0), min(evidence.end - base, len(text))
        return Evidence(source=name, start=start, end=end, quote=text[start:end])


def _fact(fact: Fact, place: _Placer) -> Fact:
    return fact.model_copy(update={"evidence": tuple(place(e) for e in fact.evidence)})


def _finding(finding: Finding, place: _Placer) -> Finding:
    return finding.model_copy(update={"evidence": tuple(place(e) for e in finding.evidence)})
