"""Reads tables pasted into a text into statements.

A cell of the grid takes the words of its row label and of its column header together, so that rows by columns, columns by
rows, two-level headers and headers in any order all read the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from assistant.extraction.grid_columns import without_serials, years_of
from assistant.extraction.grid_headers import Headers, Layout
from assistant.extraction.pasted import UNIT, Grid, GridCell
from assistant.extraction.statements import Remark, Span, Statement, Target
from assistant.extraction.targets import Context, Resolver
from assistant.extraction.tokens import Token, Tokenizer
from assistant.forms import Form
from assistant.numerals import fold

__all__ = ["GridReader"]


_MONEY = re.compile(r"(?:(?<=\()|(?<=:)|^)(?:万元|元)(?=\)|$)")
"""the unit in a cell of its own or in brackets: 金额（元）"""
_ROWS = frozenset({"row", "t2row", "t4block"})


class GridReader:
    """Reads grids with the same lexicon and the same resolver as running text."""

    def __init__(self, tokenizer: Tokenizer, resolver: Resolver) -> None:
        self.tokenizer = tokenizer
        self.resolver = resolver
        self._headers = Headers(self.words)
        self.remarks: list[Remark] = []
        self.blanks: list[Target] = []
        """cells that stand blank in a pasted table"""

    @property
    def form(self) -> Form:
        return self.resolver.form

    def words(self, text: str) -> list[Token]:
        """Lexicon words of a label or header."""
        return [t for t in self.tokenizer.tokens(text) if t.kind == "word"]

    def read(self, grid: Grid) -> list[Statement]:
        """Statements of one table."""
        out: list[Statement] = []
        layout: Layout | None = None
        ctx = Context(table="table3")
        years: list[int | None] = []
        for row in without_serials(grid.rows):
            found = years_of(row, self.tokenizer.year)
            if found:
                years = found
                continue
            if years and len(row) == len(years) and any(re.search(r"\d", c.text) for c in row[1:]):
                out += self._by_years(row, years, ctx)
                continue
            if self._headers.found_in(row):
                fresh = layout is None or len(out) > layout.said_from
                layout = replace(
                    self._headers.of(row) if fresh else self._headers.completed(layout, row),
                    said_from=len(out),
                )
                continue
            if not any(c.number is not None for c in row):
                self._section(row, ctx)
                continue
            out += self._row(row, layout, ctx)
        return out

    def _by_years(self, row: list[GridCell], years: list[int | None], ctx: Context) -> list[Statement]:
        """The figures of one line, each in its year; those of other years but the last are left out."""
        out: list[Statement] = []
        label = [c for c in row[:1] if c.text]
        target = self._target(self._row_words(label, ctx), [], False, ctx)
        year = self.tokenizer.year
        if target is None or year is None or not label:
            return out
        for cell, its in zip(row, years, strict=True):
            if its not in (year, year - 1):
                continue
            if cell.number is None:
                found = list(self._told_in(cell, target))
            else:
                found = self._by_position(self._row_words(label, ctx), label, [cell], ctx)
            for statement in found:
                statement.prior = its == year - 1
            out += found
        return out

    def _told_in(self, cell: GridCell, target: Target) -> Iterator[Statement]:
        """制发3废止1有效19 in one cell: each figure with its column."""
        if target.table == "fee":
            return
        known = {c.key for c in self.form.table(target.table).columns_of(target.row)}
        tokens = [t for t in self.tokenizer.tokens(cell.text) if t.kind in ("word", "num")]
        for word, number in pairwise(tokens):
            col = next((e.key for e in word.entries if e.kind in ("t2col", "t4col") and e.key in known), "")
            if col and number.kind == "num" and number.value is not None and not number.approx:
                span = Span(cell.start + word.start, cell.start + number.end)
                yield Statement("value", target._replace(col=col), span, number.value, number.unit)

    def _section(self, row: list[GridCell], ctx: Context) -> None:
        words = [t for c in row for t in self.words(c.text)]
        sense = self.resolver.sense(words, ctx)
        if sense.targets:
            target = sense.targets[-1]
            ctx.table = target.table
            ctx.group = target.row.split("_")[0] if target.table == "table3" else ctx.group
            if target.table == "table4":
                ctx.block = target.row

    # ------------------------------------------------------------ rows
    def _row(self, row: list[GridCell], layout: Layout | None, ctx: Context) -> list[Statement]:
        first = next((i for i, c in enumerate(row) if c.number is not None), len(row))
        figures_from = 1 + max((i for i, c in enumerate(row[:first]) if not c.blank), default=-1)
        notes = [c for c in row[first:] if c.number is None and not c.blank]
        row = [c for c in row if c not in notes]
        labels = [c for c in row[:figures_from] if c.text and not c.blank]
        values = row[figures_from:]
        words = self._row_words(labels, ctx)
        if not labels and len(values) == len(self.form.table("table4").cells):
            return self._by_position(words, labels, values, ctx)
        if layout is not None and layout.headers and not any(t.kinds & _ROWS for t in words):
            # 规范性文件|制发|废止 above 市城管局|1|0: the row is named in the corner
            words = [*(t for t in layout.headers[0] if t.has("t2row") or t.has("t4block")), *words]
        here = layout if layout is not None and not self._of_another_table(words, layout) else None
        pairs = self._aligned(row, values, figures_from, here) if here else None
        beside = next((m[0] for c in labels if (m := _MONEY.search(fold(c.text)))), "")
        if pairs is None:
            found = self._by_position(words, labels, values, ctx)
            for read in found:
                read.unit = read.unit or beside
            return [*found, *self._notes(notes, found)]
        out: list[Statement] = []
        for cell, header in pairs:
            statement = self._cell(cell, words, header, labels, ctx)
            if statement is not None:
                above = here.texts[row.index(cell)] if here is not None and len(row) == here.width else ""
                headed = _MONEY.search(fold(above))
                statement.unit = statement.unit or beside or (headed[0] if headed else "")
                out.append(statement)
        return out

    @staticmethod
    def _of_another_table(words: list[Token], layout: Layout) -> bool:
        """规章,0,0,0 below a header of applicants: the row belongs to another table and keeps that table's own order."""
        applicants = sum(any(t.has("col") for t in header) for header in layout.headers) >= 2
        return applicants and any(t.has("t2row") or t.has("t4block") for t in words)

    def _notes(self, notes: list[GridCell], found: list[Statement]) -> list[Statement]:
        """（自然人20） in a cell behind the figures: the applicants of the row."""
        rows = {s.target.row for s in found if s.target.table == "table3"}
        out: list[Statement] = []
        for cell in notes if len(rows) == 1 else []:
            tokens = [t for t in self.tokenizer.tokens(cell.text) if t.kind in ("word", "num")]
            for word, number in pairwise(tokens):
                col = next((e.key for e in word.entries if e.kind == "col"), "")
                if col and number.kind == "num" and number.value is not None:
                    span = Span(cell.start + word.start, cell.start + number.end)
                    out.append(
                        Statement("value", Target("table3", next(iter(rows)), col), span, number.value)
                    )
        return out

    def _row_words(self, labels: list[GridCell], ctx: Context) -> list[Token]:
        words: list[Token] = []
        for cell in labels:
            tokens = self.tokenizer.tokens(cell.text)
            words += [
                replace(t, start=cell.start + t.start, end=cell.start + t.end)
                for t in tokens
                if t.kind == "word"
            ]
        groups = [e.key for w in words for e in w.entries if e.kind == "row" and e.key.endswith("_subtotal")]
        if groups and len(labels) > 1:
            ctx.group = groups[-1].split("_")[0]
        return words

    @staticmethod
    def _aligned(
        row: list[GridCell], values: list[GridCell], figures_from: int, layout: Layout
    ) -> list[tuple[GridCell, list[Token]]] | None:
        """Pair figures with headers: by place when the widths agree, else from the first header or from the right."""
        headers = layout.headers
        if len(row) == layout.width:
            pairs = [(row[i], headers[i]) for i in range(figures_from, len(row))]
        else:
            tail = headers[layout.label_width :]
            if len(values) > len(tail):
                return None
            if len(values) < len(tail) and len(row) < layout.width and figures_from <= layout.label_width:
                pairs = list(zip(values, tail, strict=False))
            else:
                pairs = list(zip(values, tail[len(tail) - len(values) :], strict=True))
        return [(cell, header) for cell, header in pairs if header]

    def _cell(
        self, cell: GridCell, words: list[Token], header: list[Token], labels: list[GridCell], ctx: Context
    ) -> Statement | None:
        total = any(w.cue("sum") for w in header) and not any(w.has("row") for w in header)
        target = self._target(words, header, total, ctx)
        if target is None:
            return None
        if cell.number is None:
            self.blanks.append(target)
            return None
        start = labels[0].start if labels else cell.start
        return self._statement(target, cell, Span(min(start, cell.start), cell.end), words)

    def _target(self, words: list[Token], header: list[Token], total: bool, ctx: Context) -> Target | None:
        named = [
            (
                w,
                not w.kinds.isdisjoint(_ROWS) or w.cue("other", "sum", "rest"),
            )
            for w in [*words, *header]
        ]
        rows = [w for w, is_row in named if is_row]
        cols = [w for w, is_row in named if not is_row]
        if all(w.kinds.isdisjoint(_ROWS) for w in rows):
            if any(w.cue("sum") for w in words) and not any(w.has("t4col") for w in header):
                row = "result_total" if not any(w.has("col") for w in words) else None
                return self._with_col(row, header) if row else None
            if any(w.cue("other") for w in words):
                if ctx.table != "table3":
                    return None
                row = "ot_other" if ctx.group != "subtotal" and self.form.version != "2019" else "ot_subtotal"
                return self._with_col(row, header)
        probe = replace_context(ctx)
        sense = self.resolver.sense([w for w in rows if not (w.cue("sum") and total)] + cols, probe)
        if not sense.targets:
            return None
        target = sense.targets[-1]
        if total and target.table in ("table3", "table4"):
            target = target._replace(col="total")
        if target.table == "table3":
            ctx.row, ctx.table = target.row, "table3"
            if "_" in target.row and target.row.split("_")[0] in ("deny", "na", "np", "ot"):
                ctx.group = target.row.split("_")[0]
        elif target.table == "table4":
            ctx.table, ctx.block = "table4", target.row
        elif target.table == self.form.table2.key:
            # the short 收费 below 许可、处罚、强制 is a row of this table
            ctx.table = target.table
        return target

    @staticmethod
    def _with_col(row: str, header: list[Token]) -> Target:
        col = next((e.key for w in header for e in w.entries if e.kind == "col"), "total")
        return Target("table3", row, col)

    def _statement(self, target: Target, cell: GridCell, span: Span, words: list[Token]) -> Statement | None:
        rest = any(w.cue("rest") for w in words)
        if rest and cell.number == 0:
            return Statement("zero", target._replace(col="rest"), span)
        if target.col == "*":
            return Statement("zero", target, span) if cell.number == 0 else None
        unit = UNIT.search(fold(cell.text))
        return Statement(
            "value", target, span, cell.number, unit.group(1) if unit else "", "".join(w.text for w in words)
        )

    # ------------------------------------------------------------ without headers
    def _by_position(
        self, words: list[Token], labels: list[GridCell], values: list[GridCell], ctx: Context
    ) -> list[Statement]:
        """Figures in the order of the form's columns, when their number fits the row exactly."""
        figures = [c for c in values if c.number is not None or c.blank]
        while figures and figures[-1].number is None and len(figures) > 1:
            figures.pop()
        if not labels and len(figures) == 15:
            keys = [Target(*k) for k in self.form.table("table4").cells]
            return [
                s for k, c in zip(keys, figures, strict=True) if (s := self._plain(k, c, c.start)) is not None
            ]
        target = self._target(words, [], False, ctx)
        if target is None:
            return []
        table = self.form.table(target.table) if target.table != "fee" else None
        if table is None or not any(r.key == target.row for r in table.rows):
            columns = [c.key for c in self.form.table("table3").columns] if target.table == "table3" else []
        else:
            columns = [c.key for c in table.columns_of(target.row)]
        while len(figures) > len(columns) and figures[0].number is None and not figures[0].text:
            figures = figures[1:]
        if len(figures) != len(columns):
            if len(figures) != 1:
                # nobody says whose the figures are: they are asked, and 其余为0 does not speak of this row
                return (
                    [Statement("pending", target._replace(col="*"), Span(labels[0].start, figures[-1].end))]
                    if labels and any(c.number for c in figures)
                    else []
                )
            columns = (
                [target.col if target.col != "*" else columns[0]]
                if target.col != "*" or len(columns) == 1
                else []
            )
        start = labels[0].start if labels else figures[0].start
        out = []
        for col, cell in zip(columns, figures, strict=False):
            statement = self._plain(target._replace(col=col), cell, start)
            if statement is not None:
                out.append(statement)
        return out

    def _plain(self, target: Target, cell: GridCell, start: int) -> Statement | None:
        if cell.number is None:
            self.blanks.append(target)
            return None
        unit = UNIT.search(fold(cell.text))
        return Statement(
            "value",
            target,
            Span(min(start, cell.start), cell.end),
            cell.number,
            unit.group(1) if unit else "",
        )


def replace_context(ctx: Context) -> Context:
    """A context of its own for one cell, so that probing does not move the focus."""
    return Context(
        table=ctx.table,
        row=ctx.row if ctx.table == "table3" else "",
        block=ctx.block,
        group=ctx.group,
        sentence=0,
        case_sentence=0,
    )
