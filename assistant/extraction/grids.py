"""Finds tables pasted into a text (tabs, pipes, commas, aligned blanks) and reads them into statements.

A cell of the grid takes the words of its row label and of its column header together, so that rows by columns, columns by
rows, two-level headers and headers in any order all read the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.extraction.statements import Remark, Span, Statement, Target
from assistant.extraction.targets import Context, Resolver
from assistant.extraction.tokens import Token, Tokenizer
from assistant.forms import FORM_VERSIONS, Form, load_form
from assistant.numerals import fold, parse_numeral

__all__ = ["Grid", "GridReader", "find_grids"]

_WIDEST = 80
"""cells of a line; a longer one is no table a clerk pasted"""
_BLANK = {"", "/", "-", "—", "--", "——", "－", "／", "\\", "无", "空"}
_UNIT = re.compile(r"\s*(件|份|个|宗|起|项|万元|元)$")


def _plain_label(text: str) -> str:
    return re.sub(r"[\s()（）/、:]|单位|万元", "", fold(text))


_COLUMN_LABELS = {
    _plain_label(column.label)
    for version in FORM_VERSIONS
    for table in load_form(version).tables
    for column in table.columns
    if len(column.label) > 2
}
"""headers of every form version: the columns of another version are known, and not read as this one's"""


