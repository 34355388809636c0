"""The offline reader: raw Chinese facts in, ledger facts out, with no model and always the same answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.extraction.activities import read_activities
from assistant.extraction.building import FactBuilder
from assistant.extraction.clauses import ClauseReader
from assistant.extraction.grids import GridReader
from assistant.extraction.lexicon import Lexicon, default_lexicon, default_units
from assistant.extraction.notes import notes_of
from assistant.extraction.numbered import find_numbered
from assistant.extraction.pasted import find_grids
from assistant.extraction.registers import find_registers, read_register_grid, unread_remarks
from assistant.extraction.settle import settle
from assistant.extraction.statements import Remark, Span, Statement, Target
from assistant.extraction.targets import Resolver
from assistant.extraction.tokens import Tokenizer
from assistant.forms import form_for_year
from assistant.persons import PersonLine, person_lines
from assistant.report import UnitProfile
from assistant.report.facts import Evidence, Fact
from assistant.report.findings import Finding, Severity

__all__ = ["SourceReading", "read_facts"]

_SEVERITY = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO, "ask": Severity.ASK}
_PARTED = 4
"""line ends behind which no clause goes on with what was spoken of before"""


@dataclass(frozen=True)
class SourceReading:
    """Facts and findings of one source; ``pending`` are places the user said will follow later."""

    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...] = ()
    pending: tuple[str, ...] = ()


def read_facts(
    text: str,
    *,
    source: str = "input",
    year: int | None = None,
    profile: UnitProfile | None = None,
    lexicon: Lexicon | None = None,
    begins: Sequence[int] = (),
    aside: Sequence[Span] = (),
) -> SourceReading:
    """Read raw facts from a text; what a program gives to draft from goes through :func:`assistant.extraction.sources.read_sources`.

    ``source`` names the text in the evidence; ``year`` is the report year (decides the form and what 23年 means);
    ``begins`` are the offsets at which the sources start that were joined to the text, in order; ``aside`` are parts that
    others read, or that hold no words of the unit.
    Never raises for bad facts: what cannot be placed becomes a finding, what is not understood becomes an activity.
    """
    form = form_for_year(year)
    text = "".join(map(_without_quotes, _cut(text, begins)))
    profile = profile or UnitProfile()
    words = lexicon or default_lexicon()
    tokenizer = Tokenizer(words, default_units(), year, form.version)
    resolver = Resolver(form)
    grid_reader = GridReader(tokenizer, resolver)
    grids = find_grids(_masked(text, list(aside)), tokenizer)
    tabular: list[Statement] = []
    unread: list[PersonLine] = []
    for grid in grids:
        counted = read_register_grid(grid, tokenizer, resolver, year)
        told = counted if counted is not None else grid_reader.read(grid)
        unread += [] if told else person_lines(text[slice(*grid.span)])
        tabular += told
    apart = [*aside, *(g.span for g in grids)]
    registers = find_registers(_masked(text, apart), tokenizer, resolver)
    numbered = find_numbered(_masked(text, apart), form)
    apart += [*(r.span for r in registers), *numbered.spans]
    tabular += [*(s for r in registers for s in r.statements), *numbered.statements]
    persons = person_lines(_masked(text, apart))
    alone = [Span(one.start, one.end) for one in persons]
    if len(persons) > 1 or any(one.certain for one in persons):
        apart += alone
    clauses = ClauseReader(resolver, text)
    clauses.year = year
    if any(s.target.row == "normative_docs" and s.value for s in tabular):
        # 现行有效 beside a table of documents speaks of these
        clauses.ctx.document_row = "normative_docs"
    reading = clauses.read(tokenizer.tokens(_masked(text, apart)))
    reading.statements = sorted([*reading.statements, *tabular], key=lambda s: s.span.start)
    settle(reading, text, profile)
    reading.remarks += unread_remarks([*unread, *persons])
    reading.remarks += notes_of(text, reading, form, year, profile, grid_reader.blanks)
    builder = FactBuilder(form, text, source, begins)
    facts = builder.facts(reading.statements)
    reading.remarks += builder.remarks
    apart += [s.span for s in reading.statements if s.dropped == "scope"]
    used = [Span(e.start, e.end) for f in facts for e in f.evidence] + apart + alone
    activities = read_activities(text, reading.phrases, used, source, year)
    return SourceReading(
        facts=(*facts, *activities),
        findings=tuple(finding_of(r, text, source) for r in reading.remarks),
        pending=tuple(
            dict.fromkeys(_place(s.target) for s in reading.statements if s.kind == "pending" or s.hedged)
        ),
    )


def _cut(text: str, begins: Sequence[int]) -> list[str]:
    """The text at each of the offsets cut in two."""
    edges = [0, *begins, len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


def _without_quotes(text: str) -> str:
    """The text without lines quoted with > (an earlier report or mail) where others are not; offsets stay."""
    if ">" not in text and "＞" not in text:
        return text
    lines = text.splitlines(keepends=True)
    quoted = [re.match(r"[ \t]*[>＞]", line) is not None for line in lines]
    if all(q for q, line in zip(quoted, lines, strict=True) if line.strip()):
        return text
    return "".join(
        " " * len(line.rstrip("\r\n")) + line[len(line.rstrip("\r\n")) :] if q else line
        for line, q in zip(lines, quoted, strict=True)
    )


def _masked(text: str, spans: list[Span]) -> str:
    """The text with some spans blanked out; offsets stay those of the source.

    A few line ends part what stands before from what stands behind as well as many would.
    """
    parts: list[str] = []
    last = 0
    for span in sorted(spans):
        start, end = max(span.start, last), span.end
        if start >= end:
            continue
        ends = "\n" * min(end - start, _PARTED)
        parts += [text[last:start], ends[:1], " " * (end - start - len(ends)), ends[1:]]
        last = end
    return "".join([*parts, text[last:]])


def _place(target: Target) -> str:
    return ".".join(part for part in target if part != "*")


def finding_of(remark: Remark, text: str, source: str) -> Finding:
    span = remark.span
    evidence = (
        (Evidence(source=source, start=span.start, end=span.end, quote=text[span.start : span.end]),)
        if span.end > span.start
        else ()
    )
    return Finding(
        code=remark.code,
        severity=_SEVERITY[remark.severity],
        where=remark.where,
        message=remark.message,
        expected=remark.expected,
        got=remark.got,
        evidence=evidence,
    )
