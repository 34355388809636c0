"""Reads what holds for all: 都是自然人, 其余均为企业, 全部是执法案卷, and which of the rows told before it speaks of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.pieces import Chunk
from assistant.extraction.sentences.placing import rows_named
from assistant.extraction.sentences.reaching import counted_reach, reach_of, settled, summing
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.words import COL, FormMap, Sense
from assistant.extraction.statements import Span, Target

__all__ = ["Universal", "all_is", "explains", "tell_every"]

_OUTSIDE = re.compile("外[，,]")
_SUBJECT = re.compile("申请人|所有申请|申请都|申请均|全部申请|提出|提的|来的")

_ASKS = re.compile("来(?!得)|[要申提问查递写寄交打反的了等类这方件份是个在向跟找]|$")
"""how words go on that only say that somebody asked, and for what"""


@dataclass(frozen=True)
class Universal:
    """A clause that names a kind of applicant, or a result of cases, for figures told before; ``words`` are its own."""

    chunk: Chunk
    row: Sense | None
    col: Sense
    clear: bool
    scope: Scope
    form: FormMap
    out: Output
    span: Span
    words: str
    tail: str = ""
    """unread words behind the clause, up to the next mark"""

    @property
    def every(self) -> bool:
        """Whether it speaks of all, and not of the last figure alone."""
        return self.chunk.cue("every") or bool(self.chunk.figures) or "全" in self.words[4:8]

    def only(self, row: str, *, sure: bool, kind: str = "only") -> None:
        """States that all of a row, or the rest of it, are the clause's applicants."""
        target = Target("table3", row, self.col.key)
        self.out.zero(target, self.span, sure=sure, sentence=self.scope.sentence, kind=kind)


def tell_every(clause: Universal) -> Scope:
    """What a clause says of all; the scope behind it."""
    for reading in _READINGS:
        behind = reading(clause)
        if behind is not None:
            return behind
    return _of_reach(clause)


def _waits(clause: Universal) -> Scope | None:
    """自然人、企业, 企业公开: labels that wait for a figure."""
    chunk, scope = clause.chunk, clause.scope
    cols = {s.key for p in chunk.labels for s in p.senses[:1] if s.axis == COL}
    listed = scope.joined and any(s.axis == COL for p in scope.pending for s in p.senses[:1])
    if len(cols) > 1 or ((chunk.mark == "、" or listed) and not clause.every):
        # 自然人、企业、律所怎么分: the last of a list is no claim about all
        return scope.waiting(chunk).but(legend=scope.legend)
    if clause.row is not None and not clause.every:
        return scope.headed((clause.row, clause.col)) if chunk.mark == ":" else scope.waiting(chunk)
    return scope.headed((clause.col,)) if chunk.mark == ":" and not clause.every else None


def _of_what_follows(clause: Universal) -> Scope | None:
    """下面都是个人的, 下面说的都是个人那151件."""
    if not clause.chunk.cue("below"):
        return None
    scope, col = clause.scope, clause.col
    if clause.chunk.figures:
        return scope.but(over=(*scope.over, col), below=(col,))
    return scope.but(only=col) if col.table == "table3" else scope


def _of_a_part(clause: Universal) -> Scope | None:
    """其他处理4件，均为自然人逾期不补正: which part of the group it was, and who asked."""
    chunk, row = clause.chunk, clause.row
    every = next(
        (n for n, p in enumerate(chunk.pieces) if p.cue("every")), 0 if not chunk.tail else len(chunk.pieces)
    )
    behind = any(p.senses[:1] and p.senses[0] == row for p in chunk.pieces[every:])
    if row is None or not behind or not explains(row, clause.scope, clause.form):
        return None
    scope = all_is(row, clause.scope, clause.out, clause.span)
    clause.only(row.key, sure=False)
    return settled(scope, {row.key})


def _of_rows_named(clause: Universal) -> Scope | None:
    """上年结转和结转下年的均为自然人; 办结的都是自然人 speaks of every result that names nobody else."""
    if not clause.every or clause.row is None or clause.col.table != "table3":
        return None
    scope = clause.scope
    every = next((n for n, p in enumerate(clause.chunk.pieces) if p.cue("every")), 0)
    before = tuple(p for p in clause.chunk.pieces[:every] if p.kind == "label")
    labels = (*(scope.pending if scope.joined else ()), *before) if before else ()
    rows = [r for r in rows_named(labels, scope, clause.form) if r.table == "table3" and not r.weak]
    if not rows:
        return None
    told = {
        t.row.key
        for t in scope.told
        if t.row.key in clause.form.group_of or t.row.key in ("granted", "partial")
    }
    if [r.key for r in rows] == ["result_total"] and told:
        # 办结的都是自然人 speaks of every result that names nobody else
        clause.only("*", sure=False, kind="rest_only")
        return scope.but(pending=(), joined=False)
    for row in rows:
        clause.only(row.key, sure=clause.clear and len(rows) == 1)
    return replace(settled(scope, {r.key for r in rows}), pending=(), joined=False)


