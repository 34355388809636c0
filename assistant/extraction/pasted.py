"""Finds tables pasted into a text (tabs, bars, commas, semicolons, aligned blanks) and cuts them into cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import islice

from assistant.extraction.statements import Places, Span
from assistant.extraction.tokens import Tokenizer
from assistant.numerals import fold, parse_numeral

__all__ = ["UNIT", "Grid", "GridCell", "find_grids"]

_WIDEST = 80
"""cells of a line; a longer one is no table a clerk pasted"""
_LONGEST_LABEL, _FEWEST_STACKED = 42, 3
_SENTENCE = re.compile(r"[，。；：:,;！？]")
_STROKES = {"/", "／", "-", "—", "--", "——"}
_BLANK = {"", "/", "-", "—", "--", "——", "－", "／", "\\", "无", "空"}
_HEADERS = frozenset({"col", "t4col", "t2col", "row"})
_LABELS = frozenset({"row", "t2row", "t4block", "col"})
_LED = re.compile(
    r"(?:上年|上一年|去年|办[理结]?|处理|决定|共|增加?|(?P<less>减少?))[ :]?(?P<figure>\d[\d,.]*)"
)
"""上年37项, 办115: a figure led by the word of its column"""
_SUMS = ("总计", "合计", "小计", "共计")
_OUTCOMES = re.compile("结果|答复|处理|办理|决定")
UNIT = re.compile(r"(?<!\s)\s*(件|份|个|宗|起|项|万元|元)$")
"""unit behind a figure in a cell"""


@dataclass(eq=False)
class GridCell:
    """A cell with its place in the source; what it holds is read once."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @cached_property
    def number(self) -> int | Decimal | None:
        """The figure, None for words and blanks."""
        unit = UNIT.search(self.text)
        text = self.text[: unit.start()] if unit else self.text
        led = _LED.fullmatch(fold(text)) if text and not text[0].isdigit() else None
        if led is None:
            return parse_numeral(text)
        value = parse_numeral(led["figure"])
        return -value if value is not None and led["less"] else value

    @cached_property
    def blank(self) -> bool:
        return fold(self.text).strip() in _BLANK


@dataclass
class Grid:
    """Consecutive lines of one pasted table."""

    rows: list[list[GridCell]] = field(default_factory=list)

    @property
    def span(self) -> Span:
        return Span(self.rows[0][0].start, self.rows[-1][-1].end)


def find_grids(source: str, tokenizer: Tokenizer) -> list[Grid]:
    """All pasted tables of a text; a table has at least two lines with cells and one of them with figures."""
    judge = _Judge(tokenizer)
    grids = list(_one_a_line(source, judge))
    current: list[list[GridCell]] = []
    offset = 0
    stacked = Places(grid.span for grid in grids)
    for line in source.splitlines(keepends=True):
        if stacked.touched_by(offset, offset + 1):
            if current:
                grids += _close(current)
                current = []
            offset += len(line)
            continue
        row = _split(line.rstrip("\r\n"), offset, judge) or _continues(current, line.rstrip("\r\n"), offset)
        offset += len(line)
        if row and len(row) <= _WIDEST:
            current.append(row)
            continue
        if line.strip() and current:
            grids += _close(current)
            current = []
    return grids + (_close(current) if current else [])


def _one_a_line(source: str, judge: _Judge) -> Iterator[Grid]:
    """Tables copied cell by cell out of a PDF or a web page: a label on a line, below it its figures, one on a line each."""
    rows: list[list[GridCell]] = []
    offset = 0
    for line in [*source.splitlines(keepends=True), ""]:
        cell = GridCell(line.strip(), offset + len(line) - len(line.lstrip()))
        offset += len(line)
        if cell.text and (cell.number is not None or cell.text in _STROKES):
            if rows:
                rows[-1].append(cell)
            continue
        if not cell.text and line:
            continue
        # a line of words goes on with the table, or ends it where the one before has got no figure
        if rows and len(rows[-1]) == 1:
            rows.pop()
            yield from _stacked(rows, judge)
            rows = []
        if cell.text and len(cell.text) <= _LONGEST_LABEL and not _SENTENCE.search(cell.text):
            rows.append([cell])
        else:
            yield from _stacked(rows, judge)
            rows = []


