"""Tells reviews and lawsuits about other things from those about the disclosure of information."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extraction.sentences.pieces import Piece

__all__ = ["names_other_cause"]

_CAUSE = re.compile(
    "^(?:全[市县区镇乡局]|我局|本局|本年|全年)?(?:涉及?|因|就|围绕)(?P<cause>[^，。]{2,14}?)(?:的|引起的?|引发的?|提起的?)?$"
)
_OURS = ("公开", "此", "这", "申请", "答复")


def names_other_cause(labels: Sequence[Piece]) -> bool:
    """Whether the words before the row name what the cases were about, and it was not information."""
    first = labels[0] if labels else None
    if any(p.gap.endswith("不服") for p in labels) and not any(
        w in p.token.text for p in labels for w in _OURS
    ):
        # 不服行政处罚的官司29件
        return True
    if first is None or not first.senses or first.senses[0].table != "table4":
        return False
    cause = _CAUSE.search(first.token.gap.strip())
    return cause is not None and not any(w in cause["cause"] for w in _OURS)
