"""Says why a figure stands where it stands: the words it came from, the sum it was derived by, last year's report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from assistant.forms import CellKey, Form, Identity
from assistant.printing.reports.view import print_value
from assistant.report.draft import Cell, Draft
from assistant.report.facts import ASPECTS, Aspect, Fact, FactKind, FactStatus, Origin, Value
from assistant.report.pending import PENDING_LEAD, UNCONFIRMED

__all__ = ["ORIGIN_NAMES", "STATUS_NAMES", "Reason", "Term", "name_of_fact", "reasons_of"]

ORIGIN_NAMES: dict[str, str] = {
    Origin.STATED: "原话写明",
    Origin.DERIVED: "由勾稽关系算出",
    Origin.CARRIED: "取自上年年报",
    Origin.CONFIRMED_ZERO: "已确认为 0",
    Origin.EDITED: "人工填改",
    "sum": "由表格相加",
    "profile": "按报告设定",
    "blank": "尚未填写",
}
STATUS_NAMES: dict[FactStatus, str] = {
    FactStatus.STATED: "已采用",
    FactStatus.HEDGED: "说法不确定，未采用",
    FactStatus.SUPERSEDED: "已被后面的更正取代",
    FactStatus.WITHDRAWN: "已撤回",
    FactStatus.CONFLICTING: "与另一处说法矛盾，待确认",
    FactStatus.REJECTED: "原文中找不到依据，未采用",
}


class Term(TypedDict):
    """One part of a sum: its sign, the cell's name, its figure, and the cell to go to."""

    sign: str
    name: str
    value: str
    key: str


class Reason(TypedDict):
    """Why a figure has its value; ``facts`` are ids of the statements it rests on, ``terms`` the sum."""

    label: str
    value: str
    unit: str
    origin: str
    origin_name: str
    facts: list[str]
    terms: list[Term]
    note: str
    unconfirmed: bool


def reasons_of(draft: Draft) -> dict[str, Reason]:
    """A reason for every cell of the form and for every figure of the prose, by cell key or slot name."""
    form = draft.report.layout
    by_id = {fact.id: fact for fact in draft.facts}
    reasons = {}
    for cell in draft.cells:
        key = CellKey(cell.table, cell.row, cell.col)
        reasons[str(key)] = _cell_reason(draft, form, key, cell, by_id)
    for slot in draft.slots:
        if slot.where not in reasons:
            reasons[slot.where] = _slot_reason(draft, form, slot.where, by_id)
    return reasons


def _cell_reason(draft: Draft, form: Form, key: CellKey, cell: Cell, by_id: dict[str, Fact]) -> Reason:
    origin = str(cell.origin) if cell.origin is not None else "blank"
    column = form.column(key)
    facts = [i for i in cell.sources if i in by_id]
    terms = _sum_for(draft, form, key) if cell.origin is Origin.DERIVED else []
    note = ""
    if cell.origin is None:
        # what was said about a blank cell and not used tells the clerk more than the blank alone
        facts = [f.id for f in draft.facts if f.where == str(key)]
        note = "没有采用任何说法，空白不等于 0" if facts else "材料中没有提到，空白不等于 0"
        opened = [f.id for f in draft.facts if f.kind is FactKind.OPEN and _may_hold(f, key)]
        if opened:
            facts, note = [*facts, *opened], "材料中有没有归属的数，可能属于这一格，空白不等于 0"
    elif cell.origin is Origin.CARRIED:
        note = f"上年年报“结转下年度继续办理·{column.label}”为 {print_value(cell.value)}"
    elif cell.origin is Origin.CONFIRMED_ZERO and not facts:
        note = "确认其余未提到的单元格为 0"
    reason = _reason(form.label(key), cell.value, column.unit, origin, facts, terms, note)
    if cell.status == "unconfirmed":
        reason["unconfirmed"], reason["note"] = (
            True,
            "；".join(filter(None, [note, PENDING_LEAD + UNCONFIRMED])),
        )
    elif cell.status == "confirmed":
        reason["note"] = "；".join(filter(None, [note, "已由填报人核对"]))
    return reason


def _may_hold(fact: Fact, key: CellKey) -> bool:
    """Whether an open figure may belong to a cell, as far as its words name one."""
    places = {str(key), f"{key.table}.{key.row}.*", f"{key.table}.*.{key.col}"}
    return fact.status is FactStatus.HEDGED and not places.isdisjoint(fact.where.split())


def _reason(
    label: str, value: Value | None, unit: str, origin: str, facts: list[str], terms: list[Term], note: str = ""
) -> Reason:  # fmt: skip
    return Reason(
        label=label, value=print_value(value), unit=unit, origin=origin, origin_name=ORIGIN_NAMES[origin],
        facts=facts, terms=terms, note=note, unconfirmed=False,
    )  # fmt: skip


