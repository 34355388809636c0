"""What rules a clause: headings and heads before it, its elder siblings, year, unit and period. Frozen; each clause makes the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from assistant.extraction.sentences.pieces import Chunk, Piece
from assistant.extraction.sentences.words import COL, ROW, Sense
from assistant.extraction.statements import Span

__all__ = ["OTHER_SCOPES", "Scope", "Told"]

OTHER_SCOPES = {"其他范围": "全区域或全系统", "本机关口径": "本机关", "口径未定": "尚未选定"}
"""why figures of another scope are left out, and how the clerk calls that scope"""

_REMEMBERED = 60
"""items that a later clause may speak of (以上都是自然人)"""


class Told(NamedTuple):
    """An item that was told: which row, from which figure, and whether its columns were told as well."""

    row: Sense
    col: str
    value: object
    span: Span
    sentence: int
    settled: bool = False
    """its applicants are told"""


@dataclass(frozen=True)
class Scope:
    """``heads`` are the labels of headings and of what stands before a colon, the innermost last. ``last`` is the row that the
    elder sibling told; ``pending`` labels wait for a figure; ``out`` says why figures are left out (其他单位)."""

    sentence: int = 0
    over: tuple[Sense, ...] = ()
    """labels of the headings that rule the block"""
    heads: tuple[Sense, ...] = ()
    last: Sense | None = None
    last_sentence: int = -9
    told: tuple[Told, ...] = ()
    pending: tuple[Piece, ...] = ()
    joined: bool = False
    """the pending labels are joined with 、"""
    legend: tuple[Sense, ...] = ()
    table: str = ""
    counted: int = 0
    """how many figures are said to follow"""
    periods: bool = False
    """the text is told by quarters or months"""
    prior: bool = False
    out: str = ""
    unsure: bool = False
    colon: bool = False
    """a head stands directly before"""
    sibling: Told | None = None
    """what was told last outside of brackets"""
    carry: bool = False
    """the clause names last year: 结转 is what came over"""
    old_heads: bool = False
    """the heads stood in an earlier sentence"""
    opening: bool = False
    """the clause opens its sentence"""
    decoy: bool = False
    """the last figure of the sentence counts other things"""
    block_out: str = ""
    """why figures of the whole block are left out: the heading names another unit or year"""
    line_out: str = ""
    """why figures are left out up to the end of the line"""
    past: str = ""
    """an earlier year opens the group of clauses: previous, or older"""
    run: int = 0
    """where the run of clauses joined by 、 begins that the clause is part of"""
    listed: bool = False
    """a figure said how many groups are told one by one in this sentence"""
    bracket: bool = False
    """the clause stands in a bracket: it speaks of what stands before the bracket"""
    of_other: bool = False
    """a figure of other things stood before a colon: those behind it that name no unit are its parts (公开50条：机构类20、许可9)"""
    other_cases: bool = False
    """the sentence tells of reviews and lawsuits about other things"""
    lump: bool = False
    """the clause counts what came over as well: 处理申请743件（含上年结转51件）"""
    block_channel: str = ""
    """the same for the whole block: its heading is 正文"""
    correcting: bool = False
    """the sentence takes back what was said: its figures replace others"""
    channel: str = ""
    """where the figures stand, if not in this year's tables: ``text`` the drafted prose, ``prior`` last year's report"""
    line_channel: str = ""
    """the same up to the end of the line"""
    formerly: Sense | None = None
    """the row whose figure was written wrong: 原来写的3件 … 所以是2件"""
    in_yuan: bool = False
    """the line says that its money is in yuan: 收费（单位元）：…"""
    counts: bool = False
    """the sentence holds a figure"""
    answers: Sense | None = None
    """the row that the sentence before asked for"""
    denied: Sense | None = None
    """what the clause before said that it was not (不是维持，是纠正)"""
    period_head: bool = False
    """a part of the year stands before a colon and rules the sentence"""
    last_period: Told | None = None
    """figures of parts of the year were told last: the whole year follows (上半年发了1件，下半年2件，全年3件)"""
    parts: bool = False
    """其中 was said: figures without a label are parts of the one told before"""
    left_to: Sense | None = None
    """the applicant whom the sentence leaves the rest to"""
    below: tuple[Sense, ...] = ()
    """the applicant of all lines to come: 下面说的都是个人那151件——"""
    only: Sense | None = None
    """下面都是自然人: holds for the items that follow"""

    def but(self, **changes: object) -> Scope:
        """The same scope with some fields changed; quicker than dataclasses.replace, which every clause would pay for."""
        made = object.__new__(Scope)
        made.__dict__.update(self.__dict__)
        made.__dict__.update(changes)
        return made

    def after(self, told: Told) -> Scope:
        """The scope of the next clause once this was told."""
        return self.but(told=(*self.told[-_REMEMBERED:], told), last=told.row, last_sentence=self.sentence, table=told.row.table,
            pending=(), joined=False, colon=False, sibling=told, decoy=False,
        )  # fmt: skip

    def headed(self, senses: tuple[Sense, ...]) -> Scope:
        """The scope below a head: a head of the same axis and table takes the place of an older one."""
        axes = {(s.axis, s.table) for s in senses}
        rows = [s for s in senses if s.axis == ROW]
        kept = tuple(h for h in self.heads if (h.axis, h.table) not in axes)
        table = senses[-1].table if senses else self.table
        last = rows[-1] if rows else self.last
        at = self.sentence if rows else self.last_sentence
        return self.but(
            heads=(*kept, *senses),
            last=last,
            last_sentence=at,
            table=table,
            pending=(),
            joined=False,
            colon=True,
            old_heads=False,
        )

    def waiting(self, chunk: Chunk) -> Scope:
        """The scope behind a clause of labels without a figure."""
        joined = chunk.mark == "、" or (self.joined and bool(self.pending))
        return self.but(pending=(*self.pending[-24:], *chunk.labels), joined=joined, colon=False)

    def next_sentence(self, *, opens: bool) -> Scope:
        """The scope of the next sentence of the same line, or of the next line when it ``opens`` one."""
        heads = tuple(h for h in self.heads if h.axis == COL) if not opens else ()
        return self.but(sentence=self.sentence + 1, heads=heads, old_heads=True, pending=(), joined=False, prior=False,
            channel=self.block_channel if opens else self.line_channel, line_channel=self.block_channel if opens else self.line_channel, correcting=False, formerly=None, last_period=None, period_head=False, parts=False,
            left_to=None, other_cases=False, of_other=False, past="", listed=False, out="" if opens else self.out, colon=False, sibling=None, decoy=False, unsure=False,
            line_out=self.block_out if opens else self.line_out,
        )  # fmt: skip

    def head(self, axis: str, table: str) -> Sense | None:
        """The innermost head of an axis of a table."""
        return next(
            (h for h in reversed((*self.over, *self.heads)) if h.axis == axis and h.table == table), None
        )
