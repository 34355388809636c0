"""Finds quotes and figures in a source, and judges by the lexicon what a figure is said to be about."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import cached_property

from assistant.extraction.lexicon import Lexicon, default_lexicon, default_units
from assistant.extraction.tokens import Token, Tokenizer
from assistant.forms import CellKey, Form
from assistant.model_reader.asked import Place
from assistant.numerals import fold
from assistant.report.facts import FactKind

__all__ = ["Fit", "Ground", "normalised"]

_LONGEST_QUOTE = 200
"""characters; a longer quote would hold any figure"""
_MOST_PLACES = 20
_ALIKE = str.maketrans("“”‘’「」『』〔〕【】；：，。、！？（）", "\"\"''\"\"''[][];:,.,!?()")
_CLAUSE_ENDS = frozenset(",，；;。、！!？?\n+＋")
_SENTENCE_ENDS = frozenset("。！!？?；;\n")
_ORDER = re.compile("(?:要|必须|务必|请|给我|都|全)[填写改]|[填写改]成|输出|设[为成置]")
_SUBJECTS = ("row", "t2row", "t4block", "fee")
_PARTS = ("col", "t4col")


def normalised(text: str) -> tuple[str, list[int]]:
    """The text without blanks and invisible characters, punctuation and letters made alike, with the origin of each character."""
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(fold(text)):
        if char.isspace() or unicodedata.category(char) in ("Cf", "Cc", "Co", "Cn"):
            continue
        out.append(char.translate(_ALIKE).lower()[:1])
        origin.append(index)
    return "".join(out), origin


class Fit(IntEnum):
    """How the words around a figure fit a cell."""

    AGAINST = 0
    """they name something else"""
    OPEN = 1
    """they name nothing the lexicon knows"""
    NAMED = 2
    """they name the cell"""


@dataclass(frozen=True)
class _Subject:
    kind: str
    key: str


class Ground:
    """One source, ready to be asked about quotes and figures."""

    def __init__(self, text: str, form: Form, year: int | None, lexicon: Lexicon | None = None) -> None:
        self.text, self.form = text, form
        self._plain, self._origin = normalised(text)
        self._tokenizer = Tokenizer(lexicon or default_lexicon(), default_units(), year, form.version)

    @cached_property
    def tokens(self) -> list[Token]:
        """Words, figures and separators of the whole source."""
        return self._tokenizer.tokens(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    def locate(self, quote: str) -> list[tuple[int, int]]:
        """Where the quote stands (offsets of the source, end exclusive); empty when it does not, or is too long or short."""
        wanted, _ = normalised(quote)
        if not 1 <= len(wanted) <= _LONGEST_QUOTE:
            return []
        found: list[tuple[int, int]] = []
        at = self._plain.find(wanted)
        while at >= 0 and len(found) < _MOST_PLACES:
            found.append((self._origin[at], self._origin[at + len(wanted) - 1] + 1))
            at = self._plain.find(wanted, at + 1)
        return found

    def between(self, start: int, end: int) -> list[Token]:
        """The tokens that lie within the span."""
        return [
            t
            for t in self.tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
            if t.end <= end
        ]

    def figures(self, start: int, end: int) -> list[Token]:
        """The figures within the span; dates, ordinals and document numbers are none."""
        return [t for t in self.between(start, end) if t.kind == "num"]

    def amount(self, figure: Token, place: Place) -> int | Decimal | None:
        """What the figure is in the unit of the place; None when its unit does not fit (人次 for a count, 件 for money)."""
        if figure.value is None or figure.unit_kind == "other":
            return None
        money = place.where == "info_fee.yuan" or self._column_unit(place) in ("万元", "元")
        if not money:
            return None if figure.unit_kind == "money" or not isinstance(figure.value, int) else figure.value
        if figure.unit_kind == "count":
            return None
        if self._column_unit(place) == "万元" and (figure.unit_kind == "money" or figure.scaled):
            value = Decimal(figure.value) / 10_000
            return int(value) if value == value.to_integral_value() else value.normalize()
        return figure.value

    def _column_unit(self, place: Place) -> str:
        key = place.key
        return (
            self.form.column(key).unit if key is not None and self.form.column(key).kind == "amount" else ""
        )

    # ------------------------------------------------------------ the words around a figure
    def clause(self, figure: Token) -> list[Token]:
        """The tokens between the commas around a figure."""
        return self._around(figure, _CLAUSE_ENDS)

    def sentence(self, figure: Token) -> list[Token]:
        """The tokens between the full stops around a figure."""
        return self._around(figure, _SENTENCE_ENDS)

    def _around(self, figure: Token, ends: frozenset[str]) -> list[Token]:
        at = bisect_left(self._starts, figure.start)
        low = high = at
        while low > 0 and not (self.tokens[low - 1].kind == "sep" and self.tokens[low - 1].text in ends):
            low -= 1
        while high < len(self.tokens) and not (
            self.tokens[high].kind == "sep" and self.tokens[high].text in ends
        ):
            high += 1
        return self.tokens[low:high]

    def fit(self, figure: Token, place: Place) -> Fit:
        """Whether the words around the figure name the place: its row and its column."""
        wanted, column = self._wanted(place)
        clause = self.clause(figure)
        row = self._fit_row(figure, wanted, clause)
        return min(row, self._fit_column(figure, place, column, clause, row))

    def _wanted(self, place: Place) -> tuple[_Subject, str]:
        if place.kind is FactKind.FEE:
            return _Subject("fee", "info_fee"), ""
        if place.kind is FactKind.AGGREGATE:
            row, col = place.where.split(".")
            return _Subject("t4block" if row == "litigation_all" else "row", row), col
        key = CellKey.parse(place.where)
        kind = "row" if key.table == "table3" else "t4block" if key.table == "table4" else "t2row"
        return _Subject(kind, key.row), key.col

    @staticmethod
    def _nearest(figure: Token, words: list[Token], kinds: tuple[str, ...], *, weak: bool) -> Token | None:
        """The word before the figure that counts, else the first behind it."""
        chosen = [w for w in words if any(e.kind in kinds and (weak or not e.weak) for e in w.entries)]
        before = [w for w in chosen if w.end <= figure.start]
        return before[-1] if before else chosen[0] if chosen else None

    def _fit_row(self, figure: Token, wanted: _Subject, clause: list[Token]) -> Fit:
        for words in (clause, self._before(figure)):
            for weak in (False, True):
                word = self._nearest(figure, words, _SUBJECTS, weak=weak)
                if word is None or self._of_the_next(word, figure, clause):
                    continue
                if word.has(wanted.kind, wanted.key):
                    return Fit.NAMED
                # 新收81，企业1: a part without a row of its own is one of the row before
                is_part = any(w.has(kind) for w in clause for kind in _PARTS)
                return Fit.AGAINST if words is clause or is_part else Fit.OPEN
        return Fit.OPEN

    def _of_the_next(self, word: Token, figure: Token, clause: list[Token]) -> bool:
        """Whether a word behind the figure is that of the next figure: 公开24 部分公开20."""
        return word.start > figure.end and self._has_own_figure(word, clause)

    def own_part(self, figure: Token, start: int, end: int) -> tuple[int, int]:
        """Of words that hold several figures the clause of this one; all of them where that clause names no row."""
        clause = [t for t in self.clause(figure) if start <= t.start and t.end <= end]
        if any(e.kind in _SUBJECTS for t in clause for e in t.entries):
            return clause[0].start, clause[-1].end
        return start, end

    def _before(self, figure: Token) -> list[Token]:
        return [t for t in self.sentence(figure) if t.end <= figure.start]

    def _fit_column(self, figure: Token, place: Place, column: str, clause: list[Token], row: Fit) -> Fit:
        kind = "fee" if place.kind is FactKind.FEE else place.where.partition(".")[0]
        if kind == "fee":
            return Fit.NAMED
        if kind.startswith("table2"):
            return self._fit_table2(figure, CellKey.parse(place.where), clause)
        if kind == "table4" or place.where.startswith("litigation_all"):
            return self._fit_result(figure, column, clause)
        named = self._nearest(figure, clause, ("col",), weak=True)
        if named is not None and self._of_the_next(named, figure, clause):
            named = None  # 部分公开3件（自然人2
        if named is None:
            return Fit.NAMED if column == "total" else Fit.OPEN if self._all_are(column) else Fit.AGAINST
        if named.has("col", column):
            return Fit.NAMED
        if column == "total":
            # 自然人9 is no total, unless the row is named in the same breath (予以公开7件，自然人)
            return Fit.OPEN if row is Fit.NAMED and self._row_in(clause) else Fit.AGAINST
        return Fit.AGAINST

    @staticmethod
    def _has_own_figure(word: Token, clause: list[Token]) -> bool:
        behind = [t for t in clause if t.start >= word.end]
        return bool(behind) and behind[0].kind == "num"

    def _all_are(self, column: str) -> bool:
        """Whether the source says anywhere that all are of that kind (都是自然人)."""
        return any(
            t.has("col", column) and any(w.cue("every") for w in self.clause(t))
            for t in self.tokens
            if t.kind == "word"
        )

    @staticmethod
    def _row_in(clause: list[Token]) -> bool:
        return any(w.has("row") for w in clause)

    def _fit_table2(self, figure: Token, key: CellKey, clause: list[Token]) -> Fit:
        columns = self.form.table(key.table).columns_of(key.row)
        if len(columns) == 1:
            return Fit.NAMED
        named = self._nearest(figure, clause, ("t2col",), weak=True) or self._nearest(
            figure, self._before(figure), ("t2col",), weak=True
        )
        if named is None:
            return Fit.OPEN
        return Fit.NAMED if named.has("t2col", key.col) else Fit.AGAINST

    def _fit_result(self, figure: Token, column: str, clause: list[Token]) -> Fit:
        named = self._nearest(figure, clause, ("t4col",), weak=True)
        if named is None:
            return Fit.NAMED if column == "total" else Fit.OPEN
        if named.has("t4col", column):
            return Fit.NAMED
        return Fit.OPEN if column == "total" else Fit.AGAINST

    def spoken_of(self, figure: Token, *keys: str) -> str:
        """Which of these cues was the last before the figure in its sentence; empty when none was."""
        for word in reversed(self._before(figure)):
            for key in keys:
                if word.cue(key):
                    return key
        return ""

    def is_elsewhere(self, figure: Token) -> bool:
        """Whether the clause is about things the form does not count (公众号), sums something up, only orders what to write
        (一定要填100), or says nothing at all."""
        clause = self.clause(figure)
        if any(w.has("decoy") or w.cue("sum", "rest") for w in clause):
            return True
        start, end = clause[0].start, clause[-1].end
        around = self.text[start : figure.start] + self.text[figure.end : end]
        return _ORDER.search(around) is not None or sum(c > "\u4e00" and c < "\u9fff" for c in around) < 2

    def cue(self, figure: Token, *keys: str) -> bool:
        """Whether a word of that kind (大概, 待补, 不是 …) stands in the clause of the figure."""
        return any(w.cue(*keys) for w in self.clause(figure))

    def cue_in(self, start: int, end: int, *keys: str) -> bool:
        """Whether such a word stands within a span."""
        return any(t.cue(*keys) for t in self.between(start, end))
