"""Makes a patch of what was typed into the table, so that the table stays as the person saw it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.balance.following import following_totals, kept_parts
from assistant.extraction.patches import Patch, SetValue, Verb
from assistant.forms import CellKey
from assistant.report.draft import Draft
from assistant.report.facts import Evidence, Origin, Value

__all__ = ["edit_patch"]

_NAMED = 6
"""cells an edit names one by one; of a pasted block the rest is counted"""
_FEE = "info_fee."
_SPOKEN = (Origin.STATED, Origin.EDITED)


def edit_patch(
    before: Draft, changes: Sequence[SetValue], source: str, after: Callable[[tuple[str, Patch]], Draft]
) -> tuple[str, Patch]:
    """The text that records the edit, and its patch.

    A stated total that no longer fits follows its parts. A part that arithmetic would now fill differently keeps the
    figure the person saw beside the cell he changed; ``after`` drafts with a trial patch to find those.
    """
    wanted = {CellKey.parse(c.where): c.value for c in changes if not c.where.startswith(_FEE)}
    spoken = {CellKey(c.table, c.row, c.col) for c in before.cells if c.origin in _SPOKEN}
    sets = [*changes, *_sets(following_totals(before.report, wanted, spoken))]
    trial = _as_patch(before, changes, sets, source)
    kept = _sets(kept_parts(before.report, after(trial).report, wanted))
    return _as_patch(before, changes, [*sets, *kept], source) if kept else trial


def _sets(figures: dict[CellKey, Value | None] | dict[CellKey, Value]) -> list[SetValue]:
    return [SetValue(where=str(key), value=value) for key, value in figures.items()]


def _as_patch(
    before: Draft, changes: Sequence[SetValue], sets: Sequence[SetValue], source: str
) -> tuple[str, Patch]:
    text = "；".join(_line(before, c) for c in changes[:_NAMED])
    if len(changes) > _NAMED:
        text += f"；等共 {len(changes)} 格"
    evidence = Evidence(source=source, start=0, end=len(text), quote=text)
    return text, Patch(verb=Verb.SET, sets=tuple(sets), evidence=evidence)


def _line(before: Draft, change: SetValue) -> str:
    if change.where.startswith(_FEE):
        name = "信息处理费金额（元）" if change.where.endswith("yuan") else "信息处理费件数"
    else:
        name = before.report.layout.label(CellKey.parse(change.where))
    return f"{name} 填为 {'空白' if change.value is None else change.value}"
