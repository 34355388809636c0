"""Reads the sources of one report in their order, whoever gives them: the one way from materials to facts.

They are read as one, because people go on in the next message or file (其中自然人3件) and correct there what they said
before (说错了，是4件). Without words of correction a second value is a contradiction, which the ledger keeps and asks about.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.documents.blocks import BlockKind, Blocks
from assistant.documents.joining import joined
from assistant.documents.reading_blocks import blocks_of_text
from assistant.extraction.accounts import NOT_READ, Booked, close_books
from assistant.extraction.activities import read_activities
from assistant.extraction.building import FactBuilder
from assistant.extraction.hidden import hidden_parts
from assistant.extraction.inventory import inventory_of
from assistant.extraction.lexicon import Lexicon, default_lexicon
from assistant.extraction.notes import leave_persons, notes_of, unread_remarks
from assistant.extraction.open_questions import OpenQuestions
from assistant.extraction.readers import read_structure
from assistant.extraction.statements import Remark, Span
from assistant.extraction.structure import Situation, StructureReading
from assistant.forms import form_for_year
from assistant.persons import person_lines
from assistant.report import UnitProfile
from assistant.report.facts import Evidence, Fact
from assistant.report.figures import Account, FigureAccount
from assistant.report.findings import Finding, Severity

__all__ = ["Masks", "SourceReading", "read_sources"]

Masks = Mapping[str, Sequence[tuple[int, int]]]
"""spans by source: start and end in characters, end exclusive"""
_SEVERITY = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO, "ask": Severity.ASK}


@dataclass(frozen=True)
class SourceReading:
    """Facts and findings of the sources of one report."""

    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...] = ()
    figures: tuple[FigureAccount, ...] = ()
    """every figure of the sources with its account"""


def read_sources(
    sources: Mapping[str, str | Blocks],
    *,
    hidden: Masks | None = None,
    year: int | None = None,
    profile: UnitProfile | None = None,
    lexicon: Lexicon | None = None,
) -> SourceReading:
    """The facts of all sources, and an account of every figure; the evidence points into each by its own name (offsets in
    characters, end exclusive).

    ``hidden`` are spans, by source, that are no facts (a request for a change that was carried out already); ``year`` is the
    report year and ``profile`` the reporting body, as far as they are known. What two sources say alike are two facts, so
    that each has its account. Never raises for bad facts.
    """
    names = list(sources)
    parts = [_blocks(sources[name], (hidden or {}).get(name, ())) for name in names]
    whole, starts = joined(parts)
    form, profile = form_for_year(year), profile or UnitProfile()
    reading = read_structure(whole, Situation(year, profile.name), form, lexicon or default_lexicon())
    apart = list(_aside(whole, reading))
    persons = person_lines(_masked(whole.text, apart))
    leave_persons(reading, persons)
    statements = sorted(reading.statements, key=lambda s: s.span.start)
    # of one source the facts are made with its name; of several they are placed once all is read
    alone = names[0] if len(names) == 1 else ""
    builder = FactBuilder(form, whole.text, alone, starts)
    facts = builder.facts(statements)
    booked, opened = close_books(whole, reading, statements, builder.places)
    asking = OpenQuestions(whole.text, form, builder.places)
    facts += asking.facts(opened)
    remarks = [*builder.remarks, *reading.remarks, *unread_remarks(persons)]
    remarks += notes_of(whole.text, statements, form, year, profile)
    findings = [*(_finding_of(remark, whole.text) for remark in remarks), *asking.unasked(reading.unplaced)]
    findings += hidden_parts(whole)
    used = [*(Span(e.start, e.end) for f in facts for e in f.evidence), *apart]
    used += [Span(one.start, one.end) for one in persons]
    place = _Placer(names, starts, {name: part.text for name, part in zip(names, parts, strict=True)})
    told = [*facts, *read_activities(whole.text, used, alone)]
    return SourceReading(
        facts=tuple(_fact(f, place) for f in told if f.evidence),
        findings=tuple(_finding(f, place) for f in findings),
        figures=_figures(booked, place, sources, hidden or {}),
    )


def _blocks(source: str | Blocks, spans: Sequence[tuple[int, int]]) -> Blocks:
    if isinstance(source, Blocks) and not spans:
        return source
    found = blocks_of_text(_masked(source if isinstance(source, str) else source.text, spans))
    if all(block.kind in NOT_READ for block in found.blocks):
        # a mail that is nothing but a forwarded one: the quoted words are the material
        read = [
            replace(b, kind=BlockKind.PARAGRAPH) if b.kind is BlockKind.QUOTED else b for b in found.blocks
        ]
        found = replace(found, blocks=tuple(read))
    return found


def _aside(whole: Blocks, reading: StructureReading) -> Iterable[Span]:
    """What tells of no work in words: tables that were read, but for the remarks in them, and what is not the unit's."""
    yield from (Span(b.start, b.end) for b in whole.blocks if b.kind in NOT_READ)
    remarks = sorted(
        [*reading.prose, *(s for u in reading.unplaced if not (u.question or u.places) for s in u.spans)]
    )
    for block in reading.read:
        start = block.start
        for span in remarks:
            if block.start <= span.start and span.end <= block.end:
                yield Span(start, max(start, span.start))
                start = span.end
        yield Span(start, block.end)


