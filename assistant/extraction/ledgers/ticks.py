"""Columns of a register that are ticked: an applicant, an outcome or a period above each of them, a note beside the tick."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.extraction.ledgers.applicants import ALL, typed
from assistant.extraction.ledgers.layout import Field, Header, Line, clean
from assistant.extraction.ledgers.outcomes import Outcome, read_outcome
from assistant.extraction.ledgers.vocabulary import data, matches
from assistant.extraction.statements import Span

__all__ = ["Tick", "tick_sense", "ticked", "ticks_of", "told_place", "untick"]

_PERIODS = {
    "carried_over": "上年结转|上年度结转|结转上年",
    "carried_forward": "结转下|转下年|在办|办理中",
    "fresh": "本年新收|新收",
}


@dataclass(frozen=True)
class Tick:
    """A column to be ticked: ``cols`` of applicants, ``outcome`` words, or a ``period`` (上年结转)."""

    col: int
    cols: tuple[str, ...] = ()
    outcome: str = ""
    period: str = ""


def ticked(text: str) -> bool | None:
    """Whether a cell of a tick column is ticked; None where it holds a figure that is no tick."""
    folded = clean(text)
    if matches("marks.unticked", folded):
        return False
    if re.fullmatch(r"\d+(\.\d+)?", folded) and folded != "1":
        return None
    return True


def ticks_of(header: Sequence[Header], lines: Sequence[Line], version: str) -> list[Tick]:
    """The columns to be ticked among those of a header."""
    found: list[Tick] = []
    for col, head in enumerate(header):
        tick = tick_sense(head.group, head.leaf, tuple(found))
        if tick is None or not _is_ticked(lines, col):
            continue
        found.append(Tick(col, tick.cols, tick.outcome, tick.period))
    kinds = [t for t in found if t.cols], [t for t in found if t.outcome]
    # one column alone is a word of the header, not a matrix
    return [
        t for t in found if t.period or (t.cols and len(kinds[0]) > 1) or (t.outcome and len(kinds[1]) > 1)
    ]


def _is_ticked(lines: Sequence[Line], col: int) -> bool:
    """Cells are blank or open with a tick; a few notes without a tick may stand among them."""
    filled = [clean(line.cells[col].text) for line in lines if line.cells[col].text]
    marks = sum(matches("marks.ticks", text) or matches("marks.unticked", text) for text in filled)
    if any(re.fullmatch(r"\d{2,}|[2-9]", text) for text in filled):
        return False
    return (
        len(filled) <= len(lines)
        and (not filled or marks * 2 >= len(filled))
        and len(filled) * 10 <= 10 * len(lines)
    )


def tick_sense(group: str, leaf: str, before: tuple[Tick, ...]) -> Tick | None:
    """What a tick below these words says."""
    if not leaf or len(leaf) > 40:
        return None
    for period, pattern in _PERIODS.items():
        if re.search(pattern, leaf):
            return Tick(0, period=period)
    if re.fullmatch(r"其[他它]", leaf):
        about_people = (
            re.search("申请人|类[型别]|性质|主体|法人", group) if group else before and before[-1].cols
        )
        return (
            Tick(0, cols=("other_org",))
            if about_people
            else Tick(0, outcome=f"{group}{leaf}" if group else leaf)
        )
    short = data()["ticks"].get(leaf, "")
    if short and (matches("headers.outcome", group) or (before and before[-1].outcome)):
        return Tick(0, outcome=short)
    told = read_outcome((leaf,), "2021")
    if told.rows and len(told.rows) <= 8:
        return Tick(0, outcome=_with_family(group, leaf))
    applicant = typed(leaf)
    if applicant.cols and len(applicant.cols) < len(ALL) and len(leaf) <= 16:
        return Tick(0, cols=applicant.cols)
    return None


def _with_family(group: str, leaf: str) -> str:
    """办理结果/不予公开 above 国家秘密: the family stands with its item."""
    family: Callable[[str], bool] = lambda words: bool(read_outcome((words,), "2021").rows)  # noqa: E731
    above = [words for words in group.split("/") if words and words != leaf and family(words)]
    return " ".join([*above[-1:], leaf])


# ---------------------------------------------------------------- what stands beside a tick
def untick(text: str) -> str:
    """The note of a tick: √（不掌握）."""
    folded = text.strip()
    return re.sub(r"^[√✓✔☑■●▲★◆VvYy1是对○]+(?=$|[\s（(:：，,、-])|^[\[(（]√[\])）]", "", folded).strip(
        "（）() 、，:：-"
    )


def told_place(found: Field, told: Outcome) -> Span:
    """The words of the outcome inside their cell, where the cell's text is the source's."""
    if found.end - found.start == len(found.text) and 0 <= told.start < told.end <= len(found.text):
        closed = told.end + (found.text[told.end : told.end + 1] in (")", "）"))
        return Span(found.start + told.start, found.start + closed)
    return Span(found.start, found.end)