def _stacked(rows: list[list[GridCell]], judge: _Judge) -> Iterator[Grid]:
    """The lines as a table when there are several of them and the form knows most of the labels."""
    if len(rows) >= _FEWEST_STACKED and 2 * sum(judge.is_label(r[0].text) for r in rows) > len(rows):
        yield Grid(rows)


def _continues(current: list[list[GridCell]], line: str, offset: int) -> list[GridCell] | None:
    """A line with hardly any figures still belongs to the table when it has as many cells: 予以公开;;;;2;;2."""
    width = len(current[-1]) if current else 0
    for pattern in (r",", r"[;；]") if width >= 4 else ():
        row = _cells(line, offset, pattern)
        figures = row[2:] if _is_serial(row) else row[1:]
        if len(row) == width and line.strip() and all(c.number is not None or c.blank for c in figures):
            return row
    return None


def _is_serial(row: list[GridCell]) -> bool:
    """1,本年新收,143,…: the first figure numbers the row."""
    return len(row) > 2 and row[0].text.isdigit() and row[1].number is None and bool(row[1].text)


def _close(rows: list[list[GridCell]]) -> list[Grid]:
    figures = sum(1 for row in rows if sum(c.number is not None for c in row) >= 1)
    wide = any(len(row) >= 3 for row in rows)
    if len(rows) >= 3 and wide and _is_register_header(rows[0]):
        # 2025-001, 2025/1/9, 个人, 予以公开: a register counts its lines and need not hold a single figure
        figures = figures or len(rows) - 1
    return [Grid(rows)] if figures >= 1 and (len(rows) >= 2 or wide) else []


def _is_register_header(row: list[GridCell]) -> bool:
    """Whether the line names an applicant's column and one of outcomes."""
    return any(c.text.startswith("申请人") for c in row) and any(_OUTCOMES.search(c.text) for c in row)


def _split(line: str, offset: int, judge: _Judge) -> list[GridCell] | None:
    """Cells of a line, None when it is not a line of a table."""
    if "\t" in line:
        return _unglued(_cells(line, offset, r"\t"))
    bars = line.count("|") + line.count("｜")
    if bars >= 2 or (bars == 1 and re.fullmatch(r"[^|｜]+[|｜]\s*+[\d.,]*+\s*+[^|｜]{0,2}", line)):
        if re.fullmatch(r"[\s|｜:+-]+", line):
            return [GridCell("", offset)]
        row = _cells(line, offset, r"[|｜]")
        if not judge.is_piped(row):
            return None
        return row[1:] if line.lstrip().startswith(("|", "｜")) and row else row
    # 上年305，减28，决定11,902: beside commas of the text, one between thousands parts no cells
    either = r"(?<!\d),|,(?!\d{3}(?!\d))|，" if "，" in line else ","
    commas = ("," if line.count(",") >= 3 else either, ",，")
    for pattern, marks in (commas, (r"[;；]", ";；"), (r"[ 　]+", " 　")):
        if sum(map(line.count, marks)) < 2 and '"' not in line:
            continue
        row = _cells(line, offset, pattern)
        if len(row) >= 3 and judge.looks_tabular(row):
            return row
    return None


def _unglued(row: list[GridCell]) -> list[GridCell]:
    """行政复议 6⇥2⇥3: a label with its first figure in one cell."""
    glued = re.fullmatch(r"(\D*?[^\d\s.、)）])\s+(\d[\d,.]*)", row[0].text) if len(row) > 1 else None
    if glued is None or row[1].number is None:
        return row
    first = row[0]
    return [
        GridCell(glued.group(1), first.start),
        GridCell(glued.group(2), first.start + glued.start(2)),
        *row[1:],
    ]


