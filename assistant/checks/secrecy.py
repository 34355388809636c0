"""SECRECY: a public report bears no mark of secrecy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.pages import pages_of
from assistant.checks.registry import Hit, Unknown, rule
from assistant.findings import Severity

_MARK = re.compile(
    r"(?:绝密|机密|秘密)[ 　]*[★☆]|^[ 　]*(?:绝密|机密|秘密)[ 　]*$|密级[：:][ 　]*(?!无|公开|非密)\S{1,4}|内部(?:资料|文件|使用)[^，。\n]{0,6}(?:注意保存|不得外传|严禁外传|妥善保管)"
    r"|^[ 　【（(]*内部(?:资料|文件)[ 　】）)]*$|不得外传|严禁外传",
    re.MULTILINE,
)


@rule("SECRECY", "没有密级和内部资料标志", Severity.ERROR, "regulation_17")
def secrecy(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：年度报告向社会公开，带有密级或者“内部资料”标志的不能公布；如果标志属实，更不能公开。
    不合格：首页印有“秘密★一年”；页眉印有“内部资料 注意保存”。
    合格：正文谈到“属于国家秘密的不予公开”。
    修改：核实后删去误加的标志；确有涉密内容的，不得公布。
    """
    for page in pages_of(ctx):
        if not any(word in page.text for word in ("密", "内部", "外传")):
            continue
        for match in _MARK.finditer(page.text):
            mark = match.group().strip()
            yield page.hit(match.span(), f"印有“{mark}”标志，公开的报告不应带有", mark)
