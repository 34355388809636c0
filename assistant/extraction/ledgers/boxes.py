"""Cells with boxes to be ticked: ☑自然人 □商业企业, ☑无法提供（理由：本机关不掌握）."""

from __future__ import annotations

import re

__all__ = ["chosen", "only_ticked"]

_ON = r"[☑☒■√✓✔✅]|\[[xX√✓]\]|[(（][√✓][)）]"
_OFF = r"[□☐]|\[[\s　]\]|[(（][\s　]+[)）](?=[\u4e00-\u9fff])"
_BOX = re.compile(f"(?P<on>{_ON})|(?P<off>{_OFF})")
_BLANKED = re.compile(r"[(（][^()（）]*[:：][\s　_]*[)）]|_{2,}")
"""（理由：　　）: a blank that nobody filled in"""
_OPTION = re.compile(rf"(?:{_OFF})[^\s,，;；、。☑☒■√✓✔✅□☐]*")
_TICKS = {ord(sign): " " for sign in "☑☒■√✓✔✅"}


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


def only_ticked(text: str) -> str:
    """☑个人 □企业　答复：☑公开 □部分公开, one request a line: boxes that are not ticked are blank with their words, every other
    character in its place."""
    if not (re.search(_OFF, text) and re.search(_ON, text)):
        return text
    return _OPTION.sub(lambda found: " " * len(found.group()), text).translate(_TICKS)
