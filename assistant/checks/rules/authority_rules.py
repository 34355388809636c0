"""AUTHORITY_RULES: only bodies that may make 规章 report figures in that row."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import figure, listed
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import CellKey
from assistant.report.findings import Severity


@rule("AUTHORITY_RULES", "没有规章制定权的单位规章一行为 0", Severity.ERROR, "legislation")
def authority_rules(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：规章只能由国务院部门、省级政府、设区的市和自治州的政府制定；县级政府、乡镇、街道和地方各级政府部门没有这项权限，单位内部的规章制度不是规章。
    不合格：某镇人民政府“规章”一行现行有效填 6 件。
    合格：某镇人民政府“规章”一行三格均填 0。
    修改：把规章一行改填 0；属于本单位制发的行政规范性文件的，填入下一行。
    """
    table, org = ctx.form.table2.key, ctx.report.org
    row = ctx.report.tables[table].get("rules", {})
    filled = [(CellKey(table, "rules", col), value) for col, value in row.items() if value]
    if not filled or org.may_make_rules:
        return
    if org.may_make_rules is None:
        yield Unknown(f"{table}.rules", "不清楚单位级别，无法判断有无规章制定权")
        return
    figures = listed(f"{ctx.form.column(key).label} {figure(value)} 件" for key, value in filled)
    yield Hit(
        str(filled[-1][0]),
        f"“规章”一行填有数字（{figures}），但{org.name or '本单位'}没有规章制定权；内部规章制度不是规章，此行应填 0",
        expected=0,
        got=filled[-1][1],
        cells=tuple(key for key, _ in reversed(filled)),
    )
