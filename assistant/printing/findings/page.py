"""Prints findings as one web page that needs nothing else: reports with marks beside the findings, a ranking first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from assistant.checks import Rule, all_rules
from assistant.printing.findings.marks import MarkedReport, marked_report
from assistant.printing.findings.view import VERDICTS, Item, Open, Review, Unit
from assistant.printing.reports.view import print_value
from assistant.printing.templates import stream
from assistant.report.findings import SEVERITY_NAMES

__all__ = ["render"]


class ItemView(TypedDict):
    """A finding as the page lists it."""

    id: str
    number: int
    severity: str
    severity_name: str
    code: str
    title: str
    place: str
    message: str
    sides: list[tuple[str, str]]
    """应为 and 现为, where the finding names them"""
    fix: str
    basis: str
    why: str
    accepted: str
    cells: list[tuple[str, str]]


class UnitView(TypedDict):
    """One unit; nothing is computed in the template."""

    key: str
    name: str
    year: str
    file: str
    title: str
    verdict: str
    verdict_name: str
    counts: list[tuple[str, str, int]]
    worst: str
    problem: str
    findings: list[ItemView]
    open: list[Open]
    report: MarkedReport | None


def render(review: Review) -> str:
    """The page. Units stand in the order of the ranking; a single unit is shown open and without one."""
    rules = {rule.code: rule for rule in all_rules()}
    verdicts = {key: (name, sum(u.verdict == key for u in review.units)) for key, name in VERDICTS.items()}
    view = {
        "several": len(review.units) > 1,
        "total": len(review.units),
        "verdicts": verdicts,
        "severities": {s.value: name for s, name in review.severities.items()},
        "ranking": [_summary(unit) for unit in review.ranking],
        "units": _units(review, rules),
    }
    return "".join(stream("checked.html.j2", view))


def _units(review: Review, rules: dict[str, Rule]) -> Iterator[UnitView]:
    """The units with their reports, one at a time: hundreds of them need no more memory than their page."""
    for unit in review.ranking:
        view = _summary(unit)
        items = (*unit.items, *unit.exceptions)
        view["findings"] = [_item(item, rules.get(item.finding.code)) for item in items]
        view["report"] = None if unit.report is None else marked_report(unit.report, items)
        yield view


def _summary(unit: Unit) -> UnitView:
    return UnitView(
        key=unit.key,
        name=unit.name,
        year=unit.year,
        file=unit.file,
        title="" if unit.report is None else unit.report.title,
        verdict=unit.verdict,
        verdict_name=VERDICTS[unit.verdict],
        counts=[(s.value, SEVERITY_NAMES[s], n) for s, n in unit.counts.items()],
        worst=unit.worst,
        problem=unit.problem,
        findings=[],
        open=list(unit.open),
        report=None,
    )


def _item(item: Item, rule: Rule | None) -> ItemView:
    finding = item.finding
    sides = (("应为", finding.expected), ("现为", finding.got))
    return ItemView(
        id=item.id,
        number=item.number,
        severity="accepted" if item.accepted is not None else finding.severity.value,
        severity_name="例外" if item.accepted is not None else item.severity_name,
        code=finding.code,
        title=item.title,
        place=item.place,
        message=finding.message,
        sides=[
            (name, value if isinstance(value, str) else print_value(value))
            for name, value in sides
            if value is not None and str(value).strip()
        ],
        fix=finding.fix.title if finding.fix is not None else "",
        basis=rule.citation if rule is not None else "",
        why=rule.sections.get("为什么", "") if rule is not None else "",
        accepted=item.accepted or "",
        cells=list(item.cells),
    )
