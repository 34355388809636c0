"""Scripts for the scripted server: readings and wordings that a model would give."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from assistant.drafting.engines import Engine
from assistant.drafting.pipeline import DraftOptions, draft_texts
from assistant.office.model_settings import ModelSettings
from assistant.report.draft import Draft
from evals.fake_openai import Answer

__all__ = ["MESSAGE", "cell", "drafted", "is_wording", "reads", "said", "words"]

MESSAGE = "今年新收12件，9个是老百姓提的，剩下3个是公司。予以公开7件，部分公开4件，还有1件按商业秘密处理没给。没有结转。"


def cell(name: str, value: float, quote: str) -> dict[str, Any]:
    """One figure of a reading by a model that writes the value down although it need not."""
    return {"cell": name, "value": value, "quote": quote}


def words(quote: str, *cells: str) -> dict[str, Any]:
    """Words of the source and the cells their figures fill, as the schema asks."""
    return {"quote": quote, "cells": list(cells)}


def is_wording(body: dict[str, Any]) -> bool:
    """Whether a request asks for better prose rather than for figures."""
    return "paragraphs" in json.dumps(body)


def said(body: dict[str, Any]) -> str:
    """The first user message of a request."""
    return str(next(m["content"] for m in body["messages"] if m["role"] == "user"))


def reads(*cells: dict[str, Any], **more: Any) -> Callable[[dict[str, Any]], Answer]:
    """A script that reads these cells, and leaves the prose as it is."""

    def script(body: dict[str, Any]) -> Answer:
        if is_wording(body):
            return Answer.of({"paragraphs": json.loads(said(body))})
        return Answer.of(
            {
                "figures": list(cells),
                "last_year": [],
                "applicants": [],
                "corrections": [],
                "activities": [],
                **more,
            }
        )

    return script


def drafted(text: str, settings: ModelSettings | None, engine: Engine = Engine.LLM, **options: Any) -> Draft:
    """A draft of one text for a county bureau in 2025."""
    values: dict[str, Any] = {
        "org": "清源县水利局",
        "year": 2025,
        "engine": engine,
        "model": settings,
        **options,
    }
    return draft_texts({"input": text}, DraftOptions(**values))