def _kind_of_company(clause: Universal) -> Scope | None:
    """法人1件（商业企业）."""
    scope = clause.scope
    last = scope.told[-1] if scope.told else None
    if clause.every or last is None or last.col != "legal_persons" or clause.col.key == "legal_persons":
        return None
    if isinstance(last.value, int):
        target = Target(last.row.table, last.row.key, clause.col.key)
        clause.out.restated(target, last.value, last.span.join(clause.span), scope.sentence)
    return scope


def _reach(clause: Universal) -> list[Told]:
    """The rows told before that the clause speaks of; a bracket speaks of the last one."""
    scope, chunk = clause.scope, clause.chunk
    reach = counted_reach(clause.words, scope) if clause.every else None
    if reach is None and chunk.figures:
        reach = summing(chunk.figures[-1].token.value, scope)
    if reach is not None:
        return reach
    found = reach_of(scope, here=not (clause.every and chunk.cue("above")))
    if clause.every and scope.bracket and not chunk.cue("above"):
        # 信访4件、重复申请2件（均为自然人）: the run that the bracket closes
        return [t for t in found if t.span.start >= scope.run]
    return found if clause.every else found[-1:]


def _but_exceptions(clause: Universal) -> Scope | None:
    """除第三方中有企业2件外均为自然人: the rest of every row that the sentence told."""
    scope, chunk = clause.scope, clause.chunk
    outside = chunk.pieces[0].gap.endswith("外") or _OUTSIDE.search(clause.words[:6]) is not None
    if not clause.every or not outside or clause.col.table != "table3":
        return None
    rows = {t.row.key for t in scope.told if t.sentence == scope.sentence and t.row.table == "table3"}
    # 申请人除括号里注明的外，都是自然人: of whatever is told
    for row in sorted(rows) or ("*",):
        clause.only(row, sure=False, kind="rest_only")
    return settled(scope, rows)


def _of_reach(clause: Universal) -> Scope:
    scope, reach = clause.scope, _reach(clause)
    if not clause.every and clause.col.table == "table3" and not _ASKS.match(clause.tail):
        # 新收3件，自然人来得多: says of nothing how many
        return scope.waiting(clause.chunk)
    if not clause.every and not (reach and scope.told and reach[-1] is scope.told[-1]):
        return scope.waiting(clause.chunk)
    last = scope.told[-1] if scope.told else None
    here = last is not None and last.sentence == scope.sentence and last.col == clause.col.key
    if clause.every and not reach and here:
        # 家长7件，都按自然人算: says what was told
        return scope
    if clause.every and not reach and clause.col.table == "table3":
        if scope.counts and "也" in clause.words[-6:]:
            # 还有1件要的是会议纪要，也是个人: speaks of the figure that has no row
            return scope
        reach = reach_of(scope, here=False)
        if not reach or _SUBJECT.search(clause.words) is not None:
            clause.only("*", sure=False)
            return scope
    mine = [t for t in reach if t.row.table == clause.col.table]
    chunk = clause.chunk
    plain = clause.every and not chunk.cue("above") and not chunk.pieces[0].gap and len(chunk.labels) == 1
    together = plain and all(t.sentence == scope.sentence for t in mine)
    sure = clause.clear and (len(mine) == 1 or together) and not scope.unsure
    for told in mine:
        if clause.col.table == "table3":
            clause.only(told.row.key, sure=sure)
        elif isinstance(told.value, int):
            target = Target(told.row.table, told.row.key, clause.col.key)
            clause.out.restated(target, told.value, told.span.join(clause.span), scope.sentence)
    return replace(settled(scope, {t.row.key for t in mine}), pending=(), joined=False)


_READINGS: tuple[Callable[[Universal], Scope | None], ...] = (
    _but_exceptions, _of_a_part, _waits, _of_what_follows, _of_rows_named, _kind_of_company,
)  # fmt: skip
"""asked in this order; the first that knows better ends it"""


def explains(row: Sense, scope: Scope, form: FormMap) -> bool:
    """Whether a row is what was told just before: 不予公开5件，全部是行政执法案卷."""
    last = scope.told[-1] if scope.told else None
    if last is None or last.sentence != scope.sentence:
        return False
    lawsuits = last.row.key == "litigation_all" and row.table == "table4"
    return form.group_of.get(row.key) == last.row.key or (lawsuits and row.key != "litigation_all")


def all_is(row: Sense, scope: Scope, out: Output, span: Span) -> Scope:
    """States that all of the group told last is of the row."""
    last = scope.told[-1]
    if isinstance(last.value, int) and last.col == "total":
        made = out.restated(
            Target(row.table, row.key, "total"), last.value, last.span.join(span), scope.sentence
        )
        made.inherited = True
    return scope.after(Told(row, last.col, last.value, span, scope.sentence))