def _sum_for(draft: Draft, form: Form, key: CellKey) -> list[Term]:
    """The sum that gives the cell: all its other cells are filled, the fewer of them derived the better."""
    origins = {CellKey(c.table, c.row, c.col): c.origin for c in draft.cells}
    best: tuple[int, Identity] | None = None
    for identity in form.identities:
        if key not in identity.cells or not _holds(draft, identity):
            continue
        guessed = sum(origins.get(k) is Origin.DERIVED for k in identity.cells)
        # where the cell is itself the total of a sum, that sum reads best
        rank = guessed - (100 if identity.left == (key,) else 0)
        if best is None or rank < best[0]:
            best = (rank, identity)
    return [] if best is None else list(_terms(draft, form, best[1], key))


def _holds(draft: Draft, identity: Identity) -> bool:
    sides = [[draft.report.value(k) for k in side] for side in (identity.left, identity.right)]
    if any(value is None for side in sides for value in side):
        return False
    left, right = (sum(v for v in side if v is not None) for side in sides)
    return left == right


def _terms(draft: Draft, form: Form, identity: Identity, key: CellKey) -> Iterator[Term]:
    here, there = (identity.left, identity.right) if key in identity.left else (identity.right, identity.left)
    for sign, cells in (("+", there), ("−", tuple(k for k in here if k != key))):
        for cell in cells:
            value = draft.report.value(cell)
            if value == 0 and len(identity.cells) > 6:
                continue  # a long sum names the parts that count; its zeros are in the table
            yield Term(sign=sign, name=form.label(cell), value=print_value(value), key=str(cell))


def _slot_reason(draft: Draft, form: Form, where: str, by_id: dict[str, Fact]) -> Reason:
    if where in by_id:
        fact = by_id[where]
        origin = Origin.EDITED if fact.edited else Origin.STATED
        return _reason(name_of_fact(form, fact), fact.value, fact.unit, origin, [fact.id], [])
    if where.startswith("info_fee."):
        facts = [f for f in draft.facts if f.kind is FactKind.FEE and f.status is FactStatus.STATED]
        value = draft.report.info_fee.yuan if where.endswith("yuan") else draft.report.info_fee.cases
        unit = "元" if where.endswith("yuan") else "件"
        return _reason("信息处理费", value, unit, Origin.STATED, [f.id for f in facts], [])
    if where == "report.year":
        note = "报告年度由设定或材料中的年份确定"
        return _reason("报告年度", draft.report.year, "年", "profile", [], [], note)
    return _aggregate_reason(draft, form, where)


def _aggregate_reason(draft: Draft, form: Form, where: str) -> Reason:
    name, _, line = where.partition(".")
    aggregate = form.aggregate(name)
    if aggregate is None:
        return _reason(where, None, "", "sum", [], [])
    cells = aggregate.cells(line)
    values = [draft.report.value(k) for k in cells]
    total = None if any(v is None for v in values) else sum(v for v in values if v is not None)
    terms = [
        Term(sign="+", name=form.label(k), value=print_value(v), key=str(k))
        for k, v in zip(cells, values, strict=True)
        if v
    ]
    return _reason(aggregate.label, total, "件", "sum", [], terms)


def name_of_fact(form: Form, fact: Fact) -> str:
    """What a fact speaks of, for people: 予以公开·自然人, 表三其余各格, 监督保障."""
    if fact.kind is FactKind.ACTIVITY:
        return ASPECTS[Aspect(fact.where)] if fact.where in set(Aspect) else "工作情况"
    if fact.kind is FactKind.FEE:
        return "信息处理费"
    if fact.kind is FactKind.OPEN:
        return "没有归属的数"
    parts = fact.where.split(".")
    key = CellKey(parts[0], parts[1], parts[2]) if len(parts) == 3 else None
    if key is not None and form.has(key):
        lead = "上年的" if fact.kind is FactKind.PRIOR else ""
        return f"{lead}{form.label(key)}"
    if fact.kind is FactKind.AGGREGATE:
        aggregate = form.aggregate(parts[0]) or form.aggregate(parts[-1])
        return aggregate.label if aggregate is not None else "合计数"
    return _scope_name(form, parts)


def _scope_name(form: Form, parts: list[str]) -> str:
    """A scope that was declared empty, in words."""
    tables = {table.key: table for table in form.tables}
    if parts[0] not in tables:
        return "其余各格"
    table = tables[parts[0]]
    names = [f"第{form.section(table.section).title.partition('、')[0]}部分的表"]
    if len(parts) > 1 and parts[1] not in ("rest", "*"):
        row = next((r.name for r in table.rows if r.key == parts[1]), None)
        aggregate = form.aggregate(parts[1])
        names = [row or (aggregate.label if aggregate else parts[1])]
    if "except" in parts:
        column = next((c.label for c in table.columns if c.key == parts[-1]), "")
        return f"{names[0]}除{column}以外的各类申请人"
    return f"{names[0]}的其余各格" if "rest" in parts else f"{names[0]}各格"
