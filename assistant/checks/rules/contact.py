"""CONTACT: the public can reach the unit."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.lazy import Words, regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity

_ITEMS = (
    ("地址", Words("地址|住所"), regex(r"[路街道巷]\d+号", needs="号")),
    ("邮编", Words("邮编|邮政编码"), regex(r"(?<![\d-])\d{6}(?![\d-])")),
    ("电话", Words("电话"), regex(r"联系方式：?\d|(?<!\d)0\d{2,3}[-—－―]?[1-9]\d{6,7}(?!\d)")),
)
_POSTCODE = regex(r"邮(?:政)?编(?:码)?[：:是为]?(\d+)", needs="邮编|邮政编")
_PHONE = regex(
    r"(?:电话|传真)(?:号码)?[：:]?((?:（?\d{3,4}）?[-—－―]?)?\d{3,})(?!\d|[-—－]\d)", needs="电话|传真"
)
_ANY = Words("联系|电话|地址|邮编")
_GOOD_PHONE = regex(r"(?:（?0\d{2,3}）?[-—－―]?)?[1-9]\d{6,7}|1[3-9]\d{9}|12345|(?:400|800)-?\d{3}-?\d{4}")


@rule("CONTACT", "联系方式完整有效", Severity.INFO, "practice")
def contact(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：公众对报告有疑问时要能联系到编制单位，地址、邮编、电话应当齐全，位数正确。
    不合格：邮编：22310；电话：0517-872225。
    合格：地址：府前街1号，邮编：223100，电话：0517-87222589。
    修改：核对后补齐或者改正。
    """
    passage = ctx.passage("preamble")
    text = passage.compact
    if not text or not _ANY.found_in(text):
        return
    for match in _POSTCODE.finditer(text):
        if len(match[1]) != 6:
            said = f"邮编“{match[1]}”应为 6 位数字"
            yield Hit("preamble", said, got=match[1], spans=(passage.span(*match.span(1)),))
    for match in _PHONE.finditer(text):
        if not _GOOD_PHONE.fullmatch(match[1]):
            said = f"电话“{match[1]}”位数不对"
            yield Hit("preamble", said, got=match[1], spans=(passage.span(*match.span(1)),))
    missing = [
        name
        for name, words, pattern in _ITEMS
        if not words.found_in(text) and not (pattern and pattern.search(text))
    ]
    if missing:
        yield Hit("preamble", f"联系方式缺少{'、'.join(missing)}", got="、".join(missing))
