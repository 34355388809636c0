"""Lays what was said into the cells: figures, declared zeros, whole rows of one applicant, and last year's carry-over."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from assistant.assembly.board import Board, Filled
from assistant.assembly.scopes import Scopes, applicant_columns
from assistant.forms import CellKey
from assistant.report import AnnualReport
from assistant.report.facts import Fact, FactKind, FactStatus, Origin, Value

__all__ = ["carry", "declare_zeros", "explain_open", "lay_whole_rows", "state"]


def state(board: Board) -> None:
    """Fill the cells that are stated with one value; different values are a conflict and fill nothing."""
    said: dict[CellKey, list[Fact]] = {}
    for fact in board.live(FactKind.CELL):
        said.setdefault(CellKey.parse(fact.where), []).append(fact)
    for key, facts in said.items():
        if len({f.value for f in facts}) > 1:
            board.conflicts[key] = facts
        elif facts[0].value is not None:
            origin = Origin.EDITED if any(f.edited for f in facts) else Origin.STATED
            board.filled[key] = Filled(facts[0].value, origin, tuple(f.id for f in facts))


def explain_open(board: Board, scopes: Scopes, known: Mapping[CellKey, Value], most: int) -> Scopes:
    """What nobody placed and only says what is known of a cell that it may belong to is no open figure.

    ``known`` may hold its value in at most so many of these cells. The scopes without what is explained.
    """
    again = {
        fact.id
        for fact in board.live_open()
        # 咨询2件 is asked whatever else is 2: no row is made for it
        if fact.value
        and not (fact.ask and ".*." in fact.where)
        and 0 < sum(known.get(key) == fact.value for key in scopes.open_to(fact)) <= most
    }
    if not again:
        return scopes
    board.facts = tuple(
        f.model_copy(update={"status": FactStatus.STATED}) if f.id in again else f for f in board.facts
    )
    return scopes.awaiting(board.facts)


def declare_zeros(board: Board, scopes: Scopes) -> None:
    """Set declared scopes to 0; a stated part that is not 0 is a conflict (a total is only a check)."""
    for fact in board.live(FactKind.ZERO):
        cells = scopes.exact(fact)
        if not fact.sure and ".except." in fact.where and any(_is_told(board, key) for key in cells):
            # 均为自然人 whose reach was only supposed does not speak of a row in which an enterprise was named
            continue
        for key in cells:
            held = board.filled.get(key)
            if held is None:
                if key not in board.conflicts:
                    board.filled[key] = Filled(0, Origin.STATED, (fact.id,))
            elif held.value != 0 and key.col != "total" and held.origin is Origin.STATED:
                board.conflicts[key] = [board.by_id[i] for i in held.facts] + [fact]
                del board.filled[key]


def _is_told(board: Board, key: CellKey) -> bool:
    """Whether a figure other than 0 was surely said of a cell that is no total."""
    held = board.filled.get(key)
    return held is not None and held.value != 0 and key.col != "total" and board.is_sure(key, held)


def lay_whole_rows(board: Board) -> None:
    """5件，均为自然人: the clause states the applicant's figure as much as the total."""
    applicants = applicant_columns(board.form)
    for row in board.form.table("table3").rows:
        total = board.filled.get(CellKey("table3", row.key, "total"))
        blank = [c for c in applicants if CellKey("table3", row.key, c) not in board.filled]
        zeros = [board.filled[CellKey("table3", row.key, c)] for c in applicants if c not in blank]
        if total is None or len(blank) != 1 or any(z.value != 0 for z in zeros):
            continue
        key = CellKey("table3", row.key, blank[0])
        clauses = {i for z in zeros for i in z.facts}
        if key not in board.conflicts and all(".except." in board.by_id[i].where for i in clauses):
            board.filled[key] = Filled(total.value, Origin.STATED, (*total.facts, *sorted(clauses)))


def carry(board: Board, previous: AnnualReport | None, blocked: Collection[CellKey] = ()) -> None:
    """Last year's 结转下年度 is expected as this year's 上年结转 where nothing is said about it, be it only unread."""
    if previous is None:
        return
    for key in board.form.table("table3").cells:
        if key.row != "carried_over" or not board.open(key) or key in blocked:
            continue
        value = previous.tables["table3"]["carried_forward"].get(key.col)
        if value is not None:
            board.filled[key] = Filled(value, Origin.CARRIED, ())
