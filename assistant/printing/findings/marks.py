"""Lays the findings of one unit over its report: which findings each cell, word and heading has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import TypedDict

from assistant.printing.findings.passages import Passages
from assistant.printing.findings.places import cell_of, in_words
from assistant.printing.findings.view import Item
from assistant.printing.reports.view import CellView, ParagraphView, SectionView, TableView, build_view
from assistant.report import AnnualReport, PrintedLabel
from assistant.report.findings import SEVERITY_NAMES

__all__ = ["MarkedReport", "marked_report"]

_RANK = {severity.value: rank for rank, severity in enumerate(SEVERITY_NAMES)}


class Spot(TypedDict):
    """The findings of one place, by their ids, and the gravest severity among them; both empty where there are none."""

    ids: list[str]
    severity: str


class MarkedRun(TypedDict):
    """A stretch of a paragraph; ``lead`` when it belongs to the run-in heading."""

    text: str
    lead: bool
    spot: Spot


class MarkedCell(TypedDict):
    """A cell; ``suspect`` are the ids of findings for which it is the likeliest wrong one."""

    cell: CellView
    text: str
    spot: Spot
    suspect: list[str]


class MarkedTable(TypedDict):
    """A table with its cells line by line."""

    table: TableView
    lines: list[list[MarkedCell]]


class MarkedSection(TypedDict):
    """A section; findings that speak of it as a whole stand at its heading."""

    key: str
    title: str
    spot: Spot
    paragraphs: list[list[MarkedRun]]
    tables: list[MarkedTable]
    notes: list[list[MarkedRun]]


class MarkedReport(TypedDict):
    """A report with its findings in place."""

    title: list[MarkedRun]
    spot: Spot
    """findings that have no place of their own"""
    facts: list[str]
    preamble: list[list[MarkedRun]]
    preamble_spot: Spot
    sections: list[MarkedSection]


def marked_report(report: AnnualReport, items: Iterable[Item]) -> MarkedReport:
    """The report as printed, with every finding at its words, its cells, its heading, or else at the title."""
    view, over = build_view(report), _Overlay(report, items)
    return MarkedReport(
        title=over.paragraph("title", view["title"], 0)[0],
        spot=over.whole("title"),
        facts=view["facts"],
        preamble=over.paragraphs("preamble", view["preamble"]),
        preamble_spot=over.whole("preamble"),
        sections=[over.section(section) for section in view["sections"]],
    )


class _Overlay:
    """Findings by place."""

    def __init__(self, report: AnnualReport, items: Iterable[Item]) -> None:
        self.report = report
        self.passages = Passages(report)
        self.items: dict[str, Item] = {}
        self.cells: dict[str, list[str]] = defaultdict(list)
        self.suspects: dict[str, list[str]] = defaultdict(list)
        self.spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        self.labels: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.wholes: dict[str, list[str]] = defaultdict(list)
        printed = report.printed
        self._printed_labels = () if printed is None else printed.labels
        self._odd = {} if printed is None else {cell.where: cell.text for cell in printed.cells}
        for item in items:
            self.items[item.id] = item
            self._place(item)

    def _place(self, item: Item) -> None:
        form, finding = self.report.layout, item.finding
        placed = False
        for number, name in enumerate(finding.cells or (finding.where,)):
            if cell_of(form, name) is not None:
                self.cells[name].append(item.id)
                placed = True
                if number == 0 and not in_words(form, finding.where):
                    self.suspects[name].append(item.id)
        for evidence in finding.evidence:
            for span in self.passages.spans(evidence):
                self.spans[span.key].append((span.start, span.end, item.id))
                placed = True
            for label in self._printed_labels:
                if label.text and label.start == evidence.start and evidence.source == "report":
                    self.labels[label.table, label.expected].append(item.id)
                    placed = True
        if not placed:
            self.wholes[self._whole_of(finding.where)].append(item.id)

    def _whole_of(self, where: str) -> str:
        """The passage a finding without words or cells belongs to: its section, that of its table, or the title."""
        form = self.report.layout
        head = where.partition(".")[0]
        section = {table.key: table.section for table in form.tables}.get(head, head)
        known = {"preamble", *(s.key for s in form.sections)}
        return section if section in known else "title"

    def whole(self, key: str) -> Spot:
        """The findings that speak of a passage as a whole."""
        return self._spot(self.wholes[key])

    def section(self, view: SectionView) -> MarkedSection:
        """One section with everything in it."""
        paragraphs = self.paragraphs(view["key"], [*view["paragraphs"], *view["notes"]])
        count = len(view["paragraphs"])
        return MarkedSection(
            key=view["key"],
            title=view["title"],
            spot=self.whole(view["key"]),
            paragraphs=paragraphs[:count],
            tables=[self._table(table) for table in view["tables"]],
            notes=paragraphs[count:],
        )

    def paragraphs(self, key: str, views: Iterable[ParagraphView]) -> list[list[MarkedRun]]:
        """The paragraphs of a passage, each cut where findings begin and end."""
        at, marked = 0, []
        for view in views:
            runs, at = self.paragraph(key, view["text"], at, len(view["lead"]))
            marked.append(runs)
        return marked

    def paragraph(self, key: str, text: str, at: int, lead: int = 0) -> tuple[list[MarkedRun], int]:
        """One paragraph, looked up in the passage from ``at`` because the view may have cleaned it; where it ends."""
        start = self.passages.texts.get(key, "").find(text, at)
        if start < 0:
            return [MarkedRun(text=text, lead=False, spot=self._spot([]))], at
        end = start + len(text)
        spans = [(a, max(b, a + 1), i) for a, b, i in self.spans[key] if a < end and max(b, a + 1) > start]
        edges = {start, start + lead, end, *(p for a, b, _ in spans for p in (a, b) if start < p < end)}
        runs = [
            MarkedRun(
                text=text[a - start : b - start],
                lead=b <= start + lead,
                spot=self._spot([i for first, last, i in spans if first <= a and b <= last]),
            )
            for a, b in pairwise(sorted(edges))
        ]
        return runs, end

    def _table(self, table: TableView) -> MarkedTable:
        labels = {label.expected: label for label in self._printed_labels if label.table == table["key"]}
        return MarkedTable(
            table=table,
            lines=[[self._cell(table["key"], cell, labels) for cell in line] for line in table["lines"]],
        )

    def _cell(self, table: str, cell: CellView, labels: dict[str, PrintedLabel]) -> MarkedCell:
        key = cell["key"]
        if key:
            text = self._odd.get(key) or cell["text"]
            return MarkedCell(
                cell=cell, text=text, spot=self._spot(self.cells[key]), suspect=self.suspects[key]
            )
        label = labels.get(cell["text"])
        # a misprinted label is shown as it is printed, or nobody would see what is wrong with it
        text = label.text if label is not None and label.text else cell["text"]
        spot = self._spot(self.labels[table, cell["text"]] if label is not None else [])
        return MarkedCell(cell=cell, text=text, spot=spot, suspect=[])

    def _spot(self, ids: list[str]) -> Spot:
        ids = list(dict.fromkeys(ids))
        # an accepted exception is drawn only where nothing else stands
        gravest = min(
            ids,
            key=lambda i: (
                self.items[i].accepted is not None,
                _RANK[self.items[i].finding.severity.value],
            ),
            default="",
        )
        if not gravest:
            return Spot(ids=[], severity="")
        item = self.items[gravest]
        return Spot(
            ids=ids, severity="accepted" if item.accepted is not None else item.finding.severity.value
        )
