"""Tells what a line of a text is by its own words and by the lines beside it; in doubt it is a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.documents.blocks import BlockKind
from assistant.documents.lines import marks
from assistant.documents.lines.fields import fields_among
from assistant.documents.lines.headings import heading_of, run_in, title_of
from assistant.documents.lines.quotes import quoted_among
from assistant.documents.parts import Part
from assistant.numerals import fold

__all__ = ["judged"]

_LAST = 8
"""lines at the end among which a signature is looked for"""
_FIRST = 4
"""lines at the start among which an address is looked for"""


def judged(parts: Sequence[Part], text: str) -> list[Part]:
    """All parts with a kind. Lines that are more than one thing (一、申请情况。2025年…, a sentence with a quotation) become several parts."""
    known = fields_among(quoted_among(list(parts), text), text)
    known = _ends(_starts(known, text), text)
    judged: list[Part] = []
    for number, part in enumerate(known):
        if part.kind is not None:
            judged.append(part)
            continue
        judged += _one(part, text, first=number == 0)
    return judged


def _one(part: Part, text: str, *, first: bool) -> list[Part]:
    line = text[part.start : part.end]
    whole = heading_of(line)
    if first and (whole is None or whole.rank in ("：", "情况")):
        whole = title_of(line) or whole
    if whole:
        return [part.as_(BlockKind.HEADING, rank=whole.rank, words=whole.words)]
    if marks.GREETING.fullmatch(line.strip()) and not re.search(r"\d", fold(line)):
        return [part.as_(BlockKind.GREETING)]
    if _is_approval(line):
        return [part.as_(BlockKind.APPROVAL)]
    split = run_in(line)
    if split:
        middle = part.start + split.end
        rest = middle + len(line[split.end :]) - len(line[split.end :].lstrip())
        head = Part(
            part.start, middle, BlockKind.HEADING, rank=split.rank, words=split.words, apart=part.apart
        )
        return [head, Part(rest, part.end, BlockKind.PARAGRAPH)]
    if marks.ITEM.match(line):
        return [part.as_(BlockKind.ITEM)]
    return [part.as_(BlockKind.PARAGRAPH)]


def _starts(parts: list[Part], text: str) -> list[Part]:
    """The address among the first lines: an office and a colon, and behind it a letter, not figures."""
    for number, part in enumerate(parts[:_FIRST]):
        if part.kind is not None or not marks.ADDRESS.fullmatch(text[part.start : part.end].strip()):
            continue
        if marks.SENT_TO.match(text[part.start : part.end].strip()):
            parts[number] = part.as_(BlockKind.ADDRESS)
            break
        behind = next(iter(parts[number + 1 : number + 2]), None)
        words = "" if behind is None else text[behind.start : behind.end].strip()
        if marks.LETTER.match(words) or marks.GREETING.fullmatch(words):
            parts[number] = part.as_(BlockKind.ADDRESS)
            break
    return parts


def _ends(parts: list[Part], text: str) -> list[Part]:
    """The signature at the end: dates, telephones, and a name or an office beside them."""
    number = len(parts) - 1
    found: list[int] = []
    dated = False
    while number > 0 and len(parts) - number <= _LAST:
        part = parts[number]
        line = text[part.start : part.end].strip()
        if part.kind not in (None, BlockKind.FIELD):
            break
        if _signs(line):
            dated = True
        elif part.kind is BlockKind.FIELD or not ((dated or found) and marks.NAME.fullmatch(line)):
            break
        found.append(number)
        number -= 1
    if dated:
        for place in found:
            parts[place] = parts[place].as_(BlockKind.SIGNATURE, label_end=0)
    return parts


def _signs(line: str) -> bool:
    """Whether a line has a date or a telephone and, but for an office or a name, nothing else."""
    folded = fold(line)
    rest = marks.PHONE.sub(" ", marks.FULL_DATE.sub(" ", folded))
    if rest == folded:
        return bool(marks.SIGNED.fullmatch(folded))
    rest = marks.SIGNER.sub(" ", rest)
    return not re.search(r"\d|[。；？！=＝]", rest) and len(rest.strip(" ,，:：()（）、")) <= 24


def _is_approval(line: str) -> bool:
    folded = fold(line.strip())
    if len(folded) > 48 or not marks.APPROVAL.match(folded):
        return False
    return not re.search(r"\d", marks.DATE.sub(" ", folded)) and not marks.COUNTED.search(folded)
