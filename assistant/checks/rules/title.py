"""TITLE: unit, year and the prescribed name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity

_SHORT_TOWN = ("镇", "乡", "街道")


@rule("TITLE", "标题规范", Severity.WARNING, "format")
def title(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：标题由单位全称、年份和“政府信息公开工作年度报告”组成，便于公众检索和汇总。
    不合格：双庙镇2023年度政府信息公开工作年度报告；2023年政府信息公开年报。
    合格：清河县双庙镇人民政府2023年政府信息公开工作年度报告。
    修改：按单位全称、年份和规定名称改写。
    """
    passage, form = ctx.passage("title"), ctx.form
    text = passage.compact.replace("\n", "")
    if not text or not (ctx.finished or ctx.report.org.name):
        if ctx.finished:
            yield Hit(
                "title", "没有标题", expected=f"{ctx.report.org.name}{ctx.report.year or ''}年{form.title}"
            )
        else:
            yield Unknown("title", "标题或者单位名称尚未填写")
        return
    name, year = ctx.report.org.name, ctx.report.year
    expected = f"{name}{year}年{form.title}" if name and year else form.title
    said = []
    if f"年度{form.title}" in text:
        said.append(f"“年度”重复，应为“{year or ''}年{form.title}”")
    elif form.title not in text:
        said.append(f"应写明“{form.title}”")
    head = re.split(r"20\d\d年|政府信息公开", text)[0]
    if not re.search(r"20\d\d年", text):
        said.append("缺少年份")
    if not head:
        said.append("缺少单位名称")
    elif head.endswith(_SHORT_TOWN):
        full = "办事处" if head.endswith("街道") else "人民政府"
        said.append(f"单位应写全称“{head}{full}”")
    if said:
        yield Hit(
            "title",
            f"标题“{text}”不规范：{'；'.join(said)}",
            expected=expected,
            got=text,
            spans=(passage.span(0, len(passage.compact)),),
        )
