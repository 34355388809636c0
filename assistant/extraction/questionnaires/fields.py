"""Finds the questions of a form: blocks that are fields, tables of two columns, and lists by the numbers of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.documents.blocks import Block, BlockKind, Cell
from assistant.extraction.questionnaires.codes import coded_fields
from assistant.extraction.statements import Span
from assistant.forms import Form
from assistant.numerals import fold

__all__ = ["Question", "questions_of"]

_PLAIN = re.compile(r"[\s\d.,+-]*(?:件|份|个|宗|万元|元)?\s*")
_READ = (BlockKind.FIELD, BlockKind.ITEM, BlockKind.PARAGRAPH)
_HEADER = re.compile("序号|项目|内容|指标|事项|问题|填报项目|统计项目|名称|类别")
_LED = re.compile(r"^[\s:：?？]*(?:答|回答|A|答案)?[\s:：]*")


@dataclass(frozen=True)
class Question:
    """A label and its answer; ``rows`` are the rows of table 3 that a number of the form names."""

    label: Span
    answer: Span
    headings: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


_LABELLED = re.compile(
    r"\s*(?:\d{1,2}[.、)）]|[（(]\d{1,2}[)）]|问[:：])?\s*(?P<label>[^：:。；;？?！!\n]{2,40}?)\s*(?:[：:]|[？?]\s*(?:答|→|-->?)?[：:]?)\s*(?P<answer>[^\n]{1,80})"
)
_FEWEST = 3
"""labelled lines of a block sequence that make a form together; fewer may be a sentence with a colon"""


def questions_of(text: str, blocks: Sequence[Block], form: Form) -> Iterator[Question]:
    """All questions of the blocks, in their order."""
    items = {id(block): match for block in blocks if (match := _labelled(text, block)) is not None}
    fields = sum(block.kind is BlockKind.FIELD for block in blocks)
    if fields + len(items) < _FEWEST:
        items = {}
    numbered = False
    for block in blocks:
        if block.kind is BlockKind.TABLE and block.table is not None:
            yield from _in_table(block)
            continue
        if block.kind not in _READ:
            continue
        coded = list(coded_fields(text, block.start, block.end, form, numbered))
        if coded:
            numbered = True
            yield from (Question(c.label, c.answer, block.headings, c.rows) for c in coded)
        elif block.kind is BlockKind.FIELD:
            yield _field(text, block)
        elif id(block) in items:
            match = items[id(block)]
            label, answer = Span(block.start, match.end("label")), Span(*match.span("answer"))
            yield Question(label, answer, block.headings)


def _labelled(text: str, block: Block) -> re.Match[str] | None:
    """An item or a line of its own that is a label with a short answer."""
    if block.kind not in (BlockKind.ITEM, BlockKind.PARAGRAPH) or block.end - block.start > 120:
        return None
    return _LABELLED.fullmatch(text, block.start, block.end)


def _field(text: str, block: Block) -> Question:
    end = block.label_end or block.start
    led = _LED.match(fold(text[end : block.end]))
    start = end + (led.end() if led else 0)
    return Question(Span(block.start, end), Span(start, block.end), block.headings)


def _in_table(block: Block) -> list[Question]:
    """Rows with a label and an answer; none where all answers are plain figures: such a table is one of figures."""
    found: list[Question] = []
    plain = True
    for row in block.table.grid if block.table is not None else ():
        cells = [cell for cell in _distinct(row) if cell.text.strip()]
        if len(cells) > 2:
            return []
        if len(cells) == 2:
            label, answer = cells
            headed = not found and _HEADER.fullmatch(fold(label.text).strip()) is not None
            if headed:
                continue
            plain = plain and _PLAIN.fullmatch(fold(answer.text)) is not None
            found.append(
                Question(Span(label.start, label.end), Span(answer.start, answer.end), block.headings)
            )
    return [] if plain else found


def _distinct(row: Sequence[Cell | None]) -> list[Cell]:
    return list({id(cell): cell for cell in row if cell is not None}.values())
