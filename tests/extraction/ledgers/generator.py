"""Random registers of requests, laid out in many ways, with the figures that a clerk would count from them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.documents.blocks import Block, BlockKind
from tests.extraction.ledgers.layouts import Layout
from tests.extraction.ledgers.made import Made, Request, make_requests, true_counts
from tests.extraction.ledgers.words import LETTERS, OTHERS, OURS, REQUESTS, YEAR

__all__ = ["make_register"]


def make_register(seed: int, size: int | None = None) -> Made:
    """A register in a random layout; the same seed makes the same register."""
    rng = random.Random(seed)
    requests = make_requests(rng, size or rng.randrange(3, 45))
    mixed = _mixed(rng, requests)
    truth = true_counts(requests)
    layout = Layout(rng, *mixed)
    parts, names = [requests], [""]
    if rng.random() < 0.3 and len(requests) > 8:
        cuts = sorted(rng.sample(range(2, len(requests) - 1), 2))
        parts = [requests[: cuts[0]], requests[cuts[0] : cuts[1]], requests[cuts[1] :]]
        names = ["一部分", "二部分", "三部分"]
    blocks: list[Block] = []
    used = [layout]
    offset = 0
    for name, part in zip(names, parts, strict=True):
        if blocks and rng.random() < 0.3:
            # another office keeps this sheet: other columns in another order under other words
            used.append(Layout(rng, *mixed, typed=layout.typed))
        blocks.append(used[-1].block(part, name, offset, first=not blocks))
        offset = blocks[-1].end + 1
    if rng.random() < 0.15 and (old := _old(requests)):
        blocks.append(layout.block(old, f"{YEAR - 2}年", offset, first=False))
        offset = blocks[-1].end + 1
    if rng.random() < 0.1:
        # a hidden sheet is words without cells
        blocks.append(Block(BlockKind.HIDDEN, offset, offset + 20, why="隐藏的工作表"))
    return Made(blocks, truth, requests, layout.typed, {r.name for r in requests})


def _old(requests: Sequence[Request]) -> list[Request]:
    """Requests that came and were answered two years before."""
    return [
        replace(r, received=day, answered=day + timedelta(days=10), unknown="", void="")
        for r in requests[:3]
        if r.received.month != 2 and (day := r.received.replace(year=YEAR - 2))
    ]


def _mixed(rng: random.Random, requests: Sequence[Request]) -> tuple[bool, bool]:
    """Whether the register holds requests to other bodies, and letters of other kinds."""
    units, matters = rng.random() < 0.25, rng.random() < 0.1
    for index, request in enumerate(requests):
        if units:
            request.unit = rng.choice(OTHERS if index and rng.random() < 0.35 else OURS)
        if matters:
            request.matter = rng.choice(LETTERS if index and rng.random() < 0.3 else REQUESTS)
    return units, matters
