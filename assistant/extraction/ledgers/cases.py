"""Reads registers of review and litigation cases into table 4."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.blocks import Block
from assistant.extraction.ledgers.belonging import Rule, matter_rules, unit_rules
from assistant.extraction.ledgers.dates import parse_day
from assistant.extraction.ledgers.layout import Line, Sheet, clean
from assistant.extraction.ledgers.lists import Gatherer, column, columns, field_of, place_of, sheets_of
from assistant.extraction.ledgers.vocabulary import matches
from assistant.extraction.statements import Target
from assistant.extraction.structure import Situation, StructureReading
from assistant.forms import Form

__all__ = ["BLOCKS", "RESULTS", "blocks_named", "read_cases", "results_named"]

BLOCKS = ("review", "litigation_direct", "litigation_after_review")
RESULTS = ("upheld", "corrected", "other", "pending")


def _is_header(text: str) -> bool:
    paths = (
        "headers.serial",
        "headers.outcome",
        "headers.received",
        "headers.answered",
        "headers.name",
        "headers.remark",
    )
    return (
        any(matches(path, text) for path in paths)
        or matches("cases.about", text)
        or matches("headers.content", text)
    )


def read_cases(blocks: Sequence[Block], situation: Situation, form: Form) -> StructureReading | None:
    """Cases of table 4, one a row; None where no words above or in the rows speak of review or litigation."""
    year = situation.year
    sheets = sheets_of(blocks, _is_header)
    if year is None or not sheets or not all(_about_cases(sheet) for sheet in sheets):
        return None
    gatherer = Gatherer(rules=_rules(sheets, situation.unit))
    if gatherer.unknown_unit(sheets, "案件登记", _places(BLOCKS, RESULTS)):
        return gatherer.finish("")
    for number, sheet in enumerate(sheets):
        gatherer.open(sheet)
        reader = _Cases(sheet, gatherer, form, year, number)
        # nobody says that all of them are about disclosure
        reader.told = bool(gatherer.rules) or matches("cases.causes.ours", sheet.title)
        for index, line in enumerate(sheet.lines):
            reader.read(line, str(index + 1))
    return gatherer.finish("案件登记第{rows}行“{words}”归哪一栏？")


def _rules(sheets: Sequence[Sheet], unit: str) -> list[Rule]:
    """Which rows are cases of disclosure against our body."""
    found = unit_rules(sheets, [columns(sheet, "cases.unit") for sheet in sheets], unit)
    for path in ("cases.cause", "cases.act"):
        causes = [columns(sheet, path) for sheet in sheets]
        found += matter_rules(sheets, causes, "cases.causes", "不是政府信息公开案件")
    return found


def _places(blocks: Sequence[str], results: Sequence[str]) -> list[Target]:
    return [Target("table4", block, col) for block in blocks for col in (*results, "total")]


def _about_cases(sheet: Sheet) -> bool:
    """Whether rows are cases: a column of their kind, or a result that is one of a case below such a title."""
    result = _result_column(sheet)
    if result is None or not sheet.lines:
        return False
    figures = [sum(clean(f.text).isdecimal() for f in line.cells if f.here) for line in sheet.lines]
    if sum(n > 2 for n in figures) * 2 >= len(figures):
        # rows of figures: table 4 itself
        return False
    known = [line for line in sheet.lines if results_named(field_of(line, result).text)]
    kinds = [
        line for line in sheet.lines if any(blocks_named(f.text) for f in line.cells if len(f.text) <= 20)
    ]
    titled = matches("cases.about", sheet.title) and any(
        blocks_named(line) for line in sheet.title.split("\n")
    )
    enough = len(known) * 2 >= len(sheet.lines)
    return enough and (titled or len(kinds) * 2 >= len(sheet.lines))


def _result_column(sheet: Sheet) -> int | None:
    """The column whose cells are results of cases, among those headed as results or without a date."""
    best: tuple[int, int] | None = None
    for col, head in enumerate(sheet.header):
        if (
            matches("headers.answered", head.leaf)
            or matches("headers.received", head.leaf)
            or matches("cases.asked_whether", head.leaf)
        ):
            continue
        hits = sum(bool(results_named(field_of(line, col).text)) for line in sheet.lines)
        hits = hits * 2 + (matches("headers.outcome", head.leaf) or "结" in head.leaf)
        if hits > 1 and (best is None or hits > best[0]):
            best = hits, col
    return None if best is None else best[1]


def results_named(text: str) -> tuple[str, ...]:
    """The results that words may name; one where they are clear."""
    folded = clean(text)
    if not folded or len(folded) > 40 or matches("cases.results.asked", folded):
        return ()
    return tuple(key for key in RESULTS if matches(f"cases.results.{key}", folded))


def blocks_named(text: str) -> tuple[str, ...]:
    """The blocks of table 4 that words may name: 行政诉讼 alone may be either kind."""
    folded = clean(text)
    if matches("cases.direct", folded):
        return ("litigation_direct",)
    if matches("cases.after_review", folded) and matches("cases.litigation", folded):
        return ("litigation_after_review",)
    if matches("cases.litigation", folded) and not matches("cases.review", folded):
        return ("litigation_direct", "litigation_after_review")
    if matches("cases.review", folded) and not matches("cases.litigation", folded):
        return ("review",)
    return ()


class _Cases:
    """The rows of one sheet."""

    def __init__(self, sheet: Sheet, gatherer: Gatherer, form: Form, year: int, number: int) -> None:
        self.sheet, self.gatherer, self.form, self.year = sheet, gatherer, form, year
        self.number = number
        self.told = True
        self.result = _result_column(sheet)
        self.whether = column(sheet, "cases.asked_whether")
        self.filed = column(sheet, "headers.received")
        self.closed = column(sheet, "headers.answered", (self.filed,))

    def read(self, line: Line, label: str) -> None:
        """Count one case, or ask where it belongs."""
        if self.gatherer.skips(line):
            self.gatherer.account(line, "作废或重复录入")
            return
        filed = parse_day(field_of(line, self.filed).text)
        closed = parse_day(field_of(line, self.closed).text)
        if filed is not None and filed.year is not None and filed.year > self.year:
            self.gatherer.account(line, "下年案件")
            return
        if closed is not None and closed.year is not None and closed.year < self.year:
            self.gatherer.account(line, "上年已审结")
            return
        late = closed is not None and closed.year is not None and closed.year > self.year
        text = field_of(line, self.result).text
        results = ("pending",) if late else results_named(text)
        places = _places(self._blocks(line), results or RESULTS)
        if self.gatherer.not_ours(self.number, line, label, place_of(line, self.result, self.filed), places):
            return
        self.gatherer.account(line)
        # begun in the year and ended in the next: plainly open at its end
        years = (filed.year if filed is not None else None, closed.year if closed is not None else None)
        sure = not late or years == (self.year, self.year + 1)
        self._count(line, label, self._blocks(line), results, sure, text)

    def _blocks(self, line: Line) -> tuple[str, ...]:
        found: tuple[str, ...] = ()
        for index, cell in enumerate(line.cells):
            if index not in (self.result, self.whether) and cell.text and len(cell.text) <= 24:
                told = blocks_named(cell.text)
                found = told if told and (not found or len(told) < len(found)) else found
        if not found:
            for words in reversed(self.sheet.title.split("\n")):
                found = found or blocks_named(words)
        if len(found) == 2 and self.whether is not None:
            answer = clean(field_of(line, self.whether).text)
            if matches("cases.no", answer):
                return ("litigation_direct",)
            if matches("cases.yes", answer):
                return ("litigation_after_review",)
        return found or BLOCKS

    def _count(
        self, line: Line, label: str, blocks: tuple[str, ...], results: tuple[str, ...], sure: bool, text: str
    ) -> None:
        place = place_of(line, self.result, self.filed)
        if len(blocks) == 1:
            self.gatherer.counted(line, Target("table4", blocks[0], "total"), place, self.told)
            if len(results) == 1:
                self.gatherer.counted(
                    line, Target("table4", blocks[0], results[0]), place, sure and self.told
                )
                return
        names = {c.key: c.label for c in self.form.table("table4").columns}
        targets = [Target("table4", b, r) for b in blocks for r in (results or RESULTS)]
        if len(blocks) > 1:
            targets += [Target("table4", b, "total") for b in blocks]
            rows = self.form.table("table4")
            answers = {
                f"归{rows.row(b).name}": [
                    Target("table4", b, col) for col in ("total", *(results if len(results) == 1 else ()))
                ]
                for b in blocks
            }
            self.gatherer.ask("行政诉讼" if len(blocks) == 2 else text, label, place, targets, answers)
            return
        answers = {f"归{names[r]}": [Target("table4", blocks[0], r)] for r in results or RESULTS}
        self.gatherer.ask(text or "（空白）", label, place, targets, answers)
