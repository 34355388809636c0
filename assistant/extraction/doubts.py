"""Holds what one reader of text took from it against what the other did: a figure on which they differ waits to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.documents.blocks import Blocks
from assistant.extraction.building import FactBuilder
from assistant.extraction.lexicon import Lexicon
from assistant.extraction.sentences import read_sentences
from assistant.extraction.structure import Situation
from assistant.forms import Form
from assistant.report.facts import Fact, FactKind, FactStatus, Value

__all__ = ["with_doubts"]


def with_doubts(
    facts: Iterable[Fact], texts: Blocks, situation: Situation, form: Form, lexicon: Lexicon
) -> list[Fact]:
    """The facts, unsure where the reader of sentences gives their cell another figure. It adds nothing of its own."""
    told = read_sentences(texts.text, texts.blocks, situation, form, lexicon)
    heard = FactBuilder(form, texts.text, "").facts(sorted(told.statements, key=lambda s: s.span.start))
    figures = _figures(heard)
    return [
        fact.model_copy(update={"sure": False})
        if _is_cell(fact) and fact.value not in figures.get(fact.where, {fact.value})
        else fact
        for fact in facts
    ]


def _is_cell(fact: Fact) -> bool:
    return fact.kind is FactKind.CELL and fact.status is FactStatus.STATED


def _figures(facts: Sequence[Fact]) -> dict[str, set[Value | None]]:
    found: dict[str, set[Value | None]] = {}
    for fact in facts:
        if _is_cell(fact):
            found.setdefault(fact.where, set()).add(fact.value)
    return found
