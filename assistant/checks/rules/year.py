"""YEAR: title, period and sentences speak of the report's own year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.claims.passages import Passage, Sentence
from assistant.checks.context import CheckInput
from assistant.checks.lazy import HAN, NUMERAL, one_of, regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Fix, Severity

_ANY = regex(r"(?<!\d)(20\d\d)年")
_PERIOD = regex(
    rf"(20\d\d)年(?:1月1日|一月一日)(?:起|始)?，?{one_of('至到—-－~～')}(?:(20\d\d)年)?(?:12月31日|十二月三十一日)"
)
_BEGINS = regex(
    r"(?:起算|开始)(?:时间|日期)?为?(20\d\d)年(?:1月1日|一月一日)|截[至止]到?(20\d\d)年(?:12月31日|12月底|十二月三十一日)"
)
_NAMED = regex(r"(20\d\d)年度?(?:的)?政府信息公开(?:工作)?(?:年度报告|年报|工作情况|情况)")
_HAN_YEAR = regex("二[〇零○][〇零○一二三四五六七八九]{2}(?=年)", needs="二〇|二零|二○")
_HAN_NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_OPENING = regex(
    rf"(?:（{NUMERAL}）[^。：，]{{0,16}}{one_of('：。，')}?|{NUMERAL}是|\d{one_of('.．、')}|（\d）|我{one_of('局镇乡街道委办厅')}|本机关)?"
    r"(20\d\d)年(?:度)?(?!以来|底|末|初|前|后|\d|结转|未|起|至|相比|同期|[上下]半年)"
    rf"(?=[，,]|{HAN})"
)
_PLAN = regex(r"将|计划|继续|下一步|打算|力争|拟|预计")
_PLAN_NOW = regex(
    r"(20\d\d)年(?:度)?[，,]?[^，,。]{0,16}?将(?:在|进一步|继续|重点|着力|不断|持续|加强|加大|从|按照|围绕|坚持|紧紧|认真|做好|切实)"
)
_CARRIED = regex(
    r"结转(?:至|到)?(20\d\d)年(?:度)?(?:继续)?(?:办理|办结|处理|答复|完成)?", needs="结转20|结转至20|结转到20"
)
_QUOTED = regex(r"《[^》]*》|“[^”]*”")


@rule("YEAR", "年份前后一致", Severity.ERROR, "format_figures")
def year(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：标题、统计期限和正文应当说的是同一年度；沿用上年文稿时最容易漏改年份，读者会认为数据是旧的。
    不合格：2023 年度报告正文写“2022年，我镇制发行政规范性文件0件”。
    合格：正文写“2023年，我镇制发行政规范性文件0件”；第五部分提到上年的问题、下年的打算不在此列。
    修改：把写错的年份改为报告年度；确属对比或者打算的，写明“与上年相比”或者放在第五部分。
    """
    report = ctx.report
    if report.year is None:
        yield Unknown("title", "不清楚报告年度，无法核对年份")
        return
    title = ctx.passage("title")
    for match in _ANY.finditer(_with_digits(title.compact)):
        if int(match[1]) != report.year:
            yield _wrong(ctx, title, match, f"标题中的年份为 {match[1]} 年，报告年度为 {report.year} 年")
    preamble = ctx.passage("preamble")
    text = _with_digits(preamble.compact)
    for pattern, said in ((_PERIOD, "统计期限写作"), (_BEGINS, "统计期限写作"), (_NAMED, "前言写作")):
        for match in pattern.finditer(text):
            if {int(y) for y in match.groups() if y} != {report.year}:
                words = preamble.compact[slice(*match.span())]
                yield _wrong(ctx, preamble, match, f"{said}“{words}”，报告年度为 {report.year} 年")
    for passage in ctx.sections:
        text = _with_digits(passage.compact)
        if "20" not in text:
            continue
        for sentence in passage.sentences:
            yield from _in_sentence(ctx, passage, text, sentence, report.year)


def _with_digits(text: str) -> str:
    """The text with years in characters written in digits, which are as many: 二〇二四年 and 2024年."""
    return _HAN_YEAR.sub(lambda m: m[0].translate(_HAN_DIGITS), text) if "二" in text else text


def _in_sentence(
    ctx: CheckInput, passage: Passage, whole: str, sentence: Sentence, own: int
) -> Iterator[Hit]:
    text = whole[sentence.start : sentence.end]
    if "20" not in text:
        return
    for match in _CARRIED.finditer(whole, sentence.start, sentence.end):
        # 2022年结转至2023年办理的: carried over from the year before
        came = whole.endswith((f"{own - 1}年", f"{own - 1}年度", "上年", "上年度", "去年"), 0, match.start())
        if int(match[1]) == own and not came:
            yield _wrong(
                ctx,
                passage,
                match,
                f"写作“{match.group()}”，{own} 年度结转的申请应转到 {own + 1} 年",
                own + 1,
            )
    if passage.key == "s5":
        plan = _PLAN_NOW.search(whole, sentence.start, sentence.end)
        if plan and int(plan[1]) <= own:
            said = f"改进打算写的是 {plan[1]} 年（“{plan.group()}”），报告年度 {own} 年已经结束，应为 {own + 1} 年"
            yield _wrong(ctx, passage, plan, said, own + 1)
        return
    opening = _OPENING.match(whole, sentence.start, sentence.end)
    if opening is None or int(opening[1]) not in (own - 1, own + 1):
        return
    others = {int(y) for y in _ANY.findall(_QUOTED.sub("", text))}
    if own in others or _PLAN.search(text) or re.search(r"相比|同期|上年|去年|比|增加|减少|结转", text):
        return
    yield _wrong(ctx, passage, opening, f"正文写“{text[:24]}”，报告年度为 {own} 年，年份不一致")


def _wrong(
    ctx: CheckInput, passage: Passage, match: re.Match[str], message: str, expected: int | None = None
) -> Hit:
    """A year to put right; a plan dated into the report year is only a warning, because 将 has other uses."""
    wanted = expected if expected is not None else ctx.report.year
    # of two years the one that is wrong
    group = next(
        (g for g in range(1, (match.re.groups or 1) + 1) if match[g] and int(match[g]) != ctx.report.year), 1
    )
    span = passage.span(match.start(group), match.end(group))
    written = passage.compact[match.start(group) : match.end(group)]
    text = str(wanted) if written.isascii() else str(wanted).translate(_HAN_NUMERALS)
    return Hit(
        passage.key,
        message,
        expected=wanted,
        got=int(match[group]),
        fix=Fix(title=f"将 {written} 改为 {text}", edits=ctx.rewording(span, text)),
        spans=(span,),
        severity=Severity.WARNING if passage.key == "s5" else None,
    )
