"""What composing returns: the text of the sections with the source of every figure in it."""

from __future__ import annotations

from pydantic import Field

from assistant.facts import Fact, Frozen
from assistant.findings import Question

__all__ = ["Prose", "ProseSlot"]


class ProseSlot(Frozen):
    """One figure in the prose: ``sections[section][start:end]`` (characters, end exclusive) comes from ``where``.

    ``where`` is a cell (table3.granted.total), a sum of cells (deny_subtotal.total), info_fee.yuan, info_fee.cases,
    report.year, or the id of the fact whose words hold the figure.
    """

    section: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    where: str


class Prose(Frozen):
    """The written sections s1, s5 and s6; sections two to four carry the statutory tables and no text."""

    sections: dict[str, str] = Field(default_factory=dict)
    """paragraphs separated by newlines, without the section titles"""
    slots: tuple[ProseSlot, ...] = ()
    questions: tuple[Question, ...] = ()
    """what the user has not said and the report must say"""
    unused: tuple[Fact, ...] = ()
    """activities that stand in no sentence, because they are in doubt or say nothing about the work"""
