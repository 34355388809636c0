"""Tells which columns of a table of questions hold its labels, its answers, and what is neither: serials, hints, who is in charge."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.documents.blocks import Cell, Table
from assistant.extraction.questionnaires.answers import BOX, is_yes_or_no
from assistant.extraction.tables.labels import read_label
from assistant.numerals import fold

__all__ = ["Panel", "cards_of", "is_answer", "is_plain", "panels_of", "rows_of", "tells_applicants"]

Row = dict[int, Cell]
"""the printed cells of a row by the column they begin in"""
_ASIDE = frozenset({"serial", "note", "contact"})
_PLAIN = re.compile(r"[\s\d.,+-]*(?:件|份|个|宗|万元|元)?\s*")
_FIGURED = re.compile(r"\d|^[-—–/]+$")
_HEAD_ROWS = 4
_CHOICE_AND_FIGURE = 2
_FEWEST_COUNTED = 3
_LONGEST_HEAD = 16
_FEWEST_HEADS = 2
_FEWEST_FIELDS, _FEWEST_OF_ONE = 3, 3
_OF_ONE = re.compile(
    "(?:登记|受理|申请|收件)?(?:编号|号)|(?:收到|收件|受理|申请|答复|办结|登记|答复书送达)(?:日期|时间)|申请人(?:姓名|名称)?|申请(?:内容|事项|公开内容)|(?:答复|公开)方式"
)
"""fields of one request"""


@dataclass(frozen=True)
class Panel:
    """Columns of labels, outermost first, with the columns of their answers."""

    labels: tuple[int, ...]
    answers: tuple[int, ...]


def is_answer(words: str) -> bool:
    """Whether a cell may be an answer: it has a figure, a dash or a box, or says 有, 无, 是, 否."""
    folded = fold(words).strip()
    return bool(BOX.search(folded) or _FIGURED.search(folded) or is_yes_or_no(folded))


def is_plain(words: str) -> bool:
    """Whether a cell holds nothing but a figure with its unit."""
    return _PLAIN.fullmatch(fold(words)) is not None


def panels_of(table: Table, rows: Sequence[Row], year: int | None, form: str) -> list[Panel]:
    """The panels of a table side by side; ``rows`` are its rows with two cells or more. Empty where the columns are those of a table
    of figures: several figures stand behind one label."""
    head = _header(rows, year, form) or {}
    data = [row for row in rows if row is not head]
    aside = {c for c, cell in head.items() if read_label(cell.text, year, form).marks & _ASIDE}
    aside = aside if len(head) > _FEWEST_HEADS else set()
    columns = [c for c in range(table.width) if c not in aside and any(c in row for row in data)]
    columns = [c for n, c in enumerate(columns) if not _counts(data, c, columns[n + 1 :])]
    panels: list[tuple[list[int], list[int]]] = []
    for place, column in enumerate(columns):
        answers = place > 0 and _answers(data, column)
        if not answers and (not panels or panels[-1][1]):
            panels.append(([], []))
        panels[-1][1 if answers else 0].append(column)
    found = [Panel(tuple(labels), tuple(answers)) for labels, answers in panels if answers]
    worded = all(_is_worded(panel, data) for panel in found) or len(found) == 1
    return found if worded and all(_is_asked(panel, data) for panel in found) else []


def rows_of(table: Table) -> list[Row]:
    """The rows of a table with two printed cells or more."""
    found: list[Row] = []
    for line in table.grid:
        cells = {id(cell): cell for cell in line if cell is not None and cell.text.strip()}
        if len(cells) > 1:
            found.append({cell.col: cell for cell in cells.values()})
    return found


def cards_of(tables: Sequence[Table]) -> set[int]:
    """The tables (by their id) that tell of single requests: the same fields over and over, or the day and number of one."""
    labels = {id(table): frozenset(_fields(table)) for table in tables}
    often = Counter(fields for fields in labels.values() if len(fields) >= _FEWEST_FIELDS)
    return {
        key
        for key, fields in labels.items()
        if often[fields] > 1 or sum(_OF_ONE.fullmatch(one) is not None for one in fields) >= _FEWEST_OF_ONE
    }


def _fields(table: Table) -> Iterator[str]:
    """The words of a table that are no answers: its fields."""
    for row in rows_of(table):
        first = next(iter(row.values()))
        yield from {"".join(first.text.split())}
        yield from (
            "".join(cell.text.split()) for cell in row.values() if _OF_ONE.fullmatch(cell.text.strip())
        )


def tells_applicants(table: Table, year: int | None, form: str) -> bool:
    """Whether each row gives a figure and beside it who asked: 予以公开 | 11 | 自然人9、企业2. It is no list of requests."""
    rows = rows_of(table)
    panels = [panel for panel in panels_of(table, rows, year, form) if len(panel.answers) > 1]
    return any(is_plain(row[p.answers[0]].text) for p in panels for row in rows[1:2] if p.answers[0] in row)


def _header(rows: Sequence[Row], year: int | None, form: str) -> Row | None:
    """序号 | 填报项目 | 填报内容 | 填报说明: short words above the first answer; 填报人 | 张三 is a row by itself."""
    for row in rows[:_HEAD_ROWS]:
        if any(is_answer(cell.text) for cell in row.values()):
            return None
        contact = read_label(next(iter(row.values())).text, year, form).marks & {"contact"}
        if not contact and all(len(cell.text.strip()) <= _LONGEST_HEAD for cell in row.values()):
            return row
    return None


def _counts(rows: Sequence[Row], column: int, behind: Sequence[int]) -> bool:
    """Whether a column only counts the rows: 1, 2, 3 … before words, section headings between left aside."""
    values = [row[column].text.strip().rstrip(".、．") for row in rows if column in row]
    if len(values) < _FEWEST_COUNTED or not all(v.isdecimal() for v in values) or not behind:
        return False
    numbers = [int(v) for v in values]
    rising = all(b - a == 1 for a, b in itertools.pairwise(numbers))
    beside = [row[behind[0]].text for row in rows if behind[0] in row]
    return rising and numbers[0] <= 1 and sum(not is_plain(words) for words in beside) * 2 > len(beside)


def _answers(rows: Sequence[Row], column: int) -> bool:
    texts = [row[column].text for row in rows if column in row]
    return sum(is_answer(text) for text in texts) * 2 > len(texts)


def _is_worded(panel: Panel, rows: Sequence[Row]) -> bool:
    """Whether most answers of a panel are more than figures: tables of figures may stand side by side as well."""
    told = [row[c].text for row in rows for c in panel.answers if c in row]
    return sum(not is_plain(text) for text in told) * 2 > len(told)


def _is_asked(panel: Panel, rows: Sequence[Row]) -> bool:
    """One answer behind the labels, a choice and beside it the figure (☑有 □无 | 22 件), or a figure and beside it who asked
    (11 | 自然人9、企业2)."""
    if len(panel.answers) != _CHOICE_AND_FIGURE:
        return len(panel.answers) == 1
    first, second = ([row[c].text for row in rows if c in row] for c in panel.answers)
    boxed = sum(BOX.search(fold(text)) is not None for text in first)
    plain = all(is_plain(text) for text in first)
    return boxed * 2 > len(first) or (plain and sum(not is_plain(text) for text in second) * 2 > len(second))
