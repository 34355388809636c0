"""The JSON objects that ``nianbao draft`` and ``nianbao read`` print; other programs rely on their shape."""

from __future__ import annotations

import json
from typing import Any

from assistant.report import AnnualReport
from assistant.report.draft import Draft

__all__ = ["draft_contract", "report_contract"]


def report_contract(report: AnnualReport, *, printed: bool = False) -> dict[str, Any]:
    """``{"form","org","year","title","preamble","tables","sections","info_fee"}``; ``printed`` adds how it was printed."""
    data: dict[str, Any] = json.loads(report.model_dump_json(exclude=None if printed else {"printed"}))
    return data


def draft_contract(draft: Draft) -> dict[str, Any]:
    """The one object ``nianbao draft -f json`` prints: report, cells, aggregates, findings, questions, activities, model."""
    data: dict[str, Any] = json.loads(draft.model_dump_json(exclude={"report": {"printed"}}))
    return data
