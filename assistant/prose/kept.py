"""Keeps prose that a person has finished: it is printed as it stands, only its open places are filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.prose.figures import figures_of
from assistant.prose.questions import ask_left_out
from assistant.prose.said import Said
from assistant.prose.slots import SlotBook, unmarked
from assistant.report.facts import ASPECTS, Aspect, Fact, FactKind, FactStatus
from assistant.report.findings import Question

__all__ = ["Passage", "kept_passages"]

_GAP = "【待补充"
_SECTION_OF = dict.fromkeys(ASPECTS, "s1") | {
    Aspect.PROBLEM: "s5", Aspect.IMPROVEMENT: "s5", Aspect.OTHER: "s6",
}  # fmt: skip
_HEADS = {**ASPECTS, Aspect.IMPROVEMENT: "改进"}
"""words that the heading of the paragraph about an aspect holds"""
_HEAD = 30
"""characters at the start of a paragraph in which its heading stands"""


@dataclass(frozen=True)
class Passage:
    """The prose of one section as a finished document has it."""

    fact: Fact

    @property
    def _paragraphs(self) -> list[str]:
        return unmarked(self.fact.text).split("\n")

    def marked(self, composed: str) -> str:
        """The paragraphs with every figure marked as coming from the document. One that still holds 【待补充】 gives way to
        the ``composed`` paragraph about the same thing."""
        fresh = composed.split("\n")
        return "\n".join(
            _like(fresh, paragraph) if _GAP in paragraph else self._slots(paragraph)
            for paragraph in self._paragraphs
        )

    def _slots(self, paragraph: str) -> str:
        for figure in reversed(figures_of(paragraph)):
            slot = SlotBook.mark(self.fact.id, figure.text)
            paragraph = f"{paragraph[: figure.start]}{slot}{paragraph[figure.end :]}"
        return paragraph

    def answers(self, question: Question) -> bool:
        """Whether the question asks for what stands here already."""
        if _GAP in self.fact.text:
            return False
        return any(about.partition(".")[0] == self.fact.where for about in question.about)

    def questions(self, said: Mapping[Aspect, Said]) -> Iterable[Question]:
        """What other materials say about this section and the kept words have no room for."""
        open_words = "\n".join(p for p in self._paragraphs if _GAP in p)
        more = [
            aspect
            for aspect, section in _SECTION_OF.items()
            if section == self.fact.where and said[aspect] and _HEADS[aspect] not in open_words
        ]
        if more:
            count = sum(len(said[aspect].all) for aspect in more)
            source = self.fact.evidence[0].source if self.fact.evidence else "成稿"
            yield ask_left_out(self.fact.where, source, count, [ASPECTS[aspect] for aspect in more])


def kept_passages(facts: Iterable[Fact]) -> dict[str, Passage]:
    """The sections whose prose is kept; of several documents the first counts."""
    kept: dict[str, Passage] = {}
    for fact in facts:
        if fact.kind is FactKind.PASSAGE and fact.status is FactStatus.STATED:
            kept.setdefault(fact.where, Passage(fact))
    return kept


def _like(fresh: list[str], paragraph: str) -> str:
    """The composed paragraph with the same heading; the open one stays where there is none."""
    for head in _HEADS.values():
        if head in paragraph[:_HEAD]:
            return next((line for line in fresh if head in line[:_HEAD]), paragraph)
    return fresh[0] if len(fresh) == 1 and fresh[0] else paragraph
