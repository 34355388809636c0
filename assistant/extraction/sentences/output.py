"""Collects what the clauses say: statements, and where every figure went. Written to, never read while the text is walked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.extraction.sentences.pieces import Piece
from assistant.extraction.sentences.stories import Story
from assistant.extraction.sentences.words import ROW, Sense
from assistant.extraction.statements import Remark, Span, Statement, Target
from assistant.extraction.structure import Account, Unplaced, Use
from assistant.extraction.tokens import Token
from assistant.numerals import plain

IN_YUAN = re.compile(r"单位[:：]?[ ]?元|[(（](?:单位)?元[)）]")
"""the words of a line that its money is in yuan"""
_YUAN = ("元", "块", "块钱", "元钱")
_RECENT = 200
"""statements among which the one is sought that a later clause speaks of"""
_KEPT_OUT = {"text": "正文中的数", "prior": "上年数"}
__all__ = ["IN_YUAN", "Output", "span_of"]


def span_of(token: Token | Piece) -> Span:
    """Where a token or piece stands."""
    return Span(token.start, token.end)


@dataclass
class Output:
    """What was found so far."""

    statements: list[Statement] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    doubted_rows: set[tuple[str, str]] = field(default_factory=set)
    """rows that a sentence names which takes something back"""
    doubted_values: set[object] = field(default_factory=set)
    stories: list[tuple[Story, int]] = field(default_factory=list)
    """requests told one by one, each with its sentence"""
    remarks: list[Remark] = field(default_factory=list)
    of_others: list[Statement] = field(default_factory=list)
    """what was told of a wider area or of a part of it, and is kept out"""
    channel: str = ""
    """where the clause stands that is being read (see :class:`Scope`)"""

    def value(
        self,
        target: Target,
        token: Token,
        span: Span,
        *,
        sure: bool,
        words: str = "",
        sentence: int = 0,
        in_yuan: bool = False,
    ) -> Statement:
        """A figure of a cell, in the form's unit of money where it is money; one that nobody can read stays open."""
        value, unit = _in_unit_of(target, token, in_yuan)
        made = Statement(
            "value", target, span, value, unit, words, sentence=sentence, spans=[span_of(token)], sure=sure
        )
        made.text_channel, made.prior = self.channel == "text", self.channel == "prior"
        if token.value is None:
            self.unplaced.append(Unplaced((span_of(token),), words or token.text, (target,)))
        else:
            self.statements.append(made)
        return made

    def restated(self, target: Target, value: int, span: Span, sentence: int) -> Statement:
        """A figure that was told before and holds for another cell as well (复议2件，都维持)."""
        made = Statement("value", target, span, value, sentence=sentence, sure=False)
        if not self.channel:
            self.statements.append(made)
        return made

    def of_last_year(self, figure: Piece) -> None:
        """318是去年的: the statement with this value that was made last was last year's."""
        assert figure.old is not None
        for statement in reversed(self.statements[-_RECENT:]):
            if statement.kind == "value" and statement.value == figure.old.value:
                statement.prior = True
                break
        self.account(figure, Use.LEFT_OUT, "上年数")

    def renamed(self, old: Sense, new: tuple[Sense | None, Sense | None], span: Span) -> None:
        """不是维持，是纠正: what was told last of the one was of the other."""
        field = "row" if old.axis == ROW else "col"
        right = next((s for s in new if s is not None and (s.axis, s.table) == (old.axis, old.table)), None)
        told = (
            s
            for s in reversed(self.statements[-_RECENT:])
            if s.kind == "value" and s.target.table == old.table
        )
        statement = next((s for s in told if getattr(s.target, field) == old.key), None)
        if right is None or statement is None:
            return
        self.statements.remove(statement)
        target = statement.target._replace(**{field: right.key})
        self.statements.append(
            replace(statement, target=target, span=statement.span.join(span), corrects=True, sure=False)
        )

    def widened(self, row: str, sentence: int) -> None:
        """What the sentence told of a row counts more than the row does."""
        recent = self.statements[-_RECENT:]
        wide = [s for s in recent if s.target.row == row and s.sentence == sentence]
        self.statements[-_RECENT:] = [s for s in recent if s not in wide]
        for statement in wide:
            self.accounts += [Account(span, Use.NARRATIVE, "范围更大的数") for span in statement.spans]

    def old_year(self, span: Span) -> None:
        """A sentence of the drafted prose carries another year than the report's: told once."""
        if not any(r.code == "YEAR" for r in self.remarks):
            message = "正文这一句写的是上一年度，应为本报告年度，请改正年份"
            self.remarks.append(Remark("YEAR", "s1", message, span, "error"))

    def other(self, target: Target, token: Token, scope: str) -> None:
        """A figure of another scope than the report's: kept out, and the clerk is told."""
        value, unit = _in_unit_of(target, token)
        self.of_others.append(Statement("value", target, span_of(token), value, unit, scope=scope))

    def zero(self, target: Target, span: Span, *, sure: bool, sentence: int = 0, kind: str = "zero") -> None:
        """A zero of a cell or scope; or, with another kind, what holds for a whole row (only, rest_only, pending)."""
        value = 0 if kind == "zero" else None
        if self.channel == "text" and kind == "only":
            # 文字部分：收到申请7件，均为自然人: whose the requests are holds for the tables as well
            target, sure = Target("table3", "*", target.col), False
        elif self.channel == "text" and kind == "zero" and target.col != "*":
            self.statements.append(
                Statement("value", target, span, 0, sentence=sentence, text_channel=True, spans=[span])
            )
            return
        elif self.channel:
            return
        self.statements.append(Statement(kind, target, span, value, sentence=sentence, sure=sure))

    def account(self, token: Token | Piece, use: Use, why: str) -> None:
        """A figure that makes no statement."""
        for item in token.items if isinstance(token, Piece) else (token,):
            self.accounts.append(Account(span_of(item), use, why))
        if isinstance(token, Piece):
            for extra in (token.old, token.total, *token.bounds):
                if extra is not None and extra not in token.items:
                    self.accounts.append(Account(span_of(extra), use, why))

    def open(
        self,
        piece: Piece,
        words: str,
        places: tuple[Target, ...] = (),
        question: str = "",
        code: str = "AMBIGUOUS_MAP",
        *,
        spreads: bool = False,
    ) -> None:
        """Figures that nobody places: they are asked."""
        tokens = [
            *piece.items,
            *(t for t in (piece.old, piece.total) if t is not None and t not in piece.items),
        ]
        spans = tuple(span_of(t) for t in tokens if t.kind == "num")
        if self.channel in _KEPT_OUT:
            self.account(piece, Use.LEFT_OUT, _KEPT_OUT[self.channel])
        elif spans:
            self.unplaced.append(Unplaced(spans, words, places, question, code=code, spreads=spreads))


def _in_unit_of(target: Target, token: Token, in_yuan: bool = False) -> tuple[int | Decimal | None, str]:
    """The value of a figure and its unit: what is said in 元 or with 万 is in 万元 where the form wants that."""
    if (
        token.value is None
        or target.col != "amount_wan"
        or not (token.scaled or token.unit in _YUAN or (in_yuan and not token.unit))
    ):
        return token.value, token.unit
    return plain(Decimal(token.value) / 10_000), "万元"
