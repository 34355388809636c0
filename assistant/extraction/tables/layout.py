"""Lays a grid out: every figure with the labels of its row and of its column, outermost first."""

from __future__ import annotations

from dataclasses import replace

from assistant.documents.blocks import Cell, Table
from assistant.extraction.tables.cells import Holds, Part, content_of, parts_of
from assistant.extraction.tables.family import Family
from assistant.extraction.tables.grid import FIGURES, Grid
from assistant.extraction.tables.headers import header_paths
from assistant.extraction.tables.headings import is_context, is_remark, measured
from assistant.extraction.tables.labels import Label, read_label
from assistant.extraction.tables.lines import Layout, Line, Place, Placed, keys_of
from assistant.extraction.tables.shortened import long_forms

__all__ = ["lay_out"]

_CONTEXT = ("unit", "year", "period", "line", "column")
"""what a heading within the table may name, outermost first"""


def lay_out(table: Table, year: int | None, family: Family) -> Layout:
    """The layout of a grid; one without figures is empty."""
    grid = Grid(table, year, family.form.version)
    layout = _Walk(grid, family).run() if grid.number_rows else Layout()
    for axis in (layout.rows, layout.columns):
        _lengthen(axis, year, family.form.version)
    return layout


def _lengthen(axis: dict[Place, Line], year: int | None, form: str) -> None:
    """Gives labels of one character (自, 企, 计) the meaning that they have side by side."""
    longer = long_forms(label.text for line in axis.values() for label in line.labels)
    for place, line in axis.items() if longer else ():
        labels = tuple(
            replace(read_label(words, year, form), text=label.text)
            if (words := longer.get("".join(label.text.split())))
            else label
            for label in line.labels
        )
        axis[place] = replace(line, labels=labels)


