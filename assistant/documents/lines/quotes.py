"""Finds the passages that a material only quotes: > lines, forwarded mails, the words of last year's report."""

from __future__ import annotations

import re

from assistant.documents.blocks import BlockKind
from assistant.documents.lines import marks
from assistant.documents.parts import Part
from assistant.numerals import fold

__all__ = ["quoted_among"]


def quoted_among(parts: list[Part], text: str) -> list[Part]:
    """The same parts, those that are quoted marked as such."""
    known = _running([one for part in parts for one in _untabled(part, parts, text)], text)
    result: list[Part] = []
    for part in known:
        line = text[part.start : part.end]
        if part.kind is None and line.lstrip().startswith((">", "＞")):
            result.append(part.as_(BlockKind.QUOTED, why="引用的行（>）"))
        elif part.kind is None:
            result += _reported(part, line)
        else:
            result.append(part)
    return result


def _untabled(part: Part, parts: list[Part], text: str) -> list[Part]:
    """A table in a quoted mail (> 新收 9 18) is lines of the quotation, where anything else holds a figure."""
    if part.kind is not BlockKind.TABLE or not _is_quoted(text[part.start : part.end]):
        return [part]
    others = (text[p.start : p.end] for p in parts if p is not part)
    if not any(re.search(r"\d", fold(words)) and not _is_quoted(words) for words in others):
        return [part]
    lines: list[Part] = []
    at = part.start
    for line in text[part.start : part.end].split("\n"):
        if line.strip():
            lines.append(Part(at, at + len(line), apart=part.apart and not lines))
        at += len(line) + 1
    return lines


def _is_quoted(words: str) -> bool:
    """Whether every line begins with >."""
    return all(line.lstrip().startswith((">", "＞")) for line in words.split("\n") if line.strip())


def _reported(part: Part, line: str) -> list[Part]:
    """A sentence around words of last year's report comes apart: only these are quoted."""
    pieces: list[Part] = []
    at = 0
    for match in marks.REPORTED.finditer(line):
        start, end = match.span("quote")
        if line[at:start].strip():
            pieces.append(Part(part.start + at, part.start + start, apart=part.apart and not pieces))
        pieces.append(Part(part.start + start, part.start + end, BlockKind.QUOTED, why="去年报告的原文"))
        at = end
    if not pieces:
        return [part]
    if re.search(r"\w", line[at:]):
        pieces.append(Part(part.start + at, part.end))
    return pieces


def _running(parts: list[Part], text: str) -> list[Part]:
    """Passages that a line opens. One that nothing ends goes to the next blank line, a mail to the end of the text; but where
    nothing else holds a figure the passage is the material itself."""
    result = list(parts)
    number = 0
    while number < len(parts):
        opening = _opening(parts[number], text)
        if opening is None:
            number += 1
            continue
        why, is_mail = opening
        end = _end_of(parts, number + 1, text, is_mail=is_mail)
        others = [*parts[:number], *parts[end:]]
        if any(
            re.search(r"\d", fold(text[p.start : p.end])) for p in others if p.kind is not BlockKind.HIDDEN
        ):
            for place in range(number, end):
                result[place] = Part(
                    parts[place].start, parts[place].end, BlockKind.QUOTED, why=why, apart=parts[place].apart
                )
        number = end
    return result


def _opening(part: Part, text: str) -> tuple[str, bool] | None:
    if part.kind is not None or part.end - part.start > 60:
        return None
    line = text[part.start : part.end].strip()
    return next(((why, mail) for pattern, why, mail in marks.QUOTE_START if pattern.fullmatch(line)), None)


def _end_of(parts: list[Part], number: int, text: str, *, is_mail: bool) -> int:
    """The first part behind the passage."""
    blank = len(parts)
    for place in range(number, len(parts)):
        part = parts[place]
        line = text[part.start : part.end].strip()
        if part.kind is None and marks.QUOTE_END.fullmatch(line):
            return place + 1
        if part.apart and place > number and blank == len(parts):
            blank = place
    return len(parts) if is_mail else blank
