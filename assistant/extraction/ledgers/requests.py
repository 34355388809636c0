"""Reads registers of requests for information: sheets are added up, last year's and other years' are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.documents.blocks import Block
from assistant.extraction.ledgers.belonging import (
    Rule,
    matter_rules,
    others_sheets,
    unit_rules,
    whole_question,
)
from assistant.extraction.ledgers.counting import count
from assistant.extraction.ledgers.duplicates import once
from assistant.extraction.ledgers.entries import Entry, RowReading, entries_of
from assistant.extraction.ledgers.errata import Erratum, Words, corrected, doubt, errata_in
from assistant.extraction.ledgers.layout import Sheet, clean, find_sheet, with_rest
from assistant.extraction.ledgers.printed import check_sums
from assistant.extraction.ledgers.reviews import Followed, read_reviews
from assistant.extraction.ledgers.roles import Columns, Role, columns_of, is_request_header
from assistant.extraction.ledgers.surroundings import around, unread_notes
from assistant.extraction.ledgers.vocabulary import matches
from assistant.extraction.ledgers.years import is_of_year, mistitled, still_open, unmarked
from assistant.extraction.statements import Target
from assistant.extraction.structure import (
    Account,
    Claimed,
    Option,
    Situation,
    StructureReading,
    Use,
)
from assistant.forms import Form

__all__ = ["Part", "part_of", "parts_of", "read_parts"]

_STRENGTH = 6.0
"""summed fit of the columns that a register reaches; two well fitting columns do not"""


@dataclass(frozen=True)
class Part:
    """One table of a register with the roles of its columns."""

    sheet: Sheet
    columns: Columns


def parts_of(blocks: Sequence[Block], form: Form) -> list[Part] | None:
    """The tables of a register of requests taken apart; None when they are none."""
    parts: list[Part] = []
    for block in blocks:
        previous = parts[-1].sheet if parts else None
        sheet = find_sheet(block, is_request_header, previous)
        if sheet is None:
            return None
        going_on = previous is not None and sheet.header_span is None
        columns = parts[-1].columns if going_on else columns_of(sheet.header, sheet.lines, form.version)
        if not _is_register(sheet, columns):
            return None
        if parts:
            _take_back(parts[-1], Part(sheet, columns))
        parts.append(Part(sheet, columns))
    return parts or None


def _take_back(above: Part, below: Part) -> None:
    """The first row of a page that has neither serial, date nor name is the end of the last row of the page before."""
    keys = [c for r in (Role.SERIAL, Role.RECEIVED, Role.NAME) if (c := below.columns.at(r)) is not None]
    first = below.sheet.lines[0] if below.sheet.lines else None
    cut = first is not None and len(keys) > 1 and not any(first.cells[key].text for key in keys)
    if first is None or not cut or not above.sheet.lines or above.sheet.sums:
        return
    if len(above.sheet.header) == len(below.sheet.header) and above.columns.place == below.columns.place:
        above.sheet.lines[-1] = with_rest(above.sheet.lines[-1], first)
        del below.sheet.lines[0]


def part_of(sheet: Sheet, form: Form) -> Part | None:
    """Rows that were no table (cards, lines of text) as part of a register; None when they are no requests."""
    columns = columns_of(sheet.header, sheet.lines, form.version)
    return Part(sheet, columns) if _is_register(sheet, columns) else None


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
    # 姓名、日期、电话、事项: a list of visitors may say as much
    asked = columns.typed or any("申请" in head.leaf for head in sheet.header)
    if not ((columns.answers and (who or timed)) or (who and timed and others and asked)):
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
    kinds = [clean(line.cells[col].text) for line in sheet.lines for col in columns.types]
    if any(matches("cases.about", kind) for kind in kinds):
        # 行政复议 | 维持 | 3
        return True
    return figures >= 2 or any(re.search("本年新收|上年结转政府|^[(（]七", label) for label in labels)


def read_parts(
    parts: Sequence[Part], situation: Situation, form: Form, errata: Sequence[Erratum] = ()
) -> StructureReading:
    """Counts of one register over all its tables, with what the words beside it change in its rows."""
    assert situation.year is not None
    year, out = situation.year, StructureReading()
    sheets = [part.sheet for part in parts]
    for sheet in sheets:
        out.accounts += around(sheet)
    rules = unit_rules(sheets, [part.columns.units for part in parts], situation.unit)
    asked = whole_question(rules, "登记簿", sheets, _everything(form))
    if asked is not None:
        options = _options_of(asked.choices, parts, situation, form)
        out.unplaced.append(replace(asked, options=(*options, Option("都不是本单位的"))))
        out.accounts += [
            Account(line.span, Use.LEFT_OUT, "还不清楚是哪个单位的") for s in sheets for line in s.lines
        ]
        return out
    rules += matter_rules(sheets, [_at(part, Role.MATTER) for part in parts], "matters", "不是信息公开申请")
    kept, others = _sorted(parts, situation, form, rules, out)
    kept = unmarked(kept)
    noted = list(errata_in(Words(note.text, note.start) for sheet in sheets for note in sheet.notes))
    out.unplaced += [note for sheet in sheets for note in unread_notes(sheet, [one.span for one in noted])]
    errata = [*errata, *noted]
    kept, unclear = corrected(kept, errata, year, form.version)
    out.accounts += [Account(one.span, Use.COUNTED, "登记簿的更正") for one in errata if one not in unclear]
    kept = [entry for entry in kept if not entry.why]
    combined = any(_is_combined(part.columns) for part in parts)
    typed = any(p.columns.typed for p in parts) or any(e.applicant.cols for e in kept)
    answers = any(p.columns.answers for p in parts)
    counted = count(kept, form, typed, answers, combined)
    out.statements = counted.statements
    out.unplaced += counted.unplaced
    out.unplaced += still_open(others, kept, year)
    out.unplaced += mistitled(others, kept, year, lambda mine: count(mine, form, typed, answers, combined))
    doubt(unclear, out, _everything(form))
    followed = read_reviews([row for part in parts for row in _followed(part, kept)], form)
    out.statements += followed.statements
    out.unplaced += followed.unplaced
    for part in parts:
        if is_of_year(part.sheet, year):
            check_sums(part.sheet, part.columns, kept, sheets, out)
    return out


def _sorted(
    parts: Sequence[Part], situation: Situation, form: Form, rules: Sequence[Rule], out: StructureReading
) -> tuple[list[Entry], list[Entry]]:
    """The rows that count, and those of other years' sheets; every row gets its account."""
    assert situation.year is not None
    year = situation.year
    several = len({part.sheet.title for part in parts}) > 1
    read: list[tuple[int, Entry]] = []
    foreign = others_sheets([part.sheet for part in parts], situation.unit)
    for number, part in enumerate(parts):
        reading = RowReading(part.columns, year, form.version, situation.kinds, rules, number)
        found = entries_of(part.sheet, reading)
        if number in foreign:
            found = (replace(entry, why=entry.why or "其他单位") for entry in found)
        read += [(number, _labelled(entry, part.sheet) if several else entry) for entry in found]
    ours = [is_of_year(part.sheet, year) for part in parts]
    mine = once([(number, entry) for number, entry in read if ours[number]])
    theirs = [entry for number, entry in read if not ours[number]]
    for entry in (*mine, *theirs):
        why = entry.why or ("" if entry in mine else "其他年度的登记簿")
        out.accounts.append(
            Account(entry.span, Use.LEFT_OUT if why else Use.COUNTED, why or "登记簿逐件计数")
        )
    return [e for e in mine if not e.why], [e for e in theirs if not e.why]


