"""BASIS: the report cites the form that is in force."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.lazy import one_of, regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import form_for_year
from assistant.report.findings import Fix, Severity

_CITED = regex(
    rf"国办公开办函{one_of('〔[【（')}(\d{{4}}){one_of('〕]】）')}第?(\d+)号", needs="国办公开办函"
)
_OFFICE_NUMBERS = {"2019": "60", "2021": "30"}
"""The two documents that set the form; other numbers of the office concern other matters, unless 格式 stands before them."""


@rule("BASIS", "编制依据为现行格式文件", Severity.WARNING, "format")
def basis(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：2021 年度起的报告应依据国办公开办函〔2021〕30号编制，仍引用〔2019〕60号说明前言沿用了旧稿。
    不合格：2024 年度报告写“按照国办公开办函〔2019〕60号要求编制”。
    合格：2024 年度报告写“按照国办公开办函〔2021〕30号要求编制”。
    修改：改引现行格式文件。
    """
    if ctx.report.year is None:
        return
    right = form_for_year(ctx.report.year).citation
    for passage in ctx.passages:
        for match in _CITED.finditer(passage.compact):
            named = "格式" in passage.compact[max(0, match.start() - 24) : match.start()]
            known = _OFFICE_NUMBERS.get(match[1]) == match[2] or (named and match[1] in _OFFICE_NUMBERS)
            if not known or f"〔{match[1]}〕{match[2]}号" in right:
                continue
            span = passage.span(*match.span())
            yield Hit(
                passage.key,
                f"编制依据写作“{match.group()}”，{ctx.report.year} 年度报告应依据{right}",
                expected=right,
                got=match.group(),
                fix=Fix(title=f"改为{right}", edits=ctx.rewording(span, right)),
                spans=(span,),
            )
