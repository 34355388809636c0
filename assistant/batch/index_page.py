"""Prints the index of a batch as one web page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from assistant.batch.summary import Summary
from assistant.batch.units import UnitResult, UnitState
from assistant.printing.reports import FORMATS
from assistant.printing.sources import REVIEW_SUFFIX
from assistant.printing.templates import stream
from assistant.report import Level
from assistant.report.findings import SEVERITY_NAMES, Severity

__all__ = ["LEVELS", "STATES", "page", "standing"]

LEVELS = {
    Level.PROVINCE: "省级",
    Level.CITY: "市级",
    Level.COUNTY: "县级",
    Level.TOWN: "乡镇街道",
    Level.DEPARTMENT: "部门",
}
STATES = {"failed": "未完成", "error": "有错误", "open": "待补充", "ready": "可定稿"}

_FILES = {f.suffix[1:]: f.label.split()[0] for f in FORMATS.values()} | {REVIEW_SUFFIX[1:]: "来源"}


def page(results: Iterable[UnitResult], summary: Summary, left_over: list[str]) -> Iterator[str]:
    """The page piece by piece; ``left_over`` are folders of earlier runs whose units the input no longer has."""
    severities = {severity.value: name for severity, name in SEVERITY_NAMES.items()}
    view = {"units": _views(results), "summary": summary, "left_over": left_over, "states": STATES}
    return stream("batch/index.html.j2", {**view, "severities": severities})


def standing(result: UnitResult) -> str:
    """How a unit stands, as a key of STATES: failed, error, open (questions or warnings), ready."""
    if result.state is UnitState.FAILED:
        return "failed"
    if result.has_errors:
        return "error"
    pending = result.questions or any(f.severity is not Severity.INFO for f in result.findings)
    return "open" if pending else "ready"


def label_of(name: str) -> str:
    """What a clerk calls a file of a unit, in few characters."""
    suffix = name.partition(".")[2]
    return _FILES.get(suffix, suffix)


def _views(results: Iterable[UnitResult]) -> Iterator[dict[str, Any]]:
    for result in results:
        filled, cells = result.cells
        yield {
            "number": result.number,
            "org": result.org,
            "level": LEVELS[result.level] if result.level else "",
            "year": result.year,
            "state": standing(result),
            "counts": [(severity.value, result.count(severity)) for severity in SEVERITY_NAMES],
            "findings": [
                {
                    "severity": f.severity.value,
                    "name": SEVERITY_NAMES[f.severity],
                    "code": f.code,
                    "message": f.message,
                }
                for f in result.findings
            ],
            "questions": result.questions,
            "filled": filled,
            "cells": cells,
            "share": round(100 * filled / cells) if cells else 0,
            "files": [(label_of(name), quote(f"{result.key}/{name}")) for name in result.files],
            "origin": result.origin,
            "previous": result.previous,
            "problem": result.problem,
            "edited": result.edited,
            "engine": "" if result.model.engine == "offline" else result.model.name or result.model.engine,
            "tokens": result.model.input_tokens + result.model.output_tokens,
            "seconds": result.seconds,
        }
