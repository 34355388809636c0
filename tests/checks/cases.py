"""Builds the reports of the YAML cases: only the cells and words that matter are written there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from assistant.checks import CheckInput, RuleSettings
from assistant.checks.together.siblings import Beside, Peers, Sibling
from assistant.forms import CellKey, load_form
from assistant.report import (
    AnnualReport,
    Contact,
    InfoFee,
    Level,
    Printed,
    PrintedCell,
    PrintedHeading,
    PrintedLabel,
    PrintedRival,
    UnitProfile,
    blank_tables,
)
from assistant.report.facts import Evidence, Fact, FactKind
from evals.printing import as_printed

__all__ = ["HERE", "Case", "all_cases", "build", "cases_of", "report_of"]

HERE = Path(__file__).parent / "rules"


@dataclass(frozen=True)
class Case:
    """One named case of a rule; ``expect`` are the findings it must give, in order."""

    code: str
    name: str
    raw: Mapping[str, Any]

    @property
    def expect(self) -> list[dict[str, Any]]:
        """Expected findings; each key given must match exactly."""
        return list(self.raw.get("expect") or [])

    @property
    def not_assessable(self) -> list[str]:
        """Expected reasons for not being assessable."""
        return list(self.raw.get("not_assessable") or [])

    @property
    def input(self) -> CheckInput:
        """What the rule is given."""
        return build(self.raw)


def cases_of(path: Path) -> list[Case]:
    """The cases of one file, whose name is the code of the rule in lower case."""
    return [
        Case(path.stem.upper(), raw["name"], raw) for raw in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def all_cases() -> list[Case]:
    """The cases of all rules."""
    return [case for path in sorted(HERE.glob("*.yaml")) for case in cases_of(path)]


_KEYS = {
    "name", "unit", "level", "year", "form", "title", "preamble", "cells", "rest", "sections", "finished", "printed", "previous",
    "settings", "facts", "units", "peers", "unclear", "doubled", "contact", "info_fee", "expect", "not_assessable",
}  # fmt: skip


def build(raw: Mapping[str, Any]) -> CheckInput:
    """The input a case describes.

    ``cells``: table.row.col -> value, ``rest: 0`` fills the others; ``finished`` makes it a report read from a file;
    ``printed`` overrides how it was printed; ``previous``, ``units`` and ``peers`` are described like reports.
    """
    unknown = set(raw) - _KEYS
    if unknown:
        raise ValueError(f"unknown keys in case {raw.get('name')}: {sorted(unknown)}")
    report = report_of(raw)
    last = None
    if "previous" in raw:
        inherited = {"unit": raw.get("unit", _UNIT), "year": (report.year or 0) - 1, **raw["previous"]}
        last = report_of(inherited)
    return CheckInput(
        report=report,
        previous=last,
        settings=replace(RuleSettings(), **_settings(raw.get("settings") or {})),
        facts=_facts(raw["facts"]) if "facts" in raw else None,
        beside=_beside(report, raw),
    )


def _beside(report: AnnualReport, raw: Mapping[str, Any]) -> Beside:
    """The neighbours that the case describes, placed as it says and not by their names."""
    units = tuple(Sibling.of(report_of(unit)) for unit in raw.get("units") or ())
    peers = [report_of(peer) for peer in raw.get("peers") or ()]
    unclear, doubled = (tuple(raw.get(name) or ()) for name in ("unclear", "doubled"))
    return Beside(units, unclear, doubled, Peers.of(report, peers) if peers else None)


_UNIT = "清河县双庙镇人民政府"


def report_of(raw: Mapping[str, Any]) -> AnnualReport:
    """A report as a case describes it."""
    version = str(raw.get("form", "2021"))
    form = load_form(version)
    tables = blank_tables(form)
    if "rest" in raw:
        for key in form.cells:
            tables[key.table][key.row][key.col] = raw["rest"]
    for name, value in (raw.get("cells") or {}).items():
        key = CellKey.parse(name)
        tables[key.table][key.row][key.col] = value
    level = Level(raw["level"]) if "level" in raw else None
    name, year = raw.get("unit", _UNIT), raw.get("year", 2023)
    unit = UnitProfile.infer(name, level).model_copy(
        update={"contact": Contact(**(raw.get("contact") or {}))}
    )
    report = AnnualReport(
        form=version,
        org=unit,
        year=year,
        title=raw.get("title", f"{name}{year}年政府信息公开工作年度报告"),
        preamble=raw.get("preamble", ""),
        tables=tables,
        sections={key: text.strip() for key, text in (raw.get("sections") or {}).items()},
        info_fee=InfoFee(**(raw.get("info_fee") or {})),
    )
    if not (raw.get("finished") or "printed" in raw):
        return report
    report = as_printed(report)
    return report.model_copy(update={"printed": _printed(report, raw.get("printed") or {})})


def _printed(report: AnnualReport, raw: Mapping[str, Any]) -> Printed | None:
    """The plain print of the report with what the case changes; ``add`` is text appended to the page."""
    printed = report.printed
    if printed is None:
        return None
    changes: dict[str, Any] = {k: v for k, v in raw.items() if k in ("title", "merged_other", "source")}
    changes["old_form_marks"] = tuple(raw.get("old_form_marks") or ())
    changes["cells"] = tuple(PrintedCell(**cell) for cell in raw.get("cells") or ())
    changes["labels"] = tuple(PrintedLabel(**label) for label in raw.get("labels") or ())
    changes["rivals"] = tuple(PrintedRival(**rival) for rival in raw.get("rivals") or ())
    if "headings" in raw:
        changes["headings"] = tuple(
            PrintedHeading(start=0, body_start=0, **heading) for heading in raw["headings"]
        )
    if "add" in raw:
        changes["text"] = f"{printed.text}\n{raw['add']}"
    return printed.model_copy(update=changes)


def _settings(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}


def _facts(raw: list[Mapping[str, Any]]) -> tuple[Fact, ...]:
    facts = []
    for number, one in enumerate(raw, 1):
        text = one.get("text", "")
        evidence = (Evidence(source="message", start=0, end=len(text), quote=text),) if text else ()
        facts.append(
            Fact(
                id=f"f{number}",
                kind=FactKind(one.get("kind", "activity")),
                where=one.get("where", "disclosure"),
                value=one.get("value"),
                text=text,
                evidence=evidence,
            )
        )
    return tuple(facts)
