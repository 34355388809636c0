"""Turns settled statements into facts of the ledger, each with the words it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter
from typing import TypeAlias

from assistant.extraction.statements import Remark, Span, Statement, Target
from assistant.forms import CellKey, Form
from assistant.numerals import fold, leading_numeral, plain
from assistant.report.facts import Evidence, Fact, FactKind, FactStatus

__all__ = ["FactBuilder"]


@dataclass
class FactBuilder:
    """Turns settled statements into ledger facts."""

    form: Form
    text: str
    source: str
    begins: Sequence[int] = ()
    """where the sources start that the text was joined from"""
    prefix: str = "f"
    """what the ids of the facts begin with"""
    made: list[Fact] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    quoted: dict[Span, Evidence] = field(default_factory=dict)
    """one evidence for all figures that rest on the same words"""
    ends: Sequence[int] = ()
    """where the words of the statements end"""
    units: list[tuple[int, str]] | None = None
    """单位：元 and the like with where they end, once they are asked for"""

    def facts(self, statements: Sequence[Statement]) -> list[Fact]:
        """All facts of the statements, in their order; :attr:`remarks` then says what was corrected."""
        said: dict[tuple[FactKind, str], _Said] = {}
        self.ends = sorted({s.end for one in statements for s in (one.spans or (one.span,))})
        for statement in statements:
            if statement.dropped or statement.kind == "aside":
                continue
            for kind, where, value in self.places(statement):
                self._append(statement, kind, where, value, said)
        return self.made

    def _append(
        self,
        statement: Statement,
        kind: FactKind,
        where: str,
        value: int | Decimal | None,
        said: dict[tuple[FactKind, str], _Said],
    ) -> None:
        hedged = statement.hedged or statement.kind == "pending"
        status = FactStatus.HEDGED if hedged else FactStatus.STATED
        earlier = said.setdefault((kind, where), {})
        corrects = ""
        if status is FactStatus.STATED and kind is not FactKind.TEXT:
            if statement.corrects:
                corrects = self._supersede(earlier, value, statement, where)
            if value in earlier and not self._elsewhere(self.made[earlier[value][-1]], statement):
                return
        fact = Fact(
            id=f"{self.prefix}{len(self.made) + 1}",
            kind=kind,
            where=where,
            value=value,
            unit=statement.unit,
            status=status,
            evidence=tuple(map(self._evidence, statement.spans or (statement.span,))),
            mapped_from="" if statement.official else statement.words,
            corrects=corrects,
            sure=statement.sure,
        )
        self.made.append(fact)
        if status is FactStatus.STATED:
            earlier.setdefault(value, []).append(len(self.made) - 1)

    def _elsewhere(self, fact: Fact, statement: Statement) -> bool:
        """Whether a statement stands in another source than a fact: it says the same, and still needs its own account."""
        places = (fact.evidence[-1].start, statement.span.start)
        return len({bisect_right(self.begins, place) for place in places}) > 1

    def _supersede(
        self,
        earlier: _Said,
        value: int | Decimal | None,
        statement: Statement,
        where: str,
    ) -> str:
        """A correction replaces every other value said before; the id of the last one replaced."""
        replaced = ""
        others = [earlier.pop(other) for other in list(earlier) if other != value]
        for index in sorted(i for same in others for i in same):
            old = self.made[index]
            replaced = old.id
            self.made[index] = old.model_copy(update={"status": FactStatus.SUPERSEDED})
            message = f"前面说的 {old.value} 已按后面的更正改为 {value}"
            if not any((r.message, r.span) == (message, statement.span) for r in self.remarks):
                # one correction of 自然人申请5件 may change the total as well
                self.remarks.append(
                    Remark("CORRECTED", where, message, statement.span, "info", expected=value, got=old.value)
                )
        return replaced

    def _evidence(self, span: Span) -> Evidence:
        if span not in self.quoted:
            start, end = self._with_label(span)
            self.quoted[span] = Evidence(source=self.source, start=start, end=end, quote=self.text[start:end])
        return self.quoted[span]

    def _with_label(self, span: Span) -> Span:
        """新收12件: a figure with the words of its clause before it, as far as no other figure stands among them; alone it
        tells a person nothing, and can be taken back by nobody."""
        if leading_numeral(fold(self.text[span.start : span.end].lstrip("（(【 "))) is None:
            return span
        before = bisect_right(self.ends, span.start) - 1
        floor = max(self.ends[before] if before >= 0 else 0, span.start - _LABEL)
        found = _BEFORE.search(self.text, floor, span.start)
        return Span(found.start(), span.end) if found is not None else span

    def places(self, s: Statement) -> Iterable[tuple[FactKind, str, int | Decimal | None]]:
        """Kind and place of the facts a statement makes."""
        target = s.target
        if target.table == "fee":
            value = 0 if s.kind == "zero" else s.value
            return (
                []
                if s.kind == "pending"
                else [(FactKind.FEE, f"info_fee.{'yuan' if target.col == '*' else target.col}", value)]
            )
        if target.table == "charge":
            return []
        if target.row == "litigation_all" and (s.kind in ("zero", "pending") or s.value == 0):
            return [
                (FactKind.ZERO, f"table4.{row}", None if s.kind == "pending" else 0)
                for row in ("litigation_direct", "litigation_after_review")
            ]
        if s.kind == "only":
            return [(FactKind.ZERO, f"table3.{target.row}.except.{target.col}", 0)]
        if s.kind == "rest_only":
            return [(FactKind.ZERO, f"table3.{target.row}.rest.{target.col}", 0)]
        if s.kind in ("zero", "pending"):
            if s.prior or s.text_channel:
                return []
            kind, where, value = self._zero_place(target)
            return [(kind, where, None if s.kind == "pending" else value)]
        return self._value_place(s)

    def _zero_place(self, target: Target) -> tuple[FactKind, str, int | None]:
        key = CellKey(*target)
        if self.form.has(key):
            return FactKind.CELL, str(key), 0
        if target.row == "rest":
            return FactKind.ZERO, "rest" if target.table == "*" else f"{target.table}.rest", 0
        return FactKind.ZERO, ".".join(part for part in target if part != "*"), 0

    def _value_place(self, s: Statement) -> list[tuple[FactKind, str, int | Decimal | None]]:
        target, value = s.target, s.value
        if value is None:
            return []
        key = CellKey(*target)
        if self.form.has(key):
            if self.form.column(key).kind == "amount":
                value = self._amount(key, s)
            kind = FactKind.PRIOR if s.prior else FactKind.TEXT if s.text_channel else FactKind.CELL
            return [(kind, str(key), value)]
        if s.prior or s.text_channel or target.col == "*":
            return []
        return [(FactKind.AGGREGATE, f"{target.row}.{target.col}", value)]

    def _amount(self, key: CellKey, s: Statement) -> int | Decimal:
        """Amount in the column's unit: 万元 in the 2021 form, 元 for the procurement of 2019."""
        assert s.value is not None
        unit = s.unit or self._unit_beside(self._with_label(s.span))
        if self.form.column(key).unit == "万元" and unit in ("元", "块", "块钱", "元钱"):
            return plain(Decimal(s.value) / 10_000)
        return s.value

    def _unit_beside(self, span: Span) -> str:
        """收费（元）：31500, 31500（单位：元）, 单位：元 above the table: the unit that stands apart from its figure."""
        start, end = span
        if _IN_YUAN.search(self.text, start, end) or _IN_YUAN.match(self.text, end):
            return "元"
        if self.units is None:
            self.units = [(m.end(), m[1]) for m in _UNIT_ABOVE.finditer(self.text)]
        above = bisect_right(self.units, start, key=itemgetter(0))
        return self.units[above - 1][1] if above else ""


_Said: TypeAlias = "dict[int | Decimal | None, list[int]]"
"""places in the list of facts, by their value"""
_LABEL = 24
"""characters of the words before a figure that are quoted with it"""
_BEFORE = re.compile(r"(?<!\d)[^\W\d][^，,。；;！!？?、\n\t|\d]*$")
"""from a letter to the figure, with nothing that ends a clause between them"""
_UNIT_ABOVE = re.compile(r"单位[:：]\s*(万元|元)")
_IN_YUAN = re.compile(r"\s*[（(](?:单位[:：]?)?元[）)]")
