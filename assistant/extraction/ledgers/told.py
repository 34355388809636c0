"""Reads registers told in running text, one request a line: 2月18 村民 低保名单 → 公开了; 1. 3月2日 张某 个人 要土地批文 给了."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.documents.blocks import Block, BlockKind
from assistant.extraction.ledgers.applicants import named, typed
from assistant.extraction.ledgers.boxes import only_ticked
from assistant.extraction.ledgers.layout import EMPTY, Field, Header, Line, Sheet
from assistant.extraction.ledgers.outcomes import read_outcome
from assistant.extraction.ledgers.vocabulary import every_match, first_match, matches
from assistant.extraction.statements import Span
from assistant.numerals import fold

__all__ = ["Told", "told_lines"]

_LINES = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.FIELD, BlockKind.TABLE, BlockKind.SIGNATURE)
"""a table without a header is lines of words as well"""
_SENTENCES = re.compile(r"[^;；。\n]+")
_COUNTED = re.compile(
    r"(?<![\d月.年/-])(?:[02-9]|[1-9]\d+|[两三四五六七八九十]+)\s*[件份个宗起](?!月)|共计|合计"
)
_WORD = re.compile(r"[^\s,，、|]+")
_SPACED = re.compile(r"[^\s|]+")
_HEADS = ("收到日期", "申请人", "申请人类别", "申请内容", "答复结果", "备注")
_WHO = 12
"""characters of an applicant's words"""
_FEWEST = 2
_KNOWN = 0.6
"""rows whose applicant and answer are both known; lines of which fewer are known are no register"""


@dataclass(frozen=True)
class Told:
    """Lines of a text as a table; ``blocks`` are those that hold nothing else."""

    sheet: Sheet
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class _Row:
    fields: tuple[Field, ...]
    span: Span
    known: bool


def told_lines(text: str, blocks: Sequence[Block], version: str) -> Told | None:
    """The lines of a text that tell one request each; None where there are fewer than two, where hardly any is understood, or
    where a line among them that opens alike is not."""
    rows: list[_Row] = []
    used: list[Block] = []
    unread: list[Block] = []
    for block in blocks:
        found = list(_rows(text, block, version)) if block.kind in _LINES else []
        if found:
            rows += found
            used.append(block)
        elif block.kind in _LINES and _opens_alike(text[block.start : block.end]):
            unread.append(block)
    if len(rows) < _FEWEST or sum(row.known for row in rows) < _KNOWN * len(rows):
        return None
    if any(used[0].start < block.start < used[-1].start for block in unread):
        return None
    sheet = Sheet(used[0], tuple(Header("", head) for head in _HEADS))
    sheet.lines = [Line(row.fields, row.span) for row in rows]
    return Told(sheet, tuple(used))


def _opens_alike(line: str) -> bool:
    words = fold(line)
    serial = first_match("told.serial", words)
    return first_match("told.date", words[serial.end() if serial else 0 :].lstrip()) is not None


def _rows(text: str, block: Block, version: str) -> Iterator[_Row]:
    """The requests of a block; none where one of its sentences is something else."""
    found: list[_Row] = []
    for sentence in _SENTENCES.finditer(text, block.start, block.end):
        words = only_ticked(fold(sentence.group()))
        if not words.strip():
            continue
        row = _row(words, sentence.start(), version)
        if row is None:
            return
        found.append(row)
    yield from found


def _row(words: str, base: int, version: str) -> _Row | None:
    """One line taken apart: when it came, who asked, for what, and how it was answered."""
    serial = first_match("told.serial", words)
    at = serial.end() if serial else len(words) - len(words.lstrip())
    date = first_match("told.date", words[at:])
    carried = first_match("told.carried", words[at:]) if date is None else None
    opening = date or carried
    if opening is None or _COUNTED.search(words[at + opening.end() :]):
        return None
    when = _field(words, base, at, at + opening.end())
    at += opening.end()
    gap = first_match("told.behind_date", words[at:]) if date else None
    at += gap.end() if gap else 0
    cut = _answer(words, at, version)
    if cut is None:
        return None
    who, kind, what = _asked(words, at, cut[0])
    answer = _field(words, base, *cut)
    applicant = who or kind
    if applicant is None:
        return None
    told = read_outcome((answer.text,), version)
    known = told.known and bool(typed(_cut(words, applicant)).cols or named(_cut(words, applicant)).cols)
    fields = (
        when if date else EMPTY,
        _field(words, base, *who) if who else EMPTY,
        _field(words, base, *kind) if kind else EMPTY,
        _field(words, base, *what) if what else EMPTY,
        answer,
        when if carried else EMPTY,
    )
    return _Row(fields, Span(base, base + len(words)), known)


def _field(words: str, base: int, start: int, end: int) -> Field:
    """The words from start to end without what parts them."""
    inner = words[start:end]
    start += len(inner) - len(inner.lstrip(" \t　,，:：、|"))
    inner = inner.strip(" \t　,，:：、|")
    return Field(inner, base + start, base + start + len(inner))


def _cut(words: str, place: tuple[int, int]) -> str:
    return words[place[0] : place[1]].strip(" \t　,，:：、|")


def _answer(words: str, at: int, version: str) -> tuple[int, int] | None:
    """Where the answer stands: behind the arrow, else the last words that tell one."""
    arrow = next((m for m in every_match("told.arrow", words) if m.start() > at), None)
    if arrow is not None:
        return arrow.end(), len(words)
    spaced = list(_SPACED.finditer(words, at))
    pieces = spaced if len(spaced) > 2 else list(_WORD.finditer(words, at))
    first = 1 if pieces and _wants(pieces[0].group()) else 2
    if len(pieces) <= first:
        return None
    known = [n for n in range(first, len(pieces)) if read_outcome((pieces[n].group(),), version).known]
    number = known[-1] if known else len(pieces) - 1
    start = pieces[number].start()
    while number - 1 in known:
        told = read_outcome((words[start:],), version)
        if len(told.rows) == 1 and told.sure:
            break
        number -= 1
        start = pieces[number].start()
    return start, len(words)


def _wants(piece: str) -> int:
    """张某要土地批文: where the words of the applicant end; 0 where none wants anything."""
    return next((m.start() for m in every_match("told.wants", piece) if m.start() >= 2), 0)


_Place = tuple[int, int]


def _asked(words: str, at: int, stop: int) -> tuple[_Place | None, _Place | None, _Place | None]:
    """Who asked, of what kind, and for what, in the words before the answer."""
    pieces = list(_WORD.finditer(words, at, stop))
    if not pieces:
        return None, None, None
    first = pieces[0].span()
    wants = _wants(pieces[0].group())
    if wants:
        first = (first[0], first[0] + wants)
    name = words[slice(*first)]
    if (len(name) > _WHO and "(" not in name) or matches("told.not_who", name):
        return None, None, None
    behind = pieces[1].span() if len(pieces) > 2 and not wants else None
    kind = (
        behind if behind and typed(words[slice(*behind)]).sure and typed(words[slice(*behind)]).cols else None
    )
    what = ((kind or first)[1], stop)
    if kind is None and len(typed(name).cols) == 1:
        return None, first, what
    return first, kind, what