class _Walk:
    """Walks down the rows once: headings, headers, rows of figures."""

    def __init__(self, grid: Grid, family: Family) -> None:
        self.grid = grid
        self.family = family
        self.out = Layout(figure_columns=frozenset(grid.figure_columns))
        self.headers: list[int] = []
        self.part = 0
        """counts the headers"""
        self.context: dict[str, tuple[int, Label]] = {}
        """headings within the table by what they name, each with the row it stands in"""
        self.fresh = False
        """whether the context was set by the row before"""
        self.above: dict[int, Cell] = {}
        self.before: dict[int, Label] = {}
        """the last label with a line of the form, by panel"""
        self.listed: dict[int, Label] = {}
        """the label of the row before that named a line with one of its columns, by panel"""

    def run(self) -> Layout:
        """The layout."""
        open_header = False
        for row in range(self.grid.table.height):
            cells = self.grid.in_row(row)
            if not cells:
                continue
            if self.grid.counts_columns(row):
                self.out.serials += cells
            elif self._holds_figures(row) and not self._heads(row):
                if open_header:
                    self._close_header()
                open_header = False
                self._data(row)
            elif self.grid.is_header(row):
                if not open_header:
                    self.headers = []
                    self.above = {}
                open_header = True
                self.headers.append(row)
                self.out.words += cells
            else:
                self._words(row, cells)
        return self.out

    def _heads(self, row: int) -> bool:
        """A header above all figures may have figures in its words: 12345热线."""
        return row < self.grid.number_rows[0] and self.grid.is_header(row)

    def _holds_figures(self, row: int) -> bool:
        if row in self.grid.year_rows:
            return False
        places = [c for c in self.grid.figure_columns if self.grid.holds(row, c) in FIGURES]
        cells = self.grid.in_row(row)
        if len(cells) == 1 and row not in self.grid.number_rows:
            return False
        return bool(places) or row in self.grid.number_rows

    # ------------------------------------------------------------ headings
    def _words(self, row: int, cells: list[Cell]) -> None:
        """A heading, a remark, or a row whose figures are all blank."""
        if len(cells) == 1 and self._opens_part(row, cells[0]):
            self.out.words += cells
            return
        if len(cells) == 1 and self._is_note(row, cells[0]):
            self.out.notes += cells
            return
        labels = [self.grid.label(cell) for cell in cells]
        beyond = [cell for cell in cells if cell.col in self.grid.note_columns]
        self.out.notes += beyond
        self.out.words += [cell for cell in cells if cell not in beyond]
        if self.grid.is_statement(row) or (len(cells) == 1 and not is_context(labels[0])):
            self.out.titles += labels
            return
        label = labels[-1 if not beyond else 0]
        in_labels = [cell for cell in cells if cell.col in self.grid.label_columns]
        narrow = all(cell.width < self.grid.table.width for cell in cells)
        deep = len(self.grid.label_columns) > 1
        if in_labels and self.part and narrow:
            self._blank_row(row)
        elif in_labels and deep and narrow:
            self._fill_down(row)
        if len(in_labels) > 1 or (in_labels and deep and narrow):
            return
        if is_context(label) and not (label.lines and label.columns):
            self._set_context(row, label)
            self.above = {}
            self.fresh = True

    def _opens_part(self, row: int, cell: Cell) -> bool:
        """附：2023年同口径数据（仅供对比）, between rows of figures: what stands below is of that year, or not for the report."""
        between = self.grid.number_rows[0] < row < self.grid.number_rows[-1]
        label = self.grid.label(cell)
        aside = label.marks & {"aside"}
        if not between or is_remark(cell) or (label.year is None and not aside):
            return False
        self.context = {"year": (row, Label(label.text, year=label.year, marks=aside))}
        self.above, self.before, self.fresh = {}, {}, True
        return True

    def _blank_row(self, row: int) -> None:
        """A row without a figure is still a neighbour of the rows beside it."""
        labels_at, _ = self.grid.panels[0]
        path = self._fill_down(row)[0]
        place = Place(row, 0)
        self.out.rows[place] = self._line(place, [self.grid.label(cell) for cell in path], path, labels_at)

    def _is_note(self, row: int, cell: Cell) -> bool:
        below = row > self.grid.number_rows[0]
        return below and (is_remark(cell) or any(mark in cell.text for mark in "，。；"))

    def _set_context(self, row: int, label: Label) -> None:
        said = (row, label)
        if label.is_unit:
            self.context = {"unit": said}
        elif label.lines:
            self.context = {k: v for k, v in self.context.items() if k in ("unit", "year", "period")}
            self.context["line"] = said
        elif label.columns:
            self.context["column"] = said
        else:
            self.context["period" if label.period else "year"] = said

    # ------------------------------------------------------------ headers
    def _close_header(self) -> None:
        self.part += 1
        paths, missing = header_paths(self.grid, self.headers)
        for labels_at, figures_at in self.grid.panels:
            heads = [self.grid.label(paths[c][-1]) for c in labels_at if paths[c]]
            named = [head for head in heads if head.names and not head.rest]
            for col in figures_at:
                place, path = Place(col, self.part), paths[col]
                labels = tuple(self.grid.label(cell) for cell in path)
                self.out.columns[place] = Line(
                    labels, keys_of(path), place, wide=True, bare=not path, hole=col in missing
                )
                self.out.corners[place] = named[-1] if named else Label()
        self.context.pop("column", None)

    # ------------------------------------------------------------ rows of figures
    def _data(self, row: int) -> None:
        paths = self._fill_down(row)
        behind = [c for col in self.grid.measures_behind if (c := self.grid.table.grid[row][col])]
        for panel, (labels_at, figures_at) in enumerate(self.grid.panels):
            place = Place(row, panel)
            path = [*paths[panel], *(behind if paths[panel] else ())]
            labels = [self.grid.label(cell) for cell in path]
            self.out.rows[place] = self._line(place, labels, path, labels_at)
            self.out.words += [
                cell
                for c in labels_at
                if (cell := self.grid.table.grid[row][c]) is not None and cell.row == row
            ]
            self._figures(row, figures_at, place)
        for col in range(self.grid.table.width):
            cell = self.grid.table.grid[row][col]
            if cell is None or cell.row != row or cell.col != col or not cell.text.strip():
                continue
            if col in self.grid.serial_columns:
                self.out.serials.append(cell)
            elif col in self.grid.contact_columns:
                self.out.contacts.append(cell)
            elif col in self.grid.note_columns and cell not in behind:
                compares = self.grid.head(col).marks & {"diff", "share"}
                (self.out.differences if compares else self.out.notes).append(cell)

    def _figures(self, row: int, columns: tuple[int, ...], place: Place) -> None:
        for col in columns:
            column = Place(col, self.part)
            self.out.columns.setdefault(column, Line((), (), column, bare=True))
            cell = self.grid.table.grid[row][col]
            if cell is None or (cell.row, cell.col) != (row, col):
                continue
            content = content_of(cell.text)
            parts = parts_of(cell.text) if content.holds is Holds.SEVERAL else ()
            if parts:
                self.out.figures += [self._part(cell, part, place, column) for part in parts]
            elif content.holds is not Holds.BLANK:
                # words where a figure should stand keep its place open
                self.out.figures.append(Placed(cell, content, place, column))

    def _part(self, cell: Cell, part: Part, row: Place, column: Place) -> Placed:
        """One of several figures of a cell (制发3件，废止1件), with the word before it."""
        mine = replace(cell, text=cell.text[part.start : part.end])
        if cell.end - cell.start == len(cell.text):
            mine = replace(mine, start=cell.start + part.start, end=cell.start + part.end)
        label = read_label(part.words, self.grid.year, self.grid.form) if part.words else None
        return Placed(mine, part.content, row, column, label)

    def _line(self, place: Place, labels: list[Label], cells: list[Cell], labels_at: tuple[int, ...]) -> Line:
        labels, cells = measured(labels, cells)
        labels_at = tuple(c for c in labels_at if c not in self.grid.measure_columns)
        own = labels[-1] if labels else Label()
        self._leave_context(labels)
        carried = self.before.get(place.part) if len(labels_at) == 1 or "part" in own.marks else None
        if carried is None and own.columns and not own.lines and not own.rest:
            # 现行有效 below 规范性文件废止
            carried = self.listed.get(place.part) if all(n.kind == "t2col" for n in own.columns) else None
        elif own.columns and own.lines:
            self.listed[place.part] = own
        else:
            self.listed.pop(place.part, None)
        if own.lines and "part" not in own.marks and not own.columns:
            self.before[place.part] = own
        elif own.lines and "part" not in own.marks:
            self.before.pop(place.part, None)
        context = [self.context[k] for k in _CONTEXT if k in self.context]
        keys = (*(key for key, _ in context), *keys_of(cells))
        return Line(
            (*(label for _, label in context), *labels),
            keys,
            place,
            self.part,
            carried,
            wide=bool(cells) and cells[-1].height > 1,
            bare=not cells,
            hole=bool(cells) and len(labels_at) > 1 and cells[0].col > labels_at[0],
        )

    def _leave_context(self, labels: list[Label]) -> None:
        """A heading rules the rows of its own kind only; a row left blank is no heading of the sum below it."""
        lines = [name for label in labels for name in label.lines]
        fresh, self.fresh = self.fresh, False
        generic = fresh and bool(labels) and bool(labels[-1].marks & {"sum", "other"}) and not lines
        if "column" in self.context and (generic or any(label.columns for label in labels)):
            del self.context["column"]
        if "line" not in self.context:
            return
        ruling = self.context["line"][1].lines
        if generic:
            left = all(name.kind == "row" and name.key not in self.family.parts for name in ruling)
        else:
            left = bool(lines) and not any(self.family.within(n, o) for n in lines for o in ruling)
        if left:
            del self.context["line"]
            if not generic:
                self.context.pop("column", None)

    def _fill_down(self, row: int) -> list[list[Cell]]:
        """The label cells of each panel; blanks left of a label repeat the label above."""
        paths: list[list[Cell]] = []
        for labels_at, _ in self.grid.panels:
            cells = {c: self.grid.table.grid[row][c] for c in labels_at}
            shown = {c: cell for c, cell in cells.items() if cell is not None and cell.text.strip()}
            if not shown:
                paths.append([])
                continue
            path: list[Cell] = []
            last, same = max(shown), True
            for c in labels_at:
                before = self.above.get(c)
                if c in shown:
                    same = same and before is not None and before.text == shown[c].text
                    self.above[c] = shown[c]
                    path.append(shown[c])
                elif same and before is not None and c < last and c not in self.grid.repeating:
                    path.append(before)
                elif c not in self.grid.repeating:
                    self.above.pop(c, None)
            paths.append(list({id(cell): cell for cell in path}.values()))
        return paths
