"""What one message and one draft may cost: every turn reads the material of its draft anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.errors import InputError, UsageError
from assistant.interfaces.chat.turns import Event, Turn

__all__ = ["LONGEST_FILE", "LONGEST_MESSAGE", "MOST_TEXT", "MOST_TURNS", "hold_within"]

LONGEST_MESSAGE = 20_000
"""characters of one message; the longest real one known has 6 000"""
LONGEST_FILE = 200_000
"""characters of the text of one file"""
MOST_TEXT = 400_000
"""characters of all the material of a draft"""
MOST_TURNS = 2_000
"""turns of a draft"""


def hold_within(event: Event, log: Sequence[Turn], text_of: Callable[[Turn], str]) -> None:
    """UsageError or InputError, with the way out, for what would make the others wait."""
    size = len(event.get("text", ""))
    if event["kind"] == "message" and size > LONGEST_MESSAGE:
        raise UsageError(f"这段话有 {size} 字，一次最多 {LONGEST_MESSAGE} 字；请分几次发送，或存成文件上传")
    if event["kind"] == "file" and size > LONGEST_FILE:
        raise InputError(
            f"“{event['name']}”有 {size} 字，一份材料最多 {LONGEST_FILE} 字；请只保留与年报有关的部分后再上传"
        )
    if event["kind"] in ("undo", "redo", "goto"):
        return
    if len(log) >= MOST_TURNS:
        raise UsageError(f"这份草稿已有 {len(log)} 步；请下载后用“新建”另起一份")
    if size and size + sum(len(text_of(t)) for t in log if t["source"]) > MOST_TEXT:
        raise UsageError(f"这份草稿的材料合计超过 {MOST_TEXT} 字；请“撤销”不需要的材料，或用“新建”另起一份")
