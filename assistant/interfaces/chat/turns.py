"""What the state of a conversation is made of: plain dicts, so that every checkpoint is readable for years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

__all__ = ["ChatState", "Event", "Turn", "completed", "is_command", "new_turn"]


class Event(TypedDict, total=False):
    """What a person did. ``kind``: message, file, previous, edit, profile, skip, or a command: undo, redo, goto.

    message: ``text``. file: ``name``, ``text``. previous: ``name``, ``report`` (JSON text). edit: ``sets`` as
    [[where, value or None], …] and ``said``. profile: ``profile`` {org, year, level, scope}. skip: ``key``. goto: ``turn``.
    """

    kind: str
    draft: str
    """id of the draft, put in by the desk"""
    text: str
    name: str
    report: str
    sets: list[list[Any]]
    said: str
    profile: dict[str, Any]
    key: str
    turn: int


class Turn(TypedDict):
    """One turn as kept: what was done, how it was understood, what was answered."""

    kind: str
    said: str
    """the person's words for the conversation; empty for silent turns"""
    source: str
    """name of the text this turn brought; empty when it brought none"""
    text: str
    blob: str
    """key of the text in the store, when it is too long for the state"""
    patches: list[dict[str, Any]]
    used: list[list[int]]
    """spans of the text that asked for a change and are no facts"""
    read: list[dict[str, Any]]
    """facts that only the model found in the text, where a model is configured"""
    answers: list[str]
    """what the question is about that stood when this was said (cells, rows, tables); * where it is one of its choices"""
    profile: dict[str, Any]
    skip: str
    asked: dict[str, Any]
    """a question this turn leaves open; empty when the draft's own questions go on"""
    notes: list[str]
    """lines for the answer on what was odd about the material"""
    reply: str
    changed: list[str]
    """cells whose figure this turn changed"""


class ChatState(TypedDict, total=False):
    """The whole conversation: turns in force, turns undone (the next to redo last), the event to be handled."""

    log: list[Turn]
    undone: list[Turn]
    event: Event


def is_command(event: Event) -> bool:
    """Whether the event moves between versions instead of adding one."""
    return event["kind"] in ("undo", "redo", "goto")


def new_turn(event: Event) -> Turn:
    """A turn that has not been understood yet."""
    return Turn(
        kind=event["kind"], said=event.get("said", ""), source="", text="", blob="", patches=[], used=[], read=[], answers=[],
        profile=dict(event.get("profile", {})), skip=event.get("key", ""), asked={}, notes=[], reply="", changed=[],
    )  # fmt: skip


def completed(turns: Sequence[Turn]) -> list[Turn]:
    """Turns as this version knows them: what an older version did not keep is empty."""
    return [Turn(**{**new_turn(Event(kind=t["kind"])), **t}) for t in turns]
