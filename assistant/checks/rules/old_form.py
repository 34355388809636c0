"""OLD_FORM: reports for 2021 and later use the tables of the 2021 form."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import listed
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import form_for_year
from assistant.report.findings import Severity


@rule("OLD_FORM", "没有使用旧版表格", Severity.ERROR, "format_tables")
def old_form(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：自 2021 年度报告起使用新格式，旧表的“本年新制作数量”“上一年项目数量”“政府集中采购”等项目已经取消，与新表的数字不能互换。
    不合格：2023 年度报告的表格中印有“对外公开总数量”“其他对外管理服务事项”。
    合格：2023 年度报告的表格印有“本年制发件数”“本年废止件数”“现行有效件数”。
    修改：改用现行格式的表格，按新的项目重新填报，不能把旧表数字照搬过来。
    """
    report = ctx.report
    marks = report.printed.old_form_marks if report.printed is not None else ()
    wanted = form_for_year(report.year)
    if report.year is None and not marks:
        return
    if report.form != wanted.version and report.form == "2019":
        yield Hit(
            ctx.form.table2.key,
            f"{report.year} 年度报告使用了旧版表格（{ctx.form.citation}），应使用{wanted.citation}规定的表格",
            expected=wanted.version,
            got=report.form,
        )
    elif marks and report.form == wanted.version and wanted.version != "2019":
        yield Hit(
            ctx.form.table2.key,
            f"表格中印有旧版格式的项目：{listed(f'“{mark}”' for mark in marks)}；应使用{wanted.citation}规定的表格",
            expected=wanted.version,
            got=marks[0],
        )
