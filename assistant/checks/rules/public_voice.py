"""PUBLIC_VOICE: the report speaks to the public, not to a superior."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity

_LETTER = regex(
    r"贵[办局厅委县市区部单](?!州|阳|港|溪|池|定|德)|汇报如下|请(?:予)?审[阅核示议](?!制度|程序)|请(?:领导)?批[示复]|妥否|特此(?:汇报|报告|上报)|(?<=[。，\n])此报告(?=[。]|$)"
    r"|现(?:将)?[^，。；\n]{0,30}(?:上报|呈报)|呈报|请领导|领导批示(?!公开|政务|政府|信息|[^，。；]{0,10}[次件])"
)

_WORDS = (
    "贵",
    "汇报如下",
    "请审",
    "请予审",
    "请批",
    "请领导",
    "妥否",
    "特此",
    "此报告",
    "上报",
    "呈报",
    "领导批",
)
"""One of these occurs in every match; looking for them first is quick."""


@rule("PUBLIC_VOICE", "面向公众而不是上行文", Severity.WARNING, "language")
def public_voice(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：年度报告是向社会公布的，不是写给上级的汇报，不应出现“贵办”“汇报如下”“请审阅”等用语。
    不合格：按照贵办要求，现将我局工作情况汇报如下，请审阅。
    合格：现将我局2023年政府信息公开工作情况公布如下。
    修改：删去上行文用语，改为面向公众的表述。
    """
    if not any(word in ctx.words for word in _WORDS):
        return
    for passage in ctx.passages:
        for match in _LETTER.finditer(passage.compact):
            yield Hit(
                passage.key,
                f"“{match.group()}”是上行文用语，年度报告面向公众，应改写",
                got=match.group(),
                spans=(passage.span(*match.span()),),
            )
