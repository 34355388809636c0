"""Writes the results of a run: results.json, junit.xml and the page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as Xml

from evals.metrics import METRICS
from evals.results import SuiteResult

__all__ = ["fill", "junit", "page", "results_json", "shown_value", "write_all"]

_TEMPLATES = Path(__file__).parent / "templates"


def write_all(folder: Path, suites: Sequence[SuiteResult]) -> list[Path]:
    """Write all three into a folder; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in (
        ("results.json", results_json(suites)),
        ("junit.xml", junit(suites)),
        ("report.html", page(suites)),
    ):
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written


def results_json(suites: Sequence[SuiteResult]) -> str:
    """Metrics and failing cases by suite, as in baseline.json."""
    return json.dumps({suite.name: suite.as_json() for suite in suites}, ensure_ascii=False, indent=1) + "\n"


def junit(suites: Sequence[SuiteResult]) -> str:
    """JUnit XML: a test suite each, a test case each; thresholds are test cases too."""
    root = Xml.Element("testsuites")
    for suite in suites:
        home = Xml.SubElement(root, "testsuite", name=suite.name, time=f"{suite.seconds:.3f}")
        cases = [] if suite.sealed else list(suite.cases)
        for case in cases:
            entry = Xml.SubElement(
                home, "testcase", name=case.id, classname=suite.name, time=f"{case.seconds:.3f}"
            )
            if not case.passed:
                Xml.SubElement(entry, "failure", message=_printable("；".join(case.faults)[:500]))
        if (suite.sealed and suite.newly_failing) or suite.lost:
            entry = Xml.SubElement(home, "testcase", name="与基准相比", classname=suite.name)
            told = f"新增 {len(suite.newly_failing)} 个不通过的用例，少了 {suite.lost} 个用例"
            Xml.SubElement(entry, "failure", message=told)
        for missed in suite.shortfalls:
            entry = Xml.SubElement(home, "testcase", name=f"限值 {missed.metric}", classname=suite.name)
            Xml.SubElement(entry, "failure", message=str(missed))
        home.set("tests", str(len(home)))
        home.set("failures", str(len(home.findall("testcase/failure"))))
    Xml.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _printable(text: str) -> str:
    """XML has no place for control characters, not even escaped."""
    return "".join(c if c >= " " or c in "\t\n" else "�" for c in text)


def page(suites: Sequence[SuiteResult]) -> str:
    """One page that needs nothing else: metrics first, each failing case one click away."""
    return fill("report.html.j2", suites=suites, metrics=METRICS)


def fill(template: str, **view: object) -> str:
    """A template of evals/templates with a view put in."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    environment.filters["value"] = shown_value
    return environment.get_template(template).render(**view)


def shown_value(value: float | None, share: bool) -> str:
    """A metric for people: a percentage, or a plain figure."""
    if value is None:
        return ""
    return f"{100 * value:.1f}%" if share else f"{value:.1f}".removesuffix(".0")
