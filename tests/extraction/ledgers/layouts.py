"""Lays requests out as a table: columns in any order under many headers, ticks, sums, repeated headers, noise."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from assistant.documents.blocks import Block
from tests.extraction.ledgers.made import Request
from tests.extraction.ledgers.tables import table_block
from tests.extraction.ledgers.words import (
    COLS,
    DATES,
    FAMILY,
    ITEMS,
    OPEN,
    OUTCOMES,
    TICKS,
    TYPES,
    UNIT_HEADS,
    YEAR,
)  # fmt: skip

__all__ = ["Layout"]


class Layout:
    """How one register is laid out."""

    def __init__(
        self, rng: random.Random, units: bool = False, matters: bool = False, typed: bool | None = None
    ) -> None:
        self.rng = rng
        self.date = rng.choice(DATES)
        self.mixed = rng.random() < 0.2
        self.tick = rng.choice(TICKS)
        self.style = rng.choice(("words", "words", "two", "ticks", "status", "both_ticks"))
        self.typed = (rng.random() < 0.8 if typed is None else typed) or self.style == "both_ticks"
        if typed is False and self.style == "both_ticks":
            self.style, self.typed = "words", False
        self.title = rng.random() < 0.6
        self.repeat = rng.random() < 0.3
        self.sum = rng.random() < 0.4
        self.blanks = rng.random() < 0.2
        self.serial = rng.choice(("序号", "编号", "登记号", ""))
        self.head_unit = rng.choice(UNIT_HEADS)
        self.noise = rng.random() < 0.2
        self.head_received = rng.choice(("收到日期", "申请日期", "收到", "受理时间", "收件日期", "申请时间"))
        self.head_answered = rng.choice(("答复日期", "办结日期", "答复时间", "回复时间"))
        self.head_name = rng.choice(("申请人", "谁申请的", "申请人姓名/名称", "姓名"))
        self.head_type = rng.choice(("类别", "申请人类型", "申请人性质", "申请人类别", "申请人情况"))
        self.head_outcome = rng.choice(
            ("答复结果", "处理结果", "怎么答复的", "办理结果", "答复情况", "办理情况")
        )
        keys = ["received", "name", "content", "answered", "outcome"]
        keys += ["type"] if self.typed else []
        keys += ["remark"] if rng.random() < 0.7 else []
        keys += ["unit"] if units else []
        keys += ["matter"] if matters else []
        keys += ["phone"] if rng.random() < 0.3 else []
        keys += ["channel"] if rng.random() < 0.3 else []
        rng.shuffle(keys)
        self.keys = (["serial"] if self.serial else []) + keys

    def block(self, requests: Sequence[Request], sheet: str, offset: int, first: bool) -> Block:
        columns = [self.column(key, requests, sheet) for key in self.keys]
        flat = [head for heads, _ in columns for head in heads]
        rows = [[cell for _, cells in columns for cell in cells[i]] for i in range(len(requests))]
        two = any(above for above, _ in flat)
        merges: list[tuple[int, int, int, int]] = []
        lines: list[list[str]] = []
        if self.title and first:
            lines.append([f"某县水利局{YEAR}年政府信息公开申请登记台账", *[""] * (len(flat) - 1)])
            merges.append((0, 0, 0, len(flat) - 1))
        top = len(lines)
        header = self.header(flat, two, top, merges)
        lines += header
        for index, row in enumerate(rows):
            if self.repeat and index and index % 12 == 0:
                shift = len(lines) - top
                lines += header
                merges += [
                    (a + shift, b, c + shift, d)
                    for a, b, c, d in merges
                    if a >= top and c < top + len(header)
                ]
            lines.append(row)
            if self.blanks and self.rng.random() < 0.1:
                lines.append([""] * len(flat))
        if self.noise:
            lines.append(["以下空白", *[""] * (len(flat) - 1)])
            lines.append(["注：表中日期为系统自动记录", *[""] * (len(flat) - 1)])
        if self.sum:
            lines.append(self.sums(requests, len(flat)))
        return table_block(lines, merges, sheet, offset=offset)

    @staticmethod
    def header(
        flat: Sequence[tuple[str, str]], two: bool, top: int, merges: list[tuple[int, int, int, int]]
    ) -> list[list[str]]:
        """One header row, or two with merged groups."""
        if not two:
            return [[leaf for _, leaf in flat]]
        above = [group or leaf for group, leaf in flat]
        below = [leaf if group else "" for group, leaf in flat]
        at = 0
        while at < len(flat):
            end = at
            while flat[at][0] and end + 1 < len(flat) and flat[end + 1][0] == flat[at][0]:
                end += 1
            merges.append((top, at, top, end) if flat[at][0] else (top, at, top + 1, at))
            at = end + 1
        return [above, below]

    def sums(self, requests: Sequence[Request], width: int) -> list[str]:
        return ["合计", f"{len(requests)}件", *[""] * (width - 2)]

    def column(
        self, key: str, requests: Sequence[Request], sheet: str
    ) -> tuple[list[tuple[str, str]], list[list[str]]]:
        """The header (group and leaf) and the cells of one column, or of a group of columns."""
        if key == "type" and self.style in ("both_ticks", "ticks"):
            leaves = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
            cells = [[self.tick if r.col == col else "" for col in COLS] for r in requests]
            return [("申请人性质", leaf) for leaf in leaves], cells
        if key == "outcome" and self.style == "both_ticks":
            return self.ticked_outcomes(requests)
        if key == "outcome" and self.style == "two":
            return [("", "答复类型"), ("", "答复情形")], [self.two(r) for r in requests]
        if key == "outcome" and self.style == "status":
            return [("", "办理状态"), ("", self.head_outcome)], [self.state(r) for r in requests]
        heads = {
            "serial": self.serial,
            "received": self.head_received,
            "answered": self.head_answered,
            "name": self.head_name,
            "type": self.head_type,
            "outcome": self.head_outcome,
            "content": "申请内容",
            "remark": "备注",
            "phone": "联系电话",
            "channel": "提交方式",
            "unit": self.head_unit,
            "matter": "来件类型",
        }
        return [("", heads[key])], [[self.cell(key, r, i)] for i, r in enumerate(requests)]

    def cell(self, key: str, request: Request, index: int) -> str:
        rng = self.rng
        if key == "serial":
            return str(index + 1) if self.serial == "序号" else f"{request.received.year}-{index + 1:03}"
        if key == "received":
            return self.written(request.received)
        if key == "answered":
            return self.written(request.answered) if request.answered else ""
        if key == "name":
            return request.name
        if key == "type":
            return rng.choice(TYPES[request.col])
        if key == "outcome":
            return self.outcome(request)
        fixed = {
            "content": request.content,
            "unit": request.unit,
            "matter": request.matter,
            "phone": f"138{rng.randrange(10**8):08}",
            "channel": rng.choice(("网上", "邮寄", "当面")),
        }
        if key == "remark":
            return request.void
        return fixed[key]

    def written(self, day: date) -> str:
        return self.rng.choice(DATES[:6])(day) if self.mixed else self.date(day)

    def outcome(self, request: Request) -> str:
        if request.void and "remark" not in self.keys:
            return request.void
        if request.answered is None:
            return self.rng.choice(OPEN)
        return request.unknown or self.rng.choice(OUTCOMES[request.row])

    def two(self, request: Request) -> list[str]:
        if request.answered is None or request.unknown or (request.void and "remark" not in self.keys):
            return [self.outcome(request), ""]
        family = FAMILY.get(request.row.split("_")[0])
        if family is None:
            return ["予以公开" if request.row == "granted" else "部分公开", ""]
        return [family, ITEMS[request.row]]

    def state(self, request: Request) -> list[str]:
        if request.void and "remark" not in self.keys:
            return ["", request.void]
        return ["办理中", ""] if request.answered is None else ["已办结", self.outcome(request)]

    def ticked_outcomes(self, requests: Sequence[Request]) -> tuple[list[tuple[str, str]], list[list[str]]]:
        leaves = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
        cells: list[list[str]] = []
        for request in requests:
            family = FAMILY.get(request.row.split("_")[0]) or (
                "予以公开" if request.row == "granted" else "部分公开"
            )
            note = f"（{ITEMS[request.row]}）" if request.row in ITEMS else ""
            mark = "√" if self.tick == "1" else self.tick
            ticked = [f"{mark}{note}" if leaf == family else "" for leaf in leaves]
            if request.void and "remark" not in self.keys:
                ticked = ["作废", *[""] * 5]
            elif request.answered is None:
                ticked = [""] * 6
            cells.append(ticked)
        return [("办理结果", leaf) for leaf in leaves], cells