def _figures(
    booked: Iterable[Booked], place: _Placer, sources: Mapping[str, str | Blocks], hidden: Masks
) -> tuple[FigureAccount, ...]:
    """The accounts in the order of the sources; a request for a change was carried out, and its figures with it."""
    found = [(one, *place.of(one.figure.span)) for one in booked]
    for name, spans in hidden.items():
        source = sources[name]
        text = source if isinstance(source, str) else source.text
        for start, end in spans:
            for figure in inventory_of(text[start:end]):
                span = Span(figure.span.start + start, figure.span.end + start)
                found.append((Booked(figure, Account.LEFT_OUT, "已照办的修改要求"), name, span))
    order = {name: index for index, name in enumerate(sources)}
    found.sort(key=lambda one: (order[one[1]], one[2]))
    return tuple(
        FigureAccount(
            id=number,
            start=span.start,
            end=span.end,
            source=name,
            kind=one.figure.kind,
            value=one.figure.value,
            account=one.account,
            why=one.why,
            cells=one.cells,
        )
        for number, (one, name, span) in enumerate(found, 1)
    )


def _finding_of(remark: Remark, text: str) -> Finding:
    start, end = remark.span
    evidence = (Evidence(source="", start=start, end=end, quote=text[start:end]),) if end > start else ()
    return Finding(
        code=remark.code,
        severity=_SEVERITY[remark.severity],
        where=remark.where,
        message=remark.message,
        expected=remark.expected,
        got=remark.got,
        evidence=evidence,
    )


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
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
        self._placed: dict[tuple[int, int], Evidence] = {}

    def __call__(self, evidence: Evidence) -> Evidence:
        if evidence.source and len(self._names) == 1:
            return evidence
        place = (evidence.start, evidence.end)
        if place not in self._placed:
            name, span = self.of(Span(*place))
            quote = self._sources[name][span.start : span.end]
            self._placed[place] = Evidence(source=name, start=span.start, end=span.end, quote=quote)
        return self._placed[place]

    def of(self, span: Span) -> tuple[str, Span]:
        """The source of a span of the joined text, and where it stands there."""
        # words that reach over the border of two texts are shown as far as the text they end in
        index = bisect_right(self._starts, max(span.end - 1, 0)) - 1
        name, base = self._names[index], self._starts[index]
        return name, Span(max(span.start - base, 0), min(span.end - base, len(self._sources[name])))


def _fact(fact: Fact, place: _Placer) -> Fact:
    placed = tuple(map(place, fact.evidence))
    same = all(a is b for a, b in zip(placed, fact.evidence, strict=True))
    return fact if same else fact.model_copy(update={"evidence": placed})


def _finding(finding: Finding, place: _Placer) -> Finding:
    return finding.model_copy(update={"evidence": tuple(place(e) for e in finding.evidence)})
