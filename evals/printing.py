"""Prints a report plainly, as if it had been published and read back, so that layout rules have something to judge."""

from __future__ import annotations

from assistant.report import AnnualReport, Printed, PrintedHeading

__all__ = ["as_printed"]


def as_printed(report: AnnualReport) -> AnnualReport:
    """The report with ``printed`` filled: title, preamble, headings, tables as tab-separated figures, then the words."""
    parts: list[str] = [report.title, report.preamble]
    offset = sum(len(part) + 1 for part in parts)
    headings = []
    for section in report.layout.sections:
        body_start = offset + len(section.title) + 1
        headings.append(
            PrintedHeading(key=section.key, text=section.title, start=offset, body_start=body_start)
        )
        blocks = [section.title, *_tables(report, section.key), report.sections[section.key]]
        for block in blocks:
            parts.append(block)
            offset += len(block) + 1
    printed = Printed(
        source="report.txt", text="\n".join(parts), title=report.title, headings=tuple(headings)
    )
    return report.model_copy(update={"printed": printed})


def _tables(report: AnnualReport, section: str) -> list[str]:
    lines = []
    for table in report.layout.tables:
        if table.section != section:
            continue
        for row in table.rows:
            values = report.tables[table.key][row.key].values()
            lines.append("\t".join([row.label, *("" if value is None else str(value) for value in values)]))
    return lines
