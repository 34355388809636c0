"""Collects what the clauses say: statements, and where every figure went. Written to, never read while the text is walked."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from assistant.extraction.sentences.pieces import Piece
from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.structure import Account, Unplaced, Use
from assistant.extraction.tokens import Token
from assistant.numerals import plain

_YUAN = ("元", "块", "块钱", "元钱")
__all__ = ["Output", "span_of"]


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

    def value(
        self, target: Target, token: Token, span: Span, *, sure: bool, words: str = "", sentence: int = 0
    ) -> Statement:
        """A figure of a cell, in the form's unit of money where it is money."""
        value, unit = _in_unit_of(target, token)
        made = Statement(
            "value", target, span, value, unit, words, sentence=sentence, spans=[span_of(token)], sure=sure
        )
        self.statements.append(made)
        return made

    def restated(self, target: Target, value: int, span: Span, sentence: int) -> Statement:
        """A figure that was told before and holds for another cell as well (复议2件，都维持)."""
        made = Statement("value", target, span, value, sentence=sentence, sure=False)
        self.statements.append(made)
        return made

    def zero(self, target: Target, span: Span, *, sure: bool, sentence: int = 0, kind: str = "zero") -> None:
        """A zero of a cell or scope; or, with another kind, what holds for a whole row (only, rest_only, pending)."""
        value = 0 if kind == "zero" else None
        self.statements.append(Statement(kind, target, span, value, sentence=sentence, sure=sure))

    def account(self, token: Token | Piece, use: Use, why: str) -> None:
        """A figure that makes no statement."""
        for item in token.items if isinstance(token, Piece) else (token,):
            self.accounts.append(Account(span_of(item), use, why))
        if isinstance(token, Piece):
            for extra in (token.old, token.total):
                if extra is not None and extra not in token.items:
                    self.accounts.append(Account(span_of(extra), use, why))

    def open(self, piece: Piece, words: str, places: tuple[Target, ...] = (), question: str = "") -> None:
        """Figures that nobody places: they are asked."""
        tokens = [
            *piece.items,
            *(t for t in (piece.old, piece.total) if t is not None and t not in piece.items),
        ]
        spans = tuple(span_of(t) for t in tokens if t.kind == "num")
        if spans:
            self.unplaced.append(Unplaced(spans, words, places, question))


def _in_unit_of(target: Target, token: Token) -> tuple[int | Decimal | None, str]:
    """The value of a figure and its unit: what is said in 元 or with 万 is in 万元 where the form wants that."""
    if token.value is None or target.col != "amount_wan" or not (token.scaled or token.unit in _YUAN):
        return token.value, token.unit
    return plain(Decimal(token.value) / 10_000), "万元"
