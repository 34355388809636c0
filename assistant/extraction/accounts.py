"""Closes the books of a material: every figure of its inventory ends in one account, and what nobody explains is open."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.documents.blocks import Block, BlockKind, Blocks
from assistant.extraction.inventory import Figure, inventory_of
from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.structure import StructureReading, Unplaced, Use
from assistant.report.facts import FactKind
from assistant.report.figures import OF_FACTS, Account

__all__ = ["NOT_READ", "Booked", "OpenFigures", "close_books", "is_value"]

NOT_READ: dict[BlockKind, str] = {
    BlockKind.QUOTED: "引用的内容",
    BlockKind.ADDRESS: "称呼",
    BlockKind.GREETING: "问候语",
    BlockKind.SIGNATURE: "落款",
    BlockKind.APPROVAL: "审批意见",
    BlockKind.HIDDEN: "隐藏或删去的内容",
}
"""blocks that hold no words of the unit about its work, and why their figures are left out"""
_USES: dict[Use, Account] = {
    Use.CHECKED: Account.TOTAL,
    Use.COUNTED: Account.LEFT_OUT,
    Use.NARRATIVE: Account.FACT,
    Use.LEFT_OUT: Account.LEFT_OUT,
}
_COUNTING = frozenset({"", "件", "份", "宗", "起", "元", "万元", "亿元"})
"""units that requests, cases, documents and fees are counted in"""
_OPENS, _CLOSES, _FAR = frozenset("（("), frozenset("）)。；;\n"), 40
_NOTHING = "零，没有要填的数"
_BESIDE = 40
"""figures of one statement that are looked at: its own stands among the first, however far its words reach"""
_Places = Callable[[Statement], Iterable[tuple[FactKind, str, int | Decimal | None]]]


@dataclass(frozen=True)
class Booked:
    """A figure with its account; ``cells`` are the places that its statements name."""

    figure: Figure
    account: Account
    why: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenFigures:
    """A figure, or words that stand for some, which nobody placed. ``places`` is where they may belong, empty where nothing is
    known."""

    spans: tuple[Span, ...]
    figure: Figure | None = None
    """the only one in these words"""
    places: tuple[Target, ...] = ()
    about: Unplaced | None = None
    """what a reader could not place, where it asks about it"""


def is_value(figure: Figure, value: int | Decimal | None) -> bool:
    """Whether a value may have been taken from a figure: the same, its loss, or the same in 元 and 万元."""
    if value is None or figure.value is None:
        return False
    return figure.value in (value, -value) or figure.value in (value * 10_000, Decimal(value) / 10_000)


def close_books(
    whole: Blocks, reading: StructureReading, statements: Sequence[Statement], places: _Places
) -> tuple[list[Booked], list[OpenFigures]]:
    """The account of every figure in the order of the text, and what is open.

    ``places`` gives kind, place and value of the facts that a statement makes. A statement goes before an open figure, that
    before an account of a reader, that before the block the figure stands in; last of all speaks what kind of figure it is.
    """
    books = _Books(whole.text, inventory_of(whole.text))
    for statement in statements:
        books.state(statement, list(places(statement)))
    opened = list(books.leave_open(reading))
    for account in reading.accounts:
        for figure in books.within(account.span):
            if account.use is not Use.CHECKED or figure.kind != "unreadable":
                # what nobody can read checks nothing
                books.book(figure, _USES[account.use], account.why)
    for block in whole.blocks:
        if block.kind in NOT_READ:
            books.leave_out(block)
    opened += books.rest()
    return [books.booked[figure.id] for figure in books.figures], opened


@dataclass
class _Books:
    text: str
    figures: Sequence[Figure]
    booked: dict[int, Booked] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._starts = [figure.span.start for figure in self.figures]
        self._ends = [figure.span.end for figure in self.figures]
        self._details = frozenset(_details(self.text, self.figures))

    def within(self, span: Span, most: int | None = None) -> Sequence[Figure]:
        """The figures that have a character in common with a span; at most the first so many."""
        first = bisect_right(self._ends, span.start)
        end = bisect_left(self._starts, span.end)
        return self.figures[first : end if most is None else min(end, first + most)]

    def book(self, figure: Figure, account: Account, why: str = "", cells: Sequence[str] = ()) -> None:
        """Give a figure its account; the first stays, and one figure may fill several cells."""
        held = self.booked.get(figure.id)
        if held is None:
            self.booked[figure.id] = Booked(figure, account, why, tuple(cells))
        elif held.account is account is Account.CELL:
            more = tuple(dict.fromkeys((*held.cells, *cells)))
            self.booked[figure.id] = replace(held, cells=more)

    # ------------------------------------------------------------ what was said
    def state(self, statement: Statement, made: Sequence[tuple[FactKind, str, int | Decimal | None]]) -> None:
        """The figures that a statement was made from."""
        if statement.dropped or not made:
            return
        value = 0 if statement.kind == "zero" else statement.value
        for span in statement.spans or (statement.span,):
            beside = self.within(span, _BESIDE)
            for figure in beside:
                # one that stands alone beside others that were added up with it has not the value of their sum
                summed = len(statement.spans) > 1 and len(beside) == 1 and figure.is_candidate
                if summed or (is_value(figure, value) and (figure.is_candidate or len(beside) == 1)):
                    self._state(figure, statement, made)

    def _state(
        self,
        figure: Figure,
        statement: Statement,
        made: Sequence[tuple[FactKind, str, int | Decimal | None]],
    ) -> None:
        for kind, where, _ in made:
            account, why = OF_FACTS[kind]
            if statement.hedged:
                account, why = Account.OPEN, "说法不确定，待确认"
            self.book(figure, account, why, (where,) if account is Account.CELL else ())

    # ------------------------------------------------------------ what nobody placed
    def leave_open(self, reading: StructureReading) -> Iterator[OpenFigures]:
        """What the readers could not place; a figure without any place and question is judged by its kind, like the rest."""
        for one in reading.unplaced:
            told = [s for s in one.spans if one.question or not self._only_details(s)]
            if not (one.places or one.question) or not told:
                continue
            one = replace(one, spans=tuple(told))
            inside = [f for span in one.spans for f in self.within(span)]
            mine = {f.id for f in inside if f.is_candidate and f.id not in self.booked}
            for figure in inside:
                if figure.id in mine and figure.value == 0 and not one.question:
                    mine.discard(figure.id)
                    self.book(figure, Account.LEFT_OUT, _NOTHING)
                elif figure.id in mine:
                    self.book(figure, Account.OPEN, one.question or "不清楚填到哪一格")
            yield from self._each(one, mine)

    def _only_details(self, span: Span) -> bool:
        inside = self.within(span)
        return bool(inside) and self._details.issuperset(figure.id for figure in inside)

    def _each(self, one: Unplaced, mine: Collection[int]) -> Iterator[OpenFigures]:
        """Each figure by itself, then the words without one."""
        alone = set()
        about = one if one.question else None
        for span in one.spans:
            inside = self.within(span)
            held = [f for f in inside if f.id in mine]
            if len(held) == 1:
                places = one.places if held[0].value is not None else tuple(map(_row_of, one.places))
                yield OpenFigures((span,), held[0], places, about)
            if len(held) == 1 or (inside and all(f.value == 0 for f in inside)):
                alone.add(span)
        others = tuple(span for span in one.spans if span not in alone)
        if others and (one.places or mine):
            yield OpenFigures(others, None, one.places, about)

    def leave_out(self, block: Block) -> None:
        """The figures of words that are not the unit's."""
        for figure in self.within(Span(block.start, block.end)):
            self.book(figure, Account.LEFT_OUT, block.why or NOT_READ[block.kind])

    def rest(self) -> Iterator[OpenFigures]:
        """The figures that nobody spoke of."""
        for figure in self.figures:
            if figure.id in self.booked:
                continue
            if figure.why:
                self.book(figure, Account.LEFT_OUT, figure.why)
            elif figure.unit not in _COUNTING or figure.id in self._details:
                self.book(figure, Account.FACT)
            elif figure.value == 0:
                self.book(figure, Account.LEFT_OUT, _NOTHING)
            else:
                self.book(figure, Account.OPEN, "没有读懂这个数说的是什么")
                yield OpenFigures((figure.span,), figure)


def _row_of(place: Target) -> Target:
    """Nothing of a row can be worked out while one of its figures cannot be read."""
    return place._replace(col="*")


def _details(text: str, figures: Iterable[Figure]) -> Iterator[int]:
    """网上发了216条（动态140、公告52）: figures without a unit in the bracket behind a count of other things."""
    before: Figure | None = None
    inside = False
    for figure in figures:
        between = text[before.span.end : figure.span.start] if before is not None else ""
        others = before is not None and before.kind == "count" and before.unit not in _COUNTING
        near = len(between) <= _FAR and _CLOSES.isdisjoint(between) and not figure.unit
        inside = near and figure.is_candidate and (inside or (others and not _OPENS.isdisjoint(between)))
        if inside:
            yield figure.id
        before = figure
