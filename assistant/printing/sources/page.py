"""Prints a draft as one page on which every figure answers where it comes from; the page needs no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypedDict

from assistant.printing.drafts import unconfirmed_marks
from assistant.printing.reports.view import ParagraphView, TableView, View, build_view, marks_of, print_value
from assistant.printing.sources.materials import SourceView, Unread, sources_of, unread_of
from assistant.printing.sources.reasons import ORIGIN_NAMES, STATUS_NAMES, Reason, name_of_fact, reasons_of
from assistant.printing.templates import fill
from assistant.report.draft import Draft, ProseSlot
from assistant.report.facts import Fact, FactKind, FactStatus
from assistant.report.figures import ACCOUNT_NAMES, Account
from assistant.report.findings import SEVERITY_NAMES, Severity

__all__ = ["FactView", "FindingView", "ReviewView", "build_review", "render_review"]


class Run(TypedDict):
    """A stretch of a paragraph; ``why`` names its reason when it is a figure."""

    text: str
    why: str


class Paragraph(TypedDict):
    """A paragraph with its run-in heading."""

    lead: str
    runs: list[Run]


class Section(TypedDict):
    """One section as the page shows it."""

    key: str
    title: str
    paragraphs: list[Paragraph]
    tables: list[TableView]


class FactView(TypedDict):
    """A statement of the ledger for the page."""

    id: str
    name: str
    value: str
    status: str
    status_name: str
    quote: str
    source: str


class FindingView(TypedDict):
    """A finding with the places it speaks of and the title of its fix."""

    code: str
    severity: str
    severity_name: str
    message: str
    cells: list[str]
    fix: str


class ReviewView(TypedDict):
    """Everything the page shows; nothing is computed in the template."""

    title: str
    head: View
    sections: list[Section]
    why: dict[str, Reason]
    facts: dict[str, FactView]
    sources: list[SourceView]
    set_aside: list[FactView]
    unread: list[Unread]
    figures: dict[str, int]
    """how many figures of the sources have each account, by its name for people"""
    findings: list[FindingView]
    questions: list[dict[str, object]]
    origins: dict[str, str]
    counts: dict[str, int]


def render_review(draft: Draft) -> str:
    """The self-contained HTML page: the report beside its sources, light and dark, no request to anywhere."""
    return fill("review.html.j2", {"view": build_review(draft)})


def build_review(draft: Draft) -> ReviewView:
    """The view of a draft in which every cell and every figure of the prose has a reason."""
    marks = marks_of([f for f in draft.findings if f.severity is not Severity.INFO])
    head = build_view(draft.report, [*marks, *unconfirmed_marks(draft)])
    why = reasons_of(draft)
    facts = {fact.id: _fact(draft, fact) for fact in draft.facts}
    aside = [
        facts[f.id] for f in draft.facts if f.status is not FactStatus.STATED and f.kind is not FactKind.OPEN
    ]
    return ReviewView(
        title=head["title"],
        head=head,
        sections=[
            Section(
                key=section["key"], title=section["title"], tables=section["tables"],
                paragraphs=[*_paragraphs(draft, section["key"], [*section["paragraphs"], *section["notes"]])],
            )
            for section in head["sections"]
        ],
        why=why,
        facts=facts,
        sources=sources_of(draft.sources, draft.facts, draft.figures),
        set_aside=aside,
        unread=unread_of(draft.sources, draft.facts, draft.figures),
        figures=_figures(draft),
        findings=[*_findings(draft)],
        questions=[{"text": q.text, "choices": list(q.choices), "about": list(q.about)} for q in draft.questions],
        origins=ORIGIN_NAMES,
        counts=_counts(draft),
    )  # fmt: skip


def _paragraphs(draft: Draft, key: str, views: list[ParagraphView]) -> Iterator[Paragraph]:
    """The paragraphs cut at the slots; the view may have cleaned a paragraph, so each is looked up in the text."""
    text = draft.report.sections[key]
    slots = sorted((s for s in draft.slots if s.section == key), key=lambda s: s.start)
    at = 0
    for view in views:
        start = text.find(view["text"], at)
        if start < 0:
            yield Paragraph(lead=view["lead"], runs=[Run(text=view["text"][len(view["lead"]) :], why="")])
            continue
        at = start + len(view["text"])
        yield Paragraph(lead=view["lead"], runs=list(_runs(text, start + len(view["lead"]), at, slots)))


def _runs(text: str, start: int, end: int, slots: list[ProseSlot]) -> Iterator[Run]:
    for slot in slots:
        if slot.start < start or slot.end > end:
            continue
        if slot.start > start:
            yield Run(text=text[start : slot.start], why="")
        yield Run(text=text[slot.start : slot.end], why=slot.where)
        start = slot.end
    if start < end:
        yield Run(text=text[start:end], why="")


def _fact(draft: Draft, fact: Fact) -> FactView:
    evidence = fact.evidence[0] if fact.evidence else None
    return FactView(
        id=fact.id,
        name=name_of_fact(draft.report.layout, fact),
        value="" if fact.kind is FactKind.ACTIVITY else print_value(fact.value),
        status=fact.status.value,
        status_name=STATUS_NAMES[fact.status],
        quote="" if evidence is None else evidence.quote.strip(),
        source="" if evidence is None else evidence.source,
    )


def _findings(draft: Draft) -> Iterator[FindingView]:
    for finding in draft.findings:
        yield FindingView(
            code=finding.code,
            severity=finding.severity.value,
            severity_name=SEVERITY_NAMES[finding.severity],
            message=finding.message,
            cells=list(finding.cells or (finding.where,)),
            fix=finding.fix.title if finding.fix is not None else "",
        )


def _figures(draft: Draft) -> dict[str, int]:
    counts = Counter(figure.account for figure in draft.figures)
    return {ACCOUNT_NAMES[account]: counts[account] for account in Account if counts[account]}


def _counts(draft: Draft) -> dict[str, int]:
    """How many cells have each origin, how many are blank or wait to be confirmed, and how many findings of each weight stand."""
    counts = dict.fromkeys(ORIGIN_NAMES, 0)
    for cell in draft.cells:
        counts["blank" if cell.origin is None else str(cell.origin)] += 1
    counts["unconfirmed"] = sum(cell.status == "unconfirmed" for cell in draft.cells)
    for severity in Severity:
        counts[severity.value] = sum(f.severity is severity for f in draft.findings)
    return counts
