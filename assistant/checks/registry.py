"""Registers rules where they are written, finds them by listing the package, and runs them."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from typing import NamedTuple, TypedDict, Unpack

from assistant.checks.citations import citation
from assistant.checks.claims.passages import Span
from assistant.checks.context import CheckInput
from assistant.checks.together.previous import wrong_previous
from assistant.errors import UsageError
from assistant.forms import FORM_VERSIONS, CellKey, Form, load_form
from assistant.report.facts import Evidence, Value
from assistant.report.findings import Finding, Fix, NotAssessable, Severity

__all__ = ["Hit", "Rule", "Unknown", "all_rules", "get_rule", "rule", "run_rules"]

HEADINGS = ("为什么", "不合格", "合格", "修改")
"""The headings every rule's docstring has, in this order."""

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ASK: 2, Severity.INFO: 3}


class Hit(NamedTuple):
    """What a rule found; the runner adds the rule's code, its severity and the evidence.

    ``spans`` are the words it speaks of, ``places`` those outside the prose (headings, labels); ``severity`` only where it
    differs from the rule's own.
    """

    where: str
    message: str
    expected: Value | str | None = None
    got: Value | str | None = None
    fix: Fix | None = None
    cells: tuple[CellKey, ...] = ()
    spans: tuple[Span, ...] = ()
    places: tuple[Evidence, ...] = ()
    severity: Severity | None = None


class Unknown(NamedTuple):
    """Something a rule could not judge, and why (plain Chinese)."""

    where: str
    reason: str


Check = Callable[[CheckInput], Iterator[Hit | Unknown]]


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule of the catalogue. ``applies`` limits it to some reports; elsewhere it has nothing to say."""

    code: str
    title: str
    severity: Severity
    basis: str
    check: Check
    forms: tuple[str, ...] = FORM_VERSIONS
    applies: Callable[[CheckInput], bool] | None = None
    needs_previous: bool = False

    @cached_property
    def sections(self) -> dict[str, str]:
        """The docstring by heading (为什么、不合格、合格、修改)."""
        parts: dict[str, str] = {}
        heading = ""
        for line in (inspect.getdoc(self.check) or "").splitlines():
            name, mark, rest = line.partition("：")
            if mark and name in HEADINGS:
                heading, parts[name] = name, rest.strip()
            elif heading and line.strip():
                parts[heading] = f"{parts[heading]}{line.strip()}"
        return parts

    @property
    def citation(self) -> str:
        """The legal source in full."""
        return citation(self.basis)

    def run(self, ctx: CheckInput) -> Iterator[Hit | Unknown]:
        """Judge one report; yields nothing when it passes or the rule does not apply."""
        if ctx.report.form not in self.forms or (self.applies is not None and not self.applies(ctx)):
            return
        if self.needs_previous and (reason := _no_previous(ctx)):
            yield Unknown("previous", reason)
            return
        yield from self.check(ctx)


def _no_previous(ctx: CheckInput) -> str:
    """Why the years cannot be compared; empty when they can."""
    if ctx.previous is None:
        return ctx.no_previous or "没有提供上年度报告"
    return wrong_previous(ctx.report, ctx.previous, ctx.settings.renamed)


_CATALOGUE: dict[str, Rule] = {}


class _Limits(TypedDict, total=False):
    forms: tuple[str, ...]
    applies: Callable[[CheckInput], bool]
    needs_previous: bool


def rule(
    code: str, title: str, severity: Severity, basis: str, **limits: Unpack[_Limits]
) -> Callable[[Check], Check]:
    """Register the decorated function as a rule.

    ``limits`` are the optional fields of :class:`Rule`: forms, applies, needs_previous. KeyError when the basis is unknown.
    """
    citation(basis)

    def register(check: Check) -> Check:
        _CATALOGUE[code] = Rule(code, title, severity, basis, check, **limits)
        return check

    return register


@cache
def all_rules() -> tuple[Rule, ...]:
    """All rules of the package, by code. A module of assistant.checks that registers nothing is support code."""
    package = import_module("assistant.checks.rules")
    for module in pkgutil.iter_modules(package.__path__, "assistant.checks.rules."):
        import_module(module.name)
    return tuple(_CATALOGUE[code] for code in sorted(_CATALOGUE))


def get_rule(code: str) -> Rule:
    """The rule of that code; UsageError when there is none."""
    for candidate in all_rules():
        if candidate.code == code.upper():
            return candidate
    from difflib import get_close_matches

    near = get_close_matches(code.upper(), [candidate.code for candidate in all_rules()], 1, 0.5)
    hint = f"，最接近的是“{near[0]}”" if near else ""
    raise UsageError(f"没有名为“{code}”的规则{hint}；可用 nianbao rules 查看全部规则")


def run_rules(
    ctx: CheckInput, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> tuple[tuple[Finding, ...], tuple[NotAssessable, ...]]:
    """Judge a report by all rules, or only by those selected, without those ignored or switched off in the settings.

    Findings come sorted by severity and then by position in the report. UsageError when a code is unknown.
    """
    chosen = [get_rule(code) for code in select] or all_rules()
    silent = {get_rule(code).code for code in (*ignore, *ctx.settings.disabled)}
    ranks = {get_rule(code).code: severity for code, severity in ctx.settings.severity.items()}
    findings: list[Finding] = []
    unknown: list[NotAssessable] = []
    for one in chosen:
        if one.code in silent:
            continue
        for outcome in one.run(ctx):
            if isinstance(outcome, Unknown):
                unknown.append(NotAssessable(code=one.code, where=outcome.where, reason=outcome.reason))
            else:
                findings.append(_finding(ctx, one, outcome, ranks.get(one.code)))
    place = _places(ctx.form.version)
    findings.sort(key=lambda f: (_RANK[f.severity], *place(f), f.code))
    return tuple(findings), tuple(unknown)


def _finding(ctx: CheckInput, one: Rule, hit: Hit, ranked: Severity | None) -> Finding:
    """``ranked`` is the severity that the office has set for the rule."""
    return Finding(
        code=one.code,
        severity=ranked or hit.severity or one.severity,
        where=hit.where,
        message=hit.message,
        expected=hit.expected,
        got=hit.got,
        fix=hit.fix,
        cells=tuple(map(str, hit.cells)),
        evidence=(*(ctx.evidence(span) for span in hit.spans), *hit.places),
    )


class _Places:
    """Sort key of a finding: its section in reading order, then words before cells, then the place inside."""

    def __init__(self, form: Form) -> None:
        self._sections = {section.key: i for i, section in enumerate(form.sections, 2)} | {
            "title": 0,
            "preamble": 1,
        }
        self._tables = {table.key: self._sections[table.section] for table in form.tables}
        self._cells = {str(key): i for i, key in enumerate(form.cells)}

    def __call__(self, finding: Finding) -> tuple[int, int, int]:
        first = finding.evidence[0].start if finding.evidence else 0
        head = finding.where.split(".", 1)[0]
        if head in self._tables:
            cell = finding.cells[0] if finding.cells else finding.where
            return self._tables[head], 1, self._cells.get(cell, 0)
        return self._sections.get(head, 99), 0, first


@cache
def _places(version: str) -> _Places:
    return _Places(load_form(version))
