"""Turns the rows of a register of requests into what each of them says; names, telephones and addresses are not kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.extraction.ledgers.applicants import Applicant, combined, typed
from assistant.extraction.ledgers.belonging import Belonging, Rule, belonging
from assistant.extraction.ledgers.dates import Day, dated, parse_day
from assistant.extraction.ledgers.layout import Line, Sheet, clean, joined
from assistant.extraction.ledgers.outcomes import Outcome, is_void, leaf_rows, read_outcome
from assistant.extraction.ledgers.periods import Period, settle_period
from assistant.extraction.ledgers.roles import Columns, Role
from assistant.extraction.ledgers.ticks import ticked, told_place, untick
from assistant.extraction.ledgers.timing import Row, clues_of, field_at
from assistant.extraction.statements import Span

__all__ = ["Entry", "RowReading", "entries_of"]

_SEVERAL = re.compile(r"(?<![\d.])(?:[2-9]|[1-9]\d{1,3}|[两三四五六七八九十])件")


@dataclass(frozen=True)
class Entry:
    """One request. ``label`` names the row to the clerk; ``evidence`` never holds a name."""

    label: str
    span: Span
    evidence: Span
    """the words of the outcome, else the date or serial"""
    period: Period
    outcome: Outcome
    words: str
    """the words of the outcome, to ask about"""
    applicant: Applicant
    weight: int = 1
    why: str = ""
    """why the row is not counted"""
    received: bool = True
    """whether the row says anything of the time it came"""
    asked: str = ""
    """why it is not known whether the row counts at all: 受理机关：县局"""
    sure: bool = True
    """whether it is certain that the row is ours"""
    key: tuple[str, ...] = ()
    """what tells the request from others, where the row says enough"""
    serial: str = ""


@dataclass(frozen=True)
class RowReading:
    """What the rows of one sheet are read with. ``number`` is that of the sheet in its register."""

    columns: Columns
    year: int
    version: str
    kinds: Sequence[tuple[str, str]] = ()
    rules: Sequence[Rule] = ()
    number: int = 0


def entries_of(sheet: Sheet, reading: RowReading) -> Iterator[Entry]:
    """The rows of a sheet, in their order; void and blank ones with the reason."""
    columns = reading.columns
    lines = list(
        joined(sheet.lines, _keys(sheet, columns), lambda line: _stands(line, columns, reading.version))
    )
    received = dated(
        [parse_day(field_at(line, columns.at(Role.RECEIVED)).text) for line in lines], reading.year
    )
    serials = _whole_serials(lines, columns)
    for index, line in enumerate(lines):
        row = _Row(line, columns, reading.year, reading.version, reading.kinds)
        number = clean(field_at(line, columns.at(Role.SERIAL)).text) if serials else str(index + 1)
        ours = belonging(reading.rules, reading.number, line)
        yield row.entry(number, *received[index], ours)


def _keys(sheet: Sheet, columns: Columns) -> list[int]:
    """Columns that every whole row fills: its serial, its date."""
    found: list[int] = []
    for role in (Role.SERIAL, Role.RECEIVED):
        col = columns.at(role)
        if (
            col is not None
            and sum(bool(line.cells[col].text) for line in sheet.lines) * 3 >= len(sheet.lines) * 2
        ):
            found.append(col)
    return found


def _stands(line: Line, columns: Columns, version: str) -> bool:
    """Whether a row without serial and date still is one: it names a type, is ticked, or its outcome is known alone."""
    if any(line.cells[c].here and typed(line.cells[c].text).cols for c in columns.types):
        return True
    if any(ticked(line.cells[t.col].text) and line.cells[t.col].here for t in columns.ticks):
        return True
    name = field_at(line, columns.at(Role.NAME))
    outcomes = [line.cells[c] for c in columns.outcomes if line.cells[c].here]
    return bool(name.text and name.here) and any(read_outcome((o.text,), version).known for o in outcomes)


def _whole_serials(lines: Sequence[Line], columns: Columns) -> bool:
    """Whether the serials are small numbers, each used once: then rows are named by them."""
    texts = [clean(field_at(line, columns.at(Role.SERIAL)).text) for line in lines]
    return all(re.fullmatch(r"\d{1,4}", text) for text in texts) and len(set(texts)) == len(texts)


@dataclass
class _Row(Row):
    """One row while it is looked at."""

    kinds: Sequence[tuple[str, str]] = ()

    def entry(self, number: str, received: Day | None, received_sure: bool, ours: Belonging) -> Entry:
        outcome, words, place = self.outcome()
        name = self.field(Role.NAME).text
        if len(name) > 1 and name in words:
            # a name never leaves the register, not even in a question
            words, place = words.replace(name, "某某"), self.fallback()
        weight = self.weight()
        clues = clues_of(self, outcome, received, received_sure)
        period = settle_period(clues, self.year)
        if outcome.several:
            # more than one request in the row: not even the number received is certain
            period = replace(period, received_sure=False, ended_sure=False)
        applicant = self.applicant()
        timed = (
            received is not None
            or clues.serial_year is not None
            or bool(clues.marks & {"carried_over", "fresh"})
        )
        evidence = place or self.fallback()
        why = self.void(outcome, applicant)
        return Entry(
            number,
            self.line.span,
            evidence,
            period,
            outcome,
            words,
            applicant,
            weight,
            why or ours.why or period.left_out,
            timed,
            ours.asked,
            ours.sure,
            self.key(received),
            clean(self.field(Role.SERIAL).text),
        )

    def key(self, received: Day | None) -> tuple[str, ...]:
        """Day, name and content; nothing where one of them is missing."""
        parts = (self.field(Role.NAME).text, self.field(Role.CONTENT).text)
        day = received is not None and received.year is not None and received.day
        return (str(received), *map(clean, parts)) if day and all(parts) else ()

    # ------------------------------------------------------------ parts of the row
    def outcome(self) -> tuple[Outcome, str, Span | None]:
        """The outcome that columns, ticks and, for a family alone, the note tell together; its words and place."""
        fields = [self.line.cells[c] for c in self.columns.outcomes]
        texts = [f.text for f in fields if f.text]
        marks = [t for t in self.columns.ticks if t.outcome and ticked(self.line.cells[t.col].text)]
        for tick in marks:
            note = untick(self.line.cells[tick.col].text)
            texts.append(f"{tick.outcome} {note}".strip())
        told = read_outcome(tuple(texts), self.version) if texts else Outcome(empty=True)
        if any(_SEVERAL.search(clean(text)) for text in texts):
            # 予以公开2件: the row stands for more than one request
            told = Outcome(closed=True, sure=False, several=True)
        if len(marks) > 1:
            told = self.several(marks, told)
        if len(told.rows) > 1 and len({r.split("_")[0] for r in told.rows}) == 1:
            told = self.with_remark(told, texts)
        elif marks and told.rows == ("ot_other",):
            # 终止 alone is ticked for all of 其他处理: the note tells which
            ended = tuple(row for row in leaf_rows(self.version) if row.startswith("ot_"))
            refined = self.with_remark(replace(told, rows=ended), texts)
            told = refined if len(refined.rows) == 1 else told
        holder = next((f for f in reversed(fields) if f.text), None)
        if holder is None and marks:
            holder = self.line.cells[marks[-1].col]
        place = None if holder is None else told_place(holder, told)
        return told, "，".join(texts), place

    def several(self, marks: Sequence[object], told: Outcome) -> Outcome:
        """Two results ticked for one request: a category beside its item is one, else they are rivals."""
        return (
            told
            if len(told.rows) == 1 and told.sure
            else Outcome(told.rows, told.open, told.closed, sure=False)
        )

    def with_remark(self, told: Outcome, texts: list[str]) -> Outcome:
        """不予公开, and the note says 个人隐私: the note names the item of the family."""
        for col in self.columns.remarks:
            note = self.line.cells[col].text
            more = read_outcome((*texts, note), self.version) if note else told
            if len(more.rows) == 1 and more.rows[0] in told.rows:
                return more
        return told

    def applicant(self) -> Applicant:
        """The column of the applicant from its type or ticks, helped by its name."""
        kind: Applicant | None = None
        ticks = [t for t in self.columns.ticks if t.cols and ticked(self.line.cells[t.col].text)]
        if ticks:
            cols = tuple(dict.fromkeys(c for t in ticks for c in t.cols))
            kind = Applicant(cols, len(cols) == 1, "、".join(sorted(cols)) if len(cols) > 1 else cols[0])
            if len(cols) > 1:
                kind = Applicant(cols, False, "同时勾选多类" if len(ticks) > 1 else "法人或其他组织")
        elif Role.TYPE in self.columns.place:
            kind = typed(
                "-".join(self.line.cells[c].text for c in self.columns.types if self.line.cells[c].text)
            )
        told = combined(kind, self.field(Role.NAME).text, self.kinds)
        if self.columns.typed and not (kind and kind.label) and len(told.cols) == 1:
            # the type is left blank here: the name helps, but others were given one
            return Applicant(told.cols, False, told.label)
        return told

    def weight(self) -> int:
        text = clean(self.field(Role.COUNT).text)
        return int(text) if text.isdecimal() and len(text) < 6 else 1

    def void(self, outcome: Outcome, applicant: Applicant) -> str:
        """Why the row does not count: void, test, or printed in advance and never filled in."""
        marked = (*self.columns.remarks, *self.columns.outcomes, *(t.col for t in self.columns.ticks))
        texts = [self.line.cells[c].text for c in marked]
        texts += [self.field(role).text for role in (Role.STATUS, Role.SERIAL, Role.NAME, Role.CONTENT)]
        if any(is_void(text) for text in texts if text):
            return "作废或重复录入"
        roles = (Role.NAME, Role.TYPE, Role.CONTENT, Role.RECEIVED, Role.ANSWERED)
        filled = any(self.field(role).text and self.field(role).here for role in roles)
        # a state formula or a printed unit fills no request
        return "" if filled or not outcome.empty or applicant.cols else "空行"

    def fallback(self) -> Span:
        """A place that holds no name: date, state or serial."""
        for role in (Role.STATUS, Role.RECEIVED, Role.SERIAL, Role.TYPE, Role.MONTH):
            found = self.field(role)
            if found.text:
                return Span(found.start, found.end)
        for tick in self.columns.ticks:
            found = self.line.cells[tick.col]
            if found.text:
                return Span(found.start, found.end)
        return Span(self.line.span.start, self.line.span.start)
