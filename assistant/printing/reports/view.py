"""Builds the plain view that every output format prints; nothing is computed after this point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from assistant.forms import Table
from assistant.printing.reports.grid import Placed, flat_rows, lay_out
from assistant.report import AnnualReport
from assistant.report.facts import Value
from assistant.report.findings import Finding, Severity
from assistant.report.pending import PENDING_LEAD, PENDING_SIGN, UNCONFIRMED

__all__ = [
    "CellView",
    "Mark",
    "MarkView",
    "Marks",
    "ParagraphView",
    "SectionView",
    "TableView",
    "View",
    "build_view",
    "marks_of",
    "print_value",
]


@dataclass(frozen=True)
class Mark:
    """Something a reader should look at: drawn on a cell (``where`` = table.row.col) or a section (its key)."""

    where: str
    severity: Severity
    note: str
    """one Chinese sentence, shown beside the place"""
    words: str = ""
    """words of the section's prose to underline; empty marks the whole place"""
    pending: bool = False
    """the figure waits to be confirmed: media without colours print a sign behind it, and the head says how many there are"""


Marks = Sequence[Mark]


class MarkView(TypedDict):
    """What a template needs of a mark."""

    severity: str
    note: str
    pending: bool


class CellView(TypedDict):
    """One printed cell with its place and span on the table's grid."""

    row: int
    col: int
    rowspan: int
    colspan: int
    role: str
    text: str
    key: str
    mark: MarkView | None


class TableView(TypedDict):
    """One table: ``lines`` for HTML, Word and sheets (merged cells), ``flat`` for media without merged cells."""

    key: str
    name: str
    layout: str
    widths: list[float]
    header_rows: int
    rows: int
    lines: list[list[CellView]]
    flat: list[list[str]]


class RunView(TypedDict):
    """A stretch of words with its mark, if any."""

    text: str
    mark: MarkView | None


class ParagraphView(TypedDict):
    """One paragraph; ``lead`` is its run-in heading such as （一）主动公开。 and ``runs`` the words after it."""

    text: str
    lead: str
    runs: list[RunView]


class SectionView(TypedDict):
    """One section: prose before its table, the table, notes after it."""

    key: str
    title: str
    mark: MarkView | None
    paragraphs: list[ParagraphView]
    tables: list[TableView]
    notes: list[ParagraphView]


class View(TypedDict):
    """The whole report as printed."""

    title: str
    form: str
    unit: str
    year: str
    facts: list[str]
    """lines below the title that name unit and year where the title does not"""
    preamble: list[ParagraphView]
    sections: list[SectionView]
    fee: dict[str, str]
    cells: list[list[str]]
    """one row a cell of the form: key, label, value"""


_LEAD = re.compile(r"（[一二三四五六七八九十]+）[^。：；，、！？]{2,24}(?:[。：]|$)")
_NOTE = re.compile(r"(注|备注|说明|附注)\d*[：:]")
# what XML 1.0 cannot carry, and the invisible marks that pasted text brings along
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\ufeff\u200b\u2028\u2029]")
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ASK: 2, Severity.INFO: 3}


def build_view(report: AnnualReport, marks: Marks = ()) -> View:
    """The view of a report; a blank cell prints as an empty string, never as 0."""
    title = _clean(report.title) or _default_title(report)
    places = _by_place(marks)
    return View(
        title=title,
        form=report.form,
        unit=_clean(report.org.name),
        year="" if report.year is None else str(report.year),
        facts=[*_facts(report, title), *_pending_line(marks)],
        preamble=[_paragraph(line, places.get("preamble", ())) for line in _lines(report.preamble)],
        sections=[_section(report, section.key, places) for section in report.layout.sections],
        fee={"yuan": print_value(report.info_fee.yuan), "cases": print_value(report.info_fee.cases)},
        cells=[
            [str(key), report.layout.label(key), print_value(report.value(key))]
            for key in report.layout.cells
        ],
    )


def marks_of(findings: Sequence[Finding]) -> list[Mark]:
    """Marks for a list of findings: each cell that takes part, else the place the finding names."""
    return [
        Mark(where, finding.severity, finding.message)
        for finding in findings
        for where in (finding.cells or (finding.where,))
    ]


