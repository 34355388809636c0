"""Sheets of other years beside this year's register, and rows that nothing but a mark dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.extraction.ledgers.applicants import ALL
from assistant.extraction.ledgers.counting import named_rows
from assistant.extraction.ledgers.dates import year_in
from assistant.extraction.ledgers.entries import Entry
from assistant.extraction.ledgers.layout import Sheet
from assistant.extraction.statements import Target
from assistant.extraction.structure import Claimed, Option, StructureReading, Unplaced

__all__ = ["is_of_year", "mistitled", "still_open", "unmarked"]


def is_of_year(sheet: Sheet, year: int) -> bool:
    """Whether title and name of the sheet leave the report year possible."""
    sheet_name = sheet.block.table.sheet if sheet.block.table is not None else ""
    named = (
        year_in(sheet_name)
        or year_in("\n".join(t.text for t in sheet.titles))
        or year_in(sheet.block.headings[-1] if sheet.block.headings else "")
    )
    if re.search("去年|上年(?!结转)", sheet_name):
        return False
    return not named or year in named


def unmarked(kept: list[Entry]) -> list[Entry]:
    """Where rows have no dates but some are marked 上年结转, the others are most likely new; the clerk confirms it."""
    marked = any(e.period.received == "carried_over" and e.period.received_sure for e in kept)
    if not marked or any(e.received and e.period.received != "carried_over" for e in kept):
        return kept
    return [
        e
        if e.received
        else replace(e, period=replace(e.period, received="new_received", received_sure=False))
        for e in kept
    ]


def still_open(others: Sequence[Entry], kept: Sequence[Entry], year: int) -> list[Unplaced]:
    """Requests of another year's register that were still open at the start of this year, where this year's list has none."""
    if any(entry.period.received == "carried_over" for entry in kept):
        return []
    open_then = [
        e for e in others if e.period.received == "carried_over" and (e.period.ended_sure or e.period.ended)
    ]
    if not open_then or not kept:
        return []
    places = tuple(Target("table3", "carried_over", col) for col in (*ALL, "total"))
    counts = Counter(
        Target("table3", "carried_over", col)
        for e in open_then
        for col in ("total", *(e.applicant.cols if len(e.applicant.cols) == 1 else ()))
    )
    text = (
        f"上年登记簿{named_rows([e.label for e in open_then])}在{year}年1月1日前没有办结，本年登记簿中没有上年结转的申请，"
        "这些是否计入上年结转？"
    )
    return [
        Unplaced(
            tuple(e.evidence for e in open_then),
            "上年登记簿中未办结",
            places,
            text,
            options=(
                Option("计入上年结转", tuple(Claimed(t, n) for t, n in counts.items()), counted=True),
                Option("不计入"),
            ),
        )
    ]


def mistitled(
    others: Sequence[Entry],
    kept: Sequence[Entry],
    year: int,
    counting: Callable[[Sequence[Entry]], StructureReading],
) -> list[Unplaced]:
    """A title of another year above rows of this year: last year's file may have been filled in again."""
    mine = [
        e for e in others if e.period.received == "new_received" and e.received and e.period.received_sure
    ]
    if kept or not mine:
        return []
    places = tuple(
        Target("table3", row, "*")
        for row in ("new_received", "carried_over", "result_total", "carried_forward")
    )
    text = f"登记簿的标题不是{year}年，但{named_rows([e.label for e in mine])}的收到日期在{year}年，这是本年的登记簿吗？"
    spans = tuple(e.evidence for e in mine)
    options = [Option("不是本年的")]
    counted = counting(mine)
    if not counted.unplaced:
        # what would only lead to further questions is answered by the right title
        claims = tuple(Claimed(s.target, s.value) for s in counted.statements if s.value is not None)
        options.insert(0, Option("是本年的", claims))
    return [Unplaced(spans, "登记簿", places, text, options=tuple(options))]
