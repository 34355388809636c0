"""Prints findings as SARIF 2.1.0 (OASIS), which code-hosting platforms and editors read.

Characters are counted in the text that was read out of a file: ``artifact.contents.text`` holds it, because in a Word, PDF
or web file the bytes are something else. Lines and columns, and repairs, are given only where the file itself is text.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath
from typing import Any

from assistant.checks import Rule, all_rules
from assistant.checks.cards import rule_card
from assistant.printing.findings.places import cell_of
from assistant.printing.findings.view import Item, Review, Unit
from assistant.printing.reports.view import print_value
from assistant.report import AnnualReport
from assistant.report.facts import Evidence
from assistant.report.findings import Edit, Finding, Severity

__all__ = ["fingerprint", "render"]

_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.ASK: "note",
    Severity.INFO: "note",
}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_FINGERPRINT = "nianbao/v1"
_PLAIN = frozenset([".txt", ".md", ".markdown"])
"""files whose own characters are the text that was read"""
_ABOUT = "charOffset 按 contents.text 计数，即从原文件读出的全部文字"


def render(review: Review) -> str:
    """The log: one run with a rule for each code, a result for each finding, a notification for what was not judged."""
    run = _run(review)
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def fingerprint(report: AnnualReport, finding: Finding) -> str:
    """Names a finding so that it is known again in a later run: by unit, year, rule, place and words, not by figures."""
    words = ["".join(e.quote.split()) for e in finding.evidence]
    parts = [
        report.org.name,
        str(report.year),
        finding.code,
        finding.where,
        *sorted(finding.cells),
        *words[:1],
    ]
    return sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _run(review: Review) -> dict[str, Any]:
    rules = _rules(review)
    places = {rule["id"]: number for number, rule in enumerate(rules)}
    artifacts = [_Artifact(unit, number) for number, unit in enumerate(review.units)]
    return {
        "tool": {
            "driver": {
                "name": "nianbao",
                "fullName": "年报助手",
                "version": _version(),
                "language": "zh-CN",
                "rules": rules,
            }
        },
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not review.has_unreadable,
                "toolExecutionNotifications": [n for a in artifacts for n in _notifications(a, places)],
            }
        ],
        "artifacts": [artifact.description for artifact in artifacts],
        "results": [r for artifact in artifacts for r in _results(artifact, places)],
    }


def _version() -> str:
    try:
        return version("nianbao")
    except PackageNotFoundError:
        return "0"


def _rules(review: Review) -> list[dict[str, Any]]:
    """The rules that had something to say, in the order of their codes."""
    said = {i.finding.code for u in review.units for i in (*u.items, *u.exceptions)}
    said |= {o.code for u in review.units for o in u.open}
    known = {rule.code: rule for rule in all_rules()}
    return [_rule(known[code]) if code in known else {"id": code} for code in sorted(said)]


def _rule(rule: Rule) -> dict[str, Any]:
    card = rule_card(rule.code)
    heading, _, body = card.partition("\n")
    points = "\n".join(f"- {line}" for line in body.splitlines())
    return {
        "id": rule.code,
        "name": rule.title,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.sections.get("为什么") or rule.title},
        "help": {"text": card, "markdown": f"**{heading}**\n\n{points}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


class _Artifact:
    """One file: how results point into it."""

    def __init__(self, unit: Unit, index: int) -> None:
        self.unit = unit
        self.location = {"uri": _uri(unit.file), "index": index}
        printed = None if unit.report is None else unit.report.printed
        self.text = "" if printed is None else printed.text
        self.plain = Path(unit.file).suffix.lower() in _PLAIN

    @property
    def description(self) -> dict[str, Any]:
        """The artifact object; it carries the text that offsets count in."""
        described: dict[str, Any] = {"location": self.location, "roles": ["analysisTarget"]}
        if self.text:
            described |= {"contents": {"text": self.text}, "description": {"text": _ABOUT}}
        return described

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(at + 1 for at, character in enumerate(self.text) if character == "\n")]

    def region(self, evidence: Evidence, message: str) -> dict[str, Any] | None:
        """The characters of a quotation; None where it does not stand in the text that was read.

        The words are repeated only where the message has them: it masks numbers and names that must not spread.
        """
        start, end = evidence.start, evidence.end
        if evidence.source != "report" or self.text[start:end] != evidence.quote:
            return None
        lines = self.lines(start, end) if self.plain else {}
        region = {**lines, "charOffset": start, "charLength": end - start}
        return region | ({"snippet": {"text": evidence.quote}} if evidence.quote in message else {})

    def lines(self, start: int, end: int) -> dict[str, int]:
        """Characters by line and column, from 1, the end exclusive: right also where line ends are two characters."""
        first, last = bisect_right(self._lines, start), bisect_right(self._lines, end)
        return {
            "startLine": first,
            "startColumn": start - self._lines[first - 1] + 1,
            "endLine": last,
            "endColumn": end - self._lines[last - 1] + 1,
        }

    def physical(self, region: dict[str, Any] | None) -> dict[str, Any]:
        """The location of a region, or of the file as a whole."""
        return {"artifactLocation": self.location} | ({"region": region} if region is not None else {})


def _uri(file: str) -> str:
    """Relative to the present folder where the file is below it, else absolute; percent-encoded."""
    path = Path(file)
    if path.is_absolute():
        try:
            path = path.relative_to(Path.cwd())
        except ValueError:
            return path.as_uri()
    return PurePosixPath(f"/{path.as_posix()}").as_uri().removeprefix("file:///")


def _results(artifact: _Artifact, places: dict[str, int]) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    report = artifact.unit.report
    if report is None:
        return
    for item in (*artifact.unit.items, *artifact.unit.exceptions):
        finding = item.finding
        result = {
            "ruleId": finding.code,
            "ruleIndex": places[finding.code],
            "level": _LEVELS[finding.severity],
            "message": {"text": finding.message},
            **_locations(artifact, item, report),
        }
        # two findings of one rule about the same words are told apart by their order
        name = fingerprint(report, finding)
        seen[name] += 1
        result["partialFingerprints"] = {_FINGERPRINT: f"{name}:{seen[name]}"}
        fix = _fix(artifact, finding)
        if fix is not None:
            result["fixes"] = [fix]
        elif finding.fix is not None:
            result["properties"] = {"suggestion": finding.fix.title}
        if item.accepted is not None:
            result["suppressions"] = [
                {"kind": "external", "status": "accepted", "justification": item.accepted or "已作为例外"}
            ]
        yield result


def _locations(artifact: _Artifact, item: Item, report: AnnualReport) -> dict[str, Any]:
    """The first words with the cells that take part; further words as related locations."""
    finding = item.finding
    found = (artifact.region(evidence, finding.message) for evidence in finding.evidence)
    regions = [region for region in found if region is not None]
    location = {
        "physicalLocation": artifact.physical(regions[0] if regions else None),
        "logicalLocations": list(_logical(item, report)),
    }
    related = [{"id": n, "physicalLocation": artifact.physical(r)} for n, r in enumerate(regions[1:], 1)]
    return {"locations": [location]} | ({"relatedLocations": related} if related else {})


def _logical(item: Item, report: AnnualReport) -> Iterator[dict[str, Any]]:
    """The cells, the likeliest wrong one first, each with its figure; the passage or table where there are none."""
    if not item.cells:
        yield {"name": item.place, "fullyQualifiedName": item.finding.where, "kind": "section"}
        return
    for name, label in item.cells:
        key = cell_of(report.layout, name)
        figure = "" if key is None else print_value(report.value(key))
        yield {
            "name": label,
            "fullyQualifiedName": name,
            "kind": "cell",
            "properties": {"value": figure or None},
        }


def _fix(artifact: _Artifact, finding: Finding) -> dict[str, Any] | None:
    """A certain repair of the file's own characters."""
    if finding.fix is None or not finding.fix.certain or not artifact.plain or not artifact.text:
        return None
    replacements = list(_replacements(artifact, finding.fix.edits))
    if not replacements:
        return None
    return {
        "description": {"text": finding.fix.title},
        "artifactChanges": [{"artifactLocation": artifact.location, "replacements": replacements}],
    }


def _replacements(artifact: _Artifact, edits: Sequence[Edit]) -> Iterator[dict[str, Any]]:
    for edit in edits:
        # an edit of a passage has a twin that edits the printed page
        if edit.where or edit.start is None or edit.end is None:
            continue
        yield {
            "deletedRegion": artifact.lines(edit.start, edit.end),
            "insertedContent": {"text": edit.text},
        }


def _notifications(artifact: _Artifact, places: dict[str, int]) -> Iterator[dict[str, Any]]:
    unit = artifact.unit
    whole = [{"physicalLocation": artifact.physical(None)}]
    if unit.problem:
        yield {"level": "error", "message": {"text": f"无法读取：{unit.problem}"}, "locations": whole}
    for unknown in unit.open:
        yield {
            "level": "note",
            "message": {"text": f"{unknown.title}：未能核对，{unknown.reason}"},
            "locations": whole,
            "associatedRule": {"id": unknown.code, "index": places[unknown.code]},
        }
