"""Decides which row and column the labels of an item name: its own words first, then what stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.extraction.sentences.pieces import Chunk, Piece
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense

__all__ = ["Place", "named", "place", "renamed", "rows_named"]

_GENERAL = frozenset({"result_total", "new_received", "received_all"})
_WITHIN = frozenset("里中内")
_NEXT = frozenset("下明次来后")
_MOST = 40
"""labels of one clause that are looked at"""


@dataclass(frozen=True)
class Place:
    """Row and column of a figure. ``near``: the row is named in the item or its sentence; ``clear``: no other label of the item
    gainsays it; ``own_row``/``own_col``: the item itself names it."""

    row: Sense | None = None
    col: Sense | None = None
    near: bool = False
    clear: bool = True
    own_row: bool = False
    own_col: bool = False


def place(labels: Sequence[Piece], scope: Scope, form: FormMap) -> Place:
    """The place that ``labels`` name in a scope."""
    row, col, clear = named(labels, scope, form)
    if (
        row is not None
        and row.key == "new_received"
        and scope.colon
        and scope.last is not None
        and scope.last.table == "fee"
    ):
        # 信息处理费：收了1件
        row = scope.last
    own_row, own_col = row is not None, col is not None
    if row is not None and row.key in form.groups and scope.pending:
        # 户籍档案查询类（另有规定）不予公开1件
        part, _, sound = named(scope.pending, scope.but(pending=()), form)
        if part is not None and sound and form.group_of.get(part.key) == row.key:
            row = part
    near = own_row
    if row is None and scope.pending:
        row, more, sound = named(scope.pending, scope, form)
        clear = clear and sound and not (scope.joined and len(_rows_in(scope.pending)) > 1)
        near = row is not None
        waits = more is not None and (more.table == row.table if row is not None else _may_wait(more))
        col = col or (more if waits else None)
    if row is None:
        table = col.table if col is not None else (scope.last.table if scope.last else scope.table)
        row, near = _row_before(table, col, scope, form)
    if row is not None and col is not None and col.table != row.table:
        row, col, clear = (row, None, False) if own_row else (None, col, False)
    if row is not None and col is None:
        col = scope.head(COL, row.table)
        clear = clear and (col is None or not scope.old_heads or col in scope.over)
    if (
        row is not None
        and col is not None
        and col.key not in (*form.columns_of(row.table, row.key), "legal_persons", "delta_none")
    ):
        # a year's column of a row that has none: 行政许可制发3件
        col, clear = None, False
    return Place(row, col, near, clear, own_row, own_col)


def _may_wait(col: Sense) -> bool:
    """其他（撤回）2, 现行有效（历史累计）8: a result or a column of documents waits for its figure without its row."""
    return col.table != "table3" and col.key != "delta_none"


def _row_before(table: str, col: Sense | None, scope: Scope, form: FormMap) -> tuple[Sense | None, bool]:
    last = scope.last
    if (
        last is not None
        and last.table == table
        and (col is None or col.key in form.columns_of(table, last.key) or table == "table3")
    ):
        return last, scope.last_sentence == scope.sentence
    head = scope.head(ROW, table)
    if head is not None or col is None:
        return head, True
    rows = [
        t
        for t in reversed(scope.told)
        if t.row.table == table and col.key in form.columns_of(table, t.row.key)
    ]
    # 现行有效改成71 speaks of the row that was told with it, not of 规章没有 said behind
    told = next((t.row for t in rows if t.col == col.key), rows[0].row if rows else None)
    if told is None and col.key == "in_force" and (scope.prior or scope.channel == "prior"):
        # 2022年报里现行有效写的14: documents are what last year's stock is told of
        told = Sense(ROW, table, "normative_docs")
    only = form.only_row(table, col.key) if told is None else None
    return (told, False) if only is None else (Sense(ROW, table, only), True)


def renamed(chunk: Chunk, form: FormMap) -> Chunk:
    """还有1件是要我们出证明的那种（“要求行政机关确认或重新出具”）: a bracket that names the form's own row says what it counts as."""
    inner = [p for c in chunk.inner for p in c.pieces if not p.cue("of_which")]
    granted = [p for p in chunk.labels if any(s.key == "granted" for s in p.senses[:1])]
    if granted and len(inner) == 1 and any(s.key == "partial" for s in inner[0].senses[:1]):
        # 公开类（含部分公开）168件
        both = replace(granted[0], senses=(Sense(ROW, "table3", "granted_or_partial"),))
        return replace(chunk, pieces=tuple(both if p is granted[0] else p for p in chunk.pieces), inner=())
    if len(chunk.figures) != 1 or len(inner) != 1 or not inner[0].senses:
        return chunk
    row = inner[0].senses[0]
    own = [p for p in chunk.labels if p.senses[0].axis == ROW]
    if row.axis != ROW or row.table != "table3" or not row.official or any(p.senses[0].official for p in own):
        return chunk
    if any(p.senses[0].key in (*_GENERAL, *form.groups) for p in own) or not own:
        return chunk
    return replace(chunk, pieces=(*(p for p in chunk.pieces if p not in own), inner[0]), inner=())


