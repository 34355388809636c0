"""Turns an answer into statements, once it is known what its label names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.extraction.questionnaires.answers import Answer, Pair
from assistant.extraction.questionnaires.fields import Question
from assistant.extraction.questionnaires.naming import column_of, outcome_of
from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.tables.declared import Legend
from assistant.extraction.tables.labels import read_label
from assistant.forms import Form
from assistant.numerals import fold

__all__ = ["Claims", "Told"]

_UNITS = frozenset({"", "件", "份", "宗", "起", "个", "项", "例"})
_EVERY = re.compile("(?:全部|均|都|全)(?:为|是|系)?")
_MONEY = frozenset({"元", "万元"})
_EDGE = re.compile(r"[(，,、；;：:\s]|其中")
_REACH = 12
_SLACK = 2
"""unread characters of an answer that leave it clear"""


@dataclass(frozen=True)
class Told:
    """One field taken apart. ``clear``: hardly a word of its label is left that the form does not know."""

    question: Question
    label: str
    answer: Answer
    clear: bool = True

    @property
    def sure(self) -> bool:
        """Whether neither label nor answer holds much that was not read."""
        return self.clear and len(self.answer.unread) <= _SLACK


@dataclass
class Claims:
    """Collects statements; every method says whether it could explain all figures of an answer."""

    form: Form
    year: int | None
    text: str = ""
    """what the places of the answers point into"""
    kinds: Sequence[tuple[str, str]] = ()
    """words for applicants and the columns that the material itself says count them"""
    strange: list[tuple[Target, Span]] = field(default_factory=list)
    """parts in brackets of a kind that nobody knows, with the row they are parts of"""
    statements: list[Statement] = field(default_factory=list)
    last: dict[Target, int | Decimal] = field(default_factory=dict)
    wholes: dict[Target, Pair] = field(default_factory=dict)

    def none(self, told: Told, targets: Sequence[Target]) -> bool:
        """无: nothing in all that the label names."""
        for target in targets:
            whole = target.table in ("table3", "table4") and target.col == "total"
            place = target._replace(col="*") if whole else target
            self._add(Statement("zero", place, told.question.answer, unit="件", sure=told.clear))
        return True

    def in_order(self, told: Told, cells: Sequence[Target]) -> bool:
        """2/1/19: as many bare figures as cells."""
        if not told.answer.bare or len(told.answer.pairs) != len(cells):
            return False
        return all(self._value(c, p, told, told.sure) for c, p in zip(cells, told.answer.pairs, strict=True))

    def by_legend(self, told: Told, target: Target, legend: Legend | None) -> bool:
        """24/6/1 below 自/企/其: a figure for each of the columns that a line names, or for all columns of the form."""
        keys = self._columns_named(legend, target) if legend else ()
        pairs = told.answer.pairs
        if not keys and len(pairs) > 1:
            keys = tuple(c.key for c in self.form.table("table3").columns_of(target.row))
        if len(keys) < 2 or not told.answer.bare or len(pairs) != len(keys):
            return False
        values = {key: pair.value for key, pair in zip(keys, pairs, strict=True)}
        closes = values.pop("total", None) in (None, sum(values.values()))
        sure = closes and (legend is not None or "total" in keys)
        done = [
            self._value(target._replace(col=key), pair, told, sure)
            for key, pair in zip(keys, pairs, strict=True)
        ]
        if legend is not None and legend.rest_zero:
            for column in self.form.table("table3").columns_of(target.row):
                if column.key not in keys and column.key != "total":
                    place = target._replace(col=column.key)
                    self._add(Statement("zero", place, told.question.answer, unit="件", sure=sure))
        return all(done)

    def of_row(self, told: Told, target: Target) -> bool:
        """12件（其中自然人9件）, 2件，维持1件、纠正1件, five figures of a block: a whole and its parts."""
        if told.answer.tail:
            return self._tailed(told, target)
        row = self._block_row(target, told.answer)
        columns = row or [self._column(target, pair) for pair in told.answer.pairs]
        if row is None and self._of_strange_parts(told, target, columns):
            return True
        if None in columns or (row is None and columns.count(target.col) > 1):
            return False
        pairs = list(zip(columns, told.answer.pairs, strict=True))
        whole = next((pair.value for column, pair in pairs if column == target.col), None)
        parts = sum(pair.value for column, pair in pairs if column != target.col)
        sure = told.sure and (row is not None or whole is None or parts <= whole)
        return all(self._value(target._replace(col=c or target.col), p, told, sure) for c, p in pairs)

    def _of_strange_parts(self, told: Told, target: Target, columns: Sequence[str | None]) -> bool:
        """12件（其中一般程序3件、简易程序9件）: a whole, and parts in brackets that no word of the form names."""
        pairs = list(zip(columns, told.answer.pairs, strict=True))
        strange = [pair for column, pair in pairs if column is None]
        known = [(column, pair) for column, pair in pairs if column is not None]
        wholes = [pair for column, pair in known if column == target.col and not pair.inner]
        if (
            not strange
            or len(wholes) != 1
            or not all(pair.inner and (pair.cut or not pair.words) for pair in strange)
        ):
            return False
        if sum(pair.value for _, pair in pairs) - wholes[0].value > wholes[0].value:
            return False
        if not all(self._value(target._replace(col=c or target.col), p, told, told.clear) for c, p in known):
            return False
        self.strange += [(target, pair.span) for pair in strange]
        return True

    def of_fee(self, told: Told, target: Target) -> bool:
        """金额 400元 件数 1件: what was charged, and for how many requests."""
        columns = ["yuan" if pair.unit in _MONEY else "cases" for pair in told.answer.pairs]
        bare = len(columns) == 1 and not told.answer.pairs[0].unit
        if bare:
            columns = [target.col]
        if len(set(columns)) != len(columns) or told.answer.tail:
            return False
        pairs = zip(columns, told.answer.pairs, strict=True)
        return all(self._value(target._replace(col=col), pair, told, told.sure) for col, pair in pairs)

    def of_outcomes(self, told: Told) -> bool:
        """办理结果：公开5，部分公开2: each figure names its row."""
        rows = ["result_total" if pair.total else self._outcome(pair) for pair in told.answer.pairs]
        if not rows or not all(rows):
            return False
        pairs = zip(rows, told.answer.pairs, strict=True)
        return all(self._value(Target("table3", row, "total"), pair, told, told.sure) for row, pair in pairs)

    def of_applicants(self, told: Told, row: str) -> bool:
        """申请人：自然人1件，律所1件: the applicants of the row asked for before; sure where they add up to it."""
        target = Target("table3", row, "total")
        columns = [self._column(target, pair) for pair in told.answer.pairs]
        if not columns or None in columns:
            return False
        closes = sum(pair.value for pair in told.answer.pairs) == self.last.get(target)
        pairs = zip(columns, told.answer.pairs, strict=True)
        return all(self._value(target._replace(col=c or "total"), p, told, closes) for c, p in pairs)

    def of_everyone(self, told: Told, answer: str) -> bool:
        """全部为自然人: one applicant for all rows; unsure where what came over from last year may be another's."""
        words = told.label if _EVERY.search(told.label) else answer
        label = read_label(_EVERY.sub("", words), self.year, self.form.version)
        columns = [name.key for name in label.columns if name.kind == "col"]
        if not _EVERY.search(words) or len(columns) != 1 or label.rest or label.lines:
            return False
        over = self.last.get(Target("table3", "carried_over", "total"))
        others = any(
            v and t.table == "table3" and t.col not in (columns[0], "total") for t, v in self.last.items()
        )
        place = Target("table3", "*", columns[0])
        self._add(Statement("only", place, told.question.label, unit="件", sure=not (over or others)))
        return True

    def all_of(self, told: Told, target: Target, held: Target | None) -> bool:
        """复议 1件：☑纠正; 不予公开 1件：☑第三方: what the row or the family counts is all of the one that is ticked."""
        family = f"{target.row.split('_')[0]}_subtotal"
        above = held if held is not None and held.row == family else target._replace(col="total")
        whole = self.wholes.get(above)
        return whole is not None and bool(whole.value) and self._value(target, whole, told, told.sure)

    def value(self, target: Target, pair: Pair, told: Told) -> bool:
        """One figure of one cell or of a sum of cells."""
        return self._value(target, pair, told, told.sure)

    # ------------------------------------------------------------ parts
    def _tailed(self, told: Told, target: Target) -> bool:
        """2件，均为自然人; 1件，结果维持: the words behind the only figure hold for all of it."""
        pair = told.answer.pairs[0]
        column = self._column(target, replace(pair, words=told.answer.tail, inner=True))
        if column is None or column == target.col or self._column(target, pair) != target.col:
            return False
        both = [self._value(t, pair, told, told.sure) for t in (target, target._replace(col=column))]
        return all(both)

    def _columns_named(self, legend: Legend, target: Target) -> tuple[str, ...]:
        """The keys of the columns that a line names."""
        found: list[str] = []
        kind, other = ("t4col", "other") if target.table == "table4" else ("col", "other_org")
        for words in legend.labels:
            label = read_label(words, self.year, self.form.version)
            key = next((name.key for name in label.columns if name.kind == kind), "")
            key = key or ("total" if "sum" in label.marks else other if "other" in label.marks else "")
            found.append(key)
        return tuple(found) if all(found) and len(set(found)) == len(found) else ()

    def _block_row(self, target: Target, answer: Answer) -> list[str | None] | None:
        """维持/纠正/其他/未结/总计 of one block of table 4, in the form's order."""
        if target.table != "table4" or not answer.bare:
            return None
        rows = [row.key for row in self.form.table("table4").rows]
        columns = self.form.table("table4").columns_of(target.row) if target.row in rows else ()
        return [c.key for c in columns] if len(answer.pairs) == len(columns) else None

    def _column(self, target: Target, pair: Pair) -> str | None:
        """The column that the words beside a figure name; the target's own where there are none."""
        declared = self._declared(pair) if target.table == "table3" else ""
        if declared:
            return declared
        if pair.cut and target.table == "table3":
            # 村民小组 is no 村民
            return None
        if not pair.words:
            return None if pair.inner or target.col == "*" else target.col
        found = column_of(pair.named, target, self.year, self.form.version)
        return None if found in ("", "*") or (found == target.col and pair.inner) else found

    def _declared(self, pair: Pair) -> str:
        """村民小组1件, where the material says that 村民小组 is counted as 其他."""
        beside = fold(self.text[max(0, pair.span.start - _REACH) : pair.figure_end])
        words = _EDGE.split(beside)[-1] or pair.named
        return next((col for word, col in self.kinds if word in words), "")

    def _outcome(self, pair: Pair) -> str:
        """The outcome of table 3 that the words beside a figure name alone."""
        return outcome_of(pair.named, self.year, self.form.version) if pair.words else ""

    def _value(self, target: Target, pair: Pair, told: Told, sure: bool) -> bool:
        """State one figure; False where its unit is none of the cell's."""
        unit = pair.unit or ("万元" if "万元" in told.label else "元" if "元" in told.label else "")
        money = target.col.startswith("amount") or target.col == "yuan"
        if (unit in _UNITS) == money and (unit or not money):
            return False
        self.last[target] = pair.value
        self.wholes[target] = pair
        sure = sure and bool(unit or not money)
        self._add(
            Statement("value", target, pair.span, pair.value, unit or ("" if money else "件"), sure=sure)
        )
        return True

    def row(self, target: Target, value: int, span: Span, sure: bool) -> None:
        """State the figure of a row that an answer in words gives."""
        self.last[target] = value
        self._add(Statement("value", target, span, value, "件", sure=sure))

    def _add(self, statement: Statement) -> None:
        statement.words, statement.spans = "填报表", [statement.span]
        self.statements.append(statement)

    def withdraw(self, span: Span) -> None:
        """Take back what was stated of an answer that could not be explained to its end."""
        self.statements = [
            s for s in self.statements if not (span.start <= s.span.start and s.span.end <= span.end)
        ]
