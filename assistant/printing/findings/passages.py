"""Finds the words of a finding in the passages of the report: title, preamble, sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checks.claims.passages import Span, passages_of
from assistant.report import AnnualReport
from assistant.report.facts import Evidence

__all__ = ["Passages"]


@dataclass(frozen=True)
class _Line:
    """One line of a passage and where the printed page has it."""

    key: str
    offset: int
    text: str
    printed: int


class Passages:
    """The passages of one report, with the way from the printed page back into them."""

    def __init__(self, report: AnnualReport) -> None:
        self.texts = {passage.key: passage.text for passage in passages_of(report)}
        self._lines = list(self._printed_lines(report))

    def spans(self, evidence: Evidence) -> Iterator[Span]:
        """Where the words stand; nothing for words outside the passages, such as headings and labels of tables."""
        if evidence.source in self.texts:
            yield Span(evidence.source, evidence.start, evidence.end)
            return
        for line in self._lines:
            start = max(evidence.start, line.printed)
            end = min(evidence.end, line.printed + len(line.text))
            if start < end:
                shift = line.offset - line.printed
                yield Span(line.key, start + shift, end + shift)

    def _printed_lines(self, report: AnnualReport) -> Iterator[_Line]:
        """Every line with its place on the page; tables may stand between the lines of a section."""
        printed = report.printed
        if printed is None:
            return
        starts = {h.key: h.body_start for h in printed.headings if h.key is not None}
        for key, text in self.texts.items():
            at, offset = starts.get(key, 0), 0
            for line in text.split("\n"):
                found = printed.text.find(line, at) if line else -1
                if found >= 0:
                    at = found + len(line)
                    yield _Line(key, offset, line, found)
                offset += len(line) + 1
