"""Patterns of the formal prose that names table figures, compiled from wordings.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.checks.lazy import Choice, Words, one_of, regex
from assistant.forms import load_form

__all__ = [
    "AREA_WORDS",
    "COMPARED",
    "NONE_RECEIVED",
    "ORGAN_WORDS",
    "PUBLISHED",
    "REQUEST_CONTEXT",
    "WHOLE_NAMES",
    "Wordings",
    "is_foreign",
    "is_part",
    "link",
    "load_wordings",
]

_WHO = (
    r"(?:公民、?法人(?:和|或者|或|及|以及|、)(?:其他|其它)组织|申请人|群众|社会公众)?(?:提出|提交|申请|递交)?的?"
    r"(?:各类|书面|有效|有关|正式|涉及|主动|要求)*"
)
_THING = (
    r"(?:(?:政府|政务)?信息依申请公开|依申请(?:政府|政务)?信息公开|依申请公开(?:政府|政务)?(?:信息)?|申请公开(?:政府)?信息"
    r"|(?:政府|政务)?信息公开(?=的?(?:申请|事项|件))|公开(?:政府)?信息(?=的?(?:申请|事项))|公开(?=申请))"
)
_END = rf"(?={one_of('，。；、')}|\n|$)"
_TAIL = rf"的?(?:申请|事项|要求{_END})?(?:表|书|办件|件|事项)?"
OBJECT = rf"(?:{_WHO}(?:{_THING}{_TAIL}|申请(?:件|事项|书|表)?))"
_COUNT = r"(?:的|了|总?数量?|总量|件数|共计|总计|合计|累计|一共|共有|共|总|为|有|达到|达|各类)*"

REQUEST = regex(OBJECT)
_LINKS = ("", "，", ",", "（")
_MARKS = Words("，|,|；|（")
_BETWEEN = regex(rf"(?:{OBJECT})?(?P<link>[，,（]?(?:申请人)?).")
_VERBS = (
    r"(?:(?P<new>新收到?|新增|收到|接收到?|接到|受理)|(?P<handled>办理答复|办理|处理)|(?P<done>办结|办复|答复|办理完毕|办理完结))"
    rf"(?:了|的)?{_COUNT}"
)
_NAMES_ONLY = r"(?:其中)?(?:\d{4}年度?|全年|本年度?|今年|年内)?(?:共有?|总计|累计)?"
WHOLE_NAMES = tuple(
    f"{thing}{of}{case}"
    for thing in ("公开", "信息", "政府")
    for of in ("", "的")
    for case in ("申请", "事项", "件")
)
"""How the name of the requests ends where it may stand without a verb: 全年政府信息公开申请12件."""

REQUEST_CONTEXT = Words(
    "信息公开申请|依申请公开|公开申请|申请公开|信息公开的申请|依申请信息公开|依申请政府信息公开"
    "|公开信息申请|公开信息的申请|公开政府信息申请|公开政府信息的申请"
)
_FOREIGN = Words("公文|属性|提案|建议|留言|热线|咨询|工单|来信|来电|来访|许可|处罚|督办|督查|案件线索")
_FOREIGN_ALONE = regex(r"信访(?!、?举报)|(?<!复)议案|(?<!举报)投诉(?!类)", needs="信访|议案|投诉")
_PARTS = Words(
    "网络|网上|线上|在线|信函|邮寄|邮政|当面|现场|窗口|传真|邮箱|电子邮件|平台|网站|线下|书面|口头|电话|未办|超期|延期"
    "|月|季度|半年|其余|剩余|提前|转交|转办|移送|移交|当天|当日|当场|以上|多收|少收|未|尚|没有|待|针对|关于|其中涉"
)
_PARTS_ALONE = regex(
    r"逾期(?!不|未)|无(?!正当)|涉及(?!第三方)|要求(?!行政|提供公开)|以(?![来上下内前后及])[^，。]{1,12}(?:答复|办结)",
    needs="逾期|无|涉及|要求|以",
)
_ALL_CHANNELS = regex(r"等(?:多种)?(?:方式|渠道|途径|形式)", needs="等")


def is_foreign(text: str) -> bool:
    """Whether it speaks of what else is received and answered in an office: figures under these words are no applications."""
    return _FOREIGN.found_in(text) or _FOREIGN_ALONE.search(text) is not None


def is_part(label: str) -> bool:
    """Whether words narrow a figure to a part of what the table counts, or turn it round."""
    if not (_PARTS.found_in(label) or _PARTS_ALONE.search(label)):
        return False
    return _ALL_CHANNELS.search(label) is None


CUT_OFF = regex(r"截[至止到]?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?年?底?", needs="截")

PUBLISHED = Words(
    "公开|公示|发布|公布|归集|推送|上传|上网|备案|审查|清理|解读|审核|转发|报备|事项|目录|信息|取消|下放|案件|听证|评查|抽查"
)
"""Verbs after which licences, penalties and documents are published or handled items, not decisions."""

NONE_RECEIVED = regex(
    rf"(?:未|没有|没|从未|尚未|(?<!有)无)(?:曾)?(?:收到|接到|接收到?|受理)(?:过|到)?(?:任何)?(?P<object>{_WHO}(?:{_THING}(?:政府信息)?{_TAIL}|(?:政府)?信息公开{_END}|申请))"
    rf"|(?<![有毫])无(?P<object2>(?:{_THING}的?(?:申请|事项|件|情况)+|依申请公开(?:政府信息|信息)?{_END}))(?!人|结转|行政|引|的行政|被|办理|超|逾)"
)
ALL_DONE = regex(
    r"(?:全部|均|都|悉数)(?:已|按时|按期|依法|及时|按规定|按照规定|按照规定时限|在(?:法定|规定)(?:的)?(?:期限|时限|时间|办理期限|工作日)(?:内)?|期限内|予以|给予|依规|规范|、)*"
    r"(?:办结|答复|办理完毕|办复|处理完毕|办理完结|回复)(?!率)|(?:办结率|答复率|按期办结率|按时办结率)(?:为|达|达到)?100(?:\.0+)?%",
    needs="全部|均|都|悉数|100",
)

_INTO = one_of("至到入")
_LAST_YEAR = r"(?:上年度?|上一年度?|去年|前一年|{before}年度?)"
_NEXT_YEAR = r"(?:下年度?|下一年度?|次年度?|明年|{after}年度?)"

AREA_WORDS = regex(
    r"全(?:省|市|县|区|州|旗|盟|系统|街道|镇|乡)|各(?:部门|单位|乡镇|镇街|镇|乡|街道|区县|县区|县市区|地)|(?:县直|市直|区直|省直)各?(?:部门|单位)|辖区内|我(?:县各|县共|市各|市共|区各|区共|省各|省共)",
    needs="全省|全市|全县|全区|全州|全旗|全盟|全系统|全街道|全镇|全乡|各部门|各单位|各乡|各镇|各街道|各区|各县|各地"
    "|直部门|直单位|直各|辖区内|我县|我市|我区|我省",
)
ORGAN_WORDS = regex(
    rf"本机关(?!不掌握|无法)|我{one_of('局镇乡委办厅')}(?!们)|我街道|本级机关|政府(?:办公室|办公厅|办)(?!公厅?发|函)|本单位|本部门",
    needs="本机关|我局|我镇|我乡|我委|我办|我厅|我街道|本级机关|政府办|本单位|本部门",
)
COMPARED = regex(
    r"(?:(?:较|比|同|与|和)(?:上年度?|上一年度?|去年|{before}年度?)(?:同期)?(?:相比)?|同比|环比)[，,]?(?:新收|收到|申请|办结)?(?:数量)?(?:共)?"
    r"(?P<sign>增加|增长|上升|提高|多|减少|下降|降低|下滑|少)(?:了|约)?$".replace("{before}", r"\d{4}")
)


class Wordings(NamedTuple):
    """Whole-label patterns by key of the form, for one report year."""

    outcomes: Choice
    applicants: Choice
    decisions: Choice
    disputes: Choice
    dispute_results: Choice
    request: re.Pattern[str]
    """the end of a label that names a row of table 3 by a verb, in the group of that name (over, forward, new, handled,
    done) or by no verb (alone), and the requests themselves in the group ``object``"""
    carries_forward: re.Pattern[str]
    none_carried_over: re.Pattern[str]
    none_carried_forward: re.Pattern[str]


_OUTCOME_LEAD = r"(?:其中|本机关(?=无法)|信息(?=无法)|包括|含|分别为|分别是|结果为)?(?:依法|答复|决定|作出|做出|给予|同意|因|因为|经审查|属于|属|已)*"
_OUTCOME_TAIL = r"(?:的|信息|类|申请|事项|决定|答复|共计|共|合计|为|有|情形)*$"
_CASE_LEAD = r"(?:.{0,24}?(?:发生|引发|引起|产生|提起|申请|涉及|被|公开|的|办理|全年|其中|共|有|新增))?"


def link(text: str, start: int, at: int) -> str | None:
    """What joins a figure to the words at ``at``, the requests themselves left out: nothing in 2件[申请]结转, a comma in
    2件[申请]，均为自然人; None where anything else stands between."""
    between = text[start:at]
    if between in _LINKS:
        return between
    # the name of the requests has no comma: to look for one is quicker than to compile a pattern
    if _MARKS.found_in(between[: -len("，申请人")]):
        return None
    match = _BETWEEN.fullmatch(text, start, at + 1)
    return None if match is None else match["link"]


@cache
def load_wordings(year: int | None) -> Wordings:
    """The patterns for a report year (上年 and 下年 may be written as years)."""
    raw = tomllib.loads((Path(__file__).parent / "wordings.toml").read_text(encoding="utf-8"))
    before = re.escape(str(year - 1)) if year else "上年"
    after = re.escape(str(year + 1)) if year else "下年"
    last, following = _LAST_YEAR.replace("{before}", before), _NEXT_YEAR.replace("{after}", after)
    own = str(year) if year else "本"
    carry = r"(?:结转|转入|转来|遗留|转接|留转|结余)"
    return Wordings(
        outcomes=Choice(_with_official_names(raw["outcomes"]), _OUTCOME_LEAD, _OUTCOME_TAIL),
        applicants=Choice(
            raw["applicants"],
            r"(?:其中|包括|含|由|来自|均为|申请人为)*",
            r"(?:提出|提交|申请|的|类|共|为|有|占)*$",
        ),
        decisions=Choice(raw["decisions"], r".*?", r"(?:处理)?(?:决定)?(?:数量|数|共计|共|总数|为|的|书)*$"),
        disputes=Choice(
            raw["disputes"], _CASE_LEAD, r"(?:的)?(?:申请|案件|案|事项)?(?:共计|合计|共|为|有|数量)*$"
        ),
        dispute_results=Choice(
            raw["dispute_results"], r"(?:其中|包括|含|被|予以|均)*", r"(?:的|案件|结果|为|共|有)*$"
        ),
        # one pattern for all of them: what may stand for a request is the longest part of each, and is compiled once
        request=regex(
            rf"(?:(?P<over>{last}(?:度)?(?:未办结|未答复)?{carry}(?:至?本年度?|至今年|[至到]?{own}年度?)?(?:继续)?(?:办理|处理|办结)?(?:的)?|(?:结转|承接){last}(?:的)?)"
            rf"|(?P<forward>(?:结转|转入|转至|延至|顺延|转结){_INTO}?{following}(?:继续)?(?:办理|处理|答复)?(?:的)?)"
            rf"|{_VERBS}|(?P<alone>^{_NAMES_ONLY}))(?P<object>{OBJECT})?(?(over)(?:继续)?(?:办理)?){_COUNT}$"
        ),
        carries_forward=regex(
            rf"(?:将|需|因未到期)*(?:结转|转入|转至|延至|顺延){_INTO}?{following}",
            needs="结转|转入|转至|延至|顺延",
        ),
        none_carried_over=regex(
            rf"{last}(?:无|没有|未有)结转|(?:无|没有){last}(?:度)?结转|(?:无|没有)(?:结转|承接){last}",
            needs="无|没有|未有",
        ),
        none_carried_forward=regex(
            rf"(?:无|没有|未)(?:需要?|申请)?(?:结转|转入|转至)(?:至|到)?{following}|{following}(?:无|没有)结转",
            needs="无|没有|未",
        ),
    )


def _with_official_names(words: dict[str, list[str]]) -> dict[str, list[str]]:
    return {
        key: list(dict.fromkeys([*options, *map(re.escape, _official_names(key))]))
        for key, options in words.items()
    }


def _official_names(key: str) -> tuple[str, ...]:
    """The label of a row without its ordinal and bracketed note, as printed in the current form."""
    row = next((row for row in load_form("2021").table("table3").rows if row.key == key), None)
    return () if row is None else (re.sub(r"^（.）|^\d\.|（.*）$", "", row.label),)
