"""Compares the sums printed in a register with its rows; they are never counted themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.extraction.ledgers.entries import Entry
from assistant.extraction.ledgers.layout import Sheet, clean
from assistant.extraction.ledgers.roles import Columns
from assistant.extraction.ledgers.ticks import ticked
from assistant.extraction.statements import Span, Target
from assistant.extraction.structure import Account, Option, StructureReading, Unplaced, Use

__all__ = ["check_sums"]


def check_sums(
    sheet: Sheet,
    columns: Columns,
    kept: Sequence[Entry],
    sheets: Sequence[Sheet],
    out: StructureReading,
) -> None:
    """A printed sum is compared with the rows it may speak of; it is never counted itself."""
    mine = len(sheet.lines)
    totals = {s.target.row: s.value for s in out.statements if s.target.col == "total"}
    fitting = {mine, len(kept), sum(len(s.lines) for s in sheets), *totals.values()}
    fitting |= _by_period([entry for entry in kept if _inside(entry.span, sheet)])
    fitting.add(sum(a.use is Use.COUNTED and _inside(a.span, sheet) for a in out.accounts))
    _check_parts(sheet, out)
    for line in sheet.sums:
        fitting.add(line.since)
        wrong: list[str] = []
        for col, found in enumerate(line.cells):
            for number in _numbers(found.text) if found.here else ():
                tick = next((t for t in columns.ticks if t.col == col), None)
                expected = {_ticks(sheet, col)} if tick else fitting
                if int(number) not in expected and int(number) not in {_ticks(sheet, col), *fitting}:
                    wrong.append(found.text)
        out.accounts.append(
            Account(line.span, Use.CHECKED, "合计与逐行计数不一致" if wrong else "合计与逐行计数一致")
        )
        if wrong:
            doubt = _wrong_sum(line.span, wrong, mine)
            out.unplaced.append(doubt)
            for statement in out.statements:
                statement.sure = statement.sure and statement.target not in doubt.places


def _by_period(entries: Sequence[Entry]) -> set[int]:
    """本季度新收8件: what the rows of one sheet count up to by the time they came and ended."""
    received = Counter(entry.period.received for entry in entries)
    ended = Counter(entry.period.ended for entry in entries)
    return {len(entries), *received.values(), *ended.values()}


def _numbers(text: str) -> list[str]:
    """登记26条（含2024年结转2条）: the figures outside of brackets that are no years."""
    outside = re.sub(r"[(（][^()（）]*[)）]", "", clean(text)) or clean(text)
    return re.findall(r"(?<![\d.])\d{1,6}(?![\d.年])", outside)


def _check_parts(sheet: Sheet, out: StructureReading) -> None:
    """一、上年结转（1件）: the figure of a heading row is compared with the rows below it."""
    for part in sheet.parts:
        told = re.search(r"(\d{1,5})(?:件|份|个|宗)", clean(part.text))
        below = sum(line.part == clean(part.text) for line in sheet.lines)
        if told is not None and int(told.group(1)) != below:
            doubt = _wrong_sum(Span(part.start, part.end), [part.text], below)
            out.unplaced.append(doubt)
            for statement in out.statements:
                statement.sure = statement.sure and statement.target not in doubt.places


def _inside(span: Span, sheet: Sheet) -> bool:
    return sheet.block.start <= span.start and span.end <= sheet.block.end


def _ticks(sheet: Sheet, col: int) -> int:
    return sum(bool(line.cells[col].text) and bool(ticked(line.cells[col].text)) for line in sheet.lines)


def _wrong_sum(span: Span, wrong: Sequence[str], rows: int) -> Unplaced:
    rows3 = ("new_received", "carried_over", "result_total", "carried_forward")
    places = tuple(Target("table3", row, "total") for row in rows3)
    text = f"登记簿合计行写“{'、'.join(wrong[:3])}”，逐行数出{rows}件，以哪个为准？"
    return Unplaced((span,), "、".join(wrong[:3]), places, text, options=(Option("不算，以逐行计数为准"),))
