"""Tells lines that speak of single persons: a name beside a date and a request, a telephone or an identity number.

Pure: it looks at characters and knows no form. Names of applicants are never published (条例第十五条), so the reader keeps such
lines out of every text, and a rule looks for them in finished reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

__all__ = ["PersonLine", "is_identity", "is_name", "person_lines"]

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪"
    "葛温章殷牛樊翁倪甘俞聂焦柳邢岳滕卓翟庞鲁涂骆阮柯欧伍祝耿詹臧祁靳缪裴阎苗窦纪鲍廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔汤"
)
_NOT_A_NAME = (
    "某|[*×]|来电|来函|来信|反映|表示|曾经|方便|方式|方面|方案|高度|高新|高速|严格|严禁|任何|任务|安全|万一|万元|万件|余下|于是|何时|何种|程序|白天|白塔|史料|武装"
    "|金额|石材|田地|林地|林业|马上|马路|江河|龙头|雷同|毛坯|汪洋|任意|和|的|向社会|公开|信息|文件|数据|单位|周边|周期|周一|周二|周三|周四|周五"
    "|周六|周日|江苏|江西|江北|云南|陕西|贵州|广东|孟村|夏季|秋季|方志|钟点|戴帽|段落|贺信|许可|谢绝|于某|许多|曹妃|石油|金融|金属|水利|田间|高校|高等|高级|程度"
)
_PLACE_END = "镇乡村局县区市省街路办组社委厅院处所站队馆州旗屯庄店岭沟河湖山桥坝渠库厂园"
_MASKED = "某*×XxＸ○"
_CELLS = r"[\s,，、;；|｜/／（）()【】\"“”]+"
_DATE = r"(?<![\d.])(?:20\d\d\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}[日号]?(?!\s*[\d.万亿%％元件条个])"
"""41.2万人 and 3.5元 are amounts"""
_ROLE = "联系人|联系电话|办公电话|负责人|咨询电话|值班|监督电话|举报电话|经办|填报|审核|审签|分管|科长|主任|局长|镇长|乡长|书记|干事|编辑|责编|来源"
_REQUEST = "申请|要求|答复|不予公开|予以公开|部分公开|办结|查询|征地|征收|拆迁|补偿|补正|信函|邮寄|当面|挂号|复印|批复|咨询|批文|要文件|查档"
_HEAD_NAME, _HEAD_DATA = "姓名|申请人|当事人|来访人", "日期|时间|电话|内容|事项|证件|身份证|住址|手机|结果"
_LONGEST = 400
"""characters of a line; a longer one is a paragraph, and no entry of a list"""
_HEADED = 60
"""lines below a header that it still speaks for; a header is repeated on every page"""


class PersonLine(NamedTuple):
    """A line about one person; ``certain`` when a number of his own stands in it, else it is one of a list or told with a date."""

    start: int
    end: int
    name: tuple[int, int]
    """where the name stands in the text; empty (start = end) where only a number tells"""
    certain: bool
    dated: bool


class _Patterns(NamedTuple):
    line: re.Pattern[str]
    name: re.Pattern[str]
    not_name: re.Pattern[str]
    masked: re.Pattern[str]
    glued: re.Pattern[str]
    date: re.Pattern[str]
    number: re.Pattern[str]
    role: re.Pattern[str]
    request: re.Pattern[str]
    counted: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Compiled when a text is first looked at: a start without one gets by without them."""
    return _Patterns(
        line=re.compile(r"[^\n\r]+"),
        name=re.compile(rf"(?:[{_SURNAMES}]|欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟)[\u4e00-\u9fff]{{1,2}}"),
        not_name=re.compile(rf"{_NOT_A_NAME}|[{_PLACE_END}]$"),
        masked=re.compile(rf"[{_SURNAMES}](?:某{{1,2}}|[*×]{{1,2}})|[{_SURNAMES}](?:先生|女士)"),
        glued=re.compile(
            rf"(?:{_DATE}[，,\s]*|(?:^|[】。])\s*(?:\d{{1,3}}[.、)）]?\s*)?|(?:申请人|当事人|村民|居民|市民|姓名)[:：]?\s*)([{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
            r"(?=申请|要求|提出|来电|来函|来信|来要|来查|咨询|查询|反映|电话|\d|[，,\s（(]|$)"
        ),
        date=re.compile(_DATE),
        number=re.compile(
            r"(?<![\dA-Za-z./=&-])(?:1[3-9]\d(?:[ -]?\d{4}){2}|[1-9]\d{5}(?:19|20)\d{9}[\dXx])(?![\dA-Za-z.])"
        ),
        role=re.compile(_ROLE),
        request=re.compile(_REQUEST),
        counted=re.compile(
            r"\d{1,2}:\d{2}|(?:[02-9]|\d{2,})\s*[件份条次篇]|(?:收到|新收|受理|接到)[^，。|]{0,8}\d"
        ),
    )


