"""Reads what the words beside a register change in its rows: 第6号应为“部分公开”, 第9行作废, 漏登一件（个人，12月30日收，还没答复）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.extraction.ledgers.applicants import Applicant, typed
from assistant.extraction.ledgers.dates import Day, every_day
from assistant.extraction.ledgers.entries import Entry
from assistant.extraction.ledgers.outcomes import Outcome, read_outcome
from assistant.extraction.ledgers.periods import Clues, Period, mark_of, settle_period
from assistant.extraction.ledgers.vocabulary import every_match, first_match, matches
from assistant.extraction.statements import Span, Target
from assistant.extraction.structure import Option, StructureReading, Unplaced
from assistant.numerals import fold

__all__ = ["Erratum", "Words", "corrected", "doubt", "errata_in", "manners_in", "row_counts_in"]

_CLAUSES = re.compile(r"[^；;。！!\n]+?(?=[；;。！!\n]|$|[①-⑳]|[(（]\d[)）]|[一二三四五六]是)")
_PIECES = re.compile(r"[^,，、:：()（）“”\"\s]+")
_SEVERAL = re.compile(r"(?<![\d第月])(\d{1,3}|[一二两三四五六七八九十])\s*[件份封个宗笔](?!申请号)")
_ONE = frozenset({"1", "一"})
_EARLY = 2
"""last month whose days without a year may as well be of the next year: the words are written behind the year's end"""


@dataclass(frozen=True)
class Words:
    """A line and where it starts in the material."""

    text: str
    start: int


@dataclass(frozen=True)
class Erratum:
    """A clause that changes rows. ``rows`` are their numbers as written; none where a request is added."""

    kind: str
    """change, void or add"""
    text: str
    span: Span
    rows: tuple[str, ...] = ()
    by_line: bool = False
    """第5行: counted from the top, whatever its serial is"""


def manners_in(lines: Iterable[Words]) -> Iterator[Span]:
    """一件申请一行: words on how the register is kept."""
    for line in lines:
        for found in every_match("errata.manner", fold(line.text)):
            yield Span(line.start + found.start(), line.start + found.end())


def row_counts_in(lines: Iterable[Words], rows: int) -> Iterator[Span]:
    """本册共登记23件, where the register has 23 rows: no figure of its own. Any other number is left to be asked about."""
    for line in lines:
        for found in every_match("errata.rows", fold(line.text)):
            if int(found["rows"]) == rows:
                yield Span(line.start + found.start(), line.start + found.end())


def errata_in(lines: Iterable[Words], lists: bool = False) -> Iterator[Erratum]:
    """The clauses of these lines that change rows of a register of requests, or of ``lists`` of other things."""
    for line in lines:
        folded = fold(line.text)
        if not (
            matches("errata.change", folded)
            or matches("errata.void", folded)
            or matches("errata.add", folded)
        ):
            continue
        for clause in _CLAUSES.finditer(folded):
            found = _erratum(clause.group(), line.start + clause.start())
            if found is not None and lists == matches("errata.others", clause.group()):
                yield found


def _erratum(text: str, start: int) -> Erratum | None:
    span = Span(start, start + len(text))
    if matches("errata.add", text) and (_SEVERAL.search(text) or "申请" in text or "第" in text):
        return Erratum("add", text, span)
    row = first_match("errata.row", text)
    if row is None:
        return None
    named = row["list"] or row["number"] or row["code"]
    numbers = (named,) if row["code"] else tuple(re.findall(r"\d+", named))
    by_line = row["unit"] == "行"
    if matches("errata.void", text):
        return Erratum("void", text, span, numbers, by_line)
    return Erratum("change", text, span, numbers, by_line) if matches("errata.change", text) else None


# ---------------------------------------------------------------- what becomes of the rows
def corrected(
    entries: Sequence[Entry], errata: Sequence[Erratum], year: int, version: str
) -> tuple[list[Entry], list[Erratum]]:
    """The rows as corrected, and the corrections that could not be carried out exactly."""
    found, left = list(entries), []
    for erratum in errata:
        if erratum.kind == "add":
            added = _added(erratum, year, version)
            found += [added] if added is not None else []
            done = added is not None
        else:
            done = _changed(found, erratum, year, version)
        left += [] if done else [erratum]
    return found, left


def _changed(entries: list[Entry], erratum: Erratum, year: int, version: str) -> bool:
    """Whether every row named is one row of the register, and what becomes of it is clear."""
    places = [_place(entries, number, erratum.by_line) for number in erratum.rows]
    changed: dict[int, Entry] = {}
    for place in places:
        now = None if place is None else _as_told(entries[place], erratum, year, version)
        if place is None or now is None:
            return False
        changed[place] = now
    for place, now in changed.items():
        entries[place] = now
    return bool(changed)


