"""Words what contradicts: two values for one cell, statements that cannot all hold with their smallest repairs, prose against cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.assembly.board import Board
from assistant.assembly.scopes import Scopes
from assistant.balance import Change, Given, Reconciler, Repair, repairs_of
from assistant.forms import CellKey
from assistant.report.facts import Fact, FactKind, FactStatus, Origin
from assistant.report.findings import Edit, Finding, Fix, Severity

__all__ = [
    "Contradiction",
    "contradiction_findings",
    "double_findings",
    "marked",
    "refuted_findings",
    "rest_findings",
    "text_findings",
]

_SHOWN = 3
"""repairs named in a message"""
_BESIDE = 24
"""characters within which the figures of a row stand in the same words"""


@dataclass(frozen=True)
class Contradiction:
    """Statements set aside together, and the cells they filled."""

    facts: frozenset[str]
    cells: frozenset[CellKey]


def contradiction_findings(
    board: Board, reconciler: Reconciler, given: Given, found: Sequence[Contradiction]
) -> Iterator[Finding]:
    """A finding for each contradiction that no rule of the tables reports; ``given`` are all statements, those set aside
    too. A broken sum whose cells are all filled is reported by its own rule."""
    for one in found:
        stated = [board.by_id[f] for f in board.sources(tuple(one.facts))]
        only_cells = all(f.kind is FactKind.CELL for f in stated)
        if only_cells and (not one.cells or _visible_to_a_rule(board, one.cells)):
            continue
        names = sorted(str(k) for k in one.cells) or [stated[0].where]
        quotes = "；".join(_quoted(board, f) for f in stated if f.evidence)
        repairs = _repairs(reconciler, given, one, found)
        ways = "；或".join(_way(board, r) for r in repairs[:_SHOWN])
        yield Finding(
            code="CONFLICT",
            severity=Severity.ASK,
            where=names[0],
            cells=tuple(names),
            message=f"以下说法不能同时成立，请确认哪一处有误：{quotes}"
            + (f"。最小的改法：{ways}" if ways else ""),
            fix=_fix(board, given, one, repairs),
            evidence=tuple(e for f in stated for e in f.evidence),
        )


def double_findings(board: Board, reconciler: Reconciler, given: Given) -> Iterator[Finding]:
    """A finding for each cell with different values said; the one value that fits all sums is named."""
    for key, *twins in _told_alike(board):
        facts = board.conflicts[key]
        said = list(dict.fromkeys(f.value for f in facts))
        quotes = "；".join(_quoted(board, f) for f in facts if f.evidence)
        fitting = [v for v in said if isinstance(v, int) and _fits(reconciler, given, key, v)]
        hint = (
            f"（按勾稽关系，只有 {fitting[0]} 与其余数据相符）"
            if len(fitting) == 1 and key in reconciler.index
            else ""
        )
        yield Finding(
            code="CONFLICT",
            severity=Severity.ASK,
            where=str(key),
            cells=tuple(dict.fromkeys([*map(str, (key, *twins)), *_told_with(board, key, facts)])),
            message=f"“{board.form.label(key)}”有不同的说法（{'、'.join(map(str, said))}）：{quotes}；请确认以哪个为准{hint}",
            evidence=tuple(e for f in facts for e in f.evidence),
        )


def _told_alike(board: Board) -> list[list[CellKey]]:
    """The cells with different values, those together of which the same words give the same values (新收自然人5件)."""
    groups: dict[object, list[CellKey]] = {}
    for key, facts in board.conflicts.items():
        words = tuple((f.value, *((e.source, e.start, e.end) for e in f.evidence)) for f in facts)
        groups.setdefault(words, []).append(key)
    return list(groups.values())


def _told_with(board: Board, key: CellKey, facts: Sequence[Fact]) -> list[str]:
    """The other figures of the row that stand in the same words as one of the facts: 新收 15 0 0 0 0 0 15 beside 新收13件.

    Where the words are doubted, all that they say is.
    """
    places = [(e.source, e.start) for f in facts for e in f.evidence]
    told = [
        f
        for f in board.live(FactKind.CELL)
        if f.value
        and any(
            e.source == source and abs(e.start - start) <= _BESIDE
            for e in f.evidence
            for source, start in places
        )
    ]
    row = f"{key.table}.{key.row}."
    return list(dict.fromkeys(f.where for f in told if f.where.startswith(row) and f.where != str(key)))


def refuted_findings(board: Board) -> Iterator[Finding]:
    """A question for each figure that was read unsurely and that all others contradict: it is in no cell."""
    for fact in board.refuted:
        if fact.kind is FactKind.ZERO or fact.value is None:
            continue
        cell = board.form.has(CellKey.parse(fact.where)) if fact.where.count(".") == 2 else False
        held = board.filled.get(CellKey.parse(fact.where)) if cell else None
        known = held is not None
        name = _name(board, CellKey.parse(fact.where)) if cell else fact.where
        yield Finding(
            code="CONFLICT",
            severity=Severity.INFO if known or not cell else Severity.ASK,
            where=fact.where,
            cells=(fact.where,) if cell and not known else (),
            message=f"{_quoted(board, fact)}读作“{name}”时与其余各数的勾稽关系不符，没有采用"
            + ("" if known or not cell else "；请说明这个数是哪一项的"),
            got=fact.value,
            evidence=fact.evidence,
        )


def text_findings(board: Board) -> Iterator[Finding]:
    """A finding for each figure that a quoted sentence of the prose gives otherwise than the table."""
    for fact in board.live(FactKind.TEXT):
        key = CellKey.parse(fact.where)
        held = board.filled.get(key)
        if held is None or held.value == fact.value:
            continue
        yield Finding(
            code="TEXT_TABLE",
            severity=Severity.ERROR,
            where=str(key),
            expected=held.value,
            got=fact.value,
            cells=(str(key),),
            message=f"正文写“{board.form.label(key)}”为 {fact.value}，表格为 {held.value}，正文与表格须一致",
            evidence=fact.evidence,
        )


def rest_findings(board: Board, scopes: Scopes) -> Iterator[Finding]:
    """A finding for each total that its parts miss where the clerk said that there is nothing else (其余没有).

    The cells stay blank: which outcome was forgotten, or whether the total is wrong, only the clerk knows.
    """
    declared = {k: f for f in board.live(FactKind.ZERO) if f.where.endswith("rest") for k in scopes.rest(f)}
    for one in board.form.identities:
        total = board.filled.get(one.left[0])
        blank = [k for k in one.right if board.open(k)]
        known = [board.filled[k].value for k in one.right if k in board.filled]
        if any(k.row == "result_total" for k in blank):
            # what follows from other figures is not among the things that there are none of
            continue
        closed = len(one.left) == 1 and blank and len(blank) + len(known) == len(one.right)
        if not closed or total is None or total.follows or not all(k in declared for k in blank):
            continue
        added = sum(v for v in known if isinstance(v, int))
        lumped = [
            a
            for f in board.live(FactKind.AGGREGATE)
            for a in [board.form.aggregate(f.where.split(".")[0])]
            if a
        ]
        if any({k.row for k in blank} & set(a.parts) for a in lumped):
            # （六）其他处理1: told as a whole of rows that are blank
            continue
        if not added or added == total.value or total.origin is not Origin.STATED:
            continue
        rest = declared[blank[0]]
        yield Finding(
            code=one.code,
            severity=Severity.ERROR,
            where=str(one.left[0]),
            expected=added,
            got=total.value,
            cells=(str(one.left[0]), *(str(k) for k in one.right if k in board.filled)),
            message=f"“{board.form.label(one.left[0])}”说的是 {total.value}，所列各项合计为 {added}，"
            "又说了没有其他情形，请核对漏说了哪一项，或者总数有误",
            evidence=(*board.evidence(total.facts), *rest.evidence),
        )


def _quoted(board: Board, fact: Fact) -> str:
    """The words of a fact; a bare figure out of a table says nothing without the name of its cell."""
    quote = fact.evidence[0].quote.strip()
    bare = fact.where.count(".") == 2 and not any(c.isalpha() for c in quote)
    return f"“{board.form.label(CellKey.parse(fact.where))}：{quote}”" if bare else f"“{quote}”"


def _visible_to_a_rule(board: Board, cells: frozenset[CellKey]) -> bool:
    return any(cells >= set(i.cells) for i in board.form.identities)


def _fits(reconciler: Reconciler, given: Given, key: CellKey, value: int) -> bool:
    return value >= 0 and reconciler.refuted({**given, key: (value, "said")}) is None


# ---------------------------------------------------------------- repairs
def _repairs(
    reconciler: Reconciler, given: Given, one: Contradiction, found: Sequence[Contradiction]
) -> tuple[Repair, ...]:
    """What settles everything at once; failing that, what settles this contradiction while the others stay aside."""
    repairs = repairs_of(reconciler, given, one.facts)
    if repairs or len(found) < 2:
        return repairs
    others = frozenset().union(*(o.facts for o in found if o is not one)) - one.facts
    return repairs_of(reconciler, {k: s for k, s in given.items() if s[1] not in others}, one.facts)


def _way(board: Board, repair: Repair) -> str:
    if len(repair.changes) == 1:
        return f"把“{_name(board, repair.changes[0].key)}”{_change(repair.changes[0])}"
    source, target = (c.key for c in repair.changes)
    table = board.form.table(source.table)
    if source.row == target.row:
        names = [table.column(k.row, k.col).label for k in (source, target)]
        return f"把“{table.row(source.row).name}”一行的 {repair.moved} 件从“{names[0]}”移到“{names[1]}”"
    names = [table.row(k.row).name for k in (source, target)]
    column = table.column(source.row, source.col).label
    return f"把“{column}”一列的 {repair.moved} 件从“{names[0]}”移到“{names[1]}”"


def _change(change: Change) -> str:
    bound = "" if change.exact else "不多于 " if change.after < change.before else "不少于 "
    return f"由 {change.before} 改为{bound or ' '}{change.after}"


def _name(board: Board, key: CellKey) -> str:
    form = board.form
    if form.has(key):
        return form.label(key)
    for name, line in ((key.row, key.col), (key.col, key.row)):
        aggregate = form.aggregate(name)
        if aggregate is not None:
            table = form.table(key.table)
            labels = {c.key: c.label for c in table.columns} | {r.key: r.name for r in table.rows}
            return aggregate.label if line == "total" else f"{aggregate.label}·{labels[line]}"
    return str(key)


def _fix(board: Board, given: Given, one: Contradiction, repairs: Sequence[Repair]) -> Fix | None:
    """The only figure that can be wrong: one cell, one value, and no other statement could be changed instead."""
    places: dict[str, int] = {}
    for _, fact in given.values():
        places[fact] = places.get(fact, 0) + 1
    if len(repairs) != 1 or len(repairs[0].changes) != 1 or any(places.get(f) != 1 for f in one.facts):
        return None
    (change,) = repairs[0].changes
    if not change.exact or not board.form.has(change.key):
        return None
    return Fix(
        title=f"将“{board.form.label(change.key)}”改为 {change.after}",
        edits=(Edit(where=str(change.key), value=change.after),),
        certain=True,
    )


def marked(facts: Sequence[Fact], board: Board) -> tuple[Fact, ...]:
    """The ledger with the facts of a doubly said cell marked."""
    clashing = {f.id for said in board.conflicts.values() for f in said}
    return tuple(
        f.model_copy(update={"status": FactStatus.CONFLICTING}) if f.id in clashing else f for f in facts
    )
