"""Asks the configured model to read a text a second time; what it adds passes the same referee and is kept in the turn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.drafting.engines import wants_model
from assistant.drafting.pipeline import DraftOptions, draft_texts, read_offline
from assistant.report.facts import Fact, FactStatus

__all__ = ["added_by_model", "facts_of"]


def added_by_model(text: str, source: str, options: DraftOptions) -> list[dict[str, Any]]:
    """Facts of a text that only the model finds, as plain data; none when no model is configured or it does not answer.

    They are kept, so that the conversation gives the same draft later, whether or not the model still answers.
    """
    if not text.strip() or not wants_model(options.engine, options.model):
        return []
    work, _ = read_offline({source: text}, options)
    known = {(f.kind, f.where) for f in work.facts}
    both = draft_texts({source: text}, replace(options, rewrite=False))
    added = [f for f in both.facts if f.status is FactStatus.STATED and (f.kind, f.where) not in known]
    return [
        f.model_dump(mode="json") for f in added if f.evidence and all(e.source == source for e in f.evidence)
    ]


def facts_of(kept: list[dict[str, Any]], turn: int, own: set[tuple[str, str]]) -> list[Fact]:
    """The kept facts of a turn with ids of their own; ``own`` are kinds and places the offline reader reads there itself."""
    facts = [Fact.model_validate(f) for f in kept]
    return [
        f.model_copy(update={"id": f"m{turn}.{n}", "corrects": ""})
        for n, f in enumerate(facts, start=1)
        if (f.kind.value, f.where) not in own
    ]
