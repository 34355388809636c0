"""What a rule may look at: the report, its neighbours and the settings; nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assistant.checks.claims.breakdowns import Breakdown, breakdowns_of
from assistant.checks.claims.passages import Passage, Span, passages_of
from assistant.checks.claims.read import Claims, read_claims
from assistant.checks.together.siblings import Beside
from assistant.forms import CellKey, Form
from assistant.office.profile import RuleSettings
from assistant.report import AnnualReport
from assistant.report.facts import Evidence, Fact, Value
from assistant.report.findings import Edit

__all__ = ["CheckInput", "RuleSettings"]


@dataclass(frozen=True, eq=False)
class CheckInput:
    """One report to check. A missing neighbour is None or empty; rules then say what they could not judge."""

    report: AnnualReport
    previous: AnnualReport | None = None
    """last year's report of the same unit"""
    settings: RuleSettings = field(default_factory=RuleSettings)
    """what the office has set (nianbao.toml)"""
    facts: tuple[Fact, ...] | None = None
    """the ledger a draft rests on; None for a finished report"""
    beside: Beside = field(default_factory=Beside)
    """what stands beside it among the reports that are checked together; nothing where it is checked alone"""
    no_previous: str = ""
    """why there is no last year's report, where it was looked for; plain Chinese"""
    published: date | None = None
    """the day it became public, when the caller knows it; else it is looked for in the printed text"""

    @property
    def form(self) -> Form:
        """The form the report is made on."""
        return self.report.layout

    @property
    def finished(self) -> bool:
        """Whether this is a finished report that was read from a file, not a draft."""
        return self.report.printed is not None

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Title, preamble and sections that hold words."""
        return passages_of(self.report)

    @cached_property
    def sections(self) -> tuple[Passage, ...]:
        """The six sections that hold words, without title and preamble."""
        return tuple(p for p in self.passages if p.key not in ("title", "preamble"))

    def passage(self, key: str) -> Passage:
        """The passage of that key, an empty one where the report has no words there."""
        return self._by_key.get(key) or Passage(key, "")

    @cached_property
    def _by_key(self) -> dict[str, Passage]:
        return {passage.key: passage for passage in self.passages}

    @cached_property
    def words(self) -> str:
        """All passages as one compact text, for rules that look whether a word occurs at all."""
        return "\n".join(passage.compact for passage in self.passages)

    @cached_property
    def claims(self) -> Claims:
        """What the prose says about table figures."""
        return read_claims(self.report, self.passages)

    @cached_property
    def breakdowns(self) -> tuple[tuple[Passage, Breakdown], ...]:
        """The lists of parts in the sections, each with the passage it stands in."""
        return tuple((passage, found) for passage in self.sections for found in breakdowns_of(passage))

    def value(self, key: CellKey) -> Value | None:
        """The figure of one cell, None when blank."""
        return self.report.tables[key.table][key.row][key.col]

    def total(self, cells: tuple[CellKey, ...]) -> Value | None:
        """Sum of some cells; None as soon as one of them is blank."""
        values = [self.value(key) for key in cells]
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    def evidence(self, span: Span) -> Evidence:
        """Where the words stand: in the printed text when there is one, else in the section."""
        quote = self.passage(span.key).text[span.start : span.end]
        offset = self._printed_offset(span)
        if offset is not None:
            return Evidence(source="report", start=offset, end=offset + len(quote), quote=quote)
        return Evidence(source=span.key, start=span.start, end=span.end, quote=quote)

    def rewording(self, span: Span, text: str) -> tuple[Edit, ...]:
        """The edits that put ``text`` in the place of some words, in the section and in the printed text."""
        edits = [Edit(where=span.key, start=span.start, end=span.end, text=text)]
        offset = self._printed_offset(span)
        if offset is not None:
            edits.append(Edit(start=offset, end=offset + span.end - span.start, text=text))
        return tuple(edits)

    def _printed_offset(self, span: Span) -> int | None:
        """Offset in Printed.text; found line by line, because tables may stand between the lines of a section."""
        printed = self.report.printed
        if printed is None:
            return None
        text = self.passage(span.key).text
        line_start = text.rfind("\n", 0, span.start) + 1
        line_end = text.find("\n", span.end)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        begin = next((h.body_start for h in printed.headings if h.key == span.key), 0)
        # the same line may be printed twice in a section: count how often it came before
        for _ in range(text[:line_start].split("\n").count(line) + 1):
            found = printed.text.find(line, begin)
            if found < 0:
                return None
            begin = found + 1
        return found + span.start - line_start
