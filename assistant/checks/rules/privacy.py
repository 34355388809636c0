"""PRIVACY: no personal number or name is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.lazy import HAN, Words, regex
from assistant.checks.pages import Page, pages_of
from assistant.checks.registry import Hit, Unknown, rule
from assistant.persons import is_identity, person_lines
from assistant.report.findings import Severity

_LONG = regex(r"[0-9](?:[ -]?[0-9]){13,17}[ -]?[0-9Xx](?![\dA-Za-z])")
_MOBILE = regex(r"1[3-9]\d{9}(?![\d.])")
_INSIDE = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz./=&-")
"""A number after one of these is part of a longer one, or of a web address."""
_OFFICE = regex(r"(?:电话|联系方式|手机|咨询|监督)(?:号码)?[：:]?\s*(?:0\d{2,3}-?\d{7,8}[，、/ ]*)?$")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔汤"
)
_APPLICANT = regex(
    rf"(?:申请人|当事人|村民|居民|市民)(?=(?:为|是|：)?({HAN}{HAN}{{1,2}}?)(?:提出|申请|向|于|要求|不服|反映|诉称|来函|来电|表示|（|、|，|等))"
)
_PERSONS = Words("申请人|当事人|村民|居民|市民")
_NOT_A_NAME = regex(
    r"某|[×xX*]|来电|来函|来信|反映|表示|曾经|方便|方式|方面|高度|严格|任何|安全|万一|余下|于是|何时|程序|白天|史料|武装|金额|石材|田地|林地|马上|江河|龙头|雷同|毛坯|汪洋|任意|和|的"
)


@rule("PRIVACY", "没有个人信息", Severity.ERROR, "regulation_15")
def privacy(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：公开前应当审查，身份证号码、个人手机号码、银行卡号和申请人姓名都不能公开；单位办公电话不在此列。
    不合格：申请人张三于3月提出申请，电话13812345678；正文中夹有申请登记簿的行（3月5日 张三 申请公开征地批复）。
    合格：1名申请人于3月提出申请；咨询电话0310-3456789。
    修改：删去个人信息，或者作匿名处理。
    """
    for page in pages_of(ctx):
        for match in _LONG.finditer(page.text):
            if page.text[match.start() - 1 : match.start()] in _INSIDE:
                continue
            digits = re.sub(r"[ -]", "", match.group()).upper()
            if is_identity(digits):
                yield page.hit(match.span(), "含有居民身份证号码", _masked(digits))
            elif (
                digits.isdigit()
                and 16 <= len(digits) <= 19
                and _luhn(digits)
                and re.search("[卡账户行]", page.before(match.start(), 12))
            ):
                yield page.hit(match.span(), "含有银行卡号", _masked(digits))
        for match in _MOBILE.finditer(page.text):
            if page.text[match.start() - 1 : match.start()] not in _INSIDE:
                yield _mobile(page, match)
        for match in _APPLICANT.finditer(page.text) if _PERSONS.found_in(page.text) else ():
            if match[1][0] in _SURNAMES and not _NOT_A_NAME.search(match[1]):
                yield page.hit(match.span(1), "疑似申请人姓名", match[1][0] + "某")
        yield from _lists(page)


def _lists(page: Page) -> Iterator[Hit]:
    """Entries of a register of requests: one finding for all of a page, whose numbers are reported by themselves."""
    lines = [one for one in person_lines(page.text) if one.name[0] < one.name[1]]
    if lines:
        name = lines[0].name
        said = f"有 {len(lines)} 行列出了申请人的姓名和申请情况，公开前应当删去"
        yield page.hit(name, said, f"{page.text[name[0]]}某")


def _mobile(page: Page, match: re.Match[str]) -> Hit:
    """A mobile number given as the office's telephone is only a warning: some small offices have no other."""
    office = _OFFICE.search(page.before(match.start(), 30)) is not None and page.key in ("preamble", "report")
    severity = Severity.WARNING if office else None
    return page.hit(match.span(), "含有手机号码，如为个人号码不应公开", _masked(match.group()), severity)


def _masked(number: str) -> str:
    """The finding itself must not spread the number."""
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


def _luhn(digits: str) -> bool:
    """The check sum of bank card numbers."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
