"""Decides what each column of a register of requests holds, from its header and from its cells together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from assistant.extraction.ledgers.kinds import kinds_of
from assistant.extraction.ledgers.layout import Header, Line
from assistant.extraction.ledgers.ticks import Tick, tick_sense, ticks_of
from assistant.extraction.ledgers.vocabulary import matches

__all__ = ["Columns", "Role", "columns_of", "is_request_header", "names_column"]


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
    MATTER = "matter"
    REVIEW = "review"
    IGNORED = "ignored"


_HEADED = (*(r for r in Role),)
_ONCE = (
    Role.SERIAL,
    Role.RECEIVED,
    Role.ANSWERED,
    Role.MONTH,
    Role.NAME,
    Role.STATUS,
    Role.COUNT,
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
    Role.UNIT: {"date": -5, "int": -5, "outcome": -3},
    Role.REVIEW: {"date": -5, "int": -5},
    Role.MATTER: {"date": -5, "int": -5, "type": -3},
    Role.IGNORED: {},
}
_BEFORE_IGNORED = (Role.IGNORED, Role.UNIT, Role.MATTER, Role.REVIEW)
"""roles whose headers are asked before those of columns that say nothing: 承办单位 beside 承办人"""
_HEADER = 3.0
"""weight of a fitting header beside the shares of fitting cells (0 to 1 times the weights above)"""
_ALONE = 3.4
"""what cells must reach where no header speaks for the role"""


@dataclass
class Columns:
    """Which columns hold what."""

    place: dict[Role, int] = field(default_factory=dict)
    outcomes: list[int] = field(default_factory=list)
    remarks: list[int] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    """columns of the applicant's kind: 法人或其他组织 | 商业企业"""
    units: list[int] = field(default_factory=list)
    """columns of the body that received or answered"""
    reviews: list[int] = field(default_factory=list)
    """columns of what followed the answer: 是否复议诉讼"""
    rivals: list[int] = field(default_factory=list)
    """further columns of a day of receipt (申请日期 beside 收到日期)"""
    strength: float = 0.0

    def at(self, role: Role) -> int | None:
        """The column of a role."""
        return self.place.get(role)

    @property
    def typed(self) -> bool:
        """Whether a column or ticks say the applicant's type."""
        return bool(self.types) or any(t.cols for t in self.ticks)

    @property
    def answers(self) -> bool:
        """Whether a column or ticks say the outcome."""
        return bool(self.outcomes) or any(t.outcome for t in self.ticks)


def is_request_header(text: str) -> bool:
    """Whether words head a column of a register of requests."""
    return names_column(text) or bool(tick_sense("", text, ()))


@lru_cache(maxsize=4096)
def names_column(text: str) -> bool:
    """Whether words head a column of a register in so many words: no applicant or outcome that would be ticked below."""
    return any(matches(f"headers.{role}", text) for role in _HEADED)


def _shares(lines: Sequence[Line], col: int, version: str) -> dict[str, float]:
    counts: dict[str, int] = {}
    filled = 0
    for line in lines:
        text = line.cells[col].text
        if not text or text in ("-", "/", "—"):
            continue
        filled += 1
        for kind in kinds_of(text, version):
            counts[kind] = counts.get(kind, 0) + 1
    return {kind: n / filled for kind, n in counts.items()} | {"filled": filled / max(1, len(lines))}


def columns_of(header: Sequence[Header], lines: Sequence[Line], version: str) -> Columns:
    """The roles of all columns; each role that a row has once goes to the column that fits it best."""
    found = Columns()
    found.ticks = ticks_of(header, lines, version)
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
    spoken_for = matches("headers.ignored", head.leaf) or matches("headers.review", head.leaf)
    if headed and role not in _BEFORE_IGNORED and spoken_for:
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
    if head.leaf and any(_heads(other, head) for other in (Role.CONTENT, Role.REMARK, *_BEFORE_IGNORED)):
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
        elif role is Role.UNIT:
            found.units.append(col)
        elif role is Role.REVIEW:
            found.reviews.append(col)
        elif role is Role.TYPE:
            found.place.setdefault(role, col)
            found.types.append(col)
            found.types.sort()
        else:
            found.place.setdefault(role, col)
        taken.add(col)
        found.strength += score
