"""Sheets of other years beside this year's register, and rows that nothing but a mark dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.extraction.ledgers.applicants import ALL
from assistant.extraction.ledgers.counting import named_rows
from assistant.extraction.ledgers.dates import year_in
from assistant.extraction.ledgers.entries import Entry
from assistant.extraction.ledgers.layout import Sheet
from assistant.extraction.statements import Target
from assistant.extraction.structure import Unplaced

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
            ("计入上年结转", "不计入"),
        )
    ]


def mistitled(others: Sequence[Entry], kept: Sequence[Entry], year: int) -> list[Unplaced]:
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
    return [Unplaced(tuple(e.evidence for e in mine), "登记簿的年度", places, text, ("是本年的", "不是"))]