def _place(entries: Sequence[Entry], number: str, by_line: bool) -> int | None:
    """The one row with this number."""
    if "-" in number:
        fitting = [i for i, e in enumerate(entries) if e.serial == number]
    else:
        by_serial = [i for i, e in enumerate(entries) if _last_number(e.serial) == int(number)]
        by_label = [i for i, e in enumerate(entries) if e.label == number]
        fitting = by_label if by_line or not any(e.serial for e in entries) else by_serial
        if by_line and by_serial and by_serial != by_label:
            # the fifth line is not number 5
            return None
    return fitting[0] if len(fitting) == 1 else None


def _last_number(serial: str) -> int | None:
    found = re.search(r"(\d{1,6})\D*$", serial)
    return int(found.group(1)) if found is not None else None


def _as_told(entry: Entry, erratum: Erratum, year: int, version: str) -> Entry | None:
    """The row with what the clause says of it; None where that is not clear."""
    if erratum.kind == "void":
        return replace(entry, why="更正为不计")
    verb = list(every_match("errata.change", erratum.text))[-1]
    behind = erratum.text[verb.end() :]
    moved = _moved(entry.period, erratum.text[: verb.start()], behind, year)
    if moved is not None:
        return replace(entry, period=moved)
    for piece in _PIECES.finditer(behind):
        words = piece.group()
        told = read_outcome((words,), version)
        if len(told.rows) == 1 and told.sure and not told.open:
            period = replace(entry.period, ended="done", ended_sure=entry.period.ended == "done")
            return replace(entry, outcome=told, words=words, period=period)
        if told.open and not told.rows:
            return replace(entry, outcome=told, period=replace(entry.period, ended="open"))
        kind = typed(words)
        if kind.sure and len(kind.cols) == 1:
            return replace(entry, applicant=kind)
    return None


def _moved(period: Period, before: str, behind: str, year: int) -> Period | None:
    """第3号应为上年结转, 第5号答复日期改为2026年1月8日: the row with its time put right."""
    days = [day for day, _, _ in every_day(behind) if day.year is not None]
    if len(days) == 1 and days[0].year is not None:
        passed = days[0].year - year
        if matches("errata.answered", before) and passed >= 0:
            return replace(period, ended="open" if passed else "done")
        if matches("errata.received", before) and passed <= 0:
            return replace(period, received="carried_over" if passed else "new_received")
        return None
    mark = mark_of(behind.strip('“”" '), year)
    if mark == "carried_forward":
        return replace(period, ended="open")
    return replace(period, received="carried_over") if mark == "carried_over" else None


def doubt(errata: Sequence[Erratum], reading: StructureReading, places: Sequence[Target]) -> None:
    """Corrections that could not be carried out are asked, and no figure that they may change is sure."""
    for one in errata:
        words = one.text.strip()
        text = f"“{words}”说的是登记簿的更正，没有照改；请说明改的是哪一行、改后是什么"
        kept = (Option("不改，以登记簿为准"),)
        reading.unplaced.append(Unplaced((one.span,), words[:40], tuple(places), text, options=kept))
    for statement in reading.statements if errata else ():
        statement.sure = False


# ---------------------------------------------------------------- rows that are added
def _added(erratum: Erratum, year: int, version: str) -> Entry | None:
    """The request that a clause adds, where it says when it came, who asked and how it ended."""
    text = erratum.text
    several = [m.group(1) for m in _SEVERAL.finditer(text)]
    if any(number not in _ONE for number in several):
        return None
    kinds = [
        k
        for p in _PIECES.finditer(text)
        if (k := typed(p.group())).sure and len(k.cols) == 1 and len(p.group()) <= 8
    ]
    told = [
        (p, t) for p in _PIECES.finditer(text) if (t := read_outcome((p.group(),), version)).rows or t.open
    ]
    days = list(_days(text, "errata.received", "errata.answered"))
    if len({k.cols for k in kinds}) != 1 or not told or len(days) != 1:
        return None
    place, outcome = told[-1]
    if len({t.rows for _, t in told}) > 1 or len(outcome.rows) > 1 or (outcome.rows and not outcome.sure):
        return None
    return _entry(erratum, kinds[0], outcome, (place.start(), place.end()), days[0], year)


def _days(text: str, wanted: str, unwanted: str) -> Iterator[Day]:
    """The days of which the words behind them say that something came, and not that it was answered."""
    for day, _, end in every_day(text):
        behind = text[end : end + 8]
        if matches(wanted, behind) and not matches(unwanted, behind[:4]):
            yield day


def _entry(
    erratum: Erratum, applicant: Applicant, outcome: Outcome, place: tuple[int, int], day: Day, year: int
) -> Entry:
    sure = day.year is not None or day.month > _EARLY
    received = day._replace(year=day.year or year)
    empty = Outcome(empty=True)
    period = settle_period(Clues(received, sure, None, True, outcome, empty), year)
    start = erratum.span.start
    evidence = Span(start + place[0], start + place[1])
    words = erratum.text[slice(*place)]
    return Entry("补登", erratum.span, evidence, period, outcome, words, applicant, why=period.left_out)
