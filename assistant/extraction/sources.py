"""Reads the sources of one report in their order, whoever gives them: the one way from materials to facts.

They are read as one, because people go on in the next message or file (其中自然人3件) and correct there what they said
before (说错了，是4件). Without words of correction a second value is a contradiction, which the ledger keeps and asks about.
Tables of files are read by their structure, running text by turns of phrase.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from assistant.documents.blocks import Block, BlockKind, Blocks
from assistant.documents.joining import joined
from assistant.extraction.building import FactBuilder
from assistant.extraction.lexicon import Lexicon
from assistant.extraction.reader import SourceReading, finding_of, read_facts
from assistant.extraction.readers import read_tables
from assistant.extraction.statements import Span, Statement
from assistant.extraction.structure import Situation, StructureReading, Unplaced
from assistant.forms import CellKey, Form, form_for_year
from assistant.report import UnitProfile
from assistant.report.facts import Evidence, Fact
from assistant.report.findings import Finding, Severity

__all__ = ["Masks", "read_sources"]

Masks = Mapping[str, Sequence[tuple[int, int]]]
"""spans by source: start and end in characters, end exclusive"""
_UNREAD = frozenset(
    {
        BlockKind.QUOTED,
        BlockKind.ADDRESS,
        BlockKind.GREETING,
        BlockKind.SIGNATURE,
        BlockKind.APPROVAL,
        BlockKind.HIDDEN,
    }
)
"""blocks of a file that hold no words of the unit about its work"""


def read_sources(
    sources: Mapping[str, str | Blocks],
    *,
    hidden: Masks | None = None,
    year: int | None = None,
    profile: UnitProfile | None = None,
    lexicon: Lexicon | None = None,
) -> SourceReading:
    """The facts of all sources; the evidence points into each by its own name (offsets in characters, end exclusive).

    A source is a text, or the blocks of a file. ``hidden`` are spans, by source, that are no facts (a request for a change
    that was carried out already); ``year`` is the report year and ``profile`` the reporting body, as far as they are known.
    What two sources say alike are two facts, so that each has its account. Never raises for bad facts.
    """
    names = list(sources)
    parts = [_blocks(sources[name], (hidden or {}).get(name, ())) for name in names]
    whole, starts = joined(parts)
    form = form_for_year(year)
    tables = read_tables(whole, Situation(year, profile.name if profile is not None else ""), form)
    builder = FactBuilder(form, whole.text, "", starts, prefix="s")
    first = builder.facts(sorted([*tables.statements, *_awaited(tables)], key=lambda s: s.span.start))
    phrases = read_facts(
        whole.text,
        source="",
        year=year,
        profile=profile,
        lexicon=lexicon,
        begins=starts,
        aside=list(_aside(whole, tables)),
    )
    findings = [
        *phrases.findings,
        *(finding_of(r, whole.text, "") for r in builder.remarks),
        *(_asked(one, whole.text, form) for one in tables.unplaced if one.question),
    ]
    place = _Placer(names, starts, {name: part.text for name, part in zip(names, parts, strict=True)})
    return SourceReading(
        facts=tuple(_fact(f, place) for f in (*first, *phrases.facts) if f.evidence),
        findings=tuple(_finding(f, place) for f in findings),
        pending=phrases.pending,
    )


def _blocks(source: str | Blocks, spans: Sequence[tuple[int, int]]) -> Blocks:
    if isinstance(source, Blocks) and not spans:
        return source
    return Blocks(_masked(source if isinstance(source, str) else source.text, spans))


def _aside(whole: Blocks, tables: StructureReading) -> Iterable[Span]:
    """What the reader of phrases does not read: tables that were read, but for the remarks in them, and what is no text."""
    yield from (Span(b.start, b.end) for b in whole.blocks if b.kind in _UNREAD)
    remarks = sorted(s for one in tables.unplaced if not (one.question or one.places) for s in one.spans)
    for block in tables.read:
        yield from _without(block, remarks)


def _without(block: Block, remarks: Sequence[Span]) -> Iterable[Span]:
    start = block.start
    for span in remarks:
        if block.start <= span.start and span.end <= block.end:
            yield Span(start, max(start, span.start))
            start = span.end
    yield Span(start, block.end)


def _awaited(tables: StructureReading) -> Iterable[Statement]:
    """What was not understood keeps zeros and arithmetic away from the cells it may belong to."""
    for one in tables.unplaced:
        for place in one.places:
            yield Statement("pending", place, one.spans[0])


def _asked(one: Unplaced, text: str, form: Form) -> Finding:
    cells = [str(key) for key in (CellKey(*place) for place in one.places) if form.has(key)]
    choices = f"（可选：{'、'.join(one.choices)}）" if one.choices else ""
    return Finding(
        code="AMBIGUOUS_MAP",
        severity=Severity.ASK,
        where=cells[0] if cells else ".".join(one.places[0][:2]) if one.places else "",
        cells=tuple(cells),
        message=f"{one.question}{choices}",
        evidence=tuple(
            Evidence(source="", start=s.start, end=s.end, quote=text[s.start : s.end]) for s in one.spans[:20]
        ),
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
