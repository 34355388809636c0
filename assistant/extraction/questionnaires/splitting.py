"""Cuts one answer into the questions it answers: (1)予以公开5件(2)部分公开2件 in one cell, and the reasons ticked behind a figure."""

from __future__ import annotations

import re

from assistant.extraction.questionnaires.answers import BOX
from assistant.extraction.statements import Span
from assistant.numerals import fold

__all__ = ["numbered_parts", "ticked_reasons"]

_NUMBER = re.compile(r"[(](?P<number>\d{1,2})[)]\s*(?=[\u4e00-\u9fff])")
_FEWEST = 3
_LABEL = re.compile(r"[^\d(（_:：,，、;；☑☒■√✓✔✅□☐\[]{2,30}")
_REASON = re.compile(r"(?:原因|理由|情形|事由|依据|类型|其中)\s*[:：]?\s*(?=[☑☒■√✓✔✅□☐])")
_OPTION = re.compile(r"[^\d(（_:：,，、;；\t]{1,30}")


def numbered_parts(text: str, answer: Span) -> list[tuple[Span, Span]]:
    """Labels and answers of an answer that counts its items from 1; none for any other."""
    words = fold(text[answer.start : answer.end])
    marks = list(_NUMBER.finditer(words))
    if len(marks) < _FEWEST or [int(m["number"]) for m in marks] != list(range(1, len(marks) + 1)):
        return []
    if words[: marks[0].start()].strip():
        return []
    found: list[tuple[Span, Span]] = []
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else len(words)
        label = _LABEL.match(words, mark.end(), stop)
        if label is None:
            return []
        middle = answer.start + label.end()
        found.append((Span(answer.start + mark.start(), middle), Span(middle, answer.start + stop)))
    return found


def ticked_reasons(text: str, answer: Span) -> tuple[Span, tuple[Span, ...]] | None:
    """☑ 1件（自然人） 原因：□国家秘密 ☑第三方合法权益: the figure, and the options ticked behind it; None where no reasons are offered."""
    words = fold(text[answer.start : answer.end])
    begin = _REASON.search(words)
    if begin is None:
        return None
    boxes = list(BOX.finditer(words, begin.end()))
    ticked: list[Span] = []
    for number, box in enumerate(boxes):
        stop = boxes[number + 1].start() if number + 1 < len(boxes) else len(words)
        option = _OPTION.match(words, box.end(), stop)
        if box["on"] and option is not None:
            ticked.append(
                Span(answer.start + option.start(), answer.start + len(words[: option.end()].rstrip()))
            )
    return Span(answer.start, answer.start + begin.start()), tuple(ticked)
