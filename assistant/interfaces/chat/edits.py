"""Makes a patch of what was typed into the table, so that the table stays as the person saw it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.extraction.patches import Patch, SetValue, Verb
from assistant.forms import CellKey, Form, Identity
from assistant.report.draft import Draft
from assistant.report.facts import Evidence, Origin, Value

__all__ = ["edit_patch", "totals_of"]

_NAMED = 6
"""cells an edit names one by one; of a pasted block the rest is counted"""


def totals_of(form: Form) -> tuple[Identity, ...]:
    """The sums that compute one cell from others: totals of rows, of results, of cases."""
    return tuple(i for i in form.identities if len(i.left) == 1)


def edit_patch(
    before: Draft, changes: Sequence[SetValue], source: str, after: Callable[[tuple[str, Patch]], Draft]
) -> tuple[str, Patch]:
    """The text that records the edit, and its patch.

    A stated total that no longer fits follows its parts. A part that arithmetic would now fill differently keeps the
    figure the person saw beside the cell he changed; ``after`` drafts with a trial patch to find those.
    """
    wanted = {c.where: c.value for c in changes}
    sets = [*changes, *_following_totals(before, wanted)]
    trial = _as_patch(before, changes, sets, source)
    drafted = after(trial)
    kept = [*_kept_parts(before, drafted, wanted)]
    return _as_patch(before, changes, [*sets, *kept], source) if kept else trial


def _as_patch(
    before: Draft, changes: Sequence[SetValue], sets: Sequence[SetValue], source: str
) -> tuple[str, Patch]:
    text = "；".join(_line(before, c) for c in changes[:_NAMED])
    if len(changes) > _NAMED:
        text += f"；等共 {len(changes)} 格"
    evidence = Evidence(source=source, start=0, end=len(text), quote=text)
    return text, Patch(verb=Verb.SET, sets=tuple(sets), evidence=evidence)


def _line(before: Draft, change: SetValue) -> str:
    if change.where.startswith("info_fee."):
        name = "信息处理费金额（元）" if change.where.endswith("yuan") else "信息处理费件数"
    else:
        name = before.report.layout.label(CellKey.parse(change.where))
    return f"{name} 填为 {'空白' if change.value is None else change.value}"


def _following_totals(before: Draft, wanted: dict[str, Value | None]) -> Iterator[SetValue]:
    """Totals that were stated and no longer fit their parts; a total of totals follows in the same pass.

    The total of complete parts becomes their sum. One that is smaller than the parts known so far becomes blank, for
    arithmetic to fill or the clerk to settle.
    """
    spoken = {(c.table, c.row, c.col) for c in before.cells if c.origin in (Origin.STATED, Origin.EDITED)}
    figures: dict[CellKey, Value | None] = {
        key: before.report.value(key) for key in before.report.layout.cells
    }
    figures.update({CellKey.parse(w): v for w, v in wanted.items() if not w.startswith("info_fee.")})
    touched = {CellKey.parse(w) for w in wanted if not w.startswith("info_fee.")}
    for _ in range(3):
        for identity in totals_of(before.report.layout):
            total = identity.left[0]
            if str(total) in wanted or not touched & set(identity.right):
                continue
            fitting = _fitting(figures[total], [figures[k] for k in identity.right])
            if fitting != figures[total]:
                figures[total] = fitting
                touched.add(total)
    for key in sorted(touched):
        if str(key) not in wanted and tuple(key) in spoken:
            yield SetValue(where=str(key), value=figures[key])


def _fitting(total: Value | None, parts: Sequence[Value | None]) -> Value | None:
    """The total beside these parts: their sum when all are known, blank when they exceed it, else what it was."""
    known = sum(v for v in parts if v is not None)
    if all(v is not None for v in parts):
        return known
    return None if total is not None and known > total else total


def _kept_parts(before: Draft, drafted: Draft, wanted: dict[str, Value | None]) -> Iterator[SetValue]:
    """Parts beside an edited cell that changed although nobody touched them."""
    beside = {
        key
        for identity in totals_of(before.report.layout)
        if any(str(k) in wanted for k in identity.right)
        for key in identity.right
    }
    totals = {i.left[0] for i in totals_of(before.report.layout)}
    for key in sorted(beside - totals):
        old = before.report.value(key)
        if str(key) not in wanted and old is not None and drafted.report.value(key) != old:
            yield SetValue(where=str(key), value=old)
