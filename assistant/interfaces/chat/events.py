"""What each event of the page does: a draft's id and its owner in, the snapshot to show out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.errors import UsageError
from assistant.interfaces.chat.desk import Desk, Snapshot
from assistant.interfaces.chat.panels import samples
from assistant.interfaces.chat.pasted_block import block_sets
from assistant.interfaces.chat.turns import Event

__all__ = ["act", "edit", "edit_block", "profile", "say"]

_VALUE = re.compile(r"-?\d{1,12}(\.\d{1,6})?")


def say(desk: Desk, draft: str, owner: str, text: str) -> Snapshot:
    """A message; an empty one changes nothing."""
    if not text.strip():
        return desk.open(draft, owner)
    return desk.send(draft, owner, Event(kind="message", text=text))


def edit(desk: Desk, draft: str, owner: str, sets: object) -> Snapshot:
    """Cells typed into the tables, [[table.row.col, digits or None], …]; UsageError for anything that is no figure."""
    if not isinstance(sets, list) or not all(_is_set(s) for s in sets):
        raise UsageError("表格里只能填数字；请改正后再填")
    return desk.send(draft, owner, Event(kind="edit", sets=[[where, value] for where, value in sets]))


def edit_block(desk: Desk, draft: str, owner: str, block: object) -> Snapshot:
    """A block pasted into the tables with its labels; UsageError when a line of it is not understood."""
    sets = block_sets(str(block), desk.open(draft, owner).draft)
    return edit(desk, draft, owner, [list(pair) for pair in sets])


def _is_set(pair: object) -> bool:
    if (
        not isinstance(pair, list | tuple)
        or len(pair) != 2
        or not isinstance(pair[0], str)
        or pair[0].count(".") != 2
    ):
        return False
    return pair[1] is None or (isinstance(pair[1], str) and _VALUE.fullmatch(pair[1]) is not None)


def profile(desk: Desk, draft: str, owner: str, data: Mapping[str, Any]) -> Snapshot:
    """Unit and year from the bar; UsageError for a year that is none."""
    org, year = str(data.get("org", "")).strip()[:60], str(data.get("year", "")).strip()
    if year and not re.fullmatch(r"20\d\d", year):
        raise UsageError("报告年度应为四位数字；例如 2025")
    values: dict[str, Any] = {"org": org, "year": int(year) if year else None}
    said = "，".join(
        part for part in (f"单位：{org}" if org else "", f"年度：{year}" if year else "") if part
    )
    return desk.send(draft, owner, Event(kind="profile", profile=values, said=said))


def act(desk: Desk, draft: str, owner: str, data: Mapping[str, Any]) -> Snapshot:
    """A click on something that acts: an answer, a fix, a version, another draft."""
    kind = str(data.get("act", ""))
    if kind in ("undo", "redo"):
        return desk.send(draft, owner, Event(kind=kind))
    if kind == "goto":
        return desk.send(draft, owner, Event(kind="goto", turn=_number(data, "turn")))
    if kind == "say":
        return say(desk, draft, owner, str(data.get("text", "")))
    if kind == "sample":
        return say(desk, draft, owner, samples()[_number(data, "n") % len(samples())]["text"])
    if kind == "skip":
        return desk.send(draft, owner, Event(kind="skip", key=str(data.get("key", ""))[:400]))
    if kind == "fix":
        return _fix(desk, draft, owner, _number(data, "n"))
    if kind == "new":
        return desk.new(owner)
    if kind == "open":
        return desk.open(str(data.get("id", "")), owner)
    if kind == "remove":
        desk.remove(str(data.get("id", "")), owner)
        return desk.latest(owner) if data.get("id") == draft else desk.open(draft, owner)
    raise UsageError("没有这个操作；请刷新页面后再试")


def _number(data: Mapping[str, Any], name: str) -> int:
    digits = str(data.get(name, ""))
    if not re.fullmatch(r"\d{1,6}", digits):
        raise UsageError("没有这个操作；请刷新页面后再试")
    return int(digits)


def _fix(desk: Desk, draft: str, owner: str, number: int) -> Snapshot:
    """The repair of a finding, as if typed into the table."""
    findings = desk.open(draft, owner).draft.findings
    fix = findings[number].fix if number < len(findings) else None
    if fix is None:
        raise UsageError("这处问题已经变化；请再看一遍核对结果")
    sets: list[list[Any]] = [
        [e.where, None if e.value is None else str(e.value)] for e in fix.edits if e.where
    ]
    return desk.send(draft, owner, Event(kind="edit", sets=sets, said=f"采用改法：{fix.title}"))
