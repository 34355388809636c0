"""Reads plain text and Markdown into paragraphs and rows; every offset points into the text as it came."""

from __future__ import annotations

import re

from assistant.documents.document import MAX_CELLS, MAX_ITEMS, Document, Line, Paragraph, Piece
from assistant.errors import InputError

__all__ = ["read_text"]

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?$|[-=*_]{3,}$")
_HEADING = re.compile(r"#{1,6}\s+")
_BREAK = re.compile(r"(?<!\\)\|")
_OUTER = " \u3000\xa0"


def read_text(text: str, *, markdown: bool = False) -> Document:
    """Lines with tabs or pipes are rows of a table (neighbours belong together), all others are paragraphs."""
    items: list[Paragraph | Line] = []
    grid, at, in_table = 0, 0, False
    if text.count("\n") > MAX_ITEMS or text.count("\t") > MAX_CELLS:
        raise InputError("文件内容过多，不像一份年报或一份材料；请只保留相关内容后再试")
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        stripped = line.strip()
        if _is_row(line):
            if not in_table:
                grid, in_table = grid + 1, True
            if not _RULE.match(stripped) or "\t" in line:
                items.append(Line(tuple(_cells(line, start, markdown)), grid))
        elif stripped:
            in_table = False
            if not (markdown and _RULE.match(stripped)):
                items.append(_paragraph(line, start, markdown))
    return Document(text, tuple(items), "md" if markdown else "txt")


def _is_row(line: str) -> bool:
    """A tab between words, or nothing but tabs (a row of blanks), or the pipes of a Markdown table."""
    inner = line.strip(_OUTER)
    if "\t" in inner.strip("\t") or inner.count("\t") > 1 or (inner.endswith("\t") and inner.strip()):
        return True
    return inner.startswith("|") or len(_BREAK.findall(inner)) > 1


def _cells(line: str, start: int, markdown: bool) -> list[Piece | None]:
    if "\t" in line:
        return _split(line, start, re.compile("\t"))
    first = len(line) - len(line.lstrip())
    body = line.strip()
    if body.startswith("|"):
        first, body = first + 1, body[1:]
    if body.endswith("|") and not body.endswith("\\|"):
        body = body[:-1]
    cells = _split(body, start + first, _BREAK)
    if not markdown:
        return cells
    return [cell and Piece(_unescaped(cell.text), cell.start) for cell in cells]


def _split(text: str, start: int, separator: re.Pattern[str]) -> list[Piece | None]:
    cells: list[Piece | None] = []
    at = 0
    for end in [*(m.start() for m in separator.finditer(text)), len(text)]:
        raw = text[at:end]
        words = raw.strip(_OUTER)
        cells.append(Piece(words, start + at + (raw.find(words) if words else 0)))
        at = end + 1
    return cells


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\\|#>+*`-])", r"\1", text.replace("**", "").replace("<br>", ""))


def _paragraph(line: str, start: int, markdown: bool) -> Paragraph:
    words = line.strip()
    title = False
    if markdown:
        mark = _HEADING.match(words)
        if mark:
            title, words = words.startswith("# "), words[mark.end() :]
        elif words.startswith("**") and words.endswith("**") and len(words) > 4:
            words = words[2:-2]
        elif words.startswith("\\"):
            words = words[1:]
    words = words.strip(_OUTER + "\t")
    return Paragraph(words, start + max(line.find(words), 0), title)
