"""Random registers that are no table of rows: cards of tables, cards in lines, one request a line of text."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.documents.blocks import Block
from assistant.documents.reading_blocks import blocks_of_text
from tests.extraction.ledgers.made import Request, make_requests, true_counts
from tests.extraction.ledgers.tables import table_block, text_of
from tests.extraction.ledgers.words import COLS, FAMILY, ITEMS, OUTCOMES, TYPES, YEAR

__all__ = ["Shaped", "make_cards", "make_lines"]

_BOXES = {
    "granted": "予以公开",
    "partial": "部分公开",
    "deny": "不予公开",
    "na": "无法提供",
    "np": "不予处理",
    "ot": "其他处理",
}
_KINDS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他组织")
_GREETINGS = ("王主任好，今年的申请都在下面：", "水利局依申请，一件一行", "")
_NOISE = ("12345工单不在这里头", "联系电话0716-5296979", "公众号发了196条")


@dataclass
class Shaped:
    """A material and what is true of its requests."""

    text: str
    blocks: Sequence[Block]
    truth: Counter[tuple[str, str]]


def _plain(rng: random.Random, size: int) -> list[Request]:
    """Requests of the year, and some that came over from the year before."""
    made = [r for r in make_requests(rng, size) if r.received.year <= YEAR and not r.unknown and not r.void]
    return [r for r in made if r.received.year == YEAR or (r.answered and r.answered.year == YEAR)]


def make_lines(seed: int) -> Shaped:
    """One request a line, as it is typed into a chat."""
    rng = random.Random(seed)
    requests = [r for r in _plain(rng, rng.randrange(4, 16)) if r.received.year == YEAR]
    day: Callable[[date], str] = rng.choice(
        (
            lambda d: f"{d.month}月{d.day}日",
            lambda d: f"{d.month}月{d.day}",
            lambda d: f"{d.month}.{d.day}",
            lambda d: f"{d.year}年{d.month}月{d.day}日",
            lambda d: d.isoformat(),
        )
    )
    gap, arrow = rng.choice(((" ", " → "), (" ", "->"), ("，", "→"), (" ", " "), ("，", "，")))
    number = rng.choice(("{}. ", "{}、", "{}）", ""))
    lines = [rng.choice(_GREETINGS)]
    for index, request in enumerate(requests, 1):
        who = rng.choice(TYPES[request.col][:2])
        answer = (
            rng.choice(OUTCOMES[request.row]).replace("，", "")
            if gap == "，"
            else rng.choice(OUTCOMES[request.row])
        )
        done = request.answered is not None and request.answered.year == YEAR
        answer = answer if done else f"还没答复，结转{YEAR + 1}年"
        fields = gap.join((day(request.received), who, request.content))
        lines.append(f"{number.format(index)}{fields}{arrow}{answer}")
    lines.append(rng.choice(_NOISE))
    text = "\n".join(line for line in lines if line)
    return Shaped(text, blocks_of_text(text).blocks, true_counts(requests))


def make_cards(seed: int) -> Shaped:
    """One small form a request, in tables or in lines."""
    rng = random.Random(seed)
    requests = _plain(rng, rng.randrange(3, 14))
    boxes = rng.random() < 0.6
    pairs = [_card(rng, request, index, boxes) for index, request in enumerate(requests, 1)]
    truth = true_counts(requests)
    if rng.random() < 0.5:
        text = "\n\n".join("\n".join(f"{label}：{answer}" for label, answer in card) for card in pairs)
        text = f"申请办理单汇编\n\n{text}\n\n以上是全部。"
        return Shaped(text, blocks_of_text(text).blocks, truth)
    blocks: list[Block] = []
    for card in pairs:
        rows = [[*card[0], *card[1]], *[[label, answer, "", ""] for label, answer in card[2:]]]
        merges = [(row, 1, row, 3) for row in range(1, len(rows))]
        blocks.append(table_block(rows, merges, offset=blocks[-1].end + 1 if blocks else 0))
    return Shaped(text_of(blocks) if blocks else "", blocks, truth)


def _card(rng: random.Random, request: Request, index: int, boxes: bool) -> list[tuple[str, str]]:
    kind = TYPES[request.col][0]
    answer = rng.choice(OUTCOMES[request.row])
    done = request.answered is not None
    if boxes:
        kind = "　".join(
            f"{'☑' if col == request.col else '□'}{name}" for col, name in zip(COLS, _KINDS, strict=True)
        )
        answer = _ticked(request, done)
    written = request.answered.isoformat() if request.answered else ""
    return [
        ("登记编号", f"依申〔{request.received.year}〕{index}号"),
        ("收到日期", request.received.isoformat()),
        ("申请人", request.name),
        ("申请人性质", kind),
        ("申请内容", request.content),
        ("办理结果", answer if done or boxes else "正在办理"),
        ("答复日期", written or "无"),
    ]


def _ticked(request: Request, done: bool) -> str:
    family = request.row.split("_")[0]
    found: list[str] = []
    for key, name in _BOXES.items():
        mine = done and (key == request.row or (key == family and family in FAMILY))
        why = ITEMS.get(request.row, "") if mine else "　　"
        note = f"（理由：{why}）" if key in FAMILY else ""
        found.append(f"{'☑' if mine else '□'}{name}{note}")
    return "　".join([*found, "□正在办理" if done else "☑正在办理"])
