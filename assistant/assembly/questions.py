"""The questions that close the report: grouped, in the order of their worth, each answerable in one message."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.assembly.assemble import Assembly
from assistant.assembly.scopes import applicant_columns
from assistant.facts import Value
from assistant.findings import Question
from assistant.forms import CellKey, Form, Row
from assistant.report import AnnualReport

__all__ = ["questions_of"]


def questions_of(assembly: Assembly, *, asked: frozenset[str] = frozenset()) -> tuple[Question, ...]:
    """Questions for everything that is blank and that no arithmetic and no last year's report fixes.

    ``asked`` are codes already raised by the reader for the same place.
    """
    report = assembly.report
    form = report.layout
    out = [*_requests(report, form, assembly), *_cases(report, form), *_second_table(report, form)]
    if report.info_fee.yuan is None:
        out.append(
            Question(
                code="MISSING_FIELD",
                about=("section6.info_fee_yuan",),
                text="本年是否收取政府信息公开信息处理费？收了多少元、涉及多少件？",
                choices=("信息处理费没有收取",),
            )
        )
    out += _remaining(report, form, out)
    return tuple(out)


def _at(report: AnnualReport, row: str, col: str = "total") -> Value | None:
    return report.tables["table3"][row][col]


def _leaves(form: Form) -> list[Row]:
    inside = {key.row for i in form.identities_of("T3_RESULT_SUM") for key in i.right}
    return [r for r in form.table("table3").rows if r.key in inside]


def _requests(report: AnnualReport, form: Form, assembly: Assembly) -> Iterator[Question]:
    received, over = _at(report, "new_received"), _at(report, "carried_over")
    result, forward = _at(report, "result_total"), _at(report, "carried_forward")
    lumped = {(a.row, a.col): a.value for a in assembly.aggregates}
    if received is None:
        if ("received_all", "total") in lumped and over is None:
            text = f"全年 {lumped['received_all', 'total']} 件申请中，本年新收和上年结转各多少件？"
            yield Question(
                code="AMBIGUOUS_MAP",
                about=("table3.new_received.total", "table3.carried_over.total"),
                text=text,
                choices=("没有上年结转",),
            )
        else:
            yield Question(
                code="MISSING_FIELD",
                about=("table3.new_received.total",),
                text="本年新收到多少件政府信息公开申请？",
                choices=("没有收到申请",),
            )
    elif over is None:
        yield Question(
            code="MISSING_FIELD",
            about=("table3.carried_over.total",),
            text="上年有没有结转到本年办理的申请？有几件？",
            choices=("没有上年结转",),
        )
    yield from _outcomes(report, form, assembly)
    yield from _applicants(report, form)
    stated = any(
        c.table == "table3" and c.row == "carried_forward" and c.col == "total" and str(c.origin) == "stated"
        for c in assembly.cells
    )
    if received is not None and result is not None and forward is not None and forward != 0 and not stated:
        text = f"按勾稽关系，结转下年度继续办理应为 {forward} 件，是否正确？"
        yield Question(
            code="MISSING_FIELD",
            about=("table3.carried_forward.total",),
            text=text,
            choices=(f"结转下年度{forward}件",),
        )
    elif received is not None and forward is None:
        yield Question(
            code="MISSING_FIELD",
            about=("table3.carried_forward.total",),
            text="年底还有几件没有办结、要结转到下年度？",
            choices=("没有结转下年度",),
        )


def _outcomes(report: AnnualReport, form: Form, assembly: Assembly) -> Iterator[Question]:
    result = _at(report, "result_total")
    received = _at(report, "new_received")
    base = result if result is not None else received
    leaves = _leaves(form)
    blank = [r for r in leaves if _at(report, r.key) is None]
    known = [v for r in leaves if (v := _at(report, r.key)) is not None]
    if (base is None and not _lump(assembly)) or base == 0 or not blank:
        return
    if base is not None and sum(known) == base:
        return
    for aggregate in form.aggregates:
        value = next(
            (a.value for a in assembly.aggregates if (a.row, a.col) == (aggregate.key, "total")), None
        )
        parts = [r for r in blank if r.key in aggregate.parts]
        if value and aggregate.along == "rows" and parts and aggregate.key.endswith("_subtotal"):
            yield Question(
                code="MISSING_BREAKDOWN",
                about=tuple(f"table3.{r.key}.total" for r in parts),
                text=f"{aggregate.label.removesuffix('合计')}的 {value} 件，分别属于哪一种情形？",
                choices=tuple(f"都是{r.name.split('—')[-1]}" for r in parts),
            )
    open_rows = [r for r in blank if not any(a.row == r.subtotal for a in assembly.aggregates)]
    covered = sum(known) + sum(
        a.value for a in assembly.aggregates if a.row.endswith("_subtotal") and a.col == "total" and a.value
    )
    if open_rows and (base is None or covered < base):
        amount = f"{base} 件" if base is not None else "已办理的申请"
        done = f"（已说明 {covered} 件）" if covered else ""
        yield Question(
            code="MISSING_OUTCOME",
            about=tuple(f"table3.{r.key}.total" for r in open_rows),
            text=f"办结 {amount}的结果分别是什么？{done}",
            choices=("全部予以公开", "全部是本机关不掌握"),
        )


def _lump(assembly: Assembly) -> bool:
    return any(a.row == "received_all" for a in assembly.aggregates)


def _applicants(report: AnnualReport, form: Form) -> Iterator[Question]:
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
    yield Question(
        code="MISSING_APPLICANT",
        about=tuple(f"table3.{r.key}.{c}" for r in rows for c in columns if _at(report, r.key, c) is None),
        text=f"{names}{more}的申请人分别是自然人，还是商业企业、科研机构、社会公益组织、法律服务机构或其他组织？",
        choices=("申请人都是自然人",),
    )


def _cases(report: AnnualReport, form: Form) -> Iterator[Question]:
    table = form.table("table4")
    values = report.table4
    blank = [r for r in table.rows if all(v is None for v in values[r.key].values())]
    if blank:
        names = "、".join(r.name for r in blank)
        yield Question(
            code="MISSING_FIELD",
            about=tuple(f"table4.{r.key}" for r in blank),
            text=f"本年因政府信息公开引起的{names}各有几件？",
            choices=("没有复议，没有诉讼",)
            if len(blank) == len(table.rows)
            else tuple(f"没有{r.name}" for r in blank),
        )
    for row in table.rows:
        cells = values[row.key]
        total = cells["total"]
        open_columns = [c for c in table.columns if cells[c.key] is None]
        if total and open_columns and row not in blank:
            yield Question(
                code="MISSING_OUTCOME",
                about=tuple(f"table4.{row.key}.{c.key}" for c in open_columns),
                text=f"{row.name} {total} 件的结果分别是什么（维持、纠正、其他结果、尚未审结）？",
                choices=tuple(
                    f"{row.name}{total}件，均{c.label.removeprefix('结果')}"
                    for c in table.columns
                    if c.key in ("upheld", "corrected", "pending")
                ),
            )


def _second_table(report: AnnualReport, form: Form) -> Iterator[Question]:
    table = form.table2
    values = report.table2
    blank = [r for r in table.rows if all(v is None for v in values[r.key].values())]
    if len(blank) == len(table.rows):
        yield Question(
            code="MISSING_FIELD",
            about=(table.key,),
            text=f"表二尚未提供：{'、'.join(r.name for r in table.rows)}的数量各是多少？",
            choices=("表二全是0",),
        )
        return
    if blank:
        yield Question(
            code="MISSING_FIELD",
            about=tuple(f"{table.key}.{r.key}" for r in blank),
            text=f"{'、'.join(r.name for r in blank)}的数量各是多少？",
            choices=("".join([f"{'、'.join(r.name for r in blank)}都没有"]),),
        )
    for row in table.rows:
        missing = [c for c in table.columns_of(row.key) if values[row.key][c.key] is None]
        if missing and row not in blank:
            yield Question(
                code="MISSING_FIELD",
                about=tuple(f"{table.key}.{row.key}.{c.key}" for c in missing),
                text=f"{row.name}的{'、'.join(c.label for c in missing)}是多少？",
                choices=tuple(f"{row.name}{c.label}0" for c in missing[:1]),
            )


def _remaining(report: AnnualReport, form: Form, asked: list[Question]) -> Iterator[Question]:
    """Cells nothing speaks of and no other question covers: one question to confirm them all as zero."""
    covered = {place for q in asked for place in q.about}
    left = [k for k in form.cells if report.value(k) is None and not _is_covered(k, covered)]
    if left:
        yield Question(
            code="BLANK_ZERO",
            about=tuple(str(k) for k in left),
            text=f"没有提到的其余 {len(left)} 个单元格是否都为 0？",
            choices=("其余都是0",),
        )


def _is_covered(key: CellKey, covered: set[str]) -> bool:
    return not covered.isdisjoint((str(key), f"{key.table}.{key.row}", key.table))
