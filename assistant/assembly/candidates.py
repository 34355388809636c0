"""Words every question the blanks of a draft could call for, each with the cells its answer gives, in the order of the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.assembly.assemble import Assembly
from assistant.assembly.scopes import applicant_columns
from assistant.forms import CellKey, Form, Row
from assistant.report import AnnualReport
from assistant.report.facts import Value
from assistant.report.findings import Question

__all__ = ["Candidate", "candidates_of"]


@dataclass(frozen=True)
class Candidate:
    """A question with the cells its answer gives; ``hinges`` are blank cells that can only be asked about afterwards."""

    question: Question
    cells: frozenset[CellKey]
    hinges: frozenset[CellKey] = frozenset()


def candidates_of(assembly: Assembly) -> list[Candidate]:
    """All questions that may be asked now; some may be superfluous."""
    report = assembly.report
    form = report.layout
    out = [*_requests(report, form, assembly), *_cases(report, form, assembly), *_second_table(report, form)]
    if report.info_fee.yuan is None:
        out.append(
            _ask(
                "MISSING_FIELD",
                "本年是否收取政府信息公开信息处理费？收了多少元、涉及多少件？",
                (),
                ("信息处理费没有收取",),
                about=("section6.info_fee_yuan",),
            )
        )
    return out


def _ask(
    code: str,
    text: str,
    cells: Iterable[CellKey],
    choices: tuple[str, ...],
    *,
    about: tuple[str, ...] = (),
    hinges: Iterable[CellKey] = (),
) -> Candidate:
    named = tuple(cells)
    return Candidate(
        Question(code=code, about=about or tuple(map(str, named)), text=text, choices=choices),
        frozenset(named),
        frozenset(hinges),
    )


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
        yield _ask(
            "AMBIGUOUS_MAP",
            f"全年 {lumped['received_all']} 件申请中，本年新收和上年结转各多少件？",
            (_cell("new_received"), _cell("carried_over")),
            ("没有上年结转",),
            hinges=rest,
        )
    elif received is None:
        yield _ask(
            "MISSING_FIELD",
            "本年新收到多少件政府信息公开申请？",
            (_cell("new_received"),),
            ("没有收到申请",),
            hinges=rest,
        )
    elif over is None:
        yield _ask(
            "MISSING_FIELD",
            "上年有没有结转到本年办理的申请？有几件？",
            (_cell("carried_over"),),
            ("没有上年结转",),
            hinges=[k for k in rest if k.row != "new_received"],
        )
    yield from _outcomes(report, form, assembly)
    yield from _applicants(report, form)
    if received is not None and forward is None:
        yield _ask(
            "MISSING_FIELD",
            "年底还有几件没有办结、要结转到下年度？",
            (_cell("carried_forward"),),
            ("没有结转下年度",),
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
        value = _stated(assembly, aggregate.key)
        parts = [r for r in blank if r.key in aggregate.parts]
        if value and aggregate.along == "rows" and parts and aggregate.key.endswith("_subtotal"):
            name = aggregate.label.removesuffix("合计")
            yield _ask(
                "MISSING_BREAKDOWN",
                f"{name}的 {value} 件，分别属于哪一种情形？",
                [_cell(r.key) for r in parts],
                tuple(f"{_plainly(name, r)}{value}件" for r in parts),
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
        done = f"（已说明 {covered} 件）" if covered else ""
        yield _ask(
            "MISSING_OUTCOME",
            f"办结 {amount}的结果分别是什么？{done}",
            [_cell(r.key) for r in open_rows],
            tuple(f"办结{base}件，{way}" for way in ("全部予以公开", "全部是本机关不掌握"))
            if base is not None and not covered
            else (),
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


def _stated(assembly: Assembly, key: str) -> Value | None:
    return next((a.value for a in assembly.aggregates if (a.row, a.col) == (key, "total")), None)


def _applicants(report: AnnualReport, form: Form) -> Iterator[Candidate]:
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
        f"{r.name} {_at(report, r.key)} 件" if _at(report, r.key) is not None else r.name for r in rows[:4]
    )
    more = "等" if len(rows) > 4 else ""
    yield _ask(
        "MISSING_APPLICANT",
        f"{names}{more}的申请人分别是自然人，还是商业企业、科研机构、社会公益组织、法律服务机构或其他组织？",
        [_cell(r.key, c) for r in rows for c in columns if _at(report, r.key, c) is None],
        ("申请人都是自然人",),
    )


# ---------------------------------------------------------------- tables 4 and 2
def _cases(report: AnnualReport, form: Form, assembly: Assembly) -> Iterator[Candidate]:
    table = form.table("table4")
    values = report.table4
    sued, lumped = [r for r in table.rows if r.path], _stated(assembly, "litigation_all")
    unsplit = bool(lumped) and all(values[r.key]["total"] is None for r in sued)
    if unsplit:
        yield _ask(
            "MISSING_BREAKDOWN",
            f"行政诉讼 {lumped} 件中，未经复议直接起诉和复议后起诉各有几件？",
            [CellKey("table4", r.key, "total") for r in sued],
            tuple(f"行政诉讼{lumped}件，都是{r.label}的" for r in sued),
            hinges=[CellKey("table4", r.key, c.key) for r in sued for c in table.columns],
        )
        if not any(
            (a.row, a.col) == ("litigation_all", c.key)
            for a in assembly.aggregates
            for c in table.columns
            if c.key != "total"
        ):
            yield _ask(
                "MISSING_OUTCOME",
                f"行政诉讼 {lumped} 件的结果分别是什么（维持、纠正、其他结果、尚未审结）？",
                [CellKey("table4", r.key, c.key) for r in sued for c in table.columns if c.key != "total"],
                (f"行政诉讼{lumped}件，均维持", f"行政诉讼{lumped}件，均尚未审结"),
            )
    rows = [r for r in table.rows if not (unsplit and r in sued)]
    blank = [r for r in rows if all(v is None for v in values[r.key].values())]
    if blank:
        yield _ask(
            "MISSING_FIELD",
            f"本年因政府信息公开引起的{'、'.join(r.name for r in blank)}各有几件，结果如何？",
            [CellKey("table4", r.key, c.key) for r in blank for c in table.columns],
            _no_cases(blank, len(blank) == len(table.rows)),
            about=tuple(f"table4.{r.key}" for r in blank),
        )
    for row in rows:
        total = values[row.key]["total"]
        open_columns = [c for c in table.columns if values[row.key][c.key] is None]
        if open_columns and row not in blank:
            amount = f" {total} 件" if total is not None else ""
            yield _ask(
                "MISSING_OUTCOME",
                f"{row.name}{amount}的结果分别是什么（维持、纠正、其他结果、尚未审结）？",
                [CellKey("table4", row.key, c.key) for c in open_columns],
                tuple(
                    f"{row.name}{total}件，均{c.label.removeprefix('结果')}"
                    for c in table.columns
                    if c.key in ("upheld", "corrected", "pending")
                )
                if total is not None
                else (),
            )


def _no_cases(rows: list[Row], all_rows: bool) -> tuple[str, ...]:
    """None of them, then none of each; by the row's own label, because 没有行政诉讼 would mean both kinds of lawsuits."""
    if all_rows:
        return ("没有复议，没有诉讼",)
    each = tuple(f"没有{r.label}" for r in rows)
    return ("，".join(each), *each) if len(each) > 1 else each


def _second_table(report: AnnualReport, form: Form) -> Iterator[Candidate]:
    table = form.table2
    values = report.table2
    blank = [r for r in table.rows if all(v is None for v in values[r.key].values())]
    if blank:
        names = "、".join(r.name for r in blank)
        whole = len(blank) == len(table.rows)
        yield _ask(
            "MISSING_FIELD",
            f"表二尚未提供：{names}的数量各是多少？" if whole else f"{names}的数量各是多少？",
            [CellKey(table.key, r.key, c.key) for r in blank for c in table.columns_of(r.key)],
            ("表二全是0",) if whole else (f"{names}都没有",),
            about=(table.key,) if whole else tuple(f"{table.key}.{r.key}" for r in blank),
        )
    for row in table.rows:
        missing = [c for c in table.columns_of(row.key) if values[row.key][c.key] is None]
        if missing and row not in blank:
            yield _ask(
                "MISSING_FIELD",
                f"{row.name}的{'、'.join(c.label for c in missing)}是多少？",
                [CellKey(table.key, row.key, c.key) for c in missing],
                (f"{row.name}{'、'.join(f'{c.label}0' for c in missing)}",),
            )
