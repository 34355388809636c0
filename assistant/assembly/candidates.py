"""Words every question the blanks of a draft could call for, each with the cells its answer gives, in the order of the form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from assistant.assembly.asking import Candidate, Offer, ask, pending_note, stated_sum
from assistant.assembly.assemble import Assembly
from assistant.assembly.other_candidates import of_cases, of_second_table
from assistant.assembly.scopes import applicant_columns
from assistant.forms import CellKey, Form, Row
from assistant.report import AnnualReport
from assistant.report.facts import Value

__all__ = ["candidates_of"]


def candidates_of(assembly: Assembly, opened: Collection[CellKey] = ()) -> list[Candidate]:
    """All questions that may be asked now; some may be superfluous, and some choices may contradict what is known.

    ``opened`` are cells that a figure may belong to which nobody placed: they are asked about as such.
    """
    report = assembly.report
    form = report.layout
    found = [
        *_requests(report, form, assembly),
        *of_cases(report, form, assembly, opened),
        *of_second_table(report, form, opened),
    ]
    out = [one for one in found if not one.cells or not one.cells <= set(opened)]
    if report.info_fee.yuan is None:
        out.append(
            ask(
                "MISSING_FIELD",
                "本年是否收取政府信息公开信息处理费？收了多少元、涉及多少件？",
                (),
                (Offer("信息处理费没有收取"),),
                about=("section6.info_fee_yuan",),
            )
        )
    return out


# ---------------------------------------------------------------- table 3
def _cell(row: str, col: str = "total") -> CellKey:
    return CellKey("table3", row, col)


def _at(report: AnnualReport, row: str, col: str = "total") -> Value | None:
    return report.tables["table3"][row][col]


def _leaves(form: Form) -> list[Row]:
    inside = {key.row for i in form.identities_of("T3_RESULT_SUM") for key in i.right}
    return [r for r in form.table("table3").rows if r.key in inside]


def _handled(form: Form) -> list[CellKey]:
    """What became of the requests, by applicant: to be asked once the totals are known."""
    return [k for k in form.table("table3").cells if k.row not in ("new_received", "carried_over")]


def _requests(report: AnnualReport, form: Form, assembly: Assembly) -> Iterator[Candidate]:
    received, over, forward = (_at(report, r) for r in ("new_received", "carried_over", "carried_forward"))
    lumped = {a.row: a.value for a in assembly.aggregates if a.col == "total"}
    rest = form.table("table3").cells
    if received is None and "received_all" in lumped and over is None:
        yield ask(
            "AMBIGUOUS_MAP",
            f"全年 {lumped['received_all']} 件申请中，本年新收和上年结转各多少件？",
            (_cell("new_received"), _cell("carried_over")),
            (_none("没有上年结转", "carried_over"),),
            hinges=rest,
        )
    elif received is None:
        yield ask(
            "MISSING_FIELD",
            "本年新收到多少件政府信息公开申请？",
            (_cell("new_received"),),
            (_none("没有收到申请", "new_received"),),
            hinges=rest,
        )
    elif over is None:
        yield ask(
            "MISSING_FIELD",
            "上年有没有结转到本年办理的申请？有几件？",
            (_cell("carried_over"),),
            (_none("没有上年结转", "carried_over"),),
            hinges=[k for k in rest if k.row != "new_received"],
        )
    yield from _outcomes(report, form, assembly)
    yield from _applicants(report, form, assembly)
    if received is not None and forward is None:
        yield ask(
            "MISSING_FIELD",
            "年底还有几件没有办结、要结转到下年度？",
            (_cell("carried_forward"),),
            (_none("没有结转下年度", "carried_forward"),),
            hinges=_handled(form),
        )


def _outcomes(report: AnnualReport, form: Form, assembly: Assembly) -> Iterator[Candidate]:
    base, result = _handled_total(report), _at(report, "result_total")
    leaves = _leaves(form)
    blank = [r for r in leaves if _at(report, r.key) is None]
    known = [v for r in leaves if (v := _at(report, r.key)) is not None]
    lumped = any(a.row == "received_all" for a in assembly.aggregates)
    if (base is None and not lumped) or base == 0 or not blank:
        return
    for aggregate in form.aggregates:
        value = stated_sum(assembly, aggregate.key)
        parts = [r for r in blank if r.key in aggregate.parts]
        lumped_rows = aggregate.key.endswith("_subtotal") or aggregate.key == "granted_or_partial"
        if value and aggregate.along == "rows" and parts and lumped_rows:
            name = aggregate.label.removesuffix("合计")
            yield ask(
                "MISSING_BREAKDOWN",
                f"{name}的 {value} 件，分别属于哪一种情形？",
                [_cell(r.key) for r in parts],
                [Offer(f"{_plainly(name, r)}{value}件", ((_cell(r.key), value),)) for r in parts],
                hinges=_handled(form),
            )
    open_rows = [r for r in blank if not any(a.row == r.subtotal for a in assembly.aggregates)]
    covered = sum(known) + sum(
        a.value for a in assembly.aggregates if a.row.endswith("_subtotal") and a.col == "total" and a.value
    )
    if covered and result is None and _at(report, "carried_over") is not None:
        # whether more was handled than what was said hangs on what is still open at the end of the year
        return
    if open_rows and (base is None or covered < base):
        amount = f"{base} 件" if base is not None else "已办理的申请"
        amount += pending_note(assembly, _cell("result_total"), _cell("new_received"))
        done = f"（已说明 {covered} 件）" if covered else ""
        yield ask(
            "MISSING_OUTCOME",
            f"办结 {amount}的结果分别是什么？{done}",
            [_cell(r.key) for r in open_rows],
            [
                Offer(f"办结{base}件，{way}{base}件", ((_cell("result_total"), base), (_cell(row), base)))
                for row, way in (("granted", "予以公开"), ("na_not_held", "本机关不掌握"))
                if base is not None and not covered
            ],
            hinges=_handled(form),
        )


def _handled_total(report: AnnualReport) -> Value | None:
    """How many requests were handled: as known, else what came in and is not known to be still open."""
    result, received = _at(report, "result_total"), _at(report, "new_received")
    if result is not None or received is None:
        return result
    over, forward = _at(report, "carried_over"), _at(report, "carried_forward")
    came = received if over is None else received + over
    return came if forward is None else came - forward


def _plainly(category: str, row: Row) -> str:
    """A result by the words of the form; 其他 only with the category it belongs to."""
    name = row.name.split("—")[-1]
    return f"{category}里的“其他”" if name == "其他" else name


def _none(text: str, row: str) -> Offer:
    return Offer(text, ((_cell(row), 0),))


def _applicants(report: AnnualReport, form: Form, assembly: Assembly) -> Iterator[Candidate]:
    """One question for all rows whose applicants are open."""
    columns = applicant_columns(form)
    rows = [
        r
        for r in form.table("table3").rows
        if (total := _at(report, r.key)) is not None
        and total > 0
        and any(_at(report, r.key, c) is None for c in columns)
    ]
    if (
        not rows
        and _at(report, "new_received") is None
        and any(_at(report, r) not in (None, 0) for r in ("result_total", "carried_forward"))
    ):
        rows = [r for r in form.table("table3").rows if r.key == "new_received"]
    if not rows:
        return
    names = "、".join(
        f"{r.name} {_at(report, r.key)} 件{pending_note(assembly, _cell(r.key))}"
        if _at(report, r.key) is not None
        else r.name
        for r in rows[:4]
    )
    more = "等" if len(rows) > 4 else ""
    yield ask(
        "MISSING_APPLICANT",
        f"{names}{more}的申请人分别是自然人，还是商业企业、科研机构、社会公益组织、法律服务机构或其他组织？",
        [_cell(r.key, c) for r in rows for c in columns if _at(report, r.key, c) is None],
        (_all_of("申请人都是自然人", "natural_person", report, rows, columns),),
    )


def _all_of(text: str, col: str, report: AnnualReport, rows: Sequence[Row], columns: Sequence[str]) -> Offer:
    """All requests of some rows by one kind of applicant."""
    told: list[tuple[CellKey, Value]] = []
    for row in rows:
        total = _at(report, row.key)
        told += [(_cell(row.key, c), 0) for c in columns if c != col]
        told += [(_cell(row.key, col), total)] if total is not None else []
    return Offer(text, tuple(told), sweeping=col)
