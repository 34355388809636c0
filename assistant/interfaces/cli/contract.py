"""The JSON objects that ``nianbao draft``, ``check`` and ``read`` print; other programs rely on their shape."""

from __future__ import annotations

import json
from typing import Any

from assistant.report import AnnualReport
from assistant.report.draft import CheckResult, Draft

__all__ = ["check_contract", "draft_contract", "report_contract"]


def report_contract(report: AnnualReport, *, printed: bool = False) -> dict[str, Any]:
    """``{"form","org","year","title","preamble","tables","sections","info_fee"}``; ``printed`` adds how it was printed."""
    data: dict[str, Any] = json.loads(report.model_dump_json(exclude=None if printed else {"printed"}))
    return data


def draft_contract(draft: Draft) -> dict[str, Any]:
    """The one object ``nianbao draft -f json`` prints: report, cells, aggregates, findings, questions, activities, model."""
    data: dict[str, Any] = json.loads(draft.model_dump_json(exclude={"report": {"printed"}}))
    return data


def check_contract(result: CheckResult) -> dict[str, Any]:
    """``{"file","report","findings","not_assessable"}``."""
    data: dict[str, Any] = json.loads(result.model_dump_json(exclude={"report": {"printed"}}))
    return data