def _rows_in(labels: Sequence[Piece]) -> set[str]:
    return {s.key for p in labels for s in p.senses[:1] if s.axis == ROW}


def named(labels: Sequence[Piece], scope: Scope, form: FormMap) -> tuple[Sense | None, Sense | None, bool]:
    """The row and the column that labels name themselves, and whether nothing of them disagrees."""
    labels = tuple(p for p in labels[-_MOST:] if p.senses)
    if not labels:
        return None, None, True
    labels = _inmost(labels)
    tables = _tables(labels, scope)
    chosen = [sense for sense in (_sense(p, tables, scope, labels) for p in labels) if sense is not None]
    rows, clear = _rows([s for s in chosen if s.axis == ROW], form, scope)
    if rows is not None and rows.key == "carried_forward" and scope.carry and not _names_next_year(labels):
        # 上年没有结转
        rows = rows._replace(key="carried_over")
    if (
        rows is not None
        and rows.key in _GENERAL
        and scope.table == "table4"
        and any(s.axis == COL and s.table == "table4" for s in chosen)
    ):
        # 申请人撤回结案
        rows = None
    table = rows.table if rows is not None else ""
    cols = [s for s in chosen if s.axis == COL and (not table or s.table == table)]
    cols = cols or [s for s in chosen if s.axis == COL]
    keys = {s.key for s in cols}
    if "legal_persons" in keys and len(keys) > 1:
        # 法人单位企业: the kind counts
        cols = [s for s in cols if s.key != "legal_persons"]
    return rows, (cols[-1] if cols else None), clear and len({s.key for s in cols}) < 2


