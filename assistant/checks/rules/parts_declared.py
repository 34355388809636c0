"""PARTS_DECLARED: “由六部分组成” is true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.numerals import parse_numeral, to_chinese
from assistant.report.findings import Fix, Severity

_DECLARED = regex(
    r"共(?:有|分)?(?P<plain>[一二三四五六七八九十]|\d{1,2})个?部分(?=[，：。])|(?P<bare>[一二三四五六七八九十]|\d{1,2})个?部分(?:组成|构成)|(?:由|分为?|包括|包含|共有?|等)(?:[^。，；]{0,6})?(?P<count>[一二三四五六七八九十]|\d{1,2})个?(?:部分|方面)(?:组成|构成|内容)"
)
_KNOWN = ("总体情况|概述", "主动公开", "申请", "复议", "问题", "其他")


@rule("PARTS_DECLARED", "所称部分数与实际相符", Severity.WARNING, "format")
def parts_declared(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：正文写“由几部分组成”的，应与列举的内容和实际的部分数一致；格式规定为六个部分。
    不合格：写“本报告由七部分组成”，实际列举六项。
    合格：写“本报告由总体情况等六部分组成”。
    修改：改正部分数，或者补齐列举的内容。
    """
    actual = len(ctx.form.sections)
    for key in ("preamble", "s1"):
        passage = ctx.passage(key)
        if "部分" not in passage.compact:
            continue
        for sentence in passage.sentences:
            text = passage.compact[sentence.start : sentence.end]
            match = _DECLARED.search(text)
            if match is None or "报告" not in text:
                continue
            named = next(name for name in ("count", "plain", "bare") if match[name])
            count = parse_numeral(match[named])
            listed = sum(bool(re.search(word, text)) for word in _KNOWN)
            short = listed >= 3 and listed != actual and count == actual
            if count == actual and not short:
                continue
            said = f"实际为 {actual} 个部分" if not short else f"句中只列举了 {listed} 项"
            span = passage.span(sentence.start + match.start(named), sentence.start + match.end(named))
            right = to_chinese(actual) if not match[named].isdigit() else str(actual)
            yield Hit(
                key,
                f"正文写“{match.group()}”，{said}",
                expected=actual,
                got=count,
                fix=None if short else Fix(title=f"改为“{right}”", edits=ctx.rewording(span, right)),
                spans=(span,),
            )
