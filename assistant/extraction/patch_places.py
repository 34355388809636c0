"""Finds which figures of a draft a person's words point at, and works out what a move between them leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assistant.extraction.lexicon import Lexicon, default_lexicon, default_units
from assistant.extraction.patches import SetValue
from assistant.extraction.tokens import Token, Tokenizer
from assistant.forms import CellKey
from assistant.numerals import find_numerals
from assistant.report.draft import Draft
from assistant.report.facts import FactKind, FactStatus, Origin, Value
from assistant.report.findings import Question

__all__ = ["Ambiguous", "Place", "Places"]


class Ambiguous(Exception):
    """Several figures fit the words; ``question`` has one choice for each."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.text)
        self.question = question


def _nothing(words: str) -> Ambiguous:
    """Words that name figures of which there are none (or too few) to move."""
    return Ambiguous(
        Question(code="AMBIGUOUS_MAP", text=f"“{words.strip()}”没有可以改计的件数；请先说明共有几件")
    )


class Place(NamedTuple):
    """A figure of the report; an empty ``row`` or ``col`` is not named by the words."""

    table: str
    row: str
    col: str

    @property
    def where(self) -> str:
        """table.row.col, or info_fee.yuan."""
        return f"info_fee.{self.col}" if self.table == "info_fee" else ".".join(self)


