"""CONFLICT: our own workbook says a cell in two sheets; where both were changed, they must say the same."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import CellKey
from assistant.report.facts import Evidence
from assistant.report.findings import Severity


@rule(
    "CONFLICT",
    "同一单元格只有一个数",
    Severity.ASK,
    "format_tables",
    applies=lambda ctx: ctx.report.printed is not None,
)
def conflict(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：导出的工作簿把每个单元格写了两遍，一遍在法定表格，一遍在“单元格”表；两处都改过而数不相同，就不知道该用哪一个。
    不合格：法定表格把“予以公开·自然人”改为 5，“单元格”表又把它改为 6。
    合格：只改其中一处，或者两处改成同一个数。
    修改：确认正确的数，把另一处改成相同。在此之前按法定表格的数核对。
    """
    printed = ctx.report.printed
    for rival in printed.rivals if printed is not None else ():
        key = CellKey.parse(rival.where)
        here, there = rival.text or "空白", rival.other or "空白"
        spans = ((rival.start, rival.text), (rival.other_start, rival.other))
        yield Hit(
            rival.where,
            f"“{ctx.form.label(key)}”在法定表格中是 {here}，在“单元格”表中是 {there}；请确认用哪一个",
            expected=there,
            got=here,
            cells=(key,),
            places=tuple(
                Evidence(source="report", start=start, end=start + len(text), quote=text)
                for start, text in spans
                if text
            ),
        )
