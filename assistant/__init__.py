"""nianbao (年报助手): raw facts in, a lawful 政府信息公开工作年度报告 out.

The Python API::

    from assistant import draft, check, check_many, read, render

    result = draft("2025年收到申请5件，都是自然人，全部予以公开……", org="某县水利局", year=2025)
    result.report.table3["granted"]["natural_person"]
    open("年报.docx", "wb").write(render(result, "docx"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.batch import BatchOptions, UnitInput, UnitResult, draft_batch
    from assistant.interfaces.api import check, check_many, draft, draft_async, read, render, revise
    from assistant.report import AnnualReport
    from assistant.report.draft import Draft
    from assistant.report.facts import Fact
    from assistant.report.findings import Finding

__all__ = [
    "AnnualReport",
    "BatchOptions",
    "Draft",
    "Fact",
    "Finding",
    "UnitInput",
    "UnitResult",
    "__version__",
    "check",
    "check_many",
    "draft",
    "draft_async",
    "draft_batch",
    "read",
    "render",
    "revise",
]

__version__ = "0.1.0"

_HOMES = {
    "AnnualReport": "assistant.report",
    "BatchOptions": "assistant.batch",
    "Draft": "assistant.report.draft",
    "Fact": "assistant.report.facts",
    "Finding": "assistant.report.findings",
    "UnitInput": "assistant.batch",
    "UnitResult": "assistant.batch",
    "check": "assistant.interfaces.api",
    "check_many": "assistant.interfaces.api",
    "draft": "assistant.interfaces.api",
    "draft_async": "assistant.interfaces.api",
    "draft_batch": "assistant.batch",
    "read": "assistant.interfaces.api",
    "render": "assistant.interfaces.api",
    "revise": "assistant.interfaces.api",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that ``import assistant`` stays light."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), name)