def print_value(value: Value | None) -> str:
    """Exact digits without an exponent or trailing zeros; empty when blank."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value.normalize():f}"


def _by_place(marks: Marks) -> dict[str, list[Mark]]:
    places: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda m: _RANK[m.severity]):
        places.setdefault(mark.where, []).append(mark)
    return places


def _mark(marks: Sequence[Mark]) -> MarkView | None:
    """The worst mark of a place, with the notes of all."""
    if not marks:
        return None
    notes = "\n".join(dict.fromkeys(m.note for m in marks))
    return MarkView(severity=marks[0].severity.value, note=notes, pending=any(m.pending for m in marks))


def _default_title(report: AnnualReport) -> str:
    year = "" if report.year is None else f"{report.year}年"
    return f"{_clean(report.org.name)}{year}{report.layout.title}"


def _facts(report: AnnualReport, title: str) -> list[str]:
    """A reader takes unit and year from the title; where the title lacks one, a line of its own says it."""
    shown = re.match(r"(.*?)(\d{4})\s*年", title)
    unit, year = _clean(report.org.name), report.year
    lines = []
    if unit and (shown is None or re.sub(r"\s", "", shown[1]) != unit):
        lines.append(f"编制单位：{unit}")
    if year is not None and (shown is None or int(shown[2]) != year):
        lines.append(f"报告年度：{year}年")
    return lines


def _pending_line(marks: Marks) -> list[str]:
    """One line that says what the marked figures are; a reader of reports leaves it out."""
    pending = {mark.where for mark in marks if mark.pending}
    if not pending:
        return []
    return [f"{PENDING_LEAD}有底色或{PENDING_SIGN}的 {len(pending)} 格{UNCONFIRMED}"]


def _clean(text: str) -> str:
    """One line without characters that a document cannot carry."""
    return re.sub(r"[\t\r\n]+", " ", _UNPRINTABLE.sub("", text)).strip()


def _lines(text: str) -> Iterator[str]:
    return (line for line in map(_clean, text.splitlines()) if line)


def _section(report: AnnualReport, key: str, places: Mapping[str, Sequence[Mark]]) -> SectionView:
    marks = places.get(key, ())
    lines = list(_lines(report.sections[key]))
    tables = [table for table in report.layout.tables if table.section == key]
    # remarks printed below a table stay below it
    end = len(lines)
    while tables and end and _NOTE.match(lines[end - 1]):
        end -= 1
    return SectionView(
        key=key,
        title=report.layout.section(key).title,
        mark=_mark([m for m in marks if not m.words]),
        paragraphs=[_paragraph(line, marks) for line in lines[:end]],
        tables=[_table(report, table, places) for table in tables],
        notes=[_paragraph(line, marks) for line in lines[end:]],
    )


def _paragraph(line: str, marks: Sequence[Mark]) -> ParagraphView:
    found = _LEAD.match(line)
    lead = found[0] if found else ""
    return ParagraphView(text=line, lead=lead, runs=list(_runs(line[len(lead) :], marks)))


def _runs(text: str, marks: Sequence[Mark]) -> Iterator[RunView]:
    """The text cut at marked words; where two marks overlap the graver one is drawn."""
    at = 0
    spans = ((text.find(m.words), m) for m in marks if m.words)
    for start, mark in sorted(((s, m) for s, m in spans if s >= 0), key=lambda pair: pair[0]):
        if start < at:
            continue
        if start > at:
            yield RunView(text=text[at:start], mark=None)
        at = start + len(mark.words)
        yield RunView(text=text[start:at], mark=_mark([mark]))
    if at < len(text):
        yield RunView(text=text[at:], mark=None)


def _table(report: AnnualReport, table: Table, places: Mapping[str, Sequence[Mark]]) -> TableView:
    grid = lay_out(table)

    def text(cell: Placed | None) -> str:
        if cell is None:
            return ""
        if cell.key is not None:
            return print_value(report.value(cell.key))
        # the first header of each block is the form's own word and stands in no block
        return cell.text or report.layout.first_header

    def sign(cell: Placed | None) -> str:
        marks = places.get(str(cell.key), ()) if cell is not None and cell.key is not None else ()
        return PENDING_SIGN if any(mark.pending for mark in marks) else ""

    lines: list[list[CellView]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        key = "" if cell.key is None else str(cell.key)
        view = CellView(
            row=cell.row, col=cell.col, rowspan=cell.rowspan, colspan=cell.colspan,
            role=cell.role, text=text(cell), key=key, mark=_mark(places.get(key, ())) if key else None,
        )  # fmt: skip
        lines[cell.row].append(view)
    return TableView(
        key=table.key,
        name=report.layout.section(table.section).name,
        layout=table.layout,
        widths=list(grid.widths),
        header_rows=grid.header_rows,
        rows=grid.rows,
        lines=lines,
        flat=[[text(cell) + sign(cell) for cell in row] for row in flat_rows(table)],
    )
