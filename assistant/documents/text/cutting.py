"""Cuts one line of a text into the cells of a table row, or says that it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.documents.blocks import Cell
from assistant.numerals import fold

__all__ = [
    "Row",
    "TextLine",
    "by_bars",
    "by_blanks",
    "by_fields",
    "by_tabs",
    "figures_in",
    "is_figure",
    "regrouped",
    "whole_records",
]

Row = list[Cell | None]
"""cells of a row before they have their place; blank ones are None"""

_FIGURE = re.compile(
    r"[+-]?\d[\d,]*(?:\.\d+)?\s?%?\s?(?:件|份|个|宗|起|项|条|万元|元|次|人|期|篇)?|[-—/]{1,2}|无|√"
)
_RULE = re.compile(r"[\s|｜:+=_\-—─┼│]+")
_FIELD = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"\s*|(?P<plain>[^,\n]*))(?:,|$)')
_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])")
"""152,377: where no other comma stands in the line, these part no fields"""
_SENTENCE = re.compile(r"[。；;！!？?]")
_LABELLED = re.compile(r"[\u4e00-\u9fff]\s*[:：]?\s*\d+(?:\.\d+)?\s*(?:件|份|个|宗|起|项|条|万元|元)?$")
"""新收5: a clause with its figure, no cell"""
_LONGEST = 60
_DAY = re.compile(r"(?:20)?\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?|20\d{6}")
_NAME = 20
_CLAUSE = re.compile(r"[，,。；;！!？?]|\d")
_MOST_BREAKS = 8
"""line breaks within one field of CSV"""


class TextLine(NamedTuple):
    """A line of the text and where it begins."""

    start: int
    text: str


def is_figure(text: str) -> bool:
    """Whether a cell is one figure, a dash, 无 or a tick."""
    return _FIGURE.fullmatch(fold(text).strip()) is not None


def figures_in(row: Row) -> int:
    """How many cells hold a digit."""
    return sum(1 for cell in row if cell is not None and re.search(r"\d", fold(cell.text)))


def by_tabs(line: TextLine) -> Row | None:
    """Cells apart by tabs; leading tabs stand for blank cells."""
    words = line.text.strip(" \u3000\xa0\r")
    if "\t" not in words.strip("\t") and words.count("\t") < 2:
        return None
    if not words.strip("\t"):
        return []
    cells = _split(line, re.compile(r"\t"))
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def by_bars(line: TextLine) -> Row | None:
    """Cells of a Markdown table or of one drawn with bars; [] for a ruled line."""
    words = line.text.strip()
    bars = words.count("|") + words.count("｜") + words.count("│")
    if _RULE.fullmatch(words) and (bars or words.startswith("+-")):
        return []
    if not bars:
        return None
    cells = _split(line, re.compile(r"(?<!\\)[|｜│]"))
    if words[0] in "|｜│":
        cells = cells[1:]
    elif bars == 1 and not (
        cells[-1] is not None and (is_figure(cells[-1].text) or _heads(cells) or _is_told(cells))
    ):
        return None
    if words[-1] in "|｜│" and cells and cells[-1] is None:
        cells = cells[:-1]
    if words[0] in "|｜│":
        return [_unmarked(cell) for cell in cells]
    printed = [cell for cell in cells if cell is not None]
    if bars == 1 and _is_told(cells):
        return cells
    # bars between clauses part no cells
    if not any(is_figure(cell.text) for cell in printed) and any(re.search(r"\d", c.text) for c in printed):
        return None
    return cells


def _is_told(cells: Row) -> bool:
    """规章 | 制发0件，废止0件: a name, and behind the bar figures with their words."""
    label, told = cells[0], cells[-1]
    if label is None or told is None or len(label.text) > _NAME or len(told.text) > _LONGEST:
        return False
    words = fold(told.text)
    return not _CLAUSE.search(fold(label.text)) and bool(re.search(r"\d", words)) and "。" not in words


def _heads(cells: Row) -> bool:
    """信息内容 | 本年处理决定数量: two short names."""
    return all(c is not None and len(c.text) <= _NAME and not _CLAUSE.search(fold(c.text)) for c in cells)


def by_fields(line: TextLine, mark: str) -> Row | None:
    """Fields apart by a comma or a semicolon, quoted or not; clauses with their figures are none."""
    if mark not in line.text or (mark == "," and mark not in _THOUSANDS.sub("", fold(line.text))):
        return None
    cells = quoted_fields(line) if mark == "," else _split(line, re.compile(mark))
    printed = [cell for cell in cells if cell is not None]
    if len(cells) < 2 or not printed:
        return None
    if '"' in line.text and mark == ",":
        return cells
    if any(fold(c.text).count("(") != fold(c.text).count(")") for c in printed):
        # 新收(63,11,0,2,5,1) 82: the commas of a bracket part no fields
        return None
    if any(len(c.text) > _LONGEST or _SENTENCE.search(c.text) or re.search("[:：]", c.text) for c in printed):
        return None
    if len(cells) > 3 and any(_DAY.fullmatch(fold(cell.text)) for cell in printed):
        # a record with its day, whatever its words end in
        return cells
    figures = [cell for cell in printed if is_figure(cell.text)]
    if not figures:
        # a header, or a row of words: clauses that end in a figure are neither
        short = len(cells) > 2 or all(len(cell.text) <= 12 for cell in printed)
        return None if any(_LABELLED.search(fold(cell.text)) for cell in printed) or not short else cells
    words = len(printed) - len(figures)
    loose = any(_LABELLED.search(fold(c.text)) for c in printed if c not in figures)
    return None if loose and words > 1 else cells


def whole_records(lines: Sequence[TextLine]) -> list[TextLine]:
    """Lines of CSV, those put together again that a line break within quotation marks has parted. Offsets stay valid; a mark
    that nothing closes soon belongs to the words."""
    records: list[TextLine] = []
    number = 0
    while number < len(lines):
        last = _closing_line(lines, number)
        words = " ".join(line.text for line in lines[number : last + 1])
        records.append(TextLine(lines[number].start, words))
        number = last + 1
    return records


def _closing_line(lines: Sequence[TextLine], first: int) -> int:
    """The line that ends the record which begins here."""
    marks = 0
    for number in range(first, min(first + _MOST_BREAKS, len(lines))):
        marks += lines[number].text.count('"')
        if marks % 2 == 0:
            return number
    return first


def quoted_fields(line: TextLine) -> Row:
    """The fields of a line of CSV; an unclosed quotation mark belongs to the words."""
    cells: Row = []
    at, text = 0, line.text.rstrip("\r")
    while at <= len(text):
        match = _FIELD.match(text, at)
        if match is None:
            end = text.find(",", at)
            end = len(text) if end < 0 else end
            cells.append(_cell(text[at:end], line.start + at))
            at = end + 1
            continue
        name = "quoted" if match["quoted"] is not None else "plain"
        cells.append(_cell(match[name], line.start + match.start(name)))
        at = match.end() + (0 if match.group().endswith(",") else 1)
        if match.end() == len(text) and match.group().endswith(","):
            cells.append(None)
            break
    return cells


def by_blanks(line: TextLine) -> Row | None:
    """Cells apart by two or more blanks; or a label and at least three figures (three names and more) apart by single ones."""
    words = line.text.strip()
    if not words or _SENTENCE.search(words) or "\t" in words:
        return None
    wide = _split(line, re.compile(r"[ \xa0]{2,}|\u3000+"), inner=True)
    tail = _tail(line)
    if tail is not None and not (len(wide) > 1 and re.search(r"\s{2}", tail[0].text if tail[0] else "")):
        return tail
    if len(wide) > 1 and all(cell is None or len(cell.text) <= _LONGEST for cell in wide):
        return None if any(_clause(cell) for cell in wide) else wide
    single = _split(line, re.compile(r"[ \xa0\u3000]+"), inner=True)
    if (
        len(single) > 2
        and not re.search(r"\d|[，,：:、]", words)
        and all(c is None or len(c.text) < 16 for c in single)
    ):
        return single
    return None


def _clause(cell: Cell | None) -> bool:
    return cell is not None and (
        re.search(r"[，,：:]", cell.text) is not None
        or (_LABELLED.search(fold(cell.text)) is not None and not re.search(r"年|月", cell.text))
    )


def _tail(line: TextLine) -> Row | None:
    """A label and the figures behind it, or nothing but figures."""
    tokens = list(re.finditer(r"[^ \xa0\u3000]+", line.text.rstrip("\r")))
    first = len(tokens)
    while first and _FIGURE.fullmatch(fold(tokens[first - 1].group())):
        first -= 1
    if len(tokens) - first < 3 or not any(re.search(r"\d", t.group()) for t in tokens[first:]):
        return None
    cells: Row = []
    if first:
        start, end = tokens[0].start(), tokens[first - 1].end()
        if end - start > _LONGEST or _clause(_cell(line.text[start:end], 0)):
            return None
        cells.append(_cell(line.text[start:end], line.start + start))
    return [*cells, *(_cell(t.group(), line.start + t.start()) for t in tokens[first:])]


def _split(line: TextLine, separator: re.Pattern[str], *, inner: bool = False) -> Row:
    """``inner``: separators at the edges of the line are layout."""
    text = line.text.rstrip("\r")
    at = len(text) - len(text.lstrip()) if inner else 0
    text = text.rstrip() if inner else text
    cells: Row = []
    for match in [*separator.finditer(text, at), None]:
        end = len(text) if match is None else match.start()
        cells.append(_cell(text[at:end], line.start + at))
        at = end if match is None else match.end()
    return cells


def _cell(raw: str, start: int) -> Cell | None:
    words = raw.strip()
    if not words:
        return None
    at = start + raw.index(words)
    return Cell(words, at, at + len(words), 0, 0)


def _unmarked(cell: Cell | None) -> Cell | None:
    """A cell without the stars that print it bold."""
    if cell is None or not (cell.text.startswith("**") and cell.text.endswith("**") and len(cell.text) > 4):
        return cell
    return _cell(cell.text[2:-2], cell.start + 2)


def regrouped(rows: Sequence[Row]) -> list[Row]:
    """Thousands that commas cut in two (许可,128,406 below a header of two) are put together where that alone makes the row as
    long as its neighbours."""
    counts = [len(row) for row in rows]
    usual = max(set(counts), key=lambda n: (counts.count(n), -n)) if counts else 0
    return [_joined(row) if len(row) > usual and len(_joined(row)) == usual else row for row in rows]


def _joined(row: Row) -> Row:
    result: Row = []
    for cell in row:
        before = result[-1] if result else None
        if (
            cell is not None
            and before is not None
            and re.fullmatch(r"\d{3}(?:\.\d+)?", cell.text)
            and re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})*", before.text)
            and cell.start == before.end + 1
        ):
            result[-1] = Cell(f"{before.text},{cell.text}", before.start, cell.end, 0, 0)
        else:
            result.append(cell)
    return result