def _inmost(labels: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """办结里公开60: what the figure is one of is no name of its own."""
    at = next((n for n in range(len(labels) - 1, 0, -1) if labels[n].gap[:1] in _WITHIN), 0)
    inner = at and labels[at].senses[0].axis == ROW and labels[at - 1].senses[0].key in _GENERAL
    return labels[at:] if inner else labels


def _names_next_year(labels: Sequence[Piece]) -> bool:
    """去年年报的结转下年度: went on from last year, so it says itself to which year."""
    return any(p.senses[0].key == "carried_forward" and _NEXT & set(p.token.text) for p in labels)


def rows_named(labels: Sequence[Piece], scope: Scope, form: FormMap) -> list[Sense]:
    """All rows that labels name one by one (规章、规范性文件均无)."""
    found: list[Sense] = []
    told = any(t.row.key == "admin_fee" for t in scope.told)
    for piece in labels:
        row, _, _ = named((piece,), scope.but(pending=()), form)
        if row is None or (told and _charged(piece)):
            continue
        same = next((n for n, r in enumerate(found) if (r.table, r.key) == (row.table, row.key)), None)
        if same is None:
            found.append(row)
        elif found[same].weak:
            # 政府信息公开申请没有收到
            found[same] = row
    tables = {row.table for row in found if not row.weak}
    # 其他申请人类型没有; but 许可、处罚、收费都没有
    found = [row for row in found if not row.weak or len(labels) == 1 or row.table in tables - {"table3"}]
    if {r.key for r in found} & {"litigation_direct", "litigation_after_review"}:
        found = [r for r in found if r.key != "litigation_all"]
    if any(map(_charged, labels)) and not any(row.table == form.table2 for row in found):
        found.append(Sense(ROW, "fee", "info_fee"))
    return found


def _charged(piece: Piece) -> bool:
    """没收费, 收过费: a word for charging that is the row of table 2 beside its rows, and the fee for information elsewhere."""
    return any(s.key == "admin_fee" and s.weak for s in piece.senses[:1])


def _tables(labels: Sequence[Piece], scope: Scope) -> list[str]:
    """The tables in the order in which a word of several meanings is taken for one of theirs."""
    own = [
        p.senses[0].table
        for p in labels
        if len({s.table for s in p.senses}) == 1
        and not p.senses[0].weak
        and not (scope.table == "table4" and p.senses[0].key in _GENERAL)
    ]
    pending = [p.senses[0].table for p in scope.pending if len({s.table for s in p.senses}) == 1]
    heads = [h.table for h in reversed((*scope.over, *scope.heads)) if h not in scope.below]
    before = [scope.last.table] if scope.last is not None else []
    return [*own, *pending, *heads, *before, scope.table]


def _sense(piece: Piece, tables: Sequence[str], scope: Scope, labels: Sequence[Piece]) -> Sense | None:
    senses = piece.senses
    if "other" in piece.token.cues and all(s.weak for s in senses):
        return _other(piece, tables, scope, labels)
    if len(senses) > 1:
        for table in tables:
            here = [s for s in senses if s.table == table]
            if here:
                senses = tuple(here)
                break
    first = senses[0]
    if first.weak and not _weak_holds(first, tables, labels, scope):
        return None
    return first


def _weak_holds(sense: Sense, tables: Sequence[str], labels: Sequence[Piece], scope: Scope) -> bool:
    """公开, 部分, 申请 name a row only where the text speaks of requests and no other label does it."""
    strong = any(s.axis == ROW and not s.weak and not _heads(s, sense) for p in labels for s in p.senses[:1])
    if sense.key == "new_received" and scope.last_sentence != scope.sentence:
        # 许可23件。申请5件: a new sentence may turn to requests, unless a head rules it
        tables = list(tables[: -2 if scope.last is not None else -1])
    if sense.table == "table3":
        told = next((t for t in tables if t), "")
        return not strong and (told in ("table3", "") and (bool(told) or sense.key == "new_received"))
    return not strong and sense.table in tables


def _heads(group: Sense, part: Sense) -> bool:
    """不予/过程: the word for the group speaks for its part."""
    return group.key.endswith("_subtotal") and group.key.partition("_")[0] == part.key.partition("_")[0]


def _other(piece: Piece, tables: Sequence[str], scope: Scope, labels: Sequence[Piece]) -> Sense | None:
    """其他: a result of cases, an applicant beside applicants, a row beside rows of 其他处理."""
    table = next((t for t in tables if t), "")
    by_axis = {(s.table, s.axis): s for s in piece.senses}
    if table == "table4":
        return by_axis.get(("table4", COL))
    if table != "table3":
        return None
    rows = [s for p in labels if p is not piece for s in p.senses[:1] if s.axis == ROW]
    if any(s.key.startswith("ot_") for s in rows):
        # 其他处理里的“其他”
        return by_axis[("table3", ROW)]._replace(weak=False)
    told = scope.sibling
    if told is not None and told.row.key.endswith("_subtotal"):
        # 不予公开4、无法提供30、其他29
        return Sense(ROW, "table3", "ot_subtotal")
    head = scope.head(COL, "table3")
    if rows or (told is not None and told.col not in ("total", "", head and head.key)):
        return by_axis.get(("table3", COL))
    near = scope.last is not None and scope.sentence - scope.last_sentence <= 1
    return by_axis.get(("table3", ROW)) if near else None


def _rows(rows: list[Sense], form: FormMap, scope: Scope) -> tuple[Sense | None, bool]:
    """The row among several: the more special one; not clear when two of them compete."""
    named_groups = {s.key for s in rows if s.key in form.groups}
    strong = [s for s in rows if not s.weak or form.group_of.get(s.key) in named_groups] or rows
    keys = {s.key for s in strong}
    if len(keys) > 1:
        groups = {form.group_of.get(k, "") for k in keys}
        cases = {s.key for s in strong if s.table == "table4"}
        special = [
            s for s in strong
            if s.key not in groups and s.key not in _GENERAL and not (s.key == "litigation_all" and len(cases) > 1)
            and not (s.key == "ot_other" and len(keys) > 1)
        ]  # fmt: skip
        strong = special or strong
        keys = {s.key for s in strong}
    if not strong:
        return None, True
    if len(keys) > 1:
        aside = [s for s in strong if not s.key.endswith("_subtotal")]
        if len({s.key for s in aside}) == 1:
            return aside[-1], False
    return strong[-1], len(keys) == 1
