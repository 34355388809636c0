"""Says in one line which parts of the files were left out because the file hides them or strikes them out."""

from __future__ import annotations

import re

from assistant.documents.blocks import Block, BlockKind, Blocks
from assistant.report.facts import Evidence
from assistant.report.findings import Finding, Severity

__all__ = ["hidden_parts"]

_CELL = re.compile(r"（([A-Z]{1,3})\d+）")
_NAMED, _BRIEF, _QUOTES = 6, 12, 20
"""parts named, characters of words that have no other name, and places pointed at"""


def hidden_parts(whole: Blocks) -> list[Finding]:
    """One finding for all hidden and struck parts, none where there are none."""
    blocks = [block for block in whole.blocks if block.kind is BlockKind.HIDDEN]
    if not blocks:
        return []
    names = list(dict.fromkeys(_name(block, whole.text) for block in blocks))
    more = f"等 {len(names)} 处" if len(names) > _NAMED else ""
    message = (
        f"文件中隐藏或划掉的内容没有读入：{'、'.join(names[:_NAMED])}{more}；"
        "如果其中有本年的数，请取消隐藏后重新提供"
    )
    places = tuple(
        Evidence(source="", start=b.start, end=b.end, quote=whole.text[b.start : b.end])
        for b in blocks[:_QUOTES]
    )
    return [Finding(code="HIDDEN", severity=Severity.INFO, where="", message=message, evidence=places)]


def _name(block: Block, text: str) -> str:
    """隐藏的工作表“2023年”, 隐藏的列（C 列）; words without a place are quoted."""
    name = _CELL.sub(r"（\1 列）", block.why) or "隐藏的内容"
    if name[-1] in "”）":
        return name
    words = " ".join(text[block.start : block.end].split())
    return f"{name}“{words if len(words) <= _BRIEF else words[:_BRIEF] + '…'}”"
