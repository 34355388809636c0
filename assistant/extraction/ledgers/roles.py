"""Decides what each column of a register of requests holds, from its header and from its cells together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from assistant.extraction.ledgers.applicants import ALL, looks_named, typed
from assistant.extraction.ledgers.dates import parse_day
from assistant.extraction.ledgers.layout import Header, Line, clean
from assistant.extraction.ledgers.outcomes import read_outcome
from assistant.extraction.ledgers.vocabulary import matches

__all__ = ["Columns", "Role", "Tick", "columns_of", "is_request_header", "ticked"]


class Role(StrEnum):
    """What a column holds."""

    SERIAL = "serial"
    RECEIVED = "received"
    ANSWERED = "answered"
    MONTH = "month"
    NAME = "name"
    TYPE = "type"
    OUTCOME = "outcome"
    STATUS = "status"
    REMARK = "remark"
    CONTENT = "content"
    COUNT = "count"
    UNIT = "unit"
    IGNORED = "ignored"


_CODE = re.compile(
    r"(?=.*\d)[A-Za-z0-9\-_/#.]+(?:-?结转)?|[\u4e00-\u9fff]{0,8}[〔\[(]20\d\d[〕\])]\D{0,3}\d+号?|第\d+号"
)
_HEADED = (*(r for r in Role),)
_ONCE = (
    Role.SERIAL,
    Role.RECEIVED,
    Role.ANSWERED,
    Role.MONTH,
    Role.NAME,
    Role.TYPE,
    Role.STATUS,
    Role.COUNT,
    Role.UNIT,
)
_FITS: dict[Role, dict[str, float]] = {
    Role.SERIAL: {"int": 1.5, "code": 2.0, "date": -1},
    Role.RECEIVED: {"date": 3, "open": -3, "outcome": -3, "name": -3},
    Role.ANSWERED: {"date": 3, "open": 0.5, "outcome": -3, "name": -3},
    Role.MONTH: {"month": 4, "date": -2},
    Role.NAME: {"name": 3, "type": -2, "date": -4, "outcome": -3, "int": -4},
    Role.TYPE: {"type": 4, "name": -2, "outcome": -3, "date": -4, "int": -4},
    Role.OUTCOME: {"outcome": 4, "open": 3, "closed": -1, "date": -5, "int": -5, "type": -3},
    Role.STATUS: {"closed": 4, "open": 3, "yesno": 2, "date": -4, "outcome": -2},
    Role.REMARK: {},
    Role.CONTENT: {"int": -3, "date": -3},
    Role.COUNT: {"int": 1.5, "date": -5, "code": -3},
    Role.UNIT: {"date": -5, "int": -5},
    Role.IGNORED: {},
}
_HEADER = 3.0
"""weight of a fitting header beside the shares of fitting cells (0 to 1 times the weights above)"""
_ALONE = 3.4
"""what cells must reach where no header speaks for the role"""
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


@dataclass
class Columns:
    """Which columns hold what."""

    place: dict[Role, int] = field(default_factory=dict)
    outcomes: list[int] = field(default_factory=list)
    remarks: list[int] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    rivals: list[int] = field(default_factory=list)
    """further columns of a day of receipt (申请日期 beside 收到日期)"""
    strength: float = 0.0

    def at(self, role: Role) -> int | None:
        """The column of a role."""
        return self.place.get(role)

    @property
    def typed(self) -> bool:
        """Whether a column or ticks say the applicant's type."""
        return Role.TYPE in self.place or any(t.cols for t in self.ticks)

    @property
    def answers(self) -> bool:
        """Whether a column or ticks say the outcome."""
        return bool(self.outcomes) or any(t.outcome for t in self.ticks)


def is_request_header(text: str) -> bool:
    """Whether words head a column of a register of requests."""
    return any(matches(f"headers.{role}", text) for role in _HEADED) or bool(_tick_sense("", text, ()))


@lru_cache(maxsize=20_000)
def _kinds(text: str, version: str) -> tuple[str, ...]:
    """What one cell looks like."""
    folded = clean(text)
    if not folded:
        return ()
    if re.fullmatch(r"\d{1,2}月份?", folded) or re.fullmatch(r"[第]?[一二三四1-4]季度", folded):
        return ("month",)
    if re.fullmatch(r"\d{1,5}", folded):
        return ("int", "date") if len(folded) == 5 and parse_day(folded) else ("int",)
    day = parse_day(folded)
    if day is not None and re.fullmatch(r"[\d年月日号/.\-:T\s]+", folded) and len(folded) <= 22:
        return ("date",)
    if len(folded) <= 24 and _CODE.fullmatch(folded):
        return ("code", "date") if day is not None else ("code",)
    if folded in ("是", "否"):
        return ("yesno",)
    return _worded(text, folded, version, day is not None)


