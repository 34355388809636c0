"""Looks at the cells of a grid once each: which rows hold figures, which columns labels, serials, remarks."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise

from assistant.documents.blocks import Cell, Table
from assistant.extraction.tables.cells import Holds, content_of
from assistant.extraction.tables.labels import Label, read_label

__all__ = ["FIGURES", "Grid"]

FIGURES = frozenset({Holds.FIGURE, Holds.DASH, Holds.PENDING, Holds.ABOUT, Holds.SEVERAL, Holds.SHARE})
"""contents that stand where a figure stands"""
_NUMBERS = frozenset({Holds.FIGURE, Holds.SHARE, Holds.ABOUT})
_HEADS = frozenset({Holds.WORDS, Holds.DATE, Holds.SEVERAL, Holds.PENDING})
_WORDED = frozenset({Holds.WORDS, Holds.DATE, Holds.TICK})
_ASIDE = frozenset({"note", "contact"})
"""marks of columns that hold no figures of the form"""
_YEARS = range(2000, 2050)
_STATED = re.compile(r"(?<!其中)[:：]")


class Grid:
    """The cells of a table, looked at once each."""

    def __init__(self, table: Table, year: int | None, form: str) -> None:
        self.table = table
        self.year = year
        self.form = form

    def label(self, cell: Cell | None) -> Label:
        """What a cell's words name."""
        if cell is None:
            return Label()
        text = cell.text
        if self._is_year(cell):
            text = f"{text.strip()}年"
        return read_label(text, self.year, self.form)

    def holds(self, row: int, col: int) -> Holds:
        """What stands at a place."""
        cell = self.table.grid[row][col]
        return Holds.BLANK if cell is None else content_of(cell.text).holds

    @staticmethod
    def _is_year(cell: Cell) -> bool:
        content = content_of(cell.text)
        return content.holds is Holds.FIGURE and content.value in _YEARS and not content.unit

    def in_row(self, row: int) -> list[Cell]:
        """The cells of a row that are not blank, each once."""
        seen = {id(cell): cell for cell in self.table.grid[row] if cell is not None and cell.text.strip()}
        return list(seen.values())

    # ------------------------------------------------------------ kinds of rows
    @cached_property
    def year_rows(self) -> frozenset[int]:
        """Rows of bare years above the figures: 2023 | 2024."""
        found: set[int] = set()
        for row in range(self.table.height):
            cells = self.in_row(row)
            years = [cell for cell in cells if self._is_year(cell)]
            others = [cell for cell in cells if cell not in years]
            numbers = [cell for cell in others if content_of(cell.text).holds in _NUMBERS]
            named = any(self.label(cell).lines for cell in others)
            cornered = len(cells) > 2 and years == cells[:1] and self._all_words(others)
            if not numbers and (cornered or (len(years) >= 2 and not named)):
                found.add(row)
            elif any(content_of(cell.text).holds in _NUMBERS for cell in cells):
                break
        return frozenset(found)

    @staticmethod
    def _all_words(cells: list[Cell]) -> bool:
        return all(content_of(cell.text).holds is Holds.WORDS for cell in cells)

    @cached_property
    def number_rows(self) -> list[int]:
        """Rows that hold a figure."""
        return [
            row
            for row in range(self.table.height)
            if row not in self.year_rows
            and any(content_of(c.text).holds in _NUMBERS for c in self.in_row(row))
            and not self.counts_columns(row)
        ]

    def counts_columns(self, row: int) -> bool:
        """甲 | 1 | 2 | 3 below the header: the columns counted."""
        cells = self.in_row(row)
        values = [content_of(cell.text).value for cell in cells]
        numbers = [value for value in values if value is not None]
        named = len(numbers) < len(cells)
        if len(numbers) < (1 if named else 3) or numbers != list(range(1, len(numbers) + 1)):
            return False
        words = [self.label(cell) for cell, value in zip(cells, values, strict=True) if value is None]
        return all("serial" in label.marks for label in words)

    # ------------------------------------------------------------ kinds of columns
    @cached_property
    def label_columns(self) -> frozenset[int]:
        """Columns that hold the labels of rows."""
        words: Counter[int] = Counter()
        numbers: Counter[int] = Counter()
        for row in self.number_rows:
            for col in range(self.table.width):
                holds = self.holds(row, col)
                # 第1中队 in front is a label, 制发3废止1 behind a label is not
                words[col] += holds in _WORDED or (holds is Holds.SEVERAL and col == 0)
                numbers[col] += holds in FIGURES - {Holds.SEVERAL}
        columns = range(self.table.width)
        years = {c for c in columns if self._years_down(c)}
        first = next((c for c in columns if numbers[c] > words[c] and not (c in years or self._serial(c))), 0)
        labels = {c for c in range(first) if words[c] and words[c] >= numbers[c]}
        labels |= {c for c in years if c <= first}
        for col in range(first + 1, self.table.width):
            behind = any(numbers[c] for c in range(col + 1, self.table.width))
            if words[col] > numbers[col] and behind and self._names_rows(col):
                labels.add(col)
        return frozenset(c for c in labels if not self.head(c).marks & _ASIDE or self._names_periods(c))

    def _names_periods(self, col: int) -> bool:
        """时间 above 1月, 2月 is no date of filling in."""
        cells = [self.table.grid[row][col] for row in self.number_rows]
        shown = [self.label(cell) for cell in cells if cell is not None and cell.text.strip()]
        return sum(bool(label.period) for label in shown) * 2 > len(shown)

    def _years_down(self, col: int) -> bool:
        cells = [self.table.grid[row][col] for row in self.number_rows]
        years = [c for c in cells if c is not None and self._is_year(c)]
        return len(years) >= 2 and len({id(c) for c in years}) == len([c for c in cells if c is not None])

    def _names_rows(self, col: int) -> bool:
        """Whether a column of words on the right of figures labels the figures on its right."""
        cells = [self.table.grid[row][col] for row in self.number_rows]
        labels = [self.label(cell) for cell in cells if cell is not None and cell.text.strip()]
        known = [label for label in labels if label.names and not label.rest]
        return len(known) * 2 > len(labels)

    def head(self, col: int) -> Label:
        """The first words above the figures of a column."""
        top = self.number_rows[0] if self.number_rows else 0
        for row in range(top - 1, -1, -1):
            cell = self.table.grid[row][col]
            if cell is not None and cell.text.strip() and len(self.in_row(row)) > 1:
                return self.label(cell)
        return Label()

    def _serial(self, col: int) -> bool:
        """A column that only counts the rows."""
        if "serial" in self.head(col).marks:
            return True
        values = [
            content_of(cell.text).value
            for row in self.number_rows
            if (cell := self.table.grid[row][col]) is not None and cell.text.strip()
        ]
        if len(values) < 3 or values != list(range(1, len(values) + 1)) or self.head(col).names:
            return False
        beside = range(self.table.width)[col + 1 : col + 2]
        return any(self.holds(row, c) is Holds.WORDS for row in self.number_rows[:3] for c in beside)

    @cached_property
    def serial_columns(self) -> frozenset[int]:
        """Columns that only count the rows."""
        columns = range(self.table.width)
        return frozenset(c for c in columns if c not in self.label_columns and self._serial(c))

    @cached_property
    def measure_columns(self) -> frozenset[int]:
        """Columns of labels that only say in what is counted: 件, 万元."""
        found: set[int] = set()
        for col in self.label_columns:
            cells = [self.table.grid[row][col] for row in self.number_rows]
            shown = [self.label(cell) for cell in cells if cell is not None and cell.text.strip()]
            if shown and all("measure" in label.marks for label in shown):
                found.add(col)
        return frozenset(found)

    @cached_property
    def measures_behind(self) -> frozenset[int]:
        """The same on the right of the figures: 数值 | 单位."""
        found: set[int] = set()
        for col in self.note_columns:
            cells = [self.table.grid[row][col] for row in self.number_rows]
            shown = [self.label(cell) for cell in cells if cell is not None and cell.text.strip()]
            if len(shown) > 1 and all("measure" in label.marks for label in shown):
                found.add(col)
        return frozenset(found)

    @cached_property
    def repeating(self) -> frozenset[int]:
        """Columns of labels that say the same on every row where it holds: a blank in them is a label left out."""
        found: set[int] = set()
        for col in self.label_columns:
            cells = [self.table.grid[row][col] for row in self.number_rows]
            shown = [cell for cell in cells if cell is not None and cell.text.strip()]
            pairs = list(pairwise(shown))
            again = [one for one, two in pairs if one is not two and one.text == two.text]
            if len(again) > len(cells) - len(shown):
                found.add(col)
        return frozenset(found)

    @cached_property
    def note_columns(self) -> frozenset[int]:
        """Columns of remarks: words right of the figures, or headed 备注."""
        noted: set[int] = set()
        for col in range(self.table.width):
            if col in self.label_columns or col in self.serial_columns:
                continue
            kinds = Counter(self.holds(row, col) for row in self.number_rows)
            worded = sum(kinds[k] for k in (Holds.WORDS, Holds.DATE, Holds.PERSON, Holds.SEVERAL))
            if (
                self.head(col).marks & _ASIDE
                or worded > sum(kinds[k] for k in FIGURES) - kinds[Holds.SEVERAL]
            ):
                noted.add(col)
        return frozenset(noted)

    @cached_property
    def contact_columns(self) -> frozenset[int]:
        """Columns of telephone numbers, names and dates."""
        return frozenset(c for c in self.note_columns if "contact" in self.head(c).marks)

    @cached_property
    def figure_columns(self) -> list[int]:
        """Columns where figures stand."""
        other = self.label_columns | self.serial_columns | self.note_columns
        return [c for c in range(self.table.width) if c not in other]

    # ------------------------------------------------------------ words above, between and below the figures
    def is_header(self, row: int) -> bool:
        """Whether a row without figures names the columns below it."""
        if row in self.year_rows:
            return True
        cells = self.in_row(row)
        heads = [
            cell
            for cell in cells
            if any(c in self._figure_set for c in range(cell.col, cell.col + cell.width))
        ]
        if not heads or (len(cells) == 1 and cells[0].col == 0) or self.is_statement(row):
            return False
        if any(content_of(cell.text).holds not in _HEADS for cell in heads):
            return False
        labels = [self.label(cell) for cell in heads]
        known = [
            one for one in labels if one.names or one.weak or one.marks or one.period or one.year is not None
        ]
        beside = [self.label(cell) for cell in cells if cell not in heads]
        names_row = any(one.lines or one.weak for one in beside)
        return row < self.number_rows[0] or len(known) * 2 >= len(labels) or not names_row

    def is_statement(self, row: int) -> bool:
        """填报单位：局办公室 | 单位：万元, above the figures: no header."""
        cells = self.in_row(row)
        said = [cell for cell in cells if _STATED.search(cell.text)]
        return len(said) * 2 >= len(cells) and row < self.number_rows[0]

    @cached_property
    def _figure_set(self) -> frozenset[int]:
        return frozenset(self.figure_columns)

    @cached_property
    def panels(self) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Columns of labels with the columns of figures on their right; several where tables stand side by side."""
        found: list[tuple[list[int], list[int]]] = [([], [])]
        for col in range(self.table.width):
            if col in self.label_columns:
                if found[-1][1]:
                    found.append(([], []))
                found[-1][0].append(col)
            elif col in self._figure_set:
                found[-1][1].append(col)
        return [(tuple(labels), tuple(figures)) for labels, figures in found if figures]
