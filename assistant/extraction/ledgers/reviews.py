"""Counts the cases that a register of requests tells beside the answers: 是否复议诉讼, 行政复议（结果：维持）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.extraction.ledgers.cases import BLOCKS, RESULTS, blocks_named, results_named
from assistant.extraction.ledgers.layout import Line, clean
from assistant.extraction.ledgers.lists import Gatherer
from assistant.extraction.ledgers.vocabulary import matches
from assistant.extraction.statements import Span, Target
from assistant.extraction.structure import StructureReading
from assistant.forms import Form

__all__ = ["Followed", "read_reviews"]

_SEVERAL = re.compile("[；;]")


@dataclass(frozen=True)
class Followed:
    """A counted row with the columns that tell what followed, and their headers."""

    line: Line
    label: str
    cols: Sequence[tuple[int, str]]


@dataclass
class _Case:
    blocks: tuple[str, ...]
    results: tuple[str, ...] = ()
    words: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


def read_reviews(rows: Sequence[Followed], form: Form) -> StructureReading:
    """One case for each review and each lawsuit that a row names."""
    gatherer = Gatherer()
    names = {column.key: column.label for column in form.table("table4").columns}
    for row in rows:
        for case in _cases(row):
            _count(case, row, gatherer, names, form)
    return gatherer.finish("登记簿第{rows}行“{words}”归哪一栏？")


def _cases(row: Followed) -> Iterator[_Case]:
    found: list[_Case] = []
    for col, head in row.cols:
        cell = row.line.cells[col]
        for piece in _SEVERAL.split(cell.text):
            words = clean(piece)
            if not words or matches("cases.none", words):
                continue
            named = blocks_named(words) or blocks_named(head) or BLOCKS
            case = next((c for c in found if set(c.blocks) & set(named)), None)
            if case is None or (blocks_named(words) and case.results):
                case = _Case(named)
                found.append(case)
            case.results = results_named(words) or case.results
            case.words.append(piece)
            case.spans.append(Span(cell.start, cell.end))
    for case in found:
        if case.blocks == BLOCKS[1:] and any(other.blocks == ("review",) for other in found):
            # both ticked: the lawsuit came behind the review
            case.blocks = ("litigation_after_review",)
        yield case


def _count(case: _Case, row: Followed, gatherer: Gatherer, names: dict[str, str], form: Form) -> None:
    place = case.spans[0]
    if len(case.blocks) == 1:
        block = case.blocks[0]
        gatherer.counted(row.line, Target("table4", block, "total"), place)
        if len(case.results) == 1:
            gatherer.counted(row.line, Target("table4", block, case.results[0]), place)
            return
        cells = [Target("table4", block, key) for key in RESULTS]
        answers = {f"归{names[cell.col]}": [cell] for cell in cells}
    else:
        cells = [Target("table4", block, key) for block in case.blocks for key in (*RESULTS, "total")]
        known = ("total", *(case.results if len(case.results) == 1 else ()))
        answers = {
            f"归{form.table('table4').row(block).name}": [Target("table4", block, key) for key in known]
            for block in case.blocks
        }
    gatherer.ask("，".join(case.words), row.label, place, cells, answers)
