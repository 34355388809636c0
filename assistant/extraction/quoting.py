"""Finds the quoted mail whose figures still hold: a correction that says 别的都不变 speaks of the mail it quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.documents.blocks import Block, BlockKind, Blocks
from assistant.extraction.statements import Statement
from assistant.numerals import fold

__all__ = ["holding_quotes", "uncorrected"]

_HOLDS = re.compile(
    r"(?:别的|其[他它余](?:的|各项|数据|数字|内容|项目)?|余下?(?:的)?)[^，。；,;\n]{0,6}(?:不变|不动|没变|照旧|同原|同前|按原|仍按|还按|以原|以上次|以前面)"
    r"|(?:别的|其[他它余](?:的|各项|数据|数字|内容|项目)?)[^，。；,;\n]{0,8}[，,]?(?:按|以|照)(?:上|前|那|原|之前)"
    r"[^，。；,;\n]{0,6}(?:邮件|那?封|表|稿|次|报)"
)
_MARK = re.compile(r"\s*[>＞]\s*(?![>＞\s])")
_HEAD = re.compile(r"(?:发件人|收件人|抄送|日期|时间|主题|From|To|Date|Subject)\s*[:：]")


def holding_quotes(blocks: Blocks) -> list[Block]:
    """The quoted lines of the last mail as paragraphs; none unless the words outside say that everything else stays as it was."""
    said = "\n".join(
        fold(blocks.text[b.start : b.end]) for b in blocks.blocks if b.kind is not BlockKind.QUOTED
    )
    if not _HOLDS.search(said):
        return []
    text, found = blocks.text, list[Block]()
    for block in blocks.blocks:
        mark = _MARK.match(text, block.start, block.end) if block.kind is BlockKind.QUOTED else None
        if mark is None or _HEAD.match(text, mark.end(), block.end):
            continue
        found.append(Block(BlockKind.PARAGRAPH, mark.end(), block.end, block.headings))
    return found


def uncorrected(quoted: Sequence[Statement], told: Sequence[Statement]) -> list[Statement]:
    """What the quoted mail says of rows that the words outside do not tell anew."""
    anew = {(s.target.table, s.target.row) for s in told if s.kind == "value" and not s.prior}
    return [s for s in quoted if (s.target.table, s.target.row) not in anew]
