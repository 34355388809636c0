"""Requests as they were, and what a clerk would count from them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant.documents.blocks import Block
from tests.extraction.ledgers.words import COLS, CONTENTS, LETTERS, NAMES, OTHERS, OUTCOMES, UNKNOWN, YEAR

__all__ = ["Made", "Request", "make_requests", "true_counts"]


@dataclass
class Request:
    """One request as it was."""

    received: date
    answered: date | None
    row: str
    col: str
    unknown: str = ""
    void: str = ""
    unit: str = ""
    """the body it was sent to, where the register is one of several bodies"""
    matter: str = ""
    """what it is, where letters of other kinds stand in the register"""
    name: str = ""
    content: str = ""

    @property
    def ours(self) -> bool:
        """Whether it is a request to our body."""
        return self.unit not in OTHERS and self.matter not in LETTERS


@dataclass
class Made:
    """A register and what is true of it. ``told`` are the cells an unknown word may change."""

    blocks: list[Block]
    truth: Counter[tuple[str, str]] = field(default_factory=Counter)
    requests: list[Request] = field(default_factory=list)
    typed: bool = True
    names: set[str] = field(default_factory=set)


def make_requests(rng: random.Random, size: int) -> list[Request]:
    made: list[Request] = []
    for _ in range(size):
        received = date(YEAR, 1, 1) + timedelta(
            days=rng.choice((rng.randrange(365), rng.randrange(-40, 365)))
        )
        if rng.random() < 0.02:
            received = date(YEAR + 1, 1, 1) + timedelta(days=rng.randrange(9))
        answered: date | None = received + timedelta(days=rng.randrange(3, 30))
        if received >= date(YEAR, 12, 1) and rng.random() < 0.6:
            answered = None
        request = Request(
            received, answered, rng.choice(list(OUTCOMES)), rng.choices(COLS, (60, 15, 3, 4, 8, 5))[0]
        )
        request.name, request.content = rng.choice(NAMES[request.col]), rng.choice(CONTENTS)
        if rng.random() < 0.02:
            request.unknown = rng.choice(UNKNOWN)
        if rng.random() < 0.02:
            request.void = rng.choice(("作废", "重复录入", "测试"))
        made.append(request)
    return sorted(made, key=lambda r: r.received)


def true_counts(requests: Sequence[Request]) -> Counter[tuple[str, str]]:
    """What the register counts up to, from the requests alone."""
    truth: Counter[tuple[str, str]] = Counter()
    for request in requests:
        done = request.answered is not None and request.answered.year <= YEAR
        if request.void or not request.ours or request.received.year > YEAR:
            continue
        if request.received.year < YEAR and request.answered is not None and request.answered.year < YEAR:
            continue
        rows = ["new_received" if request.received.year == YEAR else "carried_over"]
        rows += ["result_total", request.row] if done else ["carried_forward"]
        for row in rows:
            truth[row, request.col] += 1
            truth[row, "total"] += 1
    return truth
