"""Cells with boxes to be ticked: ☑自然人 □商业企业, ☑无法提供（理由：本机关不掌握）."""

from __future__ import annotations

import re

__all__ = ["chosen"]

_ON = r"[☑☒■√✓✔✅]|\[[xX√✓]\]|[(（][√✓][)）]"
_OFF = r"[□☐]|\[[\s　]\]|[(（][\s　]+[)）](?=[\u4e00-\u9fff])"
_BOX = re.compile(f"(?P<on>{_ON})|(?P<off>{_OFF})")
_BLANKED = re.compile(r"[(（][^()（）]*[:：][\s　_]*[)）]|_{2,}")
"""（理由：　　）: a blank that nobody filled in"""


def chosen(text: str) -> str | None:
    """The words behind the boxes that are ticked, empty where none is; None where the text is no list of boxes."""
    boxes = list(_BOX.finditer(text))
    if not boxes or len(text.strip()) <= 3:
        return None
    if len(boxes) == 1 and (boxes[0].start() > 0 or text[boxes[0].end() :].strip()[:1] in "（(【["):
        # a tick in the middle of words, or one with its note, lists nothing
        return None
    behind = bool(text[: boxes[0].start()].strip()) and not text[boxes[-1].end() :].strip()
    edges = [0, *(box.end() for box in boxes)] if behind else [*(box.start() for box in boxes), len(text)]
    told: list[str] = []
    for number, box in enumerate(boxes):
        option = text[edges[number] : box.start()] if behind else text[box.end() : edges[number + 1]]
        if box["on"]:
            told.append(_BLANKED.sub("", option).strip(" 　，,；;、"))
    return "；".join(word for word in told if word)