def _cells(line: str, offset: int, pattern: str) -> list[GridCell]:
    cells: list[GridCell] = []
    last = 0
    if '"' in line and pattern == ",":
        return [
            GridCell(m.group().strip().strip('"').strip(), offset + m.start() + m.group().startswith('"'))
            for m in re.finditer(r'"(?:[^"]|"")*"|(?<=,)[^,"]*|^[^,"]+', line)
            if m.group() or True
        ]
    for match in [*re.finditer(pattern, line), None]:
        end = match.start() if match else len(line)
        raw = line[last:end]
        lead = len(raw) - len(raw.lstrip())
        cells.append(GridCell(raw.strip(), offset + last + (lead if raw.strip() else 0)))
        last = match.end() if match else end
    while len(cells) > 1 and not cells[-1].text and pattern == r"[|｜]":
        cells.pop()
    return cells


@dataclass(frozen=True)
class _Judge:
    """Tells a line of a table from a clause with commas."""

    tokenizer: Tokenizer

    def looks_tabular(self, row: list[GridCell]) -> bool:
        """Comma or blank separated: a label and then only figures, or only known headers."""
        row = row[1:] if _is_serial(row) else row
        if len(row) > _WIDEST:
            return False
        if len(row) == 3 and self._is_combination(row):
            return True
        figures = [c for c in row if c.number is not None or c.text in ("/", "-", "—")]
        words = [c for c in row if c not in figures and c.text]
        if words and re.search(r"[:：]\s*\d+$", words[0].text):
            # 自然人：41，0，15，…: a label and a run of figures, read as running text
            return False
        if (
            len(figures) >= 3
            and len(words) <= 3
            and (not words or words[-1].start < figures[0].start)
            and all(len(c.text) <= 50 for c in words)
        ):
            return not words or any(self.is_label(w.text) for w in words)
        if figures or len(row) < 4 or any(len(c.text) > 20 for c in row):
            return False
        if any(re.search(r"\d", c.text[1:]) for c in row):
            # 复议：维持 3，纠正 2，共 6: clauses with figures, no header
            return False
        known = (c for c in row if c.text and self._names(c.text, _HEADERS))
        return len(list(islice(known, 3))) == 3 or self._is_short_header(row)

    def _is_short_header(self, row: list[GridCell]) -> bool:
        """事项 自然人 企业 总计: applicants and their total, in full."""
        applicants = [c for c in row[1:] if self._names(c.text, frozenset({"col"}))]
        sums = [c for c in row[1:] if fold(c.text) in _SUMS]
        return len(sums) == 1 and len(applicants) >= 2 and len(applicants) + 1 == len(row) - 1

    def _is_combination(self, row: list[GridCell]) -> bool:
        """申请人类型,办理结果,件数 and 自然人,予以公开,9: one combination a line."""
        if any(len(c.text) > 20 or not c.text or re.search(r"\d", c.text) for c in row[:2]):
            return False
        if row[2].number is None:
            return (
                "申请人" in row[0].text
                and "结果" in row[1].text
                and row[2].text in ("件数", "数量", "数", "合计")
            )
        plain = row[2].text.replace(",", "").isdecimal()
        return (
            plain
            and self._names(row[0].text, frozenset({"col"}))
            and self._names(row[1].text, frozenset({"row"}))
        )

    def is_piped(self, row: list[GridCell]) -> bool:
        """Bars part a table when a cell is only a figure, or when all are headers or short words; else they part clauses."""
        if any(c.number is not None for c in row):
            return True
        return not any(
            t.kind in ("num", "vec") and t.unit != "年" for c in row for t in self.tokenizer.tokens(c.text)
        )

    def is_label(self, text: str) -> bool:
        tokens = self.tokenizer.tokens(text)
        return any(not t.kinds.isdisjoint(_LABELS) or t.cue("sum", "other", "rest") for t in tokens)

    def _names(self, text: str, kinds: frozenset[str]) -> bool:
        return any(not t.kinds.isdisjoint(kinds) for t in self.tokenizer.tokens(text))
