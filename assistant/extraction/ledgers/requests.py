"""Reads registers of requests for information: sheets are added up, last year's and other years' are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.documents.blocks import Block
from assistant.extraction.ledgers.applicants import ALL
from assistant.extraction.ledgers.counting import count, named_rows
from assistant.extraction.ledgers.dates import year_in
from assistant.extraction.ledgers.entries import Entry, entries_of
from assistant.extraction.ledgers.layout import Sheet, clean, find_sheet
from assistant.extraction.ledgers.roles import Columns, Role, columns_of, is_request_header, ticked
from assistant.extraction.ledgers.surroundings import around, unread_notes
from assistant.extraction.statements import Span, Target
from assistant.extraction.structure import Account, Situation, StructureReading, Unplaced, Use
from assistant.forms import Form

__all__ = ["read_requests"]

_STRENGTH = 6.0
"""summed fit of the columns that a register reaches; two well fitting columns do not"""


def read_requests(blocks: Sequence[Block], situation: Situation, form: Form) -> StructureReading | None:
    """Counts of one register over one or several tables; None when they are no register of requests."""
    if situation.year is None:
        return None
    parts: list[tuple[Sheet, Columns]] = []
    previous: Sheet | None = None
    for block in blocks:
        sheet = find_sheet(block, is_request_header, previous)
        if sheet is None:
            return None
        going_on = previous is not None and sheet.header_span is None
        columns = parts[-1][1] if going_on else columns_of(sheet.header, sheet.lines, form.version)
        if not _is_register(sheet, columns):
            return None
        parts.append((sheet, columns))
        previous = sheet
    return _read(parts, situation.year, form) if parts else None


def _is_register(sheet: Sheet, columns: Columns) -> bool:
    """A row is one request: somebody asked, at some time, or got an answer, and nothing in it is counted by figures."""
    if _is_statistics(sheet, columns):
        return False
    timed = Role.RECEIVED in columns.place or Role.ANSWERED in columns.place
    who = Role.NAME in columns.place or columns.typed
    if not sheet.lines:
        return bool(sheet.header_span) and who and (columns.answers or timed) and len(columns.place) >= 3
    if Role.COUNT in columns.place and not (Role.NAME in columns.place or timed):
        return columns.typed and columns.answers
    others = Role.SERIAL in columns.place or Role.CONTENT in columns.place or Role.STATUS in columns.place
    if not ((columns.answers and (who or timed)) or (who and timed and others)):
        return False
    return (
        len(columns.place) + len(columns.outcomes) + bool(columns.ticks) >= 3 or columns.strength >= _STRENGTH
    )


def _is_statistics(sheet: Sheet, columns: Columns) -> bool:
    """Whether rows give figures: a column of totals, two columns of figures, or a label that is no outcome of one request."""
    if any(re.fullmatch("总计|合计|小计|共计|总数", head.leaf) for head in sheet.header):
        return True
    known = {columns.at(Role.SERIAL), columns.at(Role.COUNT), *(t.col for t in columns.ticks)}
    figures = 0
    for col in range(len(sheet.header)):
        texts = [clean(line.cells[col].text) for line in sheet.lines if line.cells[col].text]
        numbers = sum(bool(re.fullmatch(r"-?[\d,]{1,9}(\.\d+)?(件|份|万元|元)?", text)) for text in texts)
        days = columns.at(Role.RECEIVED) == col or columns.at(Role.ANSWERED) == col
        figures += col not in known and not days and numbers * 2 > len(texts)
    labels = [clean(line.cells[col].text) for line in sheet.lines for col in columns.outcomes]
    return figures >= 2 or any(re.search("本年新收|上年结转政府|^[(（]七", label) for label in labels)


def _read(parts: Sequence[tuple[Sheet, Columns]], year: int, form: Form) -> StructureReading:
    out = StructureReading()
    kept: list[Entry] = []
    others: list[Entry] = []
    several = len({sheet.title for sheet, _ in parts}) > 1
    for sheet, columns in parts:
        out.accounts += around(sheet)
        out.unplaced += unread_notes(sheet)
        ours = _is_ours(sheet, year)
        for entry in entries_of(sheet, columns, year, form.version):
            why = entry.why or ("" if ours else "其他年度的登记簿")
            if entry.why == "" and not ours:
                others.append(entry)
            elif not why:
                kept.append(_labelled(entry, sheet) if several else entry)
            out.accounts.append(
                Account(entry.span, Use.LEFT_OUT if why else Use.COUNTED, why or "登记簿逐件计数")
            )
    kept = _unmarked(kept)
    combined = any(
        Role.COUNT in c.place and not (Role.NAME in c.place or Role.RECEIVED in c.place) for _, c in parts
    )
    typed = any(c.typed for _, c in parts) or any(e.applicant.cols for e in kept)
    counted = count(kept, form, typed, any(c.answers for _, c in parts), combined)
    out.statements = counted.statements
    out.unplaced += counted.unplaced
    out.unplaced += _still_open(others, kept, year)
    out.unplaced += _mistitled(others, kept, year)
    for sheet, columns in parts:
        if _is_ours(sheet, year):
            _check_sums(sheet, columns, kept, parts, out, form)
    return out


def _is_ours(sheet: Sheet, year: int) -> bool:
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


def _unmarked(kept: list[Entry]) -> list[Entry]:
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


def _labelled(entry: Entry, sheet: Sheet) -> Entry:
    """一季度第7: rows of several sheets are named with their sheet."""
    name = sheet.block.table.sheet if sheet.block.table is not None else ""
    if not name:
        return entry
    return replace(entry, label=f"“{name}”第{entry.label}")


def _still_open(others: Sequence[Entry], kept: Sequence[Entry], year: int) -> list[Unplaced]:
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


def _mistitled(others: Sequence[Entry], kept: Sequence[Entry], year: int) -> list[Unplaced]:
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


# ---------------------------------------------------------------- printed sums
def _check_sums(
    sheet: Sheet,
    columns: Columns,
    kept: Sequence[Entry],
    parts: Sequence[tuple[Sheet, Columns]],
    out: StructureReading,
    form: Form,
) -> None:
    """A printed sum is compared with the rows it may speak of; it is never counted itself."""
    mine = len(sheet.lines)
    totals = {s.target.row: s.value for s in out.statements if s.target.col == "total"}
    fitting = {mine, len(kept), sum(len(s.lines) for s, _ in parts), *totals.values()}
    fitting.add(sum(a.use is Use.COUNTED and _inside(a.span, sheet) for a in out.accounts))
    _check_parts(sheet, out)
    for line in sheet.sums:
        fitting.add(line.since)
        wrong: list[str] = []
        for col, found in enumerate(line.cells):
            for number in re.findall(r"(?<![\d.])\d{1,6}(?![\d.])", clean(found.text)) if found.here else ():
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
    return Unplaced((span,), "、".join(wrong[:3]), places, text, ("以逐行计数为准", "以合计为准"))
