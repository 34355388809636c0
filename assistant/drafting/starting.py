"""Lets a finished report of this year start the ledger: its cells are statements, its prose stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assistant.documents.blocks import Blocks
from assistant.forms import CellKey, Form, form_for_year
from assistant.reading.figures import read_figure
from assistant.reading.material import Finished, Material
from assistant.report import AnnualReport
from assistant.report.facts import Evidence, Fact, FactKind
from assistant.report.findings import Finding, Severity

__all__ = ["Started", "start_from"]


class Started(NamedTuple):
    """What the finished reports among the materials give."""

    raw: dict[str, str | Blocks]
    """the materials that are to be read as raw facts"""
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
    previous: AnnualReport | None = None
    """last year's report, where it lay among the materials"""
    report: AnnualReport | None = None
    """the report of this year that the draft starts from"""


def start_from(materials: Mapping[str, Material], year: int | None) -> Started:
    """Sort the materials. ``year`` is the report year as far as it is known; else the newest finished report is this year's.

    A report of the year before is last year's; of any other year nothing is taken, and a finding says so.
    """
    raw = {name: material.raw for name, material in materials.items() if material.finished is None}
    done = {name: m for name, m in materials.items() if m.finished is not None}
    if year is None:
        year = max((y for m in done.values() if m.finished and (y := m.finished.report.year)), default=None)
    facts: list[Fact] = []
    findings: list[Finding] = []
    previous: AnnualReport | None = None
    report: AnnualReport | None = None
    for number, (name, material) in enumerate(done.items(), 1):
        finished = material.finished
        assert finished is not None, "sorted above"
        own = finished.report.year
        if own is None or year is None or own == year:
            form = form_for_year(year)
            facts += [f for f in _facts(finished, name, material.text, f"d{number}.") if _fits(f, form)]
            findings += _unread(finished.report, name)
            if finished.report.form != form.version:
                words = f"用的是 {finished.report.form} 版表格，本年应当用 {form.version} 版；没有对应单元格的数没有采用"
                findings.append(_said(name, words, Severity.ERROR, "OLD_FORM"))
            report = report or finished.report
        elif own == year - 1 and previous is None:
            previous = finished.report.model_copy(update={"printed": None})
            findings.append(_said(name, f"是 {own} 年度的年报，已作为上年年报使用", Severity.INFO))
        else:
            words = (
                f"是 {own} 年度的年报，本年报是 {year} 年度的；没有采用其中的数，请核对报告年度或换一个文件"
            )
            findings.append(_said(name, words, Severity.ERROR))
    return Started(raw, tuple(facts), tuple(findings), previous, report)


def _said(name: str, words: str, severity: Severity, code: str = "YEAR") -> Finding:
    return Finding(code=code, severity=severity, where="previous", message=f"“{name}”{words}")


def _fits(fact: Fact, form: Form) -> bool:
    return fact.kind is not FactKind.CELL or form.has(CellKey.parse(fact.where))


def _unread(report: AnnualReport, name: str) -> Iterator[Finding]:
    """What could not be located in the document, for the clerk to say."""
    printed = report.printed
    for line in printed.unread if printed is not None else ():
        yield Finding(
            code="MISSING_FIELD",
            severity=Severity.ASK,
            where="",
            message=f"“{name}”{line}；请对照原件补报这些数",
        )


def _facts(finished: Finished, source: str, text: str, prefix: str) -> list[Fact]:
    report = finished.report
    printed = report.printed
    edited = frozenset(printed.edited if printed is not None else ())
    facts = [
        Fact(
            id=f"{prefix}{key}",
            kind=FactKind.CELL,
            where=str(key),
            value=value,
            edited=str(key) in edited,
            evidence=finished.evidence(key, source, text),
        )
        for key, value in report.filled()
    ]
    facts += _rivals(report, source, text, prefix)
    passages = list(_passages(report, source, text, prefix))
    return [*facts, *passages, *_fee(report, passages, prefix)]


def _rivals(report: AnnualReport, source: str, text: str, prefix: str) -> Iterator[Fact]:
    """The second figure of a cell that was changed in two sheets: the ledger then holds a contradiction and asks."""
    printed = report.printed
    for rival in printed.rivals if printed is not None else ():
        value, _ = read_figure(rival.other, report.layout.column(CellKey.parse(rival.where)))
        if value is None:
            continue
        start, end = rival.other_start, rival.other_start + len(rival.other)
        quote = Evidence(source=source, start=start, end=end, quote=text[start:end])
        yield Fact(
            id=f"{prefix}{rival.where}.2", kind=FactKind.CELL, where=rival.where, value=value, edited=True,
            evidence=(quote,),
        )  # fmt: skip


def _passages(report: AnnualReport, source: str, text: str, prefix: str) -> Iterator[Fact]:
    """The prose of each section, pointed at line by line."""
    at = 0
    for key, prose in {"preamble": report.preamble, **report.sections}.items():
        if not prose.strip():
            continue
        places = []
        for line in prose.split("\n"):
            start = text.find(line, at) if line else -1
            if start >= 0:
                at = start + len(line)
                places.append(Evidence(source=source, start=start, end=at, quote=line))
        yield Fact(id=f"{prefix}{key}", kind=FactKind.PASSAGE, where=key, text=prose, evidence=tuple(places))


def _fee(report: AnnualReport, passages: list[Fact], prefix: str) -> Iterator[Fact]:
    """The 信息处理费, with the paragraph that speaks of it."""
    said = [e for fact in passages for e in fact.evidence if "处理费" in e.quote]
    for part, value in (("yuan", report.info_fee.yuan), ("cases", report.info_fee.cases)):
        if value is not None:
            where = f"info_fee.{part}"
            yield Fact(
                id=f"{prefix}{where}", kind=FactKind.FEE, where=where, value=value, evidence=tuple(said[-1:])
            )