class Places:
    """The figures of one draft, by the words people use for them."""

    def __init__(self, draft: Draft, lexicon: Lexicon | None = None) -> None:
        self.draft = draft
        self.report = draft.report
        self.form = draft.report.layout
        self._tokenizer = Tokenizer(
            lexicon or default_lexicon(), default_units(), self.report.year, self.form.version
        )
        self._derived = {
            CellKey(c.table, c.row, c.col) for c in draft.cells if c.origin in (Origin.DERIVED, None)
        }
        self._totals = {
            (k.table, k.row)
            for i in self.form.identities
            if len(i.left) == 1 and i.left[0].row != i.line
            for k in i.left
        }
        self.applicants = tuple(c.key for c in self.form.table("table3").columns if c.key != "total")

    # ------------------------------------------------------------ words
    def of(self, words: str) -> list[Place]:
        """The rows (and columns) the words name; several for lists; empty when they name none."""
        tokens = [t for t in self._tokenizer.tokens(words) if t.kind == "word"]
        if any(t.has("fee") for t in tokens):
            return [Place("info_fee", "", "cases" if "件" in words else "yuan")]
        rows = self._rows(tokens)
        cols = [e.key for t in tokens for e in t.entries if e.kind in ("col", "t2col", "t4col")]
        if any(t.cue("sum") for t in tokens) and not any(c in self.applicants for c in cols):
            cols.append("total")
        if not rows:
            table = self._table_of(cols)
            return [Place(table, "", c) for c in dict.fromkeys(cols)] if table else []
        fitting = [(t, r, [c for c in cols if self.form.has(CellKey(t, r, c))]) for t, r in rows]
        return [Place(t, r, c) for t, r, found in fitting for c in (list(dict.fromkeys(found)) or [""])]

    def _rows(self, tokens: Sequence[Token]) -> list[tuple[str, str]]:
        kinds = {"row": "table3", "t2row": self.form.table2.key, "t4block": "table4"}
        named = [(kinds[e.kind], e.key, e.weak) for t in tokens for e in t.entries[:1] if e.kind in kinds]
        strong = [(t, k) for t, k, weak in named if not weak] or [(t, k) for t, k, _ in named]
        exact = [(t, k) for t, k in strong if k in {r.key for r in self.form.table(t).rows}]
        found = exact or [pair for t, k in strong for pair in self._members(t, k)]
        return list(dict.fromkeys(found))

    def _members(self, table: str, name: str) -> list[tuple[str, str]]:
        """Rows of a category that are not zero: 不予公开那件 is the one there is."""
        if name == "litigation_all":
            names: Sequence[str] = [r.key for r in self.form.table("table4").rows if r.path]
        else:
            aggregate = self.form.aggregate(name)
            names = aggregate.parts if aggregate is not None and aggregate.along == "rows" else ()
        return [(table, n) for n in names if self.at(table, n, "total")]

    def _table_of(self, cols: Sequence[str]) -> str:
        for table in self.form.tables[::-1]:
            if cols and all(c in {k.col for k in table.cells} for c in cols) and cols != ["total"]:
                return table.key
        return ""

    @staticmethod
    def number(words: str) -> Value | None:
        """The one figure of the words."""
        found = list(find_numerals(words.strip(" ，,。.")))
        return found[0].value if len(found) == 1 else None

    # ------------------------------------------------------------ figures
    def at(self, table: str, row: str, col: str) -> Value | None:
        """The figure of a cell; None when blank or no cell of the form."""
        key = CellKey(table, row, col)
        return self.report.value(key) if self.form.has(key) else None

    def value(self, place: Place) -> Value | None:
        """The figure at a place."""
        if place.table == "info_fee":
            return self.report.info_fee.yuan if place.col == "yuan" else self.report.info_fee.cases
        return self.at(*place)

    def label(self, place: Place) -> str:
        """The place's name for people."""
        if place.table == "info_fee":
            return "信息处理费金额" if place.col == "yuan" else "信息处理费件数"
        return self.form.label(CellKey(*place))

    def unit(self, place: Place) -> str:
        """万元 or 元 for an amount, empty for counts."""
        if place.table == "info_fee":
            return "元" if place.col == "yuan" else ""
        column = self.form.column(CellKey(*place))
        return column.unit if column.kind == "amount" else ""

    def holding(self, figure: Value | None, words: str, then: str) -> Place:
        """The one stated cell that holds a figure (把3改成4); Ambiguous when none or several do."""
        stated = (Origin.STATED, Origin.EDITED)
        found = [
            Place(c.table, c.row, c.col)
            for c in self.draft.cells
            if c.origin in stated and c.value == figure and figure
        ]
        # a total and its one applicant are the same figure
        found = [
            p
            for p in found
            if p.col == "total" or p._replace(col="total") not in found or p.table != "table3"
        ]
        if not found:
            text = f"没有哪一格是 {figure}；请说明改的是哪一项，如“把行政许可改成5”"
            raise Ambiguous(Question(code="AMBIGUOUS_MAP", text=text))
        if len(found) > 1:
            raise self.several(found, words, then)
        return found[0]

    def last_spoken(self, source: str, words: str) -> Place | None:
        """The cell that the last message spoke of, None when there is no earlier message; Ambiguous when it spoke of several."""
        earlier = [n for n in self.draft.sources if n != source]
        said = (
            [
                f.where
                for f in self.draft.facts
                if f.kind is FactKind.CELL
                and f.status in (FactStatus.STATED, FactStatus.CONFLICTING)
                and any(e.source == earlier[-1] for e in f.evidence)
            ]
            if earlier
            else []
        )
        places = list(dict.fromkeys(said))
        if len(places) == 1:
            return Place(*places[0].split("."))
        if not earlier:
            return None
        raise Ambiguous(
            Question(
                code="AMBIGUOUS_MAP",
                text=f"“{words.strip()}”改的是哪一项？请连同名称一起说，如“行政许可应该是5”",
            )
        )

    def one(self, words: str, then: str) -> Place | None:
        """The one figure the words name, None when they name none; Ambiguous when several fit.

        ``then`` is what is to be done with it; the choices of the question say it again in full.
        """
        found = self.of(words)
        if not found or len({(p.table, p.row) for p in found}) > 1:
            return None
        place = found[0]
        if place.table == "info_fee":
            return place
        if not place.row:
            return self._row_for(place, words, then)
        columns = [c.key for c in self.form.table(place.table).columns_of(place.row)]
        if place.col or len(columns) == 1:
            return place if place.col else place._replace(col=columns[0])
        if "total" in columns:
            return place._replace(col="total")
        raise self.several([place._replace(col=c) for c in columns], words, then)

    def _row_for(self, place: Place, words: str, then: str) -> Place | None:
        """自然人 alone: the row where that applicant was spoken of; asked when there are several."""
        live = [f.where for f in self.draft.facts if f.status in (FactStatus.STATED, FactStatus.CONFLICTING)]
        rows = [r.key for r in self.form.table(place.table).rows]
        spoken = [r for r in rows if f"{place.table}.{r}.{place.col}" in live]
        known = spoken or [r for r in rows if self.at(place.table, r, place.col)]
        # a total is not changed but computed; with nothing spoken of, every row that has the column may be meant
        known = [r for r in known if (place.table, r) not in self._totals] or self._having(place, rows)
        old = [n.value for n in find_numerals(words)]
        narrowed = [r for r in known if self.at(place.table, r, place.col) in old] if old else known
        choices = [place._replace(row=r) for r in narrowed or known]
        if len(choices) == 1:
            return choices[0]
        if not choices:
            return None
        raise self.several(choices, words, then)

    def _having(self, place: Place, rows: Sequence[str]) -> list[str]:
        having = [r for r in rows if self.form.has(CellKey(place.table, r, place.col))]
        return having if len(having) <= 3 else []

    def several(self, places: Sequence[Place], words: str, then: str) -> Ambiguous:
        """What to raise where the words fit several figures: one choice for each."""
        names = [self.label(p).replace("·", "的") for p in places[:8]]
        text = f"“{words.strip()}”可以指几处，请选择要改的是哪一处："
        return Ambiguous(
            Question(
                code="AMBIGUOUS_MAP",
                about=tuple(p.where for p in places),
                text=text,
                choices=tuple(f"把{n}{then}" for n in names),
            )
        )

    # ------------------------------------------------------------ moves
    def move(self, what: str, to: str) -> tuple[tuple[SetValue, ...], str] | None:
        """The figures after moving ``what`` to ``to``, with a note; None when the words name no move."""
        here, there = self.of(what), self.of(to)
        if len(there) != 1 or not here or len({(p.table, p.row) for p in here}) > 1:
            return None
        source, target = here[0], there[0]
        if source.table != target.table or source.table == "info_fee":
            return None
        if target.row and source.row and not target.col:
            return self._between_rows(source, target, what)
        if target.col and source.col and target.col != source.col and not target.row:
            return self._between_columns(source, target, what)
        return None

    def _between_rows(
        self, source: Place, target: Place, what: str
    ) -> tuple[tuple[SetValue, ...], str] | None:
        if source.row == target.row:
            return None
        total = self.at(source.table, source.row, "total")
        count = self._count(what, total) if isinstance(total, int) else None
        if count is None or not isinstance(total, int):
            raise _nothing(what)
        columns = (
            [source.col]
            if source.col and source.col != "total"
            else self._column_of(source, target, count, total)
        )
        if source.table == "table4" and source.col == "" and target.col == "":
            columns = [
                c.key
                for c in self.form.table("table4").columns
                if c.key != "total" and self.at(*source[:2], c.key) == count
            ]
        sets: list[SetValue] = []
        for col in [*columns, "total"]:
            sets += self._shifted(
                CellKey(source.table, source.row, col), CellKey(source.table, target.row, col), count
            )
        names = [self.form.table(source.table).row(p.row).name for p in (source, target)]
        return tuple(sets), f"已把 {count} 件由“{names[0]}”改计到“{names[1]}”"

    def _shifted(self, here: CellKey, there: CellKey, count: int) -> list[SetValue]:
        """Both cells after the move; cells that arithmetic fills are left to arithmetic."""
        old, new = self.report.value(here), self.report.value(there)
        if not isinstance(old, int) or {here, there} <= self._derived:
            return []
        # a cell nothing was said of holds, as far as is known, only what is moved into it
        moved = count if new is None else new + count
        return [SetValue(where=str(here), value=old - count), SetValue(where=str(there), value=moved)]

    def _column_of(self, source: Place, target: Place, count: int, total: int) -> list[str]:
        """The applicant (or result) the moved ones belong to; asked when it cannot be told."""
        if source.table != "table3":
            return []
        held = {c: self.at("table3", source.row, c) for c in self.applicants}
        if all(v is None for v in held.values()):
            return []
        some = [c for c, v in held.items() if isinstance(v, int) and v >= count]
        if len(some) == 1:
            return some
        if not some or total == count:
            return []
        rows = {p.row: self.form.table("table3").row(p.row).name for p in (source, target)}
        columns = {c.key: c.label for c in self.form.table("table3").columns}
        choices = tuple(f"把{rows[source.row]}的{columns[c]}{count}件挪到{rows[target.row]}" for c in some)
        raise Ambiguous(
            Question(code="AMBIGUOUS_MAP", text=f"要改计的 {count} 件是哪一类申请人的？", choices=choices)
        )

    def _count(self, what: str, most: int) -> int | None:
        # the tokenizer knows that the 三 of 第三方 counts nothing
        tokens = [t.value for t in self._tokenizer.tokens(what) if t.kind == "num"]
        numbers = [v for v in tokens if isinstance(v, int) and v > 0]
        count = numbers[-1] if numbers else most
        return count if 0 < count <= most else None

    def _between_columns(
        self, source: Place, target: Place, what: str
    ) -> tuple[tuple[SetValue, ...], str] | None:
        rows = [source.row] if source.row else [r.key for r in self.form.table(source.table).rows]
        sets: list[SetValue] = []
        moved = 0
        for row in rows:
            here, there = CellKey(source.table, row, source.col), CellKey(source.table, row, target.col)
            old = self.at(*here)
            if not isinstance(old, int) or old <= 0 or not self.form.has(there):
                continue
            count = self._count(what, old) if source.row else old
            if count is None:
                continue
            shifted = self._shifted(here, there, count)
            moved += bool(shifted)
            sets += shifted
        if not sets:
            raise _nothing(what)
        labels = {c.key: c.label for c in self.form.table(source.table).columns}
        return tuple(sets), f"已把 {moved} 行的“{labels[source.col]}”改计到“{labels[target.col]}”"