def _options_of(
    names: Sequence[str], parts: Sequence[Part], situation: Situation, form: Form
) -> Iterator[Option]:
    """What would be counted if a body were ours; none where that would only lead to further questions."""
    for name in names:
        counted = read_parts(parts, replace(situation, unit=name), form)
        if counted.statements and not counted.unplaced:
            claims = tuple(Claimed(s.target, s.value) for s in counted.statements if s.value is not None)
            yield Option(f"是“{name}”的", claims, counted=True)


def _followed(part: Part, kept: Sequence[Entry]) -> Iterator[Followed]:
    """The rows that count, where a column tells what followed."""
    cols = [(col, part.sheet.header[col].leaf) for col in part.columns.reviews]
    labels = {entry.span.start: entry.label for entry in kept} if cols else {}
    for line in part.sheet.lines:
        if line.span.start in labels:
            yield Followed(line, labels[line.span.start], cols)


def _at(part: Part, role: Role) -> list[int]:
    col = part.columns.at(role)
    return [] if col is None else [col]


def _is_combined(columns: Columns) -> bool:
    return Role.COUNT in columns.place and not (Role.NAME in columns.place or Role.RECEIVED in columns.place)


def _everything(form: Form) -> list[Target]:
    return [Target("table3", row.key, "*") for row in form.table("table3").rows]


def _labelled(entry: Entry, sheet: Sheet) -> Entry:
    """一季度第7: rows of several sheets are named with their sheet."""
    name = sheet.block.table.sheet if sheet.block.table is not None else ""
    if not name:
        return entry
    return replace(entry, label=f"“{name}”第{entry.label}")
