"""What composing returns: the text of the sections with the source of every figure in it."""

from __future__ import annotations

from pydantic import Field

from assistant.report.draft import ProseSlot
from assistant.report.facts import Fact, Frozen
from assistant.report.findings import Question

__all__ = ["Prose", "ProseSlot"]


class Prose(Frozen):
    """The written sections s1, s5 and s6; sections two to four carry the statutory tables and no text."""

    sections: dict[str, str] = Field(default_factory=dict)
    """paragraphs separated by newlines, without the section titles"""
    preamble: str = ""
    """that of a finished report the draft starts from; empty where it is still to be written"""
    slots: tuple[ProseSlot, ...] = ()
    questions: tuple[Question, ...] = ()
    """what the user has not said and the report must say"""
    unused: tuple[Fact, ...] = ()
    """activities that stand in no sentence, because they are in doubt or say nothing about the work"""
