"""The whole words of a report for rules that must look everywhere: the printed page, or the passages of a draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.checks.claims.passages import Span
from assistant.checks.context import CheckInput
from assistant.checks.registry import Hit
from assistant.report.facts import Evidence
from assistant.report.findings import Severity

__all__ = ["Page", "pages_of"]


class Page(NamedTuple):
    """A text with the name of its place: ``report`` for the printed page, else the key of a passage."""

    key: str
    text: str

    def before(self, at: int, length: int) -> str:
        """Some characters before a place, inside its line."""
        return self.text[max(0, at - length) : at].rsplit("\n", 1)[-1]

    def hit(self, place: tuple[int, int], said: str, got: str, severity: Severity | None = None) -> Hit:
        """A finding about some characters of this page."""
        start, end = place
        message = (
            f"{'报告' if self.key == 'report' else '正文'}{said}：{got}" if got not in said else f"报告{said}"
        )
        if self.key == "report":
            evidence = Evidence(source="report", start=start, end=end, quote=self.text[start:end])
            return Hit("report", message, got=got, places=(evidence,), severity=severity)
        return Hit(self.key, message, got=got, spans=(Span(self.key, start, end),), severity=severity)


def pages_of(ctx: CheckInput) -> Iterator[Page]:
    """The printed page of a finished report, the passages of a draft."""
    printed = ctx.report.printed
    if printed is not None:
        yield Page("report", printed.text)
        return
    for passage in ctx.passages:
        yield Page(passage.key, passage.text)