def _worded(text: str, folded: str, version: str, dated: bool) -> tuple[str, ...]:
    kinds: list[str] = []
    applicant = typed(text)
    if applicant.cols and len(folded) <= 24:
        kinds.append("type")
    if looks_named(text):
        kinds.append("name")
    told = read_outcome((text,), version) if len(folded) <= 60 else None
    if told is not None:
        kinds += ["outcome"] * bool(told.rows) + ["open"] * told.open
        kinds += ["closed"] * (told.closed and not told.rows)
    # 2026.1.5予以公开 is an answer with its day, no date
    if dated and len(folded) <= 16 and not (told and told.rows):
        kinds.append("date")
    return tuple(kinds)


def _shares(lines: Sequence[Line], col: int, version: str) -> dict[str, float]:
    counts: dict[str, int] = {}
    filled = 0
    for line in lines:
        text = line.cells[col].text
        if not text or text in ("-", "/", "—"):
            continue
        filled += 1
        for kind in _kinds(text, version):
            counts[kind] = counts.get(kind, 0) + 1
    return {kind: n / filled for kind, n in counts.items()} | {"filled": filled / max(1, len(lines))}


def columns_of(header: Sequence[Header], lines: Sequence[Line], version: str) -> Columns:
    """The roles of all columns; each role that a row has once goes to the column that fits it best."""
    found = Columns()
    found.ticks = _ticks(header, lines, version)
    taken = {tick.col for tick in found.ticks}
    scores: list[tuple[float, int, Role]] = []
    for col, head in enumerate(header):
        if col in taken:
            continue
        shares = _shares(lines, col, version)
        best = max(((_score(role, head, shares), role) for role in Role), key=lambda pair: pair[0])
        for role in Role:
            score = _score(role, head, shares)
            if score > 0 and (score >= best[0] - 1.5 or role is best[1]):
                scores.append((score, -col, role))
    _assign(found, sorted(scores, key=lambda s: (-s[0], -s[1])))
    return found


def _score(role: Role, head: Header, shares: dict[str, float]) -> float:
    """How well a column fits a role; 0 where it does not."""
    headed = bool(head.leaf) and _heads(role, head)
    if headed and role is not Role.IGNORED and matches("headers.ignored", head.leaf):
        return 0.0
    content = sum(weight * shares.get(kind, 0.0) for kind, weight in _FITS[role].items())
    if headed and shares["filled"] == 0:
        return _HEADER
    if role in (Role.RECEIVED, Role.ANSWERED) and shares.get("date", 0.0) < 0.5:
        return 0.0
    if role is Role.MONTH and not shares.get("month"):
        return 0.0
    if headed:
        # the day it came in counts, not the day it was written
        first = role is Role.RECEIVED and "申请" not in head.leaf
        return max(_HEADER + content + first / 2, 0.0)
    if head.leaf and any(_heads(other, head) for other in (Role.CONTENT, Role.REMARK, Role.IGNORED)):
        return 0.0
    if role is Role.RECEIVED and head.leaf:
        return 0.0
    return content if _FITS[role] and content >= _ALONE * 0.8 else 0.0


def _heads(role: Role, head: Header) -> bool:
    leaf = head.leaf
    if matches(f"headers.{role}", leaf):
        return True
    return bool(head.group) and matches(f"headers.{role}", re.sub("[/(（].*", "", head.group) + leaf)


def _assign(found: Columns, scores: list[tuple[float, int, Role]]) -> None:
    taken: set[int] = set()
    for score, negative, role in scores:
        col = -negative
        if role is Role.RECEIVED and col not in taken and role in found.place:
            found.rivals.append(col)
        if col in taken or (role in _ONCE and role in found.place):
            continue
        if role is Role.OUTCOME:
            found.outcomes.append(col)
            found.outcomes.sort()
        elif role is Role.REMARK:
            found.remarks.append(col)
        else:
            found.place.setdefault(role, col)
        taken.add(col)
        found.strength += score


# ---------------------------------------------------------------- columns to be ticked
def ticked(text: str) -> bool | None:
    """Whether a cell of a tick column is ticked; None where it holds a figure that is no tick."""
    folded = clean(text)
    if matches("marks.unticked", folded):
        return False
    if re.fullmatch(r"\d+(\.\d+)?", folded) and folded != "1":
        return None
    return True


def _ticks(header: Sequence[Header], lines: Sequence[Line], version: str) -> list[Tick]:
    found: list[Tick] = []
    for col, head in enumerate(header):
        tick = _tick_sense(head.group, head.leaf, tuple(found))
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


def _tick_sense(group: str, leaf: str, before: tuple[Tick, ...]) -> Tick | None:
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
    told = read_outcome((leaf,), "2021")
    if told.rows and len(told.rows) <= 8:
        return Tick(0, outcome=_with_family(group, leaf))
    applicant = typed(leaf)
    if applicant.cols and len(applicant.cols) < len(ALL) - 1 and len(leaf) <= 16:
        return Tick(0, cols=applicant.cols)
    return None


def _with_family(group: str, leaf: str) -> str:
    """办理结果/不予公开 above 国家秘密: the family stands with its item."""
    family: Callable[[str], bool] = lambda words: bool(read_outcome((words,), "2021").rows)  # noqa: E731
    above = [words for words in group.split("/") if words and words != leaf and family(words)]
    return " ".join([*above[-1:], leaf])
