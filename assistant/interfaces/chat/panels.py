"""Draws what the page shows beside the conversation; all words are escaped by the templates."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypedDict

from assistant.balance.following import totals_of
from assistant.forms import CellKey
from assistant.interfaces.chat.asking import key_of, open_questions
from assistant.interfaces.chat.desk import Snapshot
from assistant.interfaces.chat.store import DraftEntry
from assistant.interfaces.chat.turns import Turn
from assistant.interfaces.chat.understand import skipped_in
from assistant.printing.reports import FORMATS
from assistant.printing.sources import REVIEW, REVIEW_LABEL
from assistant.printing.sources.page import build_review
from assistant.printing.templates import fill
from assistant.report.draft import Draft
from assistant.resources import templates_dir

__all__ = [
    "DOWNLOADS",
    "Sample",
    "chips_html",
    "desk_html",
    "head_html",
    "messages_of",
    "samples",
    "talk_html",
    "welcome_html",
]

DOWNLOADS = {f.name: f.label for f in FORMATS.values() if f.offered} | {REVIEW: REVIEW_LABEL}
"""What can be downloaded, by the name in the address."""
_MARKED = 60
"""changed cells of one turn that are marked"""
_SHOWN = 900
"""characters of a message shown in the conversation; the whole text stands under 来源"""


class Sample(TypedDict):
    """An example on the first screen."""

    title: str
    about: str
    text: str


@cache
def samples() -> tuple[Sample, ...]:
    """The examples of the first screen."""
    raw = tomllib.loads((templates_dir() / "chat" / "samples.toml").read_text(encoding="utf-8"))
    return tuple(Sample(title=s["title"], about=s["about"], text=s["text"]) for s in raw["sample"])


def messages_of(log: Sequence[Turn]) -> list[dict[str, Any]]:
    """The conversation as plain words, oldest first."""
    messages = []
    for turn in log:
        if turn["said"]:
            messages.append({"role": "user", "content": _cut(turn["said"])})
        if turn["reply"]:
            messages.append({"role": "assistant", "content": turn["reply"]})
    return messages


def talk_html(log: Sequence[Turn]) -> str:
    """The conversation as bubbles. The template escapes every word: what people write is shown as they wrote it."""
    return fill("chat/talk.html.j2", {"messages": messages_of(log)})


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……（共 {len(text)} 字，全文见“来源”）"


def welcome_html() -> str:
    """The first screen: one sentence, three examples."""
    return fill("chat/welcome.html.j2", {"samples": samples()})


def chips_html(snapshot: Snapshot) -> str:
    """One-tap answers to the question that stands."""
    asked = snapshot.asked
    if asked is None or not snapshot.log:
        return ""
    return fill("chat/chips.html.j2", {"choices": asked.choices, "skip": key_of(asked)})


def head_html(snapshot: Snapshot, drafts: Sequence[DraftEntry], user: str) -> str:
    """The bar on top: what draft this is, undo and redo, own drafts, downloads."""
    times = {d.id: _time_of(d) for d in drafts}
    names = {
        "times": times, "id": snapshot.id, "title": snapshot.title if snapshot.log else "新的年报", "turns": len(snapshot.log),
        "undone": len(snapshot.undone), "drafts": drafts, "downloads": DOWNLOADS, "user": user,
        "org": snapshot.draft.report.org.name, "year": snapshot.draft.report.year,
        "errors": sum(f.severity.value == "error" for f in snapshot.draft.findings),
    }  # fmt: skip
    return fill("chat/head.html.j2", names)


def _time_of(draft: DraftEntry) -> str:
    """1月5日 14:20; empty when it is not known."""
    if not draft.changed:
        return ""
    moment = datetime.fromisoformat(draft.changed)
    return f"{moment.month}月{moment.day}日 {moment:%H:%M}"


def desk_html(snapshot: Snapshot) -> str:
    """The four tabs: preview, tables, questions and findings, sources."""
    view = build_review(snapshot.draft)
    skipped = skipped_in(snapshot.log)
    questions = [
        {
            "text": q.text,
            "choices": q.choices,
            "key": key_of(q),
            "put_off": key_of(q) in skipped,
            "code": q.code,
        }
        for q in open_questions(snapshot.draft)
    ]
    names = {
        "draft": snapshot.id,
        "view": view,
        "grid": _grid(snapshot.draft, _just_changed(snapshot.log)),
        "questions": questions,
        "fixes": _fixes(snapshot.draft),
        "history": _history(snapshot.log),
        "empty": not snapshot.log,
    }
    return fill("chat/desk.html.j2", names)


def _just_changed(log: Sequence[Turn]) -> Sequence[str]:
    """The cells to mark as new; where nearly all are new the marks would say nothing."""
    return log[-1]["changed"] if len(log) > 1 and len(log[-1]["changed"]) <= _MARKED else ()


def _grid(draft: Draft, changed: Sequence[str]) -> dict[str, Any]:
    """For each cell: its name, kind, place for pasted blocks, the parts of a total, and whether it just changed."""
    form = draft.report.layout
    parts = {str(i.left[0]): [str(k) for k in i.right] for i in totals_of(form)}
    rows = {(t.key, r.key): n for t in form.tables for n, r in enumerate(t.rows)}
    cells: dict[str, Any] = {}
    for key in form.cells:
        columns = [c.key for c in form.table(key.table).columns_of(key.row)]
        cells[str(key)] = {
            "name": form.label(key), "kind": form.column(key).kind, "row": rows[key.table, key.row],
            "col": columns.index(key.col), "parts": _parts(parts, key), "changed": str(key) in changed,
        }  # fmt: skip
    return cells


def _parts(parts: dict[str, list[str]], key: CellKey) -> str:
    return " ".join(parts.get(str(key), ()))


def _fixes(draft: Draft) -> dict[int, str]:
    """Findings (by position) with a repair that changes cells, and what the repair is called."""
    return {
        number: finding.fix.title
        for number, finding in enumerate(draft.findings)
        if finding.fix is not None and any(edit.where for edit in finding.fix.edits)
    }


def _history(log: Sequence[Turn]) -> list[dict[str, Any]]:
    """The versions, the last first; each with the number of turns that stand when one goes back to it."""
    lines = [" ".join(turn["said"].split())[:40] or "（跳过一个问题）" for turn in log]
    return [{"turn": number, "line": line} for number, line in enumerate(lines, start=1)][::-1]
