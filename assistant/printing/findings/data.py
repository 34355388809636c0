"""Prints what a check found as the JSON object that other programs rely on."""

from __future__ import annotations

import json
from typing import Any

from assistant.printing.findings.view import Review, Unit
from assistant.report.findings import CheckResult

__all__ = ["check_contract", "render"]


def render(review: Review) -> str:
    """One object a file, ``{"file","report","findings","not_assessable"}``; a list of these for several files."""
    data = [_object(unit) for unit in review.units]
    return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=1)


def check_contract(result: CheckResult) -> dict[str, Any]:
    """A result as plain data, without how its report was printed."""
    data: dict[str, Any] = json.loads(result.model_dump_json(exclude={"report": {"printed"}}))
    return data


def _object(unit: Unit) -> dict[str, Any]:
    """A file that could not be read has no report and says why under ``error``."""
    if unit.result is not None:
        return check_contract(unit.result)
    return {
        "file": unit.file, "report": None, "findings": [], "not_assessable": [], "error": unit.problem,
    }  # fmt: skip
