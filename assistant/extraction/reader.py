"""The offline reader: raw Chinese facts in, ledger facts out, with no model and always the same answer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from operator import itemgetter
from typing import TypeAlias

from assistant.extraction.activities import read_activities
from assistant.extraction.clauses import ClauseReader, Reading
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
from assistant.forms import CellKey, Form, form_for_year
from assistant.numerals import plain
from assistant.persons import PersonLine, person_lines
from assistant.report import UnitProfile
from assistant.report.facts import Evidence, Fact, FactKind, FactStatus
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
) -> SourceReading:
    """Read raw facts from a text; what a program gives to draft from goes through :func:`assistant.extraction.sources.read_sources`.

    ``source`` names the text in the evidence; ``year`` is the report year (decides the form and what 23年 means);
    ``begins`` are the offsets at which the sources start that were joined to the text, in order.
    Never raises for bad facts: what cannot be placed becomes a finding, what is not understood becomes an activity.
    """
    form = form_for_year(year)
    text = "".join(map(_without_quotes, _cut(text, begins)))
    profile = profile or UnitProfile()
    words = lexicon or default_lexicon()
    tokenizer = Tokenizer(words, default_units(), year, form.version)
    resolver = Resolver(form)
    grid_reader = GridReader(tokenizer, resolver)
    grids = find_grids(text, tokenizer)
    tabular: list[Statement] = []
    unread: list[PersonLine] = []
    for grid in grids:
        counted = read_register_grid(grid, tokenizer, resolver, year)
        told = counted if counted is not None else grid_reader.read(grid)
        unread += [] if told else person_lines(text[slice(*grid.span)])
        tabular += told
    apart = [g.span for g in grids]
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
    builder = _FactBuilder(form, text, source, begins)
    facts = builder.facts(reading)
    apart += [s.span for s in reading.statements if s.dropped == "scope"]
    used = [Span(e.start, e.end) for f in facts for e in f.evidence] + apart + alone
    activities = read_activities(text, reading.phrases, used, source, year)
    return SourceReading(
        facts=(*facts, *activities),
        findings=tuple(_finding(r, text, source) for r in reading.remarks),
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


def _finding(remark: Remark, text: str, source: str) -> Finding:
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


@dataclass
class _FactBuilder:
    """Turns settled statements into ledger facts."""

    form: Form
    text: str
    source: str
    begins: Sequence[int] = ()
    """where the sources start that the text was joined from"""
    made: list[Fact] = field(default_factory=list)
    quoted: dict[Span, Evidence] = field(default_factory=dict)
    """one evidence for all figures that rest on the same words"""
    units: list[tuple[int, str]] | None = None
    """单位：元 and the like with where they end, once they are asked for"""

    def facts(self, reading: Reading) -> list[Fact]:
        """All facts of the reading, in the order of the text."""
        said: dict[tuple[FactKind, str], _Said] = {}
        for statement in reading.statements:
            if statement.dropped or statement.kind == "aside":
                continue
            for kind, where, value in self._places(statement):
                self._append(statement, kind, where, value, said, reading)
        return self.made

    def _append(
        self,
        statement: Statement,
        kind: FactKind,
        where: str,
        value: int | Decimal | None,
        said: dict[tuple[FactKind, str], _Said],
        reading: Reading,
    ) -> None:
        hedged = statement.hedged or statement.kind == "pending"
        status = FactStatus.HEDGED if hedged else FactStatus.STATED
        earlier = said.setdefault((kind, where), {})
        corrects = ""
        if status is FactStatus.STATED and kind is not FactKind.TEXT:
            if statement.corrects:
                corrects = self._supersede(earlier, value, statement, where, reading)
            if value in earlier and not self._elsewhere(self.made[earlier[value][-1]], statement):
                return
        fact = Fact(
            id=f"f{len(self.made) + 1}",
            kind=kind,
            where=where,
            value=value,
            unit=statement.unit,
            status=status,
            evidence=tuple(map(self._evidence, statement.spans or (statement.span,))),
            mapped_from="" if statement.official else statement.words,
            corrects=corrects,
        )
        self.made.append(fact)
        if status is FactStatus.STATED:
            earlier.setdefault(value, []).append(len(self.made) - 1)

    def _elsewhere(self, fact: Fact, statement: Statement) -> bool:
        """Whether a statement stands in another source than a fact: it says the same, and still needs its own account."""
        places = (fact.evidence[-1].start, statement.span.start)
        return len({bisect_right(self.begins, place) for place in places}) > 1

    def _supersede(
        self,
        earlier: _Said,
        value: int | Decimal | None,
        statement: Statement,
        where: str,
        reading: Reading,
    ) -> str:
        """A correction replaces every other value said before; the id of the last one replaced."""
        replaced = ""
        others = [earlier.pop(other) for other in list(earlier) if other != value]
        for index in sorted(i for same in others for i in same):
            old = self.made[index]
            replaced = old.id
            self.made[index] = old.model_copy(update={"status": FactStatus.SUPERSEDED})
            message = f"前面说的 {old.value} 已按后面的更正改为 {value}"
            reading.remarks.append(
                Remark("CORRECTED", where, message, statement.span, "info", expected=value, got=old.value)
            )
        return replaced

    def _evidence(self, span: Span) -> Evidence:
        if span not in self.quoted:
            start, end = span
            self.quoted[span] = Evidence(source=self.source, start=start, end=end, quote=self.text[start:end])
        return self.quoted[span]

    def _places(self, s: Statement) -> Iterable[tuple[FactKind, str, int | Decimal | None]]:
        """Kind and place of the facts a statement makes."""
        target = s.target
        if target.table == "fee":
            value = 0 if s.kind == "zero" else s.value
            return [] if s.kind == "pending" else [(FactKind.FEE, f"info_fee.{target.col}", value)]
        if target.table == "charge":
            return []
        if target.row == "litigation_all" and (s.kind in ("zero", "pending") or s.value == 0):
            return [
                (FactKind.ZERO, f"table4.{row}", None if s.kind == "pending" else 0)
                for row in ("litigation_direct", "litigation_after_review")
            ]
        if s.kind == "only":
            return [(FactKind.ZERO, f"table3.{target.row}.except.{target.col}", 0)]
        if s.kind == "rest_only":
            return [(FactKind.ZERO, f"table3.{target.row}.rest.{target.col}", 0)]
        if s.kind in ("zero", "pending"):
            if s.prior or s.text_channel:
                return []
            kind, where, value = self._zero_place(target)
            return [(kind, where, None if s.kind == "pending" else value)]
        return self._value_place(s)

    def _zero_place(self, target: Target) -> tuple[FactKind, str, int | None]:
        key = CellKey(*target)
        if self.form.has(key):
            return FactKind.CELL, str(key), 0
        if target.row == "rest":
            return FactKind.ZERO, "rest" if target.table == "*" else f"{target.table}.rest", 0
        return FactKind.ZERO, ".".join(part for part in target if part != "*"), 0

    def _value_place(self, s: Statement) -> list[tuple[FactKind, str, int | Decimal | None]]:
        target, value = s.target, s.value
        if value is None:
            return []
        key = CellKey(*target)
        if self.form.has(key):
            if self.form.column(key).kind == "amount":
                value = self._amount(key, s)
            kind = FactKind.PRIOR if s.prior else FactKind.TEXT if s.text_channel else FactKind.CELL
            return [(kind, str(key), value)]
        if s.prior or s.text_channel or target.col == "*":
            return []
        return [(FactKind.AGGREGATE, f"{target.row}.{target.col}", value)]

    def _amount(self, key: CellKey, s: Statement) -> int | Decimal:
        """Amount in the column's unit: 万元 in the 2021 form, 元 for the procurement of 2019."""
        assert s.value is not None
        unit = s.unit or self._unit_beside(s.span)
        if self.form.column(key).unit == "万元" and unit in ("元", "块", "块钱", "元钱"):
            return plain(Decimal(s.value) / 10_000)
        return s.value

    def _unit_beside(self, span: Span) -> str:
        """收费（元）：31500, 31500（单位：元）, 单位：元 above the table: the unit that stands apart from its figure."""
        start, end = span
        if _IN_YUAN.search(self.text, start, end) or _IN_YUAN.match(self.text, end):
            return "元"
        if self.units is None:
            self.units = [(m.end(), m[1]) for m in _UNIT_ABOVE.finditer(self.text)]
        above = bisect_right(self.units, start, key=itemgetter(0))
        return self.units[above - 1][1] if above else ""


_Said: TypeAlias = "dict[int | Decimal | None, list[int]]"
"""places in the list of facts, by their value"""
_UNIT_ABOVE = re.compile(r"单位[:：]\s*(万元|元)")
_IN_YUAN = re.compile(r"\s*[（(](?:单位[:：]?)?元[）)]")