def is_name(word: str) -> bool:
    """Whether a word by itself reads as the name of a person, in full."""
    p = _patterns()
    return p.name.fullmatch(word) is not None and p.not_name.search(word) is None


def person_lines(text: str) -> tuple[PersonLine, ...]:
    """The lines of a text that speak of single persons.

    A line with somebody's mobile or identity number is one. So is a line with a name, a date and a request; and without a
    date, where at least three different names stand so, one a line. Contacts of the body itself (联系人、负责人) are none, nor are
    lines that count requests or quote a chat.
    """
    found = list(_candidates(text))
    names = {text[slice(*one.name)] for one in found if not one.certain}
    listed = len(names) >= (2 if any(one.dated for one in found) else 3)
    return tuple(one for one in found if one.certain or one.dated or listed)


def _candidates(text: str) -> Iterator[PersonLine]:
    p = _patterns()
    headed = 0
    for match in p.line.finditer(text):
        line = match.group()
        headed -= 1
        if len(line) > _LONGEST:
            continue
        if _heads(line):
            headed = _HEADED
            continue
        one = _judged(line, match.start(), headed > 0)
        if one is not None:
            yield one


def _heads(line: str) -> bool:
    """姓名 日期 电话 事项: the header of a list of persons."""
    names = any(word in line for word in _HEAD_NAME.split("|"))
    return (
        names
        and len(line) < 80
        and sum(w in line for w in _HEAD_DATA.split("|")) >= 2
        and not re.search(r"\d{4}", line)
    )


def _judged(line: str, start: int, headed: bool) -> PersonLine | None:
    p = _patterns()
    number = p.number.search(line)
    if p.role.search(line) or (number is None and p.counted.search(line)):
        return None
    dated = p.date.search(line) is not None
    name = _name_in(line)
    asks = headed or p.request.search(line) is not None
    whose = name is not None or p.masked.search(line) is not None or (dated and asks)
    certain = number is not None and whose
    if not certain and (name is None or not asks):
        return None
    at = name or (0, 0)
    return PersonLine(start, start + len(line), (start + at[0], start + at[1]), certain, dated)


def _name_in(line: str) -> tuple[int, int] | None:
    """Where a name stands in a column or a part of its own, or right behind a date or 申请人; not before a colon: who speaks."""
    p = _patterns()
    at = 0
    for parting in [*re.finditer(_CELLS, line), None]:
        end = parting.start() if parting else len(line)
        word = line[at:end]
        if 2 <= len(word) <= 4 and is_name(word):
            return at, end
        at = parting.end() if parting else end
    glued = p.glued.search(line)
    return glued.span(1) if glued is not None and is_name(glued[1]) else None


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_identity(digits: str) -> bool:
    """GB 11643: eighteen characters, a birthday inside, a check digit at the end."""
    if len(digits) != 18 or not digits[:17].isdigit():
        return False
    born = int(digits[6:10]), int(digits[10:12]), int(digits[12:14])
    if not (1900 <= born[0] <= 2100 and 1 <= born[1] <= 12 and 1 <= born[2] <= 31):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[17].upper()