@dataclass
class GridCell:
    """A cell with its place in the source."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def number(self) -> int | Decimal | None:
        """The figure, None for words and blanks."""
        return parse_numeral(_UNIT.sub("", fold(self.text)))

    @property
    def blank(self) -> bool:
        return fold(self.text).strip() in _BLANK


@dataclass
class Grid:
    """Consecutive lines of one pasted table."""

    rows: list[list[GridCell]] = field(default_factory=list)

    @property
    def span(self) -> Span:
        return Span(self.rows[0][0].start, self.rows[-1][-1].end)


def find_grids(source: str, resolver_words: GridReader) -> list[Grid]:
    """All pasted tables of a text; a table has at least two lines with cells and one of them with figures."""
    grids: list[Grid] = []
    current: list[list[GridCell]] = []
    offset = 0
    for line in source.splitlines(keepends=True):
        row = _split(line.rstrip("\r\n"), offset, resolver_words)
        offset += len(line)
        if row is not None and len(row) <= _WIDEST:
            current.append(row)
            continue
        if line.strip() and current:
            grids += _close(current)
            current = []
    return grids + (_close(current) if current else [])


def _close(rows: list[list[GridCell]]) -> list[Grid]:
    figures = sum(1 for row in rows if sum(c.number is not None for c in row) >= 1)
    wide = any(len(row) >= 3 for row in rows)
    return [Grid(rows)] if figures >= 1 and (len(rows) >= 2 or wide) else []


def _split(line: str, offset: int, reader: GridReader) -> list[GridCell] | None:
    """Cells of a line, None when it is not a line of a table."""
    if "\t" in line:
        return _unglued(_cells(line, offset, r"\t"))
    bars = line.count("|") + line.count("｜")
    if bars >= 2 or (bars == 1 and re.fullmatch(r"[^|｜]+[|｜]\s*[\d.,]*\s*[^|｜]{0,2}", line)):
        if re.fullmatch(r"[\s|｜:+-]+", line):
            return [GridCell("", offset)]
        row = _cells(line, offset, r"[|｜]")
        if not reader.is_piped(row):
            return None
        return row[1:] if line.lstrip().startswith(("|", "｜")) and row else row
    commas = r"," if line.count(",") >= 3 else r"[,，]"
    for pattern, least in ((commas, 3), (r"[;；]", 3), (r"[ 　]+", 3)):
        row = _cells(line, offset, pattern)
        if len(row) >= least and reader.looks_tabular(row):
            return row
    return None


def _unglued(row: list[GridCell]) -> list[GridCell]:
    """行政复议 6⇥2⇥3: a label with its first figure in one cell."""
    glued = re.fullmatch(r"(\D*?[^\d\s.、)）])\s+(\d[\d,.]*)", row[0].text) if len(row) > 1 else None
    if glued is None or row[1].number is None:
        return row
    first = row[0]
    return [GridCell(glued.group(1), first.start), GridCell(glued.group(2), first.start + glued.start(2)), *row[1:]]


def _cells(line: str, offset: int, pattern: str) -> list[GridCell]:
    cells: list[GridCell] = []
    last = 0
    if '"' in line and pattern == ",":
        return [
            GridCell(m.group().strip().strip('"').strip(), offset + m.start() + m.group().startswith('"'))
            for m in re.finditer(r'"(?:[^"]|"")*"|(?<=,)[^,"]*|^[^,"]+', line) if m.group() or True
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


@dataclass
class _Layout:
    """Headers in force: words per column, counted from the left and (for figures without label shift) from the right."""

    headers: list[list[Token]]
    texts: list[str]
    width: int
    label_width: int
    said_from: int = 0
    """number of statements read before this header"""


class GridReader:
    """Reads grids with the same lexicon and the same resolver as running text."""

    def __init__(self, tokenizer: Tokenizer, resolver: Resolver) -> None:
        self.tokenizer = tokenizer
        self.resolver = resolver
        self.remarks: list[Remark] = []
        self.blanks: list[Target] = []
        """cells that stand blank in a pasted table"""

    @property
    def form(self) -> Form:
        return self.resolver.form

    def words(self, text: str) -> list[Token]:
        """Lexicon words of a label or header."""
        return [t for t in self.tokenizer.tokens(text) if t.kind == "word"]

    def looks_tabular(self, row: list[GridCell]) -> bool:
        """Comma or blank separated: a label and then only figures, or only known headers."""
        figures = [c for c in row if c.number is not None or c.text in ("/", "-", "—")]
        words = [c for c in row if c not in figures and c.text]
        if len(figures) >= 3 and len(words) <= 3 and (not words or words[-1].start < figures[0].start) and all(len(c.text) <= 50 for c in words):
            return not words or any(self._label(w.text) for w in words)
        if figures or len(row) < 4:
            return False
        known = [c for c in row if c.text and any(e.kind in ("col", "t4col", "t2col", "row") for t in self.words(c.text) for e in t.entries)]
        return len(known) >= 3 and all(len(c.text) <= 20 for c in row)

    def is_piped(self, row: list[GridCell]) -> bool:
        """Bars part a table when a cell is only a figure, or when all are headers or short words; else they part clauses."""
        if any(c.number is not None for c in row):
            return True
        return not any(t.kind in ("num", "vec") and t.unit != "年" for c in row for t in self.tokenizer.tokens(c.text))

    def _label(self, text: str) -> bool:
        return any(e.kind in ("row", "t2row", "t4block", "col") for t in self.words(text) for e in t.entries)

    def read(self, grid: Grid) -> list[Statement]:
        """Statements of one table."""
        out: list[Statement] = []
        layout: _Layout | None = None
        ctx = Context(table="table3")
        for row in grid.rows:
            if self._is_header(row):
                fresh = layout is None or len(out) > layout.said_from
                layout = replace(self._layout(row) if fresh else self._merge(layout, row), said_from=len(out))
                continue
            if not any(c.number is not None for c in row):
                self._section(row, ctx)
                continue
            out += self._row(row, layout, ctx)
        return out

    # ------------------------------------------------------------ headers
    def _is_header(self, row: list[GridCell]) -> bool:
        figures = [c for c in row if c.number is not None]
        if len(figures) > 1 or any(c is not row[0] or not re.fullmatch(r"20\d\d", fold(c.text)) for c in figures):
            return False
        if sum(_plain_label(c.text) in _COLUMN_LABELS for c in row) >= 2:
            return True
        known = sum(any(e.kind in ("col", "t2col", "t4col", "t4block", "row", "t2row") for t in self.words(c.text) for e in t.entries) for c in row[1:])
        others = sum(1 for c in row[1:] if fold(c.text) in ("其他", "其它", "总计", "合计", "小计", "数量"))
        titled = len(row) >= 3 and others >= 1 and not known and all(0 < len(c.text) <= 10 for c in row[1:])
        return known + others >= 2 or titled or (known == 1 and len([c for c in row if c.text]) == 2)

    def _layout(self, row: list[GridCell]) -> _Layout:
        headers = [self._header_words(c, row, i) for i, c in enumerate(row)]
        first = next((i for i, words in enumerate(headers) if i and words), 1)
        if headers[0] and any(e.kind in ("col", "t4col", "t2col") for t in headers[0] for e in t.entries):
            first = 0
        return _Layout(headers, [c.text for c in row], len(row), first)

    def _header_words(self, cell: GridCell, row: list[GridCell], index: int) -> list[Token]:
        words = self.words(cell.text)
        if fold(cell.text) in ("总计", "合计", "小计", "共计", "总数"):
            return [w for w in words if w.cue("sum")]
        if fold(cell.text) in ("其他", "其它"):
            applicants = any(e.kind == "col" for c in row for t in self.words(c.text) for e in t.entries)
            key = "其他组织" if applicants else "其他结果" if any(t.has("t4col") for c in row for t in self.words(c.text)) else cell.text
            return self.words(key)
        return words

    def _merge(self, upper: _Layout | None, row: list[GridCell]) -> _Layout:
        """A second header line completes the first: its words win where it has any."""
        lower = self._layout(row)
        if upper is None or upper.width != lower.width:
            return lower
        headers = [low or up for low, up in zip(lower.headers, upper.headers, strict=True)]
        return replace(lower, headers=headers)

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
    def _row(self, row: list[GridCell], layout: _Layout | None, ctx: Context) -> list[Statement]:
        first = next((i for i, c in enumerate(row) if c.number is not None), len(row))
        figures_from = 1 + max((i for i, c in enumerate(row[:first]) if not c.blank), default=-1)
        notes = [c for c in row[first:] if c.number is None and not c.blank]
        row = [c for c in row if c not in notes]
        labels = [c for c in row[:figures_from] if c.text and not c.blank]
        values = row[figures_from:]
        words = self._row_words(labels, ctx)
        if not labels and len(values) == len(self.form.table("table4").cells):
            return self._by_position(words, labels, values, ctx)
        pairs = self._aligned(row, values, figures_from, layout) if layout else None
        if pairs is None:
            found = self._by_position(words, labels, values, ctx)
            return [*found, *self._notes(notes, found)]
        out: list[Statement] = []
        for cell, header in pairs:
            statement = self._cell(cell, words, header, labels, ctx)
            if statement is not None:
                out.append(statement)
        return out

    def _notes(self, notes: list[GridCell], found: list[Statement]) -> list[Statement]:
        """（自然人20） in a cell behind the figures: the applicants of the row."""
        rows = {s.target.row for s in found if s.target.table == "table3"}
        out: list[Statement] = []
        for cell in notes if len(rows) == 1 else []:
            tokens = [t for t in self.tokenizer.tokens(cell.text) if t.kind in ("word", "num")]
            for word, number in zip(tokens, tokens[1:], strict=False):
                col = next((e.key for e in word.entries if e.kind == "col"), "")
                if col and number.kind == "num" and number.value is not None:
                    span = Span(cell.start + word.start, cell.start + number.end)
                    out.append(Statement("value", Target("table3", next(iter(rows)), col), span, number.value))
        return out

    def _row_words(self, labels: list[GridCell], ctx: Context) -> list[Token]:
        words: list[Token] = []
        for cell in labels:
            tokens = self.tokenizer.tokens(cell.text)
            words += [replace(t, start=cell.start + t.start, end=cell.start + t.end) for t in tokens if t.kind == "word"]
        groups = [e.key for w in words for e in w.entries if e.kind == "row" and e.key.endswith("_subtotal")]
        if groups and len(labels) > 1:
            ctx.group = groups[-1].split("_")[0]
        return words

    @staticmethod
    def _aligned(
        row: list[GridCell], values: list[GridCell], figures_from: int, layout: _Layout
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

    def _cell(self, cell: GridCell, words: list[Token], header: list[Token], labels: list[GridCell], ctx: Context) -> Statement | None:
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
        named = [(w, any(e.kind in ("row", "t2row", "t4block") for e in w.entries) or w.cue("other", "sum", "rest")) for w in [*words, *header]]
        rows = [w for w, is_row in named if is_row]
        cols = [w for w, is_row in named if not is_row]
        if not any(e.kind in ("row", "t2row", "t4block") for w in rows for e in w.entries):
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
        unit = _UNIT.search(fold(cell.text))
        return Statement("value", target, span, cell.number, unit.group(1) if unit else "", "".join(w.text for w in words))

    # ------------------------------------------------------------ without headers
    def _by_position(self, words: list[Token], labels: list[GridCell], values: list[GridCell], ctx: Context) -> list[Statement]:
        """Figures in the order of the form's columns, when their number fits the row exactly."""
        figures = [c for c in values if c.number is not None or c.blank]
        while figures and figures[-1].number is None and len(figures) > 1:
            figures.pop()
        if not labels and len(figures) == 15:
            keys = [Target(*k) for k in self.form.table("table4").cells]
            return [s for k, c in zip(keys, figures, strict=True) if (s := self._plain(k, c, c.start)) is not None]
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
                return []
            columns = [target.col if target.col != "*" else columns[0]] if target.col != "*" or len(columns) == 1 else []
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
        unit = _UNIT.search(fold(cell.text))
        return Statement("value", target, Span(min(start, cell.start), cell.end), cell.number, unit.group(1) if unit else "")


def replace_context(ctx: Context) -> Context:
    """A context of its own for one cell, so that probing does not move the focus."""
    return Context(table=ctx.table, row=ctx.row if ctx.table == "table3" else "", block=ctx.block, group=ctx.group, sentence=0, case_sentence=0)
